"""What fits on the server: asks /status before a byte is sent, and again, ever more seldom, while
transfers wait for space.

A list that does not fit is told so at once: in the list's order, what fits goes, the rest waits.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Sequence

from desktop.transfer.answers import make_problem
from desktop.transfer.api import Api, Server
from desktop.transfer.board import Board
from desktop.transfer.entry import Entry
from desktop.transfer.errors import TryAgainError, UserMustActError
from desktop.transfer.events import Problem, ProblemKind
from desktop.transfer.ready import turns
from receiver.protocol import DiskStatus, LimitsStatus, Status

FRESH_S = 2.0
FIRST_LOOK_S = 2.0
MOST_LOOK_S = 30.0
GROWTH = 1.5
ONE_FOR_S = 600.0
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
        self._one_until = 0.0

    def forget(self) -> None:
        """Another server, or somebody wants to know now: look again at once."""
        with self._lock:
            self._disk = None
            self._interval_s = FIRST_LOOK_S
            self._next_look_at = 0.0
            self._one_until = 0.0

    @property
    def one_is_all(self) -> bool:
        """A further connection for one and the same file has been of no use lately."""
        return time.monotonic() < self._one_until

    def note_one_is_all(self) -> None:
        self._one_until = time.monotonic() + ONE_FOR_S

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
        self._take(status, api.server)
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
        if self._too_large_ever(size):
            raise UserMustActError(self._too_large(entry, api))
        if not self._fits(entry, disk):
            raise TryAgainError(_no_space(size, disk, api.server.name))

    def require_all(self, entries: Sequence[Entry], api: Api) -> bool:
        """Tell whether all entries of a batch fit; where they do not, each is to ask for itself.

        Raises:
            TransferError: the server does not tell.
        """
        disk = self._reading(api)
        largest = max(one.transfer.size_bytes for one in entries)
        if self._too_large_ever(largest):
            return False
        return sum(one.transfer.size_bytes for one in entries) <= self._room_bytes(disk)

    def claimed(self, *entries: Entry) -> None:
        """Note that the server has promised their space, which the last reading does not know."""
        with self._lock:
            self._claimed_bytes += sum(one.transfer.size_bytes for one in entries)

    def _fits(self, entry: Entry, disk: DiskStatus) -> bool:
        """Tell whether there is room for it after what other workers are about to begin."""
        with self._board.condition:
            room_bytes = self._room_bytes(disk)
            for one in self._unbegun():
                fits = one.transfer.size_bytes <= room_bytes
                if one is entry:
                    return fits
                room_bytes -= one.transfer.size_bytes if fits else 0
        return entry.transfer.size_bytes <= room_bytes

    def _room_bytes(self, disk: DiskStatus) -> int:
        with self._lock:
            return disk.usable_bytes - self._claimed_bytes

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
        self._take(status, api.server)
        self._plan(api.server.id, status.disk)
        return status.disk

    def _take(self, status: Status, server: Server) -> None:
        """Keep a reading, unless another server is used by now: its files are not for this one."""
        with self._board.condition, self._lock:
            if server != self._board.server:
                return
            self.limits = status.limits
            self._board.streams.server_takes(status.limits.bodies_at_once)
            self._disk = status.disk
            self._read_at = time.monotonic()
            self._claimed_bytes = 0

    def _plan(self, server_id: str, disk: DiskStatus) -> None:
        board = self._board
        with board.condition:
            if board.server is None or server_id != board.server.id:
                return
            board.unplanned = False
            ready = board.ready(server_id)
            crowded = board.crowded.get(server_id, {})
            in_hand = self._unbegun()
            room_bytes = self._room_bytes(disk)
            need_bytes = ready.need_bytes + sum(one.transfer.size_bytes for one in in_hand)
            if not crowded and need_bytes <= room_bytes:
                return
            everyone = [*ready, *crowded.values(), *in_hand]
            for entry in sorted(everyone, key=turns(board.folders)):
                size = entry.transfer.size_bytes
                if not entry.is_unbegun:
                    self._let_go_on(entry, disk)
                elif size <= room_bytes or self._too_large_ever(size):
                    room_bytes -= size if size <= room_bytes else 0
                    self._release(entry)
                elif not entry.running:
                    self._hold(entry, disk)

    def _too_large_ever(self, size_bytes: int) -> bool:
        """No space helps here: let its turn come, and with it the failure that says so."""
        return 0 < self.limits.upload_bytes < size_bytes

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

    def _unbegun(self) -> list[Entry]:
        """Those in hand that the server has promised nothing yet, in the list's order."""
        unbegun = (one for one in self._board.running if not one.upload_id)
        return sorted(unbegun, key=turns(self._board.folders))


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
