"""Many small files in one request, each with its own digest and its own verdict.

What is special about one of them (it has changed, cannot be read, was refused) is left to the way
of a single file: it stands in line again, to go alone. A batch whose answer was lost is sent again;
the receiver finds the same bytes under the same names and stores nothing twice.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Sequence

from blake3 import blake3

from desktop.transfer.api import BATCH_END, BOUNDARY, Part, Verdict
from desktop.transfer.board import Board, Kept
from desktop.transfer.entry import Entry, Wish
from desktop.transfer.errors import (
    InterruptedTransferError,
    TransferError,
    TryAgainError,
    UserMustActError,
)
from desktop.transfer.events import ProblemKind, State
from desktop.transfer.line import Line
from desktop.transfer.room import Room
from desktop.transfer.source import MemoryBody, describe_small, read_small

_MARK = BOUNDARY.encode("ascii")
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
        sent, parts = self._read()
        if not sent:
            return
        joined, ends = _join(parts)
        body = MemoryBody(joined, _Watch(sent, ends, self._board, line))
        rate = line.size.bytes_per_s
        share = rate / len(sent) if rate else None
        self._board.show_together(sent, state=State.UPLOADING, problem=None, bytes_per_s=share)
        began = time.monotonic()
        try:
            verdicts = line.api.send_batch(body, len(sent))
        except (TryAgainError, InterruptedTransferError) as error:
            if isinstance(error, TryAgainError) and error.problem.kind is ProblemKind.PROXY:
                line.size.refused_by_proxy(len(body))
            for entry in sent:
                entry.sent_before = True
            raise
        line.size.took(len(body), time.monotonic() - began)
        line.backoff.reset()
        self._room.relax()
        self._note(sent, parts, verdicts)

    def _let_go_alone(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            entry.course.alone = True

    def _read(self) -> tuple[list[Entry], list[Part]]:
        """Read what can be read; the rest goes alone."""
        sent, parts = [], []
        for entry in self._entries:
            transfer = entry.transfer
            if entry.wish is not Wish.RUN:
                continue
            try:
                identity, data = read_small(
                    transfer.path, entry.identity, after_restart=not entry.seen
                )
            except TransferError:
                entry.course.alone = True
                continue
            if _MARK in data:
                entry.course.alone = True
                continue
            if not entry.seen:
                self._board.take_version(entry, identity)
            sent.append(entry)
            metadata = describe_small(transfer.name, identity)
            parts.append(Part(metadata, data, blake3(data).digest()))
        return sent, parts

    def _note(
        self, sent: Sequence[Entry], parts: Sequence[Part], verdicts: Sequence[Verdict]
    ) -> None:
        kept: list[Kept] = []
        for entry, part, verdict in zip(sent, parts, verdicts, strict=False):
            if verdict.error is None:
                again, entry.sent_before = entry.sent_before, False
                kept.append(
                    Kept(
                        entry,
                        part.digest,
                        verdict.stored_name,
                        verdict.upload_id,
                        verdict.before and not again,
                    )
                )
            else:
                self._refused(entry, verdict.error)
        for entry in sent[len(verdicts) :]:
            entry.course.alone = True
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


class _Watch:
    """Watches the body of the request; see `source.Watch`.

    Args:
        entries: the files in it.
        ends: where each of them ends in the body.
        board, line: see `Batch`.
    """

    def __init__(
        self, entries: Sequence[Entry], ends: Sequence[int], board: Board, line: Line
    ) -> None:
        self._entries = entries
        self._ends = ends
        self._board = board
        self._line = line
        self._shown = 0
        self._began = time.monotonic()

    def before_piece(self) -> int:
        self._check()
        return self._board.limit.grant(self._line.size.piece_bytes, self._check)

    def _check(self) -> None:
        for entry in self._entries:
            entry.check_due()

    def handed(self, position: int) -> None:
        """Show those that have been handed over whole."""
        last = position > self._ends[-1]
        if last or time.monotonic() - self._began < SHOW_AFTER_S:
            return
        until = bisect_right(self._ends, position)
        for entry in self._entries[self._shown : until]:
            self._board.update(entry, sent_bytes=entry.transfer.size_bytes)
        self._shown = until


def _join(parts: Sequence[Part]) -> tuple[bytearray, list[int]]:
    """Put the body together; returns it, and where each part ends in it."""
    joined = bytearray()
    ends = []
    for part in parts:
        joined += part.head
        joined += part.data
        joined += b"\r\n"
        ends.append(len(joined))
    joined += BATCH_END
    return joined, ends
