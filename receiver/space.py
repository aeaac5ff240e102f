"""Free disk less what is promised: reserve at creation, atomically with the check.

A promise shrinks as bytes are written, because the free space shrinks with it.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from receiver.errors import ReceiverError
from receiver.protocol import Code

FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
KEEP_FREE_SHARE = 0.01
KEEP_FREE_MOST_BYTES = 1 << 30

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiskReading:
    """The file system of a folder: size, and what a normal user may still write; bytes."""

    total_bytes: int
    free_bytes: int


def read_disk(path: Path) -> DiskReading:
    """Read the file system that `path` lies on (f_bavail, not the superuser's share).

    Raises:
        OSError: the path cannot be reached.
    """
    if sys.platform == "win32":
        usage = shutil.disk_usage(path)
        return DiskReading(usage.total, usage.free)
    figures = os.statvfs(path)
    return DiskReading(figures.f_blocks * figures.f_frsize, figures.f_bavail * figures.f_frsize)


def filesystem_of(path: Path) -> str:
    """Name the kind of file system that `path` lies on, such as "ext4" (Linux; elsewhere "")."""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    target = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, filesystem, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, filesystem
    return kind


def lies_in_memory(path: Path) -> bool:
    """Tell whether the folder lies on a tmpfs or ramfs (Linux; elsewhere False)."""
    return filesystem_of(path) in ("tmpfs", "ramfs")


def default_keep_free(total_bytes: int) -> int:
    """One hundredth of the disk, at most 1 GiB."""
    return min(int(total_bytes * KEEP_FREE_SHARE), KEEP_FREE_MOST_BYTES)


class DiskSpace:
    """Promises to running uploads on one file system.

    Args:
        read: gives the file system's figures now.
        keep_free_bytes: what is never promised to anybody.
    """

    def __init__(self, read: Callable[[], DiskReading], keep_free_bytes: int) -> None:
        self._read = read
        self._keep_free_bytes = keep_free_bytes
        self._promises: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def keep_free_bytes(self) -> int:
        """What is never promised to anybody."""
        return self._keep_free_bytes

    def figures(self) -> tuple[DiskReading, int, int]:
        """Return the reading, the promised bytes and the usable bytes (never below 0)."""
        reading = self._read()
        with self._lock:
            return self._figures(reading)

    def _figures(self, reading: DiskReading) -> tuple[DiskReading, int, int]:
        promised = sum(self._promises.values())
        return reading, promised, max(0, reading.free_bytes - promised - self._keep_free_bytes)

    def reserve(self, upload_id: str, size_bytes: int) -> None:
        """Promise `size_bytes` to an upload, if they are there.

        Raises:
            ReceiverError: `no_space`, with the bytes needed, free and promised.
        """
        with self._lock:
            _, _, usable = self._figures(self._read())
            if size_bytes > usable:
                raise self._no_space(size_bytes)
            self._promises[upload_id] = size_bytes

    def extend(self, upload_id: str, more_bytes: int) -> None:
        """Promise more to an upload whose size was not known.

        Raises:
            ReceiverError: `no_space`; the promise stays as it was.
        """
        with self._lock:
            _, _, usable = self._figures(self._read())
            if more_bytes > usable:
                raise self._no_space(more_bytes)
            self._promises[upload_id] = self._promises.get(upload_id, 0) + more_bytes

    def check(self, more_bytes: int) -> None:
        """See that more can be written by somebody to whom nothing is promised.

        Raises:
            ReceiverError: `no_space`.
        """
        with self._lock:
            _, _, usable = self._figures(self._read())
            if more_bytes > usable:
                raise self._no_space(more_bytes)

    def restore(self, upload_id: str, remaining_bytes: int) -> None:
        """Promise the rest of an upload that was accepted before a restart, without a check."""
        with self._lock:
            self._promises[upload_id] = remaining_bytes

    def no_space(self, needed_bytes: int) -> ReceiverError:
        """Make the `no_space` refusal with the figures of now."""
        with self._lock:
            return self._no_space(needed_bytes)

    def _no_space(self, needed_bytes: int) -> ReceiverError:
        reading, promised, _ = self._figures(self._read())
        return ReceiverError(
            Code.NO_SPACE,
            f"{needed_bytes} bytes needed; {reading.free_bytes} free, {promised} promised, "
            f"{self._keep_free_bytes} kept free",
            retry_after_s=10,
            needed=needed_bytes,
            free=reading.free_bytes,
            promised=promised,
        )

    @contextmanager
    def disk_errors(self, upload_id: str, needed_bytes: int) -> Iterator[None]:
        """Turn an OSError of the disk into its refusal.

        Raises:
            ReceiverError: `no_space` for a full disk or quota, else `store_failed`.
        """
        try:
            yield
        except OSError as error:
            raise self.refusal(error, upload_id, needed_bytes) from error

    def refusal(self, error: OSError, upload_id: str, needed_bytes: int = 0) -> ReceiverError:
        """Make the refusal that an error of the disk means."""
        if error.errno in FULL_DISK:
            return self.no_space(needed_bytes)
        _log.error("the disk failed for upload %s", upload_id, exc_info=error)
        return ReceiverError(Code.STORE_FAILED, error.strerror or str(error))

    def remaining(self, upload_id: str, remaining_bytes: int) -> None:
        """Set what is left to write of an upload; unknown ids are ignored."""
        with self._lock:
            if upload_id in self._promises:
                self._promises[upload_id] = remaining_bytes

    def release(self, upload_id: str) -> None:
        """Take a promise back; unknown ids are ignored."""
        with self._lock:
            self._promises.pop(upload_id, None)
