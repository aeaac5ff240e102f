"""The rest of a large file over several connections at once, where each of them is slow.

Some lines give every connection only so much: a policy of the provider, a long way, a tunnel. What
is left of the file is cut into segments; each is a part that the receiver writes straight to its
place (`Wherry-Place`). A few streams are tried, twice as many when that was worth it, and what adds
nothing is let go again. Segments are where they are whoever asks: after a restart of
either side each is asked for again, and answers with what the receiver has of it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from blake3 import blake3

from desktop.transfer.answers import make_problem
from desktop.transfer.api import Answer, Api
from desktop.transfer.bodies import Body
from desktop.transfer.errors import (
    BugError,
    OffsetMismatchError,
    TransferError,
    WindowRefusedError,
)
from desktop.transfer.events import ProblemKind
from desktop.transfer.hashing import BLOCK_BYTES, Window
from desktop.transfer.source import Source, read_block
from desktop.transfer.window import MIB, WindowSize

LEAST_SEGMENT_BYTES = 8 * MIB
MOST_SEGMENTS = 100
"""All of them are named in one header: 4 KB of the 8 that nginx and Apache take of one."""

FIRST_STREAMS = 4
MOST_STREAMS = 8
WORTH = 1.2
"""So many times as fast it must become for another stream to stay."""

STEER_S = 0.2
MEASURE_S = 1.0
"""What is stored is measured for so long at least: moments tell little."""
LET_END_S = 3.0
MOST_REFUSALS = 5
_PASSES = (ProblemKind.BUSY, ProblemKind.LOW_MEMORY, ProblemKind.TOO_MANY_TRIES)
"""What a further stream meets where the server has enough of them: it is let go."""


@dataclass(slots=True)
class Segment:
    """A piece of the file that goes over one connection.

    Attributes:
        start, length: where in the file, bytes.
        part_id: its upload, once it is known.
        stored_bytes: what the receiver has of it.
    """

    start: int
    length: int
    part_id: str = ""
    stored_bytes: int = 0


def cut(begin: int, size_bytes: int) -> list[Segment]:
    """Cut what lies from `begin` to the end; always in the same way, whoever asks."""
    left_bytes = size_bytes - begin
    length = max(LEAST_SEGMENT_BYTES, -(-left_bytes // MOST_SEGMENTS))
    return [
        Segment(start, min(length, size_bytes - start))
        for start in range(begin, size_bytes, length)
    ]


@dataclass(slots=True, eq=False)
class Stream:
    """One connection: its pace, and how many windows went over it since the last change."""

    api: Api
    size: WindowSize
    thread: threading.Thread | None = None
    windows: int = 0
    handed_bytes: int = 0
    over: bool = False


class Parts:
    """Sends the segments of one file.

    Args:
        whole_id: the upload that they belong to.
        segments: see `cut`.
        source: the file.
        first: the connection that is there already, and its pace.
        connect: opens a further one; whoever gave it closes it.
        most_streams: no more than these.
        check: raises when nobody wants the file to be sent any more.
        before_piece: see `bodies.Watch`, with the pace of a stream.
        progressed: told how many bytes are stored more, and how many are on the wire.
    """

    def __init__(
        self,
        whole_id: str,
        segments: list[Segment],
        source: Source,
        first: Stream,
        connect: Callable[[], Api],
        most_streams: int,
        check: Callable[[], None],
        before_piece: Callable[[WindowSize], int],
        progressed: Callable[[int, int], None],
    ) -> None:
        self._whole_id = whole_id
        self._segments = segments
        self._source = source
        self._connect = connect
        self._most = max(1, min(MOST_STREAMS, most_streams))
        self._check = check
        self.before_piece = before_piece
        self._progressed = progressed
        self._changed = threading.Condition()
        self._waiting = deque(segments)
        self._streams = [first]
        self._wanted = 1
        self._stored_bytes = 0
        self._error: Exception | None = None
        self.one_is_all = False
        """A second stream has been tried and was of no use."""

    def handed(self) -> None:
        """More bytes are on the wire."""
        self._note(0)

    def send(self, bytes_per_s: float) -> Answer:
        """Send what is missing and have it put together.

        Args:
            bytes_per_s: what one stream has carried; further ones are measured by it.

        Raises:
            TransferError, InterruptedTransferError: as a single stream does.
        """
        self._start(self._streams[0])
        try:
            self._steer(bytes_per_s)
        finally:
            self._end()
        while self._error is None and self._waiting:
            self._run(self._streams[0], 0)
        if self._error is not None:
            raise self._error
        self._check()
        self._source.check()
        ids = [one.part_id for one in self._segments]
        return self._streams[0].api.join_parts(self._whole_id, ids)

    def _end(self) -> None:
        """Wait for all streams; what is on the wire when one has failed gets a moment, no more."""
        until = time.monotonic() + LET_END_S
        for stream in self._streams:
            assert stream.thread is not None
            if self._error is not None:
                stream.thread.join(max(0.0, until - time.monotonic()))
                stream.api.cut()
            stream.thread.join()

    # -- how many streams ------------------------------------------------------------------------

    def _steer(self, before: float) -> None:
        """Add streams while they are worth it; return when all segments are there, or one fails.

        Each number of streams is measured by what is stored between two moments: when each of them
        has a window behind it (the first one fills what lies between, and seems fast), and when
        each has another one.
        """
        self._grow(FIRST_STREAMS)
        settled = len(self._streams) < 2
        since: tuple[float, int] | None = None
        while True:
            with self._changed:
                self._changed.wait(STEER_S)
                running = [one for one in self._streams if not one.over]
                if not running or self._error is not None:
                    return
                least = min(one.windows for one in running)
                here = time.monotonic(), self._stored_bytes
            if settled or not least:
                continue
            if len(running) < self._wanted:
                settled = True
            elif since is None:
                since = here
                self._begin_counting()
            elif here[0] - since[0] >= MEASURE_S:
                now = (here[1] - since[1]) / (here[0] - since[0])
                since = None
                settled = self._judge(now, before)
                before = now

    def _judge(self, now: float, before: float) -> bool:
        """Keep the streams, or not, by what they carry; True when it stays so."""
        if now < before * WORTH:
            self.one_is_all = self._wanted <= FIRST_STREAMS
            self._shrink(1 if self.one_is_all else self._wanted // 2)
            return True
        if self._wanted >= self._most:
            return True
        self._grow(self._wanted * 2)
        return False

    def _begin_counting(self) -> None:
        with self._changed:
            for one in self._streams:
                one.windows = 0

    def _grow(self, wanted: int) -> None:
        with self._changed:
            self._wanted = min(self._most, wanted)
        self._begin_counting()
        while len(self._streams) < self._wanted and self._waiting:
            stream = Stream(self._connect(), WindowSize())
            self._streams.append(stream)
            self._start(stream)

    def _shrink(self, wanted: int) -> None:
        with self._changed:
            self._wanted = wanted

    def _start(self, stream: Stream) -> None:
        number = self._streams.index(stream)
        stream.thread = threading.Thread(
            target=self._run, args=(stream, number), name=f"wherry-part-{number}", daemon=True
        )
        stream.thread.start()

    # -- one stream ------------------------------------------------------------------------------

    def _run(self, stream: Stream, number: int) -> None:
        segment: Segment | None = None
        try:
            while (segment := self._take(number)) is not None:
                self._send_segment(stream, segment)
        except Exception as error:  # noqa: BLE001 - the top of a thread; raised again in `send`
            self._failed(number, segment, error)
        finally:
            with self._changed:
                stream.over = True
                self._changed.notify_all()

    def _take(self, number: int) -> Segment | None:
        with self._changed:
            if self._error is not None or number >= max(1, self._wanted) or not self._waiting:
                return None
            return self._waiting.popleft()

    def _failed(self, number: int, segment: Segment | None, error: Exception) -> None:
        with self._changed:
            enough = isinstance(error, TransferError) and error.problem.kind in _PASSES
            if number and enough:
                self._wanted = self._most = max(1, number)
                if segment is not None:
                    self._waiting.appendleft(segment)
            elif self._error is None:
                self._error = error

    def _send_segment(self, stream: Stream, segment: Segment) -> None:
        refusals = 0
        with self._source.reader() as file:
            self._ask(stream, segment)
            while segment.stored_bytes < segment.length:
                self._check()
                if self._error is not None:
                    return
                length = stream.size.next_bytes(segment.length - segment.stored_bytes)
                start = segment.start + segment.stored_bytes
                digest = self._digest(file, start, length)
                body = Body(file, start, length, _Watch(self, stream, start))
                window = Window(segment.stored_bytes, length, digest)
                began = time.monotonic()
                try:
                    answer = stream.api.send_window(segment.part_id, body, window)
                except (WindowRefusedError, OffsetMismatchError, BugError) as error:
                    refusals += 1
                    self._source.check()
                    if refusals > MOST_REFUSALS:
                        raise BugError(error.problem) from error
                    self._ask(stream, segment)
                    continue
                finally:
                    stream.handed_bytes = 0
                if answer.offset != window.end:
                    name = stream.api.server.name
                    raise BugError(make_problem(ProblemKind.BUG, name, f"{window}: {answer}"))
                segment.stored_bytes = answer.offset
                stream.size.took(length, time.monotonic() - began)
                stream.windows += 1
                self._note(length)

    def _ask(self, stream: Stream, segment: Segment) -> None:
        """Make the segment's part, or find the one that is there, and how far it is."""
        before = segment.stored_bytes if segment.part_id else None
        answer = stream.api.create_part(self._whole_id, segment.start, segment.length)
        segment.part_id, segment.stored_bytes = answer.upload_id, answer.offset
        if before is not None and answer.offset != before:
            self._note(answer.offset - before)

    def _digest(self, file: BinaryIO, start: int, length: int) -> bytes:
        digest = blake3()
        block = memoryview(bytearray(min(BLOCK_BYTES, length)))
        position, end = start, start + length
        while position < end:
            self._check()
            piece = read_block(file, position, block[: end - position])
            digest.update(piece)
            position += len(piece)
        return digest.digest()

    def _note(self, stored_bytes: int) -> None:
        """Tell how many bytes are stored more, and how many are on the wire."""
        with self._changed:
            self._stored_bytes += stored_bytes
            self._progressed(stored_bytes, sum(one.handed_bytes for one in self._streams))


class _Watch:
    """Counts the pieces of one stream's window; see `bodies.Watch`."""

    def __init__(self, parts: Parts, stream: Stream, start: int) -> None:
        self._parts = parts
        self._stream = stream
        self._start = start

    def before_piece(self) -> int:
        return self._parts.before_piece(self._stream.size)

    def handed(self, position: int) -> None:
        self._stream.handed_bytes = position - self._start
        self._parts.handed()
