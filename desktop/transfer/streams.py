"""How many files, or batches of small ones, are sent at a time: two, and more where that helps.

Some lines give each connection only so much, or take long for every answer; more at a time fill
them. Twice as many are tried while enough wait, and stay where much more is stored for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_STREAMS = 2
MOST_STREAMS = 8
SHARE = 4
"""They take at most so small a share of what the server receives at once."""

PERIOD_S = 5.0
"""So long it is watched what is stored; windows of two seconds even out."""
SETTLE_S = 2.0
REST_S = 120.0
"""After a try that was of no use the next one comes so much later."""
WORTH = 1.2
"""So many times as much must be stored for the further ones to stay."""
FAST_BYTES_PER_S = 50e6
"""Where so much is stored, line and disks have enough to do."""
BUSY = 0.7
"""Where this program works for so large a share of the time, more at a time only wait for each
other, and the window for all of them: very small files are more work than load for the line."""


class Streams:
    """Counts what is in hand. For the board, which holds its lock meanwhile.

    Args:
        fixed: so many at a time, always; None for as many as help.
        clock: seconds that only go forward.
        worked: seconds that this program has worked for, on all cores together.

    Attributes:
        most: how many there may ever be.
        wanted: how many there may be now.
        in_hand: how many there are.
    """

    def __init__(
        self,
        fixed: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
    ) -> None:
        self.most = fixed or MOST_STREAMS
        self.in_hand = 0
        self._clock, self._worked = clock, worked
        self._first = fixed or FIRST_STREAMS
        self._stored_bytes = 0
        self._held_since: tuple[float, float] | None = None
        self.start()

    def start(self) -> None:
        """Begin with another server, of which nothing is known."""
        self.wanted = self._first
        self._server_takes = self.most
        self._before: float | None = None
        self._since: tuple[float, int, float] | None = None
        self._not_before = 0.0

    @property
    def has_grown(self) -> bool:
        """More than the first are at work, or tried."""
        return self.wanted > self._first

    def hold_back(self, held_back: bool) -> None:
        """Have one at a time, for a while and as long as this program is busy; or no longer."""
        self._held_since = (self._clock(), self._worked()) if held_back else None

    @property
    def is_held_back(self) -> bool:
        """There is one in hand, and no other is to be taken for now."""
        if self._held_since is None or not self.in_hand:
            return False
        passed_s = self._clock() - self._held_since[0]
        worked_s = self._worked() - self._held_since[1]
        return passed_s < SETTLE_S or worked_s >= BUSY * passed_s

    def server_takes(self, bodies_at_once: int) -> None:
        """Note how much the server receives at once, from everybody; 0 where it does not say."""
        if bodies_at_once:
            self._server_takes = bodies_at_once // SHARE

    def stored(self, size_bytes: int) -> None:
        """Note that the server has so much more."""
        self._stored_bytes += size_bytes

    def refused(self) -> None:
        """The server is busy: leave the further ones."""
        self._rest(self._first)

    def begin(self, *, more_wait: bool, limited: bool) -> bool:
        """Take one more in hand, and see whether there should be more, or fewer.

        Args:
            more_wait: others could be taken as well.
            limited: somebody holds the speed down, which tells nothing of the line.

        Returns:
            Whether there may be more from now on.
        """
        self.in_hand += 1
        now, before = self._clock(), self.wanted
        if limited or not more_wait or now < self._not_before:
            self._since = None
        elif self.in_hand < self.wanted:
            pass  # others are about to be taken as well
        elif self._since is None:
            self._since = now, self._stored_bytes, self._worked()
        elif now - self._since[0] >= PERIOD_S:
            began, stored_bytes, worked_s = self._since
            rate = (self._stored_bytes - stored_bytes) / (now - began)
            busy = (self._worked() - worked_s) / (now - began) >= BUSY
            self._since = None
            self._judge(rate, busy)
        return self.wanted > before

    def end(self) -> None:
        """Let go of one."""
        self.in_hand -= 1

    def _judge(self, rate: float, busy: bool) -> None:
        if self._before is not None and rate < WORTH * self._before:
            self._rest(max(self._first, self.wanted // 2))
            return
        more = min(2 * self.wanted, self.most, self._server_takes)
        self._before = None
        if more > self.wanted and rate < FAST_BYTES_PER_S and not busy:
            self._before = rate
            self.wanted = more
            self._not_before = self._clock() + SETTLE_S

    def _rest(self, wanted: int) -> None:
        self.wanted = min(wanted, self.wanted)
        self._before = self._since = None
        self._not_before = self._clock() + REST_S
