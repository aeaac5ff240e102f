"""Many small files in one request, each with its own digest and its own verdict.

What is special about one of them (it has changed, cannot be read, was refused) is left to the way
of a single file: it stands in line again, to go alone. A batch whose answer was lost is sent again;
the receiver finds the same bytes under the same names and stores nothing twice.
"""

from __future__ import annotations

import logging
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from blake3 import blake3

from desktop.transfer.api import BATCH_END, BOUNDARY, PART_END, Verdict, part_head
from desktop.transfer.board import Board
from desktop.transfer.entry import Entry, Kept, Wish
from desktop.transfer.errors import (
    InterruptedTransferError,
    TransferError,
    TryAgainError,
    UserMustActError,
)
from desktop.transfer.events import ProblemKind, State
from desktop.transfer.line import Line
from desktop.transfer.room import Room
from desktop.transfer.source import describe_small, read_small
from receiver.protocol import format_metadata

PIECE_BYTES = 256 * 1024
"""So much of a batch is handed to the line while the next is read."""
_MARK = BOUNDARY.encode("ascii")
_NO_DIGEST = bytes(32)
_LEAST_BYTES = len(part_head("", _NO_DIGEST)) + len(PART_END)
_log = logging.getLogger(__name__)
TURN_S = 0.15
"""One batch is read after the other, so that the receiver works on the first meanwhile: all at the
same time, each side would wait for the other in turn. Where the line is slow, none waits longer."""
SHOW_AFTER_S = 0.3
"""A batch that is over sooner shows nothing of how far it is."""


class Batch:
    """Sends these files over one line.

    Args:
        entries: small ones that have not begun.
        line: of the worker.
        board: told what becomes of them.
        room: asked whether they fit.
    """

    def __init__(self, entries: Sequence[Entry], line: Line, board: Board, room: Room) -> None:
        self._entries = entries
        self._line = line
        self._board = board
        self._room = room

    def run(self) -> None:
        """Send them all, and note each one's verdict.

        Raises:
            TransferError: no verdicts came; see errors.py.
            InterruptedTransferError: something else is wanted of one of them.
        """
        line = self._line
        if not self._room.require_all(self._entries, line.api):
            self._let_go_alone(self._entries)
            return
        parts = [
            _Part(entry, self._board.mark_of(entry))
            for entry in self._board.politely(self._entries)
            if entry.wish is Wish.RUN
        ]
        if not parts:
            return
        sent = [part.entry for part in parts]
        body = _Body(parts, self._board, line)
        rate = line.size.bytes_per_s
        share = rate / len(sent) if rate else None
        self._board.show_together(sent, state=State.UPLOADING, problem=None, bytes_per_s=share)
        began = time.monotonic()
        try:
            verdicts = line.api.send_batch(body, len(sent))
        except (TryAgainError, InterruptedTransferError) as error:
            if isinstance(error, TryAgainError):
                line.size.failed(len(body), error.problem.kind)
            for entry in sent:
                entry.sent_before = True
            raise
        line.size.took(len(body), time.monotonic() - began)
        line.backoff.reset()
        self._room.relax()
        self._note(parts, verdicts)

    def _let_go_alone(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            entry.course.alone = True

    def _note(self, parts: Sequence[_Part], verdicts: Sequence[Verdict]) -> None:
        kept: list[Kept] = []
        for part, verdict in self._board.politely(zip(parts, verdicts, strict=False)):
            entry = part.entry
            if part.digest is None:
                entry.course.alone = True
            elif verdict.error is None:
                again, entry.sent_before = entry.sent_before, False
                kept.append(
                    Kept(
                        entry,
                        verdict.stored_name,
                        verdict.upload_id,
                        verdict.before and not again,
                    )
                )
            else:
                self._refused(entry, verdict.error)
        self._let_go_alone(part.entry for part in parts[len(verdicts) :])
        if kept:
            self._room.claimed(*(one.entry for one in kept))
            self._board.stored_together(kept)

    def _refused(self, entry: Entry, error: TransferError) -> None:
        if error.problem.kind is ProblemKind.NO_SPACE:
            self._board.crowd(entry, error.problem)
        elif isinstance(error, UserMustActError):
            self._board.failed(entry, error.problem)
        else:
            entry.course.alone = True


class _Part:
    """A file in the body. How long its part is is known before it is read.

    Args:
        mark: see `Board.mark_of`.

    Attributes:
        digest: BLAKE3 of its bytes; None before they are read, and where that cannot be.
    """

    def __init__(self, entry: Entry, mark: str) -> None:
        self.entry = entry
        self.digest: bytes | None = None
        self._metadata = format_metadata(describe_small(entry.transfer.name, entry.identity, mark))

    def __len__(self) -> int:
        return _LEAST_BYTES + len(self._metadata) + self.entry.identity.size_bytes

    def read(self, board: Board) -> tuple[bytes, bytes, bytes]:
        """Return its head, its bytes and its end; without a digest, what takes their place.

        The receiver refuses that: the digest in the head is none of these bytes.
        """
        entry = self.entry
        try:
            identity, data = read_small(
                entry.transfer.file, entry.identity, after_restart=not entry.seen
            )
            if _MARK not in data:
                if not entry.seen:
                    board.take_version(entry, identity)
                self.digest = blake3(data).digest()
        except TransferError as error:
            _log.info("%s goes alone: %s", entry.transfer.path, error)
        if self.digest is None:
            data = bytes(entry.identity.size_bytes)
        return part_head(self._metadata, self.digest or _NO_DIGEST), data, PART_END


class _Body:
    """The body of the request, as `requests` takes it: a file is read when its turn comes.

    So the receiver works on the first while the last is still to be read. Shows those that have
    been handed over whole.

    Args:
        parts: the files in it.
        board, line: see `Batch`.
    """

    def __init__(self, parts: Sequence[_Part], board: Board, line: Line) -> None:
        self._parts = parts
        self._board = board
        self._line = line
        self._ends = [*accumulate(len(part) for part in parts)]
        self._shown = 0
        self._position = 0
        self._began = time.monotonic()

    def __len__(self) -> int:
        return self._ends[-1] + len(BATCH_END)

    def __iter__(self) -> Iterator[memoryview]:
        """Yield the pieces; each has been handed over when the next one is asked for.

        Raises:
            InterruptedTransferError: something else is wanted of one of the files.
        """
        is_our_turn = self._board.reading.acquire(timeout=TURN_S)
        try:
            yield from self._pieces()
        finally:
            if is_our_turn:
                self._board.reading.release()

    def _pieces(self) -> Iterator[memoryview]:
        waiting: list[bytes] = []
        size_bytes = 0
        for part in self._board.politely(self._parts):
            read = part.read(self._board)
            waiting += read
            size_bytes += sum(map(len, read))
            if size_bytes >= PIECE_BYTES:
                yield from self._hand_over(b"".join(waiting))
                waiting, size_bytes = [], 0
        yield from self._hand_over(b"".join([*waiting, BATCH_END]))

    def _hand_over(self, data: bytes) -> Iterator[memoryview]:
        left = memoryview(data)
        while left:
            self._check()
            most_bytes = self._board.limit.grant(self._line.size.piece_bytes, self._check)
            yield left[:most_bytes]
            self._position += len(left[:most_bytes])
            left = left[most_bytes:]
            self._show()

    def _check(self) -> None:
        for part in self._parts:
            part.entry.check_due()

    def _show(self) -> None:
        last = self._position > self._ends[-1]
        if last or time.monotonic() - self._began < SHOW_AFTER_S:
            return
        until = bisect_right(self._ends, self._position)
        for part in self._parts[self._shown : until]:
            self._board.update(part.entry, sent_bytes=part.entry.transfer.size_bytes)
        self._shown = until
