"""Dirty pages are written out as they come, and dropped from the page cache once they are clean.

So the end of an upload is not a long wait, and a large file does not push other programs out of
memory. Linux only (sync_file_range(2), posix_fadvise(2)); elsewhere the system does as it likes.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

STEP_BYTES = 8 << 20
KEEP_BYTES = 16 << 20
_SYNC_FILE_RANGE_WRITE = 2


def _load_sync_file_range() -> Callable[[int, int, int, int], int] | None:
    if sys.platform != "linux":
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "sync_file_range", None)
    if function is not None:
        function.argtypes = (ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint)
    return function


_sync_file_range = _load_sync_file_range()


def begin_writing(path: str) -> None:
    """Ask the disk to begin writing a file, without waiting."""
    if _sync_file_range is None:
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        _sync_file_range(descriptor, 0, 0, _SYNC_FILE_RANGE_WRITE)
    finally:
        os.close(descriptor)


class WriteBehind:
    """Follows one file that is appended to.

    Errors of the hints are left to the fsync that ends the upload: it reports them for certain.
    """

    def __init__(self, descriptor: int, start: int) -> None:
        self._descriptor = descriptor
        self._flushed = start
        self._dropped = start

    def wrote_until(self, end: int) -> None:
        """Start writing out what is complete, drop what was written out a while ago."""
        if _sync_file_range is None or end - self._flushed < STEP_BYTES:
            return
        length = end - self._flushed
        _sync_file_range(self._descriptor, self._flushed, length, _SYNC_FILE_RANGE_WRITE)
        self._flushed = end
        clean = end - KEEP_BYTES - STEP_BYTES
        if clean - self._dropped >= STEP_BYTES:
            os.posix_fadvise(
                self._descriptor, self._dropped, clean - self._dropped, os.POSIX_FADV_DONTNEED
            )
            self._dropped = clean
