"""The speed limit: a token bucket that all streams draw from; it can be set at any moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

BURST_S = 0.25
"""So much may go out at once after a rest."""

PIECES_PER_S = 20
LEAST_PIECE_BYTES = 1024
LOOK_S = 0.1
"""Whoever waits looks so often whether it is still wanted."""


class Limit:
    """Gives leave to hand bytes to the line.

    Args:
        bytes_per_s: for all streams together; None for no limit.
        clock: seconds that only go forward.
    """

    def __init__(
        self, bytes_per_s: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._rate = bytes_per_s
        self._bytes = 0.0
        self._filled_at = clock()

    @property
    def bytes_per_s(self) -> float | None:
        return self._rate

    def set(self, bytes_per_s: float | None) -> None:
        """Change the limit; it holds for the very next piece.

        Args:
            bytes_per_s: more than 0; None for no limit.

        Raises:
            ValueError: it is no speed.
        """
        if bytes_per_s is not None and not bytes_per_s > 0:
            raise ValueError(f"{bytes_per_s} bytes a second is no speed")
        with self._changed:
            self._fill()
            self._rate = bytes_per_s
            self._changed.notify_all()

    def grant(self, most_bytes: int, check: Callable[[], None]) -> int:
        """Wait for leave; returns how many bytes may go out now, at least 1.

        Args:
            most_bytes: so many are wanted at most.
            check: called now and then while it waits; what it raises ends the wait.
        """
        if self._rate is None:
            return most_bytes
        with self._changed:
            while self._rate is not None:
                self._fill()
                piece = max(LEAST_PIECE_BYTES, int(self._rate / PIECES_PER_S))
                piece = max(1, min(most_bytes, piece))
                if self._bytes >= piece:
                    self._bytes -= piece
                    return piece
                self._changed.wait(min(LOOK_S, (piece - self._bytes) / self._rate))
                check()
        return most_bytes

    def _fill(self) -> None:
        now = self._clock()
        if self._rate is not None:
            most = max(2.0 * LEAST_PIECE_BYTES, self._rate * BURST_S)
            self._bytes = min(most, self._bytes + (now - self._filled_at) * self._rate)
        self._filled_at = now
