"""Makes many files durable at once: one wait for the disk instead of one a file.

Linux only: syncfs(2), which tells of bytes that could not be written since version 5.8. Only on
local file systems that are known to pass it on to the disk; elsewhere each file is synced.
"""

from __future__ import annotations

import ctypes
import logging
import os
import platform
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from receiver.space import filesystem_of

LEAST_FILES = 16
"""For fewer, each is synced: what else is on its way to the disk need not be waited for."""

_PASS_IT_ON = ("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs")
_SINCE = (5, 8)
_log = logging.getLogger(__name__)


def _load_syncfs() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    release = re.match(r"(\d+)\.(\d+)", platform.release())
    if release is None or (int(release[1]), int(release[2])) < _SINCE:
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


class GroupSync:
    """Syncs the file system of one folder, for as long as a receiver runs.

    An error of the disk is told once, and may be any file's: `failures` counts them, so that
    whoever wrote before the latest one knows to sync its files one by one, which tells for certain.

    Args:
        folder: on the file system that is meant.
    """

    def __init__(self, folder: Path) -> None:
        self.failures = 0
        self._lock = threading.Lock()
        self._syncfs = _load_syncfs()
        if self._syncfs is not None and filesystem_of(folder) in _PASS_IT_ON:
            self._descriptor = os.open(folder, os.O_RDONLY)
        else:
            self._syncfs = None
            self._descriptor = -1

    def close(self) -> None:
        """Let go of the file system."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def sync(self, files: int, failures: int) -> bool:
        """Make everything written so far durable; False where each file must be synced by itself.

        Args:
            files: how many it is for.
            failures: what `failures` was before the first of them was written.
        """
        if self._syncfs is None or files < LEAST_FILES:
            return False
        with self._lock:
            if self._syncfs(self._descriptor) != 0:
                self.failures += 1
                _log.warning("the disk failed: %s", os.strerror(ctypes.get_errno()))
            return self.failures == failures
