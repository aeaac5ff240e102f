"""Writes a small file so that it is there whole, the old or the new, whatever happens meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def write_whole(file: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Replace a file: temporary name, fsync, rename, fsync of the folder.

    Args:
        file: its folder is made if it is missing.
        content: all of it.
        mode: permissions from the first byte on, less the process's umask.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(file.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
