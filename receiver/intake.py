"""One body into one upload: socket, buffer, digests, disk, block by block.

A block is hashed, then written; the last one is written only when the digest of the window
agrees. By the memory route the body is hashed as it comes and written when it is whole and
verified, so what a crash leaves of it counts, and no note need say that it does not. When the
machine becomes short of memory meanwhile, what has arrived is written and the rest of the body
goes on as a stream.
"""

from __future__ import annotations

import mmap
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from blake3 import blake3

from receiver.admission import SMALL_BLOCK_BYTES, Admission, Grant
from receiver.digests import WholeDigest, new_hasher
from receiver.errors import ReceiverError
from receiver.memory import own_memory
from receiver.protocol import WHOLE_FILE_ALGORITHM, Code, Route
from receiver.space import DiskSpace
from receiver.store import UploadStore, Window
from receiver.upload import Body, Live

READ_BYTES = 1 << 20
ACKNOWLEDGE_S = 1.0
"""Between two acknowledgements of one body, at least."""
SYNC_SHARE = 10
"""Each waits for the disk: the next one comes after that many times as long, at least."""


PREFIX = "prefix"
"""The algorithm of a checksum that is the BLAKE3 of the upload up to the end of the window."""


class Checksum(NamedTuple):
    """What a window must hash to; with `PREFIX`, what the upload must hash to at its end."""

    algorithm: str
    digest: bytes


class Intake:
    """Takes one body for one upload.

    Args:
        live: the upload; its offset moves when the bytes are durable.
        store: keeps the bytes.
        space: told what is left to write; asked for room when nobody knows how much it will be.
        admission: asked whether memory has become short.
        count: told the number of body bytes as they arrive.
        largest_bytes: where an upload ends whose size is not known; None for no limit.
    """

    def __init__(
        self,
        live: Live,
        store: UploadStore,
        space: DiskSpace,
        admission: Admission,
        count: Callable[[int], None],
        largest_bytes: int | None,
    ) -> None:
        self._live = live
        self._store = store
        self._space = space
        self._admission = admission
        self._count = count
        self._end = live.info.size_bytes if live.info.size_bytes is not None else largest_bytes
        self._acknowledge: Callable[[int], None] | None = None
        self._due = 0.0

    def take(
        self,
        body: Body,
        checksum: Checksum | None,
        grant: Grant,
        acknowledge: Callable[[int], None] | None = None,
    ) -> None:
        """Receive until the body ends; without a checksum, what arrived counts.

        Args:
            body: the bytes.
            checksum: what they must hash to.
            grant: leave to receive.
            acknowledge: told the offset now and then while the body arrives, once it is durable;
                not for a body with a checksum, which counts whole or not at all.

        Raises:
            ReceiverError: `digest_mismatch`, `length_exceeded`; the offset stays.
            OSError: the disk failed; without a checksum, what is durable counts.
        """
        live = self._live
        live.checked = checksum is not None
        self._acknowledge = acknowledge if checksum is None else None
        self._due = time.monotonic() + ACKNOWLEDGE_S
        mark, end = live.digest.mark(), live.offset
        try:
            expected = self._expected(checksum)
            memory = own_memory(grant.block_bytes)
            whole = grant.route is Route.MEMORY
            held = self._gather(body, expected, memoryview(memory)) if whole else 0
            verified = whole and body.complete
            with self._store.window(live.info, live.checked and not verified) as window:
                try:
                    self._write_all(body, expected, memory, held, window)
                finally:
                    end = window.end
        finally:
            live.offset = end
            live.digest.take_back(mark, end)

    def _write_all(
        self, body: Body, expected: _Verifier, memory: mmap.mmap, held: int, window: Window
    ) -> None:
        """Write what is held and what comes; what does not count is taken back."""
        try:
            self._receive(body, expected, memory, held, window)
        except OSError:
            if self._live.checked:
                window.take_back()
            window.commit()
            raise
        except ReceiverError:
            window.take_back()
            raise
        if self._live.checked and not body.complete:
            window.take_back()
        window.commit()

    def _gather(self, body: Body, expected: _Verifier, block: memoryview) -> int:
        """Take a body whole into memory and verify it; less of it where the line is cut or memory
        gets short. Returns the number of bytes."""
        held = 0
        while count := self._fill(body, block[held : held + READ_BYTES], watchful=True):
            with self._admission.turns:
                self._hash(expected, self._live.offset + held, block[held : held + count])
            held += count
            if body.complete:
                expected.verify()
            elif self._admission.short():
                break
        return held

    def _receive(
        self, body: Body, expected: _Verifier, memory: mmap.mmap, held: int, window: Window
    ) -> None:
        block = memoryview(memory)
        if held:
            with self._admission.turns:
                self._write(window, block[:held])
            if body.complete:
                return  # verified before
            block = _shrunk(memory)
        while count := self._fill(body, self._bounded(block, window), watchful=False):
            with self._admission.turns:
                self._hash(expected, window.end, block[:count])
                if body.complete:
                    expected.verify()
                self._write(window, block[:count])
            if self._acknowledge is not None and self._is_due():
                self._tell(window, self._acknowledge)
        self._refuse_excess(body, window)
        if body.complete:
            expected.verify()

    def _hash(self, expected: _Verifier, at: int, data: memoryview) -> None:
        expected.update(data)
        self._live.digest.feed(at, data)

    def _expected(self, checksum: Checksum | None) -> _Verifier:
        """Find what compares: the digest of the upload where it will do, which it does from its
        beginning on."""
        at = self._live.offset
        served = {PREFIX} if at else {PREFIX, WHOLE_FILE_ALGORITHM}
        if checksum is None or checksum.algorithm not in served:
            return _Expected(checksum)
        if self._live.digest.hashed_bytes != at:
            raise ReceiverError(Code.DIGEST_MISMATCH, "the digest of the upload is not at hand")
        return _ExpectedPrefix(self._live.digest, checksum.digest)

    def _is_due(self) -> bool:
        """It is time for an acknowledgement, if any are wanted."""
        return self._acknowledge is not None and time.monotonic() >= self._due

    def _tell(self, window: Window, acknowledge: Callable[[int], None]) -> None:
        began = time.monotonic()
        window.commit()
        self._live.offset = window.end
        acknowledge(window.end)
        now = time.monotonic()
        self._due = now + max(ACKNOWLEDGE_S, SYNC_SHARE * (now - began))

    def _bounded(self, block: memoryview, window: Window) -> memoryview:
        """The part of the block that the upload has room for."""
        return block if self._end is None else block[: self._end - window.end]

    def _write(self, window: Window, data: memoryview) -> None:
        info = self._live.info
        if info.size_bytes is None:
            self._space.check(len(data))
        window.write(data)
        if info.size_bytes is not None:
            self._space.remaining(info.id, info.size_bytes - window.end)

    def _refuse_excess(self, body: Body, window: Window) -> None:
        """A body without a length may be longer than the upload: look for one byte more."""
        if body.complete or self._end is None or window.end < self._end:
            return
        if body.readinto(memoryview(bytearray(1))):
            known = self._live.info.size_bytes is not None
            raise ReceiverError(
                Code.LENGTH_EXCEEDED if known else Code.TOO_LARGE,
                f"at most {self._end} bytes",
                limit=self._end,
            )

    def _fill(self, body: Body, block: memoryview, watchful: bool) -> int:
        """Fill the block; less at the end of the body, when memory has become short, or when an
        acknowledgement is due."""
        filled = 0
        while filled < len(block):
            count = body.readinto(block[filled:])
            if not count:
                break
            filled += count
            self._live.received += count
            self._live.touched = time.monotonic()
            self._count(count)
            if self._admission.short() if watchful else self._is_due():
                break
        return filled


def _shrunk(memory: mmap.mmap) -> memoryview:
    """Keep a small block of the memory and give the rest back to the system."""
    if hasattr(memory, "madvise") and len(memory) > SMALL_BLOCK_BYTES:
        memory.madvise(mmap.MADV_DONTNEED, SMALL_BLOCK_BYTES)
    return memoryview(memory)[:SMALL_BLOCK_BYTES]


def checked_blake3(content: bytes, checksum: Checksum | None) -> bytes:
    """Return the BLAKE3 of bytes that are all there, compared with their checksum.

    Raises:
        ReceiverError: `digest_mismatch`.
    """
    digest = blake3(content).digest()
    if checksum is not None and checksum.algorithm == WHOLE_FILE_ALGORITHM:
        if checksum.digest != digest:
            raise ReceiverError(Code.DIGEST_MISMATCH, "blake3 differs")
        return digest
    expected = _Expected(checksum)
    expected.update(memoryview(content))
    expected.verify()
    return digest


class _Verifier(Protocol):
    """Compares a window with its checksum."""

    def update(self, data: memoryview) -> None: ...
    def verify(self) -> None:
        """Raise `digest_mismatch` unless all is as expected."""


class _ExpectedPrefix:
    """The digest that the upload must have at the end of a window; it is fed with it anyway."""

    def __init__(self, whole: WholeDigest, digest: bytes) -> None:
        self._whole = whole
        self._digest = digest

    def update(self, data: memoryview) -> None:
        pass

    def verify(self) -> None:
        if self._whole.digest() != self._digest:
            raise ReceiverError(Code.DIGEST_MISMATCH, "blake3 up to the window's end differs")


class _Expected:
    """The digest that a window must have; without a checksum everything is as expected."""

    def __init__(self, checksum: Checksum | None) -> None:
        self._checksum = checksum
        self._hasher = new_hasher(checksum.algorithm) if checksum else None

    def update(self, data: memoryview) -> None:
        if self._hasher is not None:
            self._hasher.update(data)

    def verify(self) -> None:
        if self._hasher is None or self._checksum is None:
            return
        if self._hasher.digest() != self._checksum.digest:
            raise ReceiverError(
                Code.DIGEST_MISMATCH, f"{self._checksum.algorithm} of the window differs"
            )
