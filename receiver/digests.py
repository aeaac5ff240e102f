"""Digests by name, incremental, and the whole-file digest that survives take-backs and restarts.

Algorithms are those of PROTOCOL: blake3, sha256, sha1 and crc32c (4 bytes, big-endian).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from io import BufferedIOBase, RawIOBase
from pathlib import Path
from typing import Protocol, Self

from blake3 import blake3

from receiver.protocol import WHOLE_FILE_ALGORITHM, WINDOW_ALGORITHMS

READ_BYTES = 1 << 20


class Hasher(Protocol):
    """What `hashlib` objects, blake3 and crc32c have in common."""

    def update(self, data: memoryview, /) -> object: ...
    def digest(self) -> bytes: ...


class WholeHasher(Hasher, Protocol):
    """A hasher whose state can be kept, to go back to."""

    def copy(self) -> Self: ...


class _Crc32c:
    """google-crc32c takes bytes only and says `update` in its own way.

    It is loaded when somebody asks for it: it takes a megabyte, and few do.
    """

    def __init__(self) -> None:
        import google_crc32c

        self._checksum = google_crc32c.Checksum()  # type: ignore[no-untyped-call]

    def update(self, data: memoryview, /) -> None:
        self._checksum.update(bytes(data))  # type: ignore[no-untyped-call]

    def digest(self) -> bytes:
        return bytes(self._checksum.digest())  # type: ignore[no-untyped-call]


_MAKERS: dict[str, Callable[[], Hasher]] = {
    "blake3": blake3,
    "sha256": hashlib.sha256,
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "crc32c": _Crc32c,
}
DIGEST_BYTES = {"blake3": 32, "sha256": 32, "sha1": 20, "crc32c": 4}
"""How long a digest is."""
assert tuple(_MAKERS) == tuple(DIGEST_BYTES) == WINDOW_ALGORITHMS
_WHOLE_MAKERS: dict[str, Callable[[], WholeHasher]] = {"blake3": blake3, "sha256": hashlib.sha256}


def new_hasher(algorithm: str) -> Hasher:
    """Return an empty hasher.

    Raises:
        KeyError: the algorithm is none of `WINDOW_ALGORITHMS`.
    """
    return _MAKERS[algorithm]()


def blake3_of(path: Path) -> bytes:
    """Read a file once and return its BLAKE3, 32 bytes.

    Raises:
        OSError: it cannot be read.
    """
    hasher, block = blake3(), memoryview(bytearray(READ_BYTES))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            hasher.update(block[:count])
    return hasher.digest()


class WholeDigest:
    """BLAKE3 of a growing file: fed with what is written, read from disk where it was not.

    After a restart the bytes already on disk were not seen: `catch_up` reads them, beside or
    before the rest. One thread feeds at a time; catching up may run in another.

    Args:
        expected: what the file must hash to in the end, "ALGORITHM HEX" each (blake3, sha256).
    """

    def __init__(self, expected: Sequence[str] = ()) -> None:
        self._expected = dict(one.split(" ", 1) for one in expected)
        names = {WHOLE_FILE_ALGORITHM, *self._expected}
        self._hashers = {name: _WHOLE_MAKERS[name]() for name in names}
        self._hashed_bytes = 0
        self._lock = threading.Lock()

    @property
    def hashed_bytes(self) -> int:
        """How many bytes from the file's start are in the digest."""
        return self._hashed_bytes

    def _update(self, data: memoryview) -> None:
        for hasher in self._hashers.values():
            hasher.update(data)
        self._hashed_bytes += len(data)

    def feed(self, offset: int, data: memoryview) -> None:
        """Take bytes that were just written at `offset`; ignored while the prefix is missing."""
        with self._lock:
            if offset == self._hashed_bytes:
                self._update(data)

    def mark(self) -> tuple[dict[str, WholeHasher], int]:
        """Return a state that `take_back` restores."""
        with self._lock:
            return {name: one.copy() for name, one in self._hashers.items()}, self._hashed_bytes

    def take_back(self, mark: tuple[dict[str, WholeHasher], int], offset: int) -> None:
        """Forget what came after `offset`, by the state marked when the file was that long."""
        with self._lock:
            if self._hashed_bytes > offset:
                self._hashers, self._hashed_bytes = mark

    def catch_up(self, open_file: Callable[[], RawIOBase | BufferedIOBase], until: int) -> None:
        """Read the file from where the digest stands up to `until` bytes.

        The lock is let go between blocks, so that a sender's bytes are not held up.

        Raises:
            OSError: the file cannot be read, or is shorter than `until`.
        """
        if self._hashed_bytes >= until:
            return
        block = memoryview(bytearray(READ_BYTES))
        with open_file() as file:
            while self._hashed_bytes < until:
                self._catch_up_block(file, block, until)

    def _catch_up_block(
        self, file: RawIOBase | BufferedIOBase, block: memoryview, until: int
    ) -> None:
        with self._lock:
            wanted = min(len(block), until - self._hashed_bytes)
            if wanted <= 0:
                return
            file.seek(self._hashed_bytes)
            count = file.readinto(block[:wanted])
            if not count:
                raise OSError(f"the file ends at {self._hashed_bytes} of {until} bytes")
            self._update(block[:count])

    def digest(self) -> bytes:
        """The 32 bytes of the digest of the first `hashed_bytes` bytes."""
        with self._lock:
            return self._hashers[WHOLE_FILE_ALGORITHM].digest()

    def digest_at(self, offset: int) -> bytes | None:
        """The digest of the first `offset` bytes; None while it stands elsewhere."""
        if self._hashed_bytes != offset:
            return None
        with self._lock:
            digest = self._hashers[WHOLE_FILE_ALGORITHM].digest()
            return digest if self._hashed_bytes == offset else None

    def disagrees(self) -> str:
        """Name an algorithm whose digest is not the expected one; "" when all agree."""
        with self._lock:
            for name, digest in self._expected.items():
                if self._hashers[name].digest() != bytes.fromhex(digest):
                    return name
        return ""
