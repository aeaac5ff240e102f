"""One upload, driven by one worker, from wherever it stands to its end; see engine.py for its life.

Every difficulty leaves as an exception of errors.py; worker.py decides what comes of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from blake3 import blake3

from desktop.transfer.answers import make_problem
from desktop.transfer.api import Answer, Creation
from desktop.transfer.board import Board
from desktop.transfer.bodies import Body, MemoryBody
from desktop.transfer.entry import SMALL_BYTES, Entry
from desktop.transfer.errors import (
    AlreadyStoredError,
    BugError,
    FileChangedError,
    OffsetMismatchError,
    TransferError,
    TryAgainError,
    UploadGoneError,
    WindowRefusedError,
)
from desktop.transfer.events import ProblemKind, State
from desktop.transfer.hashing import FileHash, WholeDigest, Window
from desktop.transfer.line import Line
from desktop.transfer.parts import Parts, Stream, cut
from desktop.transfer.progress import Progress
from desktop.transfer.room import Room
from desktop.transfer.source import SAMPLE_BYTES, Source, describe_file
from desktop.transfer.window import WindowSize
from receiver.protocol import Route

MOST_REFUSALS = 5

FAST_BYTES_PER_S = 100e6
SPLIT_FROM_S = 8.0
"""Further connections are tried where the rest would take longer over one, and one is slow."""
WATCHED_S = 1.0
"""One is watched for so long before it is called slow: a busy computer may only seem so."""
LEAST_BODIES = 8
BODIES_PER_STREAM = 4
"""A file takes at most so small a share of what the server receives at once."""

STORING_LOOK_S = 0.5

LAST_BYTES = 1 << 20
"""The window that ends a large file is so long, or up to twice as long."""


class Upload:
    """Sends one file over one line."""

    def __init__(self, entry: Entry, line: Line, board: Board, room: Room) -> None:
        self._entry = entry
        self._line = line
        self._board = board
        self._room = room
        self._course = entry.course
        self._progress = Progress(board, entry)
        self._watched_s = 0.0

    def run(self) -> None:
        """Send what is missing, and see it stored.

        Raises:
            TransferError: see errors.py.
            InterruptedTransferError: something else is wanted.
        """
        entry = self._entry
        entry.check()
        after_restart = not entry.seen
        with Source(entry.transfer.path, entry.identity, after_restart=after_restart) as source:
            self._board.take_version(entry, source.identity)
            if self._is_small():
                answer = self._send_small(source)
            else:
                self._show(State.CHECKING)
                answer = self._begin(source)
            if answer is not None:
                self._send_rest(source, answer)

    def _is_small(self) -> bool:
        entry = self._entry
        unbegun = entry.is_unbegun and not self._course.careful
        return unbegun and entry.transfer.size_bytes <= SMALL_BYTES

    def _show(self, state: State) -> None:
        self._board.update(self._entry, state=state, problem=self._course.note)

    # -- beginning -------------------------------------------------------------------------------

    def _begin(self, source: Source) -> Answer | None:
        """Find out where to go on, or create; None when it turned out to be stored already.

        Where nothing has come yet the creation is repeated: its answer tells what is stored there.
        """
        entry = self._entry
        if entry.upload_id is not None:
            try:
                answer = self._line.api.offset(entry.upload_id)
                if answer.offset or answer.parts_bytes:
                    return self._go_on(answer)
            except UploadGoneError as error:
                self._board.drop_upload(entry, delete=False)
                self._course.note = error.problem
                self._show(State.CHECKING)
        if entry.is_unbegun:
            self._room.require(entry, self._line.api)
        metadata = self._describe(source, source.sample)
        self._board.ask(entry)
        answer = self._line.api.create(Creation(entry.transfer.size_bytes, metadata))
        self._created(answer)
        if answer.known is not None:
            return self._compare_with_stored(source, answer)
        return self._go_on(answer)

    def _describe(self, source: Source, read_at: Callable[[int], bytes]) -> dict[str, str]:
        mark = self._board.mark_of(self._entry)
        return describe_file(self._entry.transfer.name, source.identity, mark, read_at)

    def _go_on(self, answer: Answer) -> Answer:
        size = self._entry.transfer.size_bytes
        if answer.length not in (None, size):
            detail = f"the upload is for {answer.length} bytes, the file has {size}"
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail=detail))
        there = answer.offset + (answer.parts_bytes or 0)
        changes = {"stored_bytes": there, "sent_bytes": there}
        if 0 < there < size:
            changes["resumed_from_bytes"] = there
        self._board.update(self._entry, **changes)
        if answer.route is not None:
            self._board.update(self._entry, route=answer.route)
        return answer

    def _created(self, answer: Answer) -> None:
        self._line.backoff.reset()
        self._room.relax()
        self._room.claimed(self._entry)
        self._board.update(self._entry, route=answer.route)
        if answer.digest is None:
            self._board.begun(self._entry, answer.upload_id)

    def _compare_with_stored(self, source: Source, answer: Answer) -> Answer | None:
        """The server has a file that looks the same: if it is, that is all."""
        whole = self._whole(source)
        with closing(self._line.hasher.begin(source, whole, self._entry.check)) as hashes:
            own = hashes.finish()
        source.check()
        if own != answer.known:
            return answer
        self._give_up(answer.upload_id)
        self._board.stored(self._entry, answer.stored_name, before=True)
        return None

    def _give_up(self, upload_id: str) -> None:
        """Drop the upload at once: a command that ends with this file leaves nothing behind."""
        try:
            self._line.api.delete(upload_id)
        except TransferError:
            self._board.drop_upload(self._entry, delete=True)
        else:
            self._board.drop_upload(self._entry, delete=False)

    def _send_small(self, source: Source) -> Answer | None:
        """Send a small file with its creation; None when that was all."""
        entry, api = self._entry, self._line.api
        self._room.require(entry, api)
        self._show(State.UPLOADING)
        data = source.read_all()
        source.check()
        digest = blake3(data).digest()
        metadata = self._describe(source, lambda at: data[at : at + SAMPLE_BYTES])
        body = MemoryBody(data, self) if data else None
        self._course.careful = True
        self._board.ask(entry)
        answer = api.create(Creation(len(data), metadata, body, digest))
        self._course.careful = False
        self._created(answer)
        if answer.digest is None:
            return answer
        if answer.digest != digest:
            raise self._mismatch(answer)
        before = answer.known == digest and not entry.sent_before
        upload_id = answer.upload_id
        self._board.stored(entry, answer.stored_name, before=before, upload_id=upload_id)
        return None

    # -- windows ---------------------------------------------------------------------------------

    def _send_rest(self, source: Source, answer: Answer) -> None:
        size = self._entry.transfer.size_bytes
        whole = self._whole(source)
        self._progress.rate.start()
        with closing(self._line.hasher.begin(source, whole, self._entry.check)) as hashes:
            while answer.offset < size:
                self._show(State.UPLOADING)
                if answer.parts_bytes is not None or self._is_slow(size - answer.offset):
                    answer = self._send_parts(source, hashes, answer)
                    break
                window = self._next_window(source, hashes, answer)
                self._room.plan_additions(self._line.api)
                self._entry.check()
                source.check()
                answer = self._send_window(source, hashes, window)
            self._finish(source, hashes, answer)

    def _next_window(self, source: Source, hashes: FileHash, answer: Answer) -> Window:
        """Return the window to send next. Its digest is made on the way and compared with that of
        the answer; of the last one before, so that the receiver can compare the whole file's."""
        start, size = answer.offset, self._entry.transfer.size_bytes
        length = self._window_bytes(start)
        trusted = answer.prefix is not None and not self._course.mistrusts
        own = self._whole(source).digest_at(start) if trusted else None
        if own is not None:
            if own != answer.prefix:
                source.check()
                self._course.mistrusts = True
                raise self._mismatch(answer)
            if length < size and size - start > 2 * LAST_BYTES:
                return Window(start, min(length, size - start - LAST_BYTES))
        return hashes.digest(start, length, prefixed=trusted)

    def _is_slow(self, left_bytes: int) -> bool:
        """Tell whether further connections are worth a try for what is left."""
        rate = self._progress.rate.bytes_per_s
        if self._watched_s < WATCHED_S or rate is None or self._room.one_is_all:
            return False
        if self._board.streams.has_grown:
            return False
        most = self._room.limits.bodies_at_once
        return rate < FAST_BYTES_PER_S and left_bytes > rate * SPLIT_FROM_S and most >= LEAST_BODIES

    def _send_parts(self, source: Source, hashes: FileHash, answer: Answer) -> Answer:
        """Send the rest over several connections; see parts.py."""
        entry, line = self._entry, self._line
        stored = answer.offset + (answer.parts_bytes or 0)

        def progressed(more_bytes: int, sent_bytes: int) -> None:
            nonlocal stored
            stored += more_bytes
            if more_bytes:
                self._got_through()
            self._progress.stored(stored, stored + sent_bytes, more_bytes)
            hashes.follow(stored)

        parts = Parts(
            answer.upload_id,
            cut(answer.offset, entry.transfer.size_bytes),
            source,
            Stream(line.api, line.size),
            line.connect,
            self._room.limits.bodies_at_once // BODIES_PER_STREAM,
            entry.check,
            self._before_piece,
            progressed,
        )
        try:
            answer = parts.send(self._progress.rate.bytes_per_s or 0.0)
        finally:
            line.part()
            if parts.one_is_all:
                self._room.note_one_is_all()
        return answer

    def _whole(self, source: Source) -> WholeDigest:
        whole = self._course.whole
        if whole is None or whole.identity != source.identity:
            whole = self._course.whole = WholeDigest(source.identity)
        return whole

    def _window_bytes(self, offset: int) -> int:
        size = self._entry.transfer.size_bytes
        in_memory = self._entry.transfer.route is Route.MEMORY and offset == 0
        if in_memory and not self._course.careful and self._line.size.carries_whole(size):
            return size
        return self._line.size.next_bytes(size - offset, self._room.limits.window_bytes)

    def _send_window(self, source: Source, hashes: FileHash, window: Window) -> Answer:
        """Send one window; the answer tells from where to go on, whatever came of it."""
        upload_id = self._entry.upload_id or ""
        heed = self._whole(source).feed
        body = Body(source.file, window.start, window.length, self, heed)
        api, began = self._line.api, time.monotonic()
        last = window.end == self._entry.transfer.size_bytes
        try:
            answer = api.send_window(upload_id, body, window, hashes.whole if last else None)
        except WindowRefusedError as error:
            self._count_refusal(error)
            self._blame_file_or_line(source, hashes, window)
            return api.offset(upload_id)
        except (OffsetMismatchError, AlreadyStoredError, BugError) as error:
            # Among them: the receiver gave up on a line that stood still, and it moves again.
            self._count_refusal(error)
            return api.offset(upload_id)
        except TryAgainError as error:
            self._course.careful = True
            self._line.size.failed(window.length, error.problem.kind)
            raise
        if answer.offset != window.end:
            raise BugError(make_problem(ProblemKind.BUG, api.server.name, f"{window}: {answer}"))
        self._progressed(window, time.monotonic() - began)
        return answer

    def _progressed(self, window: Window, seconds: float) -> None:
        self._line.size.took(window.length, seconds)
        self._watched_s += seconds
        self._got_through()
        self._progress.stored(window.end, window.end, window.length)

    def _got_through(self) -> None:
        self._line.backoff.reset()
        self._room.relax()
        self._course.refusals = 0

    def _count_refusal(self, error: TransferError) -> None:
        self._course.refusals += 1
        if self._course.refusals > MOST_REFUSALS:
            raise BugError(error.problem) from error

    def _blame_file_or_line(self, source: Source, hashes: FileHash, window: Window) -> None:
        """A window arrived with another digest: the file was written to, or the line errs."""
        source.check()
        self._course.mistrusts = True
        if window.prefix or window.digest is None:
            return
        if hashes.digest(window.start, window.length).digest != window.digest:
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail=str(window)))

    # -- the end ---------------------------------------------------------------------------------

    def _finish(self, source: Source, hashes: FileHash, answer: Answer) -> None:
        self._show(State.VERIFYING)
        in_parts = answer.parts_bytes is not None
        while answer.digest is None and answer.stored_name is None:
            if in_parts:
                answer = self._line.api.offset(answer.upload_id)
            else:
                answer = self._line.api.finish(answer.upload_id, answer.offset)
            if answer.stored_name is None:
                self._board.wait(STORING_LOOK_S, self._entry)
        own = hashes.finish()
        source.check()
        if own != answer.digest:
            raise self._mismatch(answer)
        self._board.stored(self._entry, answer.stored_name)

    def _mismatch(self, answer: Answer) -> TryAgainError | BugError:
        """What the receiver has is something else, nobody can say from where on: once more from
        the beginning, no more."""
        detail = f"{answer.upload_id}: {answer.offset} bytes, stored as {answer.stored_name!r}"
        where = self._line.api.server.name
        problem = make_problem(ProblemKind.DIGEST_MISMATCH, where, detail)
        self._board.drop_upload(self._entry, delete=answer.stored_name is None)
        self._course.mismatches += 1
        self._course.note = problem
        return TryAgainError(problem) if self._course.mismatches == 1 else BugError(problem)

    # -- watching the pieces of a body (see bodies.Watch) ----------------------------------------

    def before_piece(self) -> int:
        return self._before_piece(self._line.size)

    def _before_piece(self, pace: WindowSize) -> int:
        self._entry.check_due()
        return self._board.limit.grant(pace.piece_bytes, self._entry.check_due)

    def handed(self, position: int) -> None:
        self._progress.handed(position)
        if position == self._entry.transfer.size_bytes and self._entry.upload_id is not None:
            self._show(State.VERIFYING)
