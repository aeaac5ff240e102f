"""The digest of a whole file, and of its windows where they are checked by themselves.

Windows come in order, so the digest of the whole file is fed with what is read to be sent. After a
restart it begins anew at byte 0 and catches up by itself.
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
from desktop.transfer.source import Identity, Source, read_block

BLOCK_BYTES = 1 << 19

Check = Callable[[], None]
"""Called before each block; raises when nobody wants the digest any more."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a file and a BLAKE3 digest.

    Attributes:
        digest: of the part; with `prefix`, of the file from its first byte to the part's end. None
            where it is compared after the part was sent.
    """

    start: int
    length: int
    digest: bytes | None = None
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
    """A thread of one connection that hashes what others send. Closed by its owner."""

    def __init__(self, name: str) -> None:
        self._behind = ThreadPoolExecutor(1, f"{name}-catch-up")

    def close(self) -> None:
        self._behind.shutdown(wait=True, cancel_futures=True)

    def begin(self, source: Source, whole: WholeDigest, check: Check) -> FileHash:
        """Begin with a file; to be closed before the source is."""
        return FileHash(source, whole, check, self._behind)


class FileHash:
    """Hashes one file.

    Args:
        source: the file.
        whole: the digest of the whole file, which it feeds.
        check: see `Check`.
        behind: the thread for what is not read to be sent.
    """

    def __init__(
        self, source: Source, whole: WholeDigest, check: Check, behind: ThreadPoolExecutor
    ) -> None:
        self._source = source
        self._whole = whole
        self._check = check
        self._behind = behind
        self._catch_up: Future[None] | None = None
        self._wanted = 0
        self._closed = False

    def close(self) -> None:
        """Wait for the thread to leave the file."""
        self._closed = True
        if self._catch_up is not None and not self._catch_up.cancel():
            self._catch_up.exception()

    def digest(self, start: int, length: int, *, prefixed: bool = False) -> Window:
        """Read a window and return it with its digest.

        Args:
            start, length: which one, bytes.
            prefixed: the digest of the file up to its end may stand for its own: then nothing is
                hashed twice.

        Raises:
            TransferError: the file cannot be read, or has changed.
        """
        self.follow(start)
        prefixed = prefixed and self._whole.position == start
        own = blake3()
        buffer = memoryview(bytearray(min(BLOCK_BYTES, length)))
        position, end = start, start + length
        with self._source.reader() as file:
            while position < end:
                block = self._block(file, position, buffer[: end - position])
                if not prefixed:
                    own.update(block)
                self._whole.feed(position, block)
                position += len(block)
        if prefixed:
            return Window(start, length, self._whole.digest(), True)
        self.follow(end)
        return Window(start, length, own.digest())

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
        """Hash the file up to `end` in the background; nobody reads it to send it."""
        self._wanted = max(self._wanted, end)
        idle = self._catch_up is None or self._catch_up.done()
        if idle and self._whole.position < end:
            self._catch_up = self._behind.submit(self._catch_up_to_wanted)

    def _catch_up_to_wanted(self) -> None:
        if self._whole.position >= self._wanted:
            return
        with self._source.reader() as file:
            buffer = memoryview(bytearray(BLOCK_BYTES))
            while (position := self._whole.position) < self._wanted:
                block = self._block(file, position, buffer[: self._wanted - position])
                self._whole.feed(position, block)

    def _block(self, file: BinaryIO, position: int, buffer: memoryview) -> memoryview:
        self._check()
        if self._closed:
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail="abandoned"))
        return read_block(file, position, buffer)
