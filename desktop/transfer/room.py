"""What fits on the server: asks /status before a byte is sent, and again, ever more seldom, while
transfers wait for space.

A list that does not fit is told so at once: in the list's order, what fits goes, the rest waits.
"""

from __future__ import annotations

import dataclasses
import threading
import time

from desktop.transfer.answers import make_problem
from desktop.transfer.api import Api
from desktop.transfer.board import Board
from desktop.transfer.entry import Entry
from desktop.transfer.errors import TryAgainError, UserMustActError
from desktop.transfer.events import Problem, ProblemKind
from receiver.protocol import DiskStatus, LimitsStatus, Status

FRESH_S = 2.0
FIRST_LOOK_S = 2.0
MOST_LOOK_S = 30.0
GROWTH = 1.5
MOST_TOLD_AGAIN = 200
"""So many waiting transfers get new figures with each look; of a longer list only new ones do."""


class Room:
    """The last reading of the server's disk, shared by all workers."""

    def __init__(self, board: Board) -> None:
        self.limits = LimitsStatus()
        self._board = board
        self._lock = threading.Lock()
        self._disk: DiskStatus | None = None
        self._read_at = 0.0
        self._claimed_bytes = 0
        self._interval_s = FIRST_LOOK_S
        self._next_look_at = 0.0

    def forget(self) -> None:
        """Another server, or somebody wants to know now: look again at once."""
        with self._lock:
            self._disk = None
            self._interval_s = FIRST_LOOK_S
            self._next_look_at = 0.0

    def relax(self) -> None:
        """Bytes are being stored: the next wait for space begins with a short interval."""
        self._interval_s = FIRST_LOOK_S

    @property
    def next_look_in_s(self) -> float:
        """Seconds until those who wait for space are to be looked after."""
        with self._lock:
            return max(0.0, self._next_look_at - time.monotonic())

    def begin_look(self) -> bool:
        """Tell whether the caller is the one to look now; each time later than the last."""
        with self._lock:
            now = time.monotonic()
            if now < self._next_look_at:
                return False
            self._next_look_at = now + self._interval_s
            self._interval_s = min(MOST_LOOK_S, self._interval_s * GROWTH)
            return True

    def put_off(self, seconds: float) -> None:
        """The look failed: no other one for so long."""
        with self._lock:
            self._next_look_at = max(self._next_look_at, time.monotonic() + seconds)

    def look(self, api: Api) -> None:
        """Ask the server, and let go on what fits now.

        Raises:
            TransferError: it does not answer as it should.
        """
        status = api.status()
        self._take(status)
        self._plan(api.server.id, status.disk)

    def plan_additions(self, api: Api) -> None:
        """Tell those that were added while others are being sent whether they fit."""
        if self._board.unplanned:
            self.look(api)

    def require(self, entry: Entry, api: Api) -> None:
        """Check that an entry that has not begun fits, before anything of it is sent.

        Raises:
            UserMustActError: the server takes no file of that size.
            TryAgainError: there is no space for it now.
        """
        size = entry.transfer.size_bytes
        disk = self._reading(api)
        if 0 < self.limits.upload_bytes < size:
            raise UserMustActError(self._too_large(entry, api))
        with self._lock:
            free_bytes = disk.usable_bytes - self._claimed_bytes
            if size <= free_bytes:
                self._claimed_bytes += size
                return
        raise TryAgainError(_no_space(size, disk, api.server.name))

    def _too_large(self, entry: Entry, api: Api) -> Problem:
        return make_problem(
            ProblemKind.TOO_LARGE,
            api.server.name,
            f"limits.upload_bytes is {self.limits.upload_bytes}",
            needed_bytes=entry.transfer.size_bytes,
            limit_bytes=self.limits.upload_bytes,
        )

    def _reading(self, api: Api) -> DiskStatus:
        with self._lock:
            if self._disk is not None and time.monotonic() - self._read_at < FRESH_S:
                return self._disk
        status = api.status()
        self._take(status)
        self._plan(api.server.id, status.disk)
        return status.disk

    def _take(self, status: Status) -> None:
        with self._lock:
            self.limits = status.limits
            self._disk = status.disk
            self._read_at = time.monotonic()
            self._claimed_bytes = 0

    def _plan(self, server_id: str, disk: DiskStatus) -> None:
        board = self._board
        with board.condition:
            board.unplanned = False
            ready = board.ready(server_id)
            crowded = board.crowded.get(server_id, {})
            in_hand = sum(one.transfer.size_bytes for one in board.running if not one.upload_id)
            room_bytes = disk.usable_bytes - in_hand
            if not crowded and ready.need_bytes <= room_bytes:
                return
            for entry in sorted([*ready, *crowded.values()], key=lambda one: one.id):
                if entry.upload_id:
                    self._let_go_on(entry, disk)
                elif entry.transfer.size_bytes <= room_bytes:
                    room_bytes -= entry.transfer.size_bytes
                    self._release(entry)
                else:
                    self._hold(entry, disk)

    def _let_go_on(self, entry: Entry, disk: DiskStatus) -> None:
        """An upload that has begun has its space promised; whether there is any is in doubt."""
        if disk.usable_bytes > 0 or disk.free_bytes >= entry.left_bytes:
            self._release(entry)
        else:
            self._hold(entry, disk)

    def _release(self, entry: Entry) -> None:
        if entry.id in self._board.crowded.get(entry.server_id, {}):
            self._board.go_on(entry)

    def _hold(self, entry: Entry, disk: DiskStatus) -> None:
        crowded = self._board.crowded.get(entry.server_id, {})
        if entry.id in crowded and len(crowded) > MOST_TOLD_AGAIN:
            return
        name = self._board.server.name if self._board.server else ""
        self._board.crowd(entry, self._with_next_look(_no_space(entry.left_bytes, disk, name)))

    def _with_next_look(self, problem: Problem) -> Problem:
        return dataclasses.replace(problem, retry_in_s=self._interval_s)


def _no_space(needed_bytes: int, disk: DiskStatus, where: str) -> Problem:
    """Say what is missing. Free is what uploads may have at all, the part kept free left out."""
    return make_problem(
        ProblemKind.NO_SPACE,
        where,
        f"usable {disk.usable_bytes} of {disk.free_bytes} free bytes",
        needed_bytes=needed_bytes,
        free_bytes=disk.usable_bytes + disk.promised_bytes,
        promised_bytes=disk.promised_bytes,
    )
