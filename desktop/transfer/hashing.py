"""Digests that run ahead of the line: of the next window, and of the whole file along with it.

A window is read and hashed while the one before it is on the wire; that also brings it into the
page cache, so nothing of it is held in memory. Windows come in order, so the digest of the whole
file is fed by the same reading. After a restart it begins anew at byte 0 and catches up by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from blake3 import blake3

from desktop.transfer.answers import make_problem
from desktop.transfer.errors import FileChangedError
from desktop.transfer.events import ProblemKind
from desktop.transfer.source import Identity, Source, file_error

BLOCK_BYTES = 1 << 19

Check = Callable[[], None]
"""Called before each block; raises when nobody wants the digest any more."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a file and a BLAKE3 digest.

    Attributes:
        digest: of the part; with `prefix`, of the file from its first byte to the part's end.
    """

    start: int
    length: int
    digest: bytes
    prefix: bool = False

    @property
    def end(self) -> int:
        return self.start + self.length


class WholeDigest:
    """BLAKE3 of one version of a file, fed from its beginning, from any thread."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.position = 0
        self._digest = blake3()
        self._lock = threading.Lock()

    def feed(self, start: int, block: memoryview) -> None:
        """Take what is new in `block`, which lies at `start`; a block further on is left out."""
        with self._lock:
            skip = self.position - start
            if 0 <= skip < len(block):
                self._digest.update(block[skip:])
                self.position += len(block) - skip

    @property
    def complete(self) -> bool:
        return self.position == self.identity.size_bytes

    def digest_at(self, position: int) -> bytes | None:
        """Return the digest of the first `position` bytes; None where more or less was fed."""
        with self._lock:
            return self._digest.digest() if self.position == position else None

    def digest(self) -> bytes:
        """Return the digest of what was fed."""
        with self._lock:
            return self._digest.digest()


class Hasher:
    """Two threads of one connection that hash ahead. Closed by its owner."""

    def __init__(self, name: str) -> None:
        self._ahead = ThreadPoolExecutor(1, f"{name}-ahead")
        self._behind = ThreadPoolExecutor(1, f"{name}-catch-up")

    def close(self) -> None:
        self._ahead.shutdown(wait=True, cancel_futures=True)
        self._behind.shutdown(wait=True, cancel_futures=True)

    def begin(self, source: Source, whole: WholeDigest, check: Check) -> FileHash:
        """Begin with a file; to be closed before the source is."""
        return FileHash(source, whole, check, self._ahead, self._behind)


class FileHash:
    """Hashes the windows of one file, the next one ahead.

    Args:
        source: the file.
        whole: the digest of the whole file, which it feeds.
        check: see `Check`.
        ahead, behind: the threads for the next window and for the beginning of the file.
    """

    def __init__(
        self,
        source: Source,
        whole: WholeDigest,
        check: Check,
        ahead: ThreadPoolExecutor,
        behind: ThreadPoolExecutor,
    ) -> None:
        self._source = source
        self._whole = whole
        self._check = check
        self._ahead = ahead
        self._behind = behind
        self._next: Future[Window] | None = None
        self._next_start = -1
        self._catch_up: Future[None] | None = None
        self._wanted = 0
        self._closed = False
        self.prefixed = False
        """The digest of the file up to a window's end may stand for that of the window: then
        nothing is hashed twice."""

    def close(self) -> None:
        """Wait for both threads to leave the file."""
        self._closed = True
        for future in (self._next, self._catch_up):
            if future is not None and not future.cancel():
                future.exception()

    def begin(self, start: int, length: int) -> None:
        """Hash a window in the background."""
        self._next = self._ahead.submit(self._window, start, length)
        self._next_start = start

    def take(self, start: int, length: int) -> Window:
        """Return the window at `start`: the one that was begun, else one of `length` bytes.

        Raises:
            TransferError: the file cannot be read, or has changed.
        """
        future, self._next = self._next, None
        if future is None or self._next_start != start:
            if future is not None:
                future.exception()
            future = self._ahead.submit(self._window, start, length)
        window = future.result()
        if window.prefix and not self.prefixed:
            window = self.again(window)
        self._start_catching_up(window.start)
        return window

    def again(self, window: Window) -> Window:
        """Hash a window once more, by itself."""
        return self._window(window.start, window.length, alone=True)

    def finish(self) -> bytes:
        """Return the digest of the whole file, reading what is left of it."""
        if self._catch_up is not None:
            self._catch_up.result()
        self._wanted = self._source.identity.size_bytes
        self._catch_up_to_wanted()
        return self._whole.digest()

    @property
    def whole(self) -> bytes | None:
        """The digest of the whole file, once all of it has been read."""
        return self._whole.digest() if self._whole.complete else None

    def follow(self, end: int) -> None:
        """Hash the file up to `end` in the background; others send it."""
        self._start_catching_up(end)

    def _start_catching_up(self, end: int) -> None:
        self._wanted = max(self._wanted, end)
        idle = self._catch_up is None or self._catch_up.done()
        if idle and self._whole.position < end:
            self._catch_up = self._behind.submit(self._catch_up_to_wanted)

    def _catch_up_to_wanted(self) -> None:
        if self._whole.position >= self._wanted:
            return
        with self._source.reader() as file:
            buffer = bytearray(BLOCK_BYTES)
            while (position := self._whole.position) < self._wanted:
                block = self._block(
                    file, position, min(BLOCK_BYTES, self._wanted - position), buffer
                )
                self._whole.feed(position, block)

    def _window(self, start: int, length: int, *, alone: bool = False) -> Window:
        digest = blake3()
        buffer = bytearray(min(BLOCK_BYTES, length))
        end = start + length
        prefix = self.prefixed and not alone and self._whole.position == start
        with self._source.reader() as file:
            position = start
            while position < end:
                block = self._block(file, position, end - position, buffer)
                if not prefix:
                    digest.update(block)
                self._whole.feed(position, block)
                position += len(block)
        if prefix:
            found = self._whole.digest_at(end)
            return (
                Window(start, length, found, True)
                if found
                else self.again(Window(start, length, b""))
            )
        return Window(start, length, digest.digest())

    def _block(
        self, file: BinaryIO, position: int, most_bytes: int, buffer: bytearray
    ) -> memoryview:
        self._check()
        if self._closed:
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail="abandoned"))
        try:
            file.seek(position)
            count = file.readinto(memoryview(buffer)[:most_bytes])  # type: ignore[attr-defined]
        except OSError as error:
            raise file_error(error) from error
        if not count:
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail="it ends early"))
        return memoryview(buffer)[:count]
