"""A file as it is sent: its identity, its windows, and that it has not become another one.

Two halves of two versions never become one file: size, time of change, and where the file lies on
its disk are noted when it is put on the list, and compared on the open file and on its path before
each window and at the end. Beyond that the digest of the whole file decides.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from blake3 import blake3

from desktop.transfer.answers import make_problem
from desktop.transfer.errors import FileChangedError, UserMustActError
from desktop.transfer.events import ProblemKind

SAMPLE_BYTES = 64 * 1024

_PACKED = struct.Struct("=qqQQ")
_MOST_NS, _MOST = 2**63 - 1, 2**64 - 1


class Identity(bytes):
    """What tells one version of a file from another; `device` and `inode` are 0 where unknown.

    Packed: four numbers of their own would take twice the memory, and there may be 100,000 files.
    """

    __slots__ = ()

    def __new__(cls, size_bytes: int, mtime_ns: int, device: int = 0, inode: int = 0) -> Self:
        mtime_ns = min(mtime_ns, _MOST_NS)  # the year 2262; some disks know later ones
        packed = _PACKED.pack(size_bytes, mtime_ns, device & _MOST, inode & _MOST)
        return super().__new__(cls, packed)

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        return cls(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)

    def __repr__(self) -> str:
        return f"Identity{_PACKED.unpack(self)}"

    __str__ = __repr__

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """Size in bytes, time of change in nanoseconds, device and inode."""
        return _PACKED.unpack(self)

    @property
    def size_bytes(self) -> int:
        """Of the file."""
        return self.numbers[0]

    @property
    def mtime_ns(self) -> int:
        """When it was last changed, nanoseconds since the epoch."""
        return self.numbers[1]

    def same_content(self, other: Identity) -> bool:
        """Compare size and time alone.

        A disk that was plugged in again, or a network folder, may number its files anew: after a
        restart that is no reason to send all again, the digest of the whole file finds the rest.
        """
        return self.numbers[:2] == other.numbers[:2]


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for unbuffered reading; never waits for a pipe or a device.

    Raises:
        UserMustActError: vanished, a broken link, no permission, not a regular file, unreadable.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserMustActError(make_problem(ProblemKind.NOT_A_FILE, detail=str(path)))
        return open(path, "rb", buffering=0, opener=_open_at_once)
    except (OSError, ValueError) as error:
        raise file_error(error) from error


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def file_error(error: Exception) -> UserMustActError:
    """Tell which problem an error of the file system is."""
    if isinstance(error, PermissionError):
        kind = ProblemKind.NO_PERMISSION
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        kind = ProblemKind.FILE_VANISHED
    else:
        kind = ProblemKind.READ_FAILED
    return UserMustActError(make_problem(kind, detail=f"{type(error).__name__}: {error}"))


def read_small(
    path: str | Path, expected: Identity, *, after_restart: bool
) -> tuple[Identity, bytes]:
    """Read a small file in one go, as the version that it was when it was put on the list.

    Args:
        path, expected, after_restart: see `Source`.

    Returns:
        Which version it is, and its bytes.

    Raises:
        UserMustActError: see `open_regular`.
        FileChangedError: it is another one by now, or was written to meanwhile.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = _open_at_once(os.fspath(path), flags)
        try:
            before = os.fstat(descriptor)
            found = Identity.of(before)
            same = found.same_content(expected) if after_restart else found == expected
            if not same or not stat.S_ISREG(before.st_mode):
                raise _changed(path, expected, found)
            data = _read_descriptor(descriptor, found.size_bytes + 1)
            after = Identity.of(os.fstat(descriptor))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise file_error(error) from error
    if after != found or len(data) != found.size_bytes:
        raise _changed(path, found, after)
    return found, data


def _read_descriptor(descriptor: int, most_bytes: int) -> bytes:
    """Read up to so many bytes, or to the end."""
    data = os.read(descriptor, most_bytes)
    while data and len(data) < most_bytes - 1:
        more = os.read(descriptor, most_bytes - len(data))
        if not more:
            break
        data += more
    return data


def read_block(file: BinaryIO, position: int, buffer: memoryview) -> memoryview:
    """Read some of an unbuffered file into the buffer; returns the part that was filled.

    Raises:
        FileChangedError: the file ends there.
        UserMustActError: it cannot be read. Never an OSError: that would look like the line's.
    """
    try:
        file.seek(position)
        count = file.readinto(buffer)  # type: ignore[attr-defined]
    except OSError as error:
        raise file_error(error) from error
    if not count:
        raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail="it ends early"))
    return buffer[:count]


class Source:
    """One open file, for as long as it is sent.

    Args:
        path: which file.
        expected: what it was when it was put on the list.
        after_restart: compare with `Identity.same_content` only, and take what is found.

    Raises:
        UserMustActError: it cannot be opened.
        FileChangedError: it is another one by now; `current_identity` tells which.
    """

    def __init__(self, path: Path, expected: Identity, *, after_restart: bool = False) -> None:
        self.path = path
        self._file = open_regular(path)
        found = Identity.of(os.fstat(self._file.fileno()))
        same = found.same_content(expected) if after_restart else found == expected
        if not same:
            self._file.close()
            raise _changed(path, expected, found)
        self.identity = found
        if hasattr(os, "posix_fadvise"):  # the disk reads further ahead
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def check(self) -> None:
        """Compare the open file, and what lies at its path, with what they were.

        Raises:
            FileChangedError: written to, cut short, grown or replaced.
            UserMustActError: vanished.
        """
        try:
            found = (os.fstat(self._file.fileno()), self.path.stat())
        except OSError as error:
            raise file_error(error) from error
        for one in found:
            if Identity.of(one) != self.identity:
                raise _changed(self.path, self.identity, Identity.of(one))

    def reader(self) -> BinaryIO:
        """Open the same file once more, with a position of its own."""
        file = open_regular(self.path)
        found = Identity.of(os.fstat(file.fileno()))
        if found != self.identity:
            file.close()
            raise _changed(self.path, self.identity, found)
        return file

    def read_all(self) -> bytes:
        """Read a small file at once."""
        try:
            self._file.seek(0)
            data = self._file.read(self.identity.size_bytes + 1) or b""
        except OSError as error:
            raise file_error(error) from error
        if len(data) != self.identity.size_bytes:
            raise FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail=str(self.path)))
        return data

    def sample(self, position: int) -> bytes:
        """Read `SAMPLE_BYTES` at `position`, fewer at the end of the file."""
        try:
            self._file.seek(position)
            return self._file.read(SAMPLE_BYTES) or b""
        except OSError as error:
            raise file_error(error) from error

    @property
    def file(self) -> BinaryIO:
        """The open file; whoever reads from it says from where."""
        return self._file


def _changed(path: str | Path, expected: Identity, found: Identity) -> FileChangedError:
    detail = f"{path}: {expected} became {found}"
    return FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail=detail))


def current_identity(path: str | Path) -> Identity:
    """Tell what lies at `path` now.

    Raises:
        UserMustActError: see `open_regular`.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - of 100,000 files in a row
        if not stat.S_ISREG(found.st_mode):
            raise UserMustActError(make_problem(ProblemKind.NOT_A_FILE, detail=str(path)))
        if not os.access(path, os.R_OK):
            os.close(_open_at_once(os.fspath(path), os.O_RDONLY))
        return Identity.of(found)
    except (OSError, ValueError) as error:
        raise file_error(error) from error


def describe_file(
    name: str, identity: Identity, mark: str, read_at: Callable[[int], bytes]
) -> dict[str, str]:
    """Make the metadata that a receiver is told of a file.

    Args:
        name: as it is to be called there, with the folders above it.
        identity: which version of it.
        mark: what no other transfer has, however often it is tried.
        read_at: see `fingerprint`.
    """
    return {
        "filename": name.rpartition("/")[2],
        **describe_small(name, identity, mark),
        "fingerprint": fingerprint(identity.size_bytes, read_at),
    }


def describe_small(name: str, identity: Identity, mark: str) -> dict[str, str]:
    """Make the metadata of a file that goes in a batch: to look for it by a fingerprint would cost
    more than to send it. See `describe_file`.
    """
    mtime = str(identity.mtime_ns // 1_000_000)
    return {"relativePath" if "/" in name else "filename": name, "mtime": mtime, "transfer": mark}


def fingerprint(size_bytes: int, read_at: Callable[[int], bytes]) -> str:
    """Name the content cheaply: BLAKE3 over the size and three samples.

    Equal fingerprints only make a receiver look; whether two files are the same is decided by the
    digest of all their bytes.

    Args:
        size_bytes: of the file.
        read_at: returns up to `SAMPLE_BYTES` from a position.
    """
    digest = blake3(size_bytes.to_bytes(8, "big"))
    for position in sorted({0, size_bytes // 2, max(0, size_bytes - SAMPLE_BYTES)}):
        digest.update(read_at(position))
    return f"b3s-{digest.hexdigest()[:32]}"
