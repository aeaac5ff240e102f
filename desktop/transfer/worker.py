"""A thread that takes transfers from the board and carries them, one at a time, over one line.

The only loop of retries: what an upload raises becomes a wait with backoff, a new beginning, or a
failure that names what to do. What concerns the server (line, load) is waited for with the
transfer in hand, since no other would fare better; what concerns space is not.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
import traceback
from collections.abc import Callable, Sequence

from desktop.transfer.answers import make_problem
from desktop.transfer.api import Api, Server
from desktop.transfer.backoff import Backoff
from desktop.transfer.batch import Batch
from desktop.transfer.board import Board
from desktop.transfer.entry import Entry, Wish
from desktop.transfer.errors import (
    FileChangedError,
    InterruptedTransferError,
    TransferError,
    TryAgainError,
)
from desktop.transfer.events import Problem, ProblemKind, State
from desktop.transfer.hashing import Hasher
from desktop.transfer.line import Line
from desktop.transfer.plan import BATCH_BYTES, weight_bytes
from desktop.transfer.room import Room
from desktop.transfer.source import current_identity
from desktop.transfer.upload import MOST_REFUSALS, Upload

HELD_BACK_S = 1.0
"""So often it is looked whether more may be sent, while that depends on how busy the program is."""
MOST_CHANGES = 3
SETTLE_S = 0.5
"""A file that has just changed is looked at again after this, then twice this, and so on."""

DISK_FAILS_S = 60.0
"""A server's disk that fails for so long fails for good."""

MOST_RETRY_AFTER_S = 120.0
_log = logging.getLogger(__name__)

_WAITS_FOR = {
    ProblemKind.UNREACHABLE: State.WAITING_NETWORK,
    ProblemKind.NOT_WHERRY: State.WAITING_NETWORK,
    ProblemKind.PROXY: State.WAITING_NETWORK,
    ProblemKind.NO_SPACE: State.WAITING_SPACE,
}
_ENOUGH = (ProblemKind.BUSY, ProblemKind.LOW_MEMORY, ProblemKind.TOO_MANY_TRIES)
_NOT_FOR_EVER = (ProblemKind.STORE_FAILED, ProblemKind.DIGEST_MISMATCH, ProblemKind.BUG)


class Worker:
    """One stream. Begun with `start`; ends when the board is stopping.

    Args:
        number: from 0; it has work only while so many streams and one more are wanted.
        board: gives the work, and is told what becomes of it.
        room: see there.
        taken: called whenever it has taken something in hand: others may find work too by now.
    """

    def __init__(self, number: int, board: Board, room: Room, taken: Callable[[], None]) -> None:
        name = f"wherry-stream-{number + 1}"
        self._number = number
        self._board = board
        self._room = room
        self._taken = taken
        self._hasher = Hasher(name)
        self._line: Line | None = None
        self._generation = -1
        self._look_backoff = Backoff()
        self._entries: tuple[Entry, ...] = ()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; tells whether it came."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def cut(self) -> None:
        """End what it has on the wire; from any thread."""
        line = self._line
        if line is not None:
            line.cut()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it has in hand."""
        return self._entries

    def _run(self) -> None:
        try:
            while entries := self._next():
                self._entries = tuple(entries)
                try:
                    self._taken()
                    if len(entries) > 1:
                        self._carry_together(entries)
                    else:
                        self._carry(entries[0])
                except InterruptedTransferError:
                    pass
                except Exception as error:  # noqa: BLE001 - the top of a thread
                    self._bug(entries, error)
                finally:
                    in_hand, self._entries = self._entries, ()
                    self._board.leave_all(in_hand)
        finally:
            self._hasher.close()
            if self._line is not None:
                self._line.api.close()

    def _bug(self, entries: Sequence[Entry], error: Exception) -> None:
        """Fail one; of a batch, let each be tried by itself, so that only one can fail of it."""
        _log.exception("the transfer of %r failed unexpectedly", entries[0].transfer.name)
        if len(entries) > 1:
            for entry in entries:
                entry.course.alone = True
            return
        detail = "".join(traceback.format_exception(error))
        self._board.failed(entries[0], make_problem(ProblemKind.BUG, detail=detail))

    def _next(self) -> list[Entry]:
        """Wait for a transfer, or a batch; meanwhile look after those that wait for space."""
        board = self._board
        while True:
            with board.condition:
                if board.stopping:
                    return []
                if self._number >= board.streams.wanted:
                    board.condition.wait()
                    continue
                line = self._line_to(board.server, board.generation)
                entries = board.take(line.size.next_bytes(BATCH_BYTES)) if line else []
                if entries:
                    return entries
                due_s = self._look_due_s()
                if line is None or due_s is None or due_s > 0:
                    board.condition.wait(due_s)
                    continue
            self._look(line)

    def _line_to(self, server: Server | None, generation: int) -> Line | None:
        """Return the line to the server in use, a new one if that has changed."""
        if generation != self._generation:
            if self._line is not None:
                self._line.api.close()
            self._line = Line(Api(server), self._hasher) if server is not None else None
            self._generation = generation
        return self._line

    def _look_due_s(self) -> float | None:
        """In how many seconds to look again without being told; None: not at all."""
        server = self._board.server
        if server is None or not self._board.crowded.get(server.id):
            return HELD_BACK_S if self._board.streams.is_held_back else None
        return self._room.next_look_in_s

    def _look(self, line: Line) -> None:
        """Ask the server for its space; where it is away, try again later and later."""
        if not self._room.begin_look():
            return
        try:
            self._room.look(line.api)
            self._look_backoff.reset()
        except TransferError as error:
            _log.info("the space on the server is not known: %s", error)
            self._room.put_off(self._look_backoff.next_delay_s())
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("the space on the server could not be looked at")
            self._room.put_off(self._look_backoff.ceiling_s)

    def _carry(self, entry: Entry) -> None:
        """Send one transfer until it is stored, fails, or waits for space.

        Raises:
            InterruptedTransferError: something else is wanted of it.
        """
        assert self._line is not None
        while not entry.transfer.state.finished:
            try:
                Upload(entry, self._line, self._board, self._room).run()
            except FileChangedError as error:
                entry.check()
                self._begin_anew(entry, error.problem)
            except TryAgainError as error:
                entry.check()
                if not self._wait(entry, error):
                    return
            except TransferError as error:
                entry.check()
                self._board.failed(entry, error.problem)
                return

    def _carry_together(self, entries: Sequence[Entry]) -> None:
        """Send small files in one request; whatever is special about one of them, it goes alone.

        Raises:
            InterruptedTransferError: something else is wanted of them.
        """
        assert self._line is not None
        while entries:
            try:
                Batch(entries, self._line, self._board, self._room).run()
                return
            except TryAgainError as error:
                entries = self._keep([one for one in entries if one.fits_batch])
                if not entries:
                    return
                self._wait_together(entries, error)
                entries = self._keep(self._fitting(entries))
            except TransferError as error:
                _log.info("a batch is sent file by file: %s", error)
                for entry in entries:
                    entry.course.alone = True
                return

    def _keep(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Go on with these, as far as they are to run. What else it has in hand is given back at
        once: for one that is cancelled the connection would be cut under the others again."""
        kept = tuple(one for one in entries if one.wish is Wish.RUN)
        given_back, self._entries = set(self._entries) - set(kept), kept
        self._board.leave_some(given_back)
        return kept

    def _fitting(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Keep as many as go in one request now; the others stand in line again, and a file that
        is too large for it goes alone, window by window."""
        assert self._line is not None
        left_bytes = self._line.size.next_bytes(BATCH_BYTES)
        count = 0
        while count < len(entries) and weight_bytes(entries[count]) <= left_bytes:
            left_bytes -= weight_bytes(entries[count])
            count += 1
        if entries and not count:
            entries[0].course.careful = True
        return entries[:count]

    def _wait_together(self, entries: Sequence[Entry], error: TryAgainError) -> None:
        delay_s = self._delay_s(error)
        problem = dataclasses.replace(error.problem, retry_in_s=delay_s)
        state = _WAITS_FOR.get(problem.kind, State.WAITING_SERVER)
        self._board.show_together(entries, state=state, problem=problem, bytes_per_s=None)
        self._board.wait(delay_s, *entries)

    def _begin_anew(self, entry: Entry, problem: Problem) -> None:
        """The file is another version by now: forget the old one and send the new."""
        entry.course.changes += 1
        if entry.course.changes > MOST_CHANGES:
            self._board.drop_upload(entry, delete=True)
            self._board.failed(entry, problem)
            return
        entry.course.note = problem
        self._board.drop_upload(entry, delete=True)
        self._board.update(entry, state=State.CHECKING, problem=problem)
        self._board.wait(SETTLE_S * 2 ** (entry.course.changes - 1), entry)
        try:
            self._board.take_version(entry, current_identity(entry.transfer.path))
        except TransferError as error:
            self._board.failed(entry, error.problem)

    def _wait(self, entry: Entry, error: TryAgainError) -> bool:
        """Wait for the next try; False if the worker is to let go of the transfer."""
        kind = error.problem.kind
        if kind is ProblemKind.NO_SPACE:
            self._board.crowd(entry, error.problem)
            return False
        if kind in _NOT_FOR_EVER and _is_hopeless(entry, kind):
            self._board.failed(entry, error.problem)
            return False
        delay_s = self._delay_s(error)
        self._board.update(
            entry,
            state=_waiting_state(entry, kind),
            problem=dataclasses.replace(error.problem, retry_in_s=delay_s),
            sent_bytes=entry.transfer.stored_bytes,
            bytes_per_s=None,
            eta_s=None,
        )
        self._board.wait(delay_s, entry)
        return True

    def _delay_s(self, error: TryAgainError) -> float:
        """The server's own wish where it has one, spread a little; else the backoff."""
        assert self._line is not None
        drawn_s = self._line.backoff.next_delay_s()
        if error.problem.kind in _ENOUGH:
            self._board.streams.refused()
        if error.retry_after_s is None:
            return drawn_s
        return min(MOST_RETRY_AFTER_S, error.retry_after_s) + min(1.0, drawn_s)


def _is_hopeless(entry: Entry, kind: ProblemKind) -> bool:
    """Count one more refusal; tell whether there were too many, a failing disk's for too long."""
    course, now = entry.course, time.monotonic()
    if not course.refusals:
        course.refused_at = now
    course.refusals += 1
    may_pass = kind is ProblemKind.STORE_FAILED and now - course.refused_at < DISK_FAILS_S
    return course.refusals > MOST_REFUSALS and not may_pass


def _waiting_state(entry: Entry, kind: ProblemKind) -> State:
    """A server that is busy although it has every byte is storing them."""
    if kind is ProblemKind.BUSY and not entry.left_bytes:
        return State.VERIFYING
    return _WAITS_FOR.get(kind, State.WAITING_SERVER)
