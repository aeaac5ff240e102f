"""Bytes and names that survive a power cut: the few calls that make them so.

POSIX: a file's bytes are durable after fsync of the file, its name after fsync of its folder.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from receiver.names import candidates


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (POSIX; Windows has no such call and needs none)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace a file as a whole: temporary name, fsync, rename, fsync of the folder."""
    temporary = path.with_name(path.name + ".new")
    try:
        with open(temporary, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_data(descriptor: int) -> None:
    """Make a file's bytes and size durable."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


def make_folder(root: Path, folder: Path) -> Path:
    """Make the folders between `root` and a stored file, each durable, none through a link.

    Returns:
        `folder`; where a file or a link has a folder's name, the next free name instead.
    """
    if folder == root:
        return root
    parent = make_folder(root, folder.parent)
    for name in candidates(folder.name):
        one = parent / name
        if not os.path.lexists(one):
            with contextlib.suppress(FileExistsError):
                one.mkdir()
                sync_folder(parent)
        if one.is_dir() and not one.is_symlink():
            return one
    raise AssertionError("candidates never end")


def take_name(part: Path, target: Path) -> bool:
    """Give `part` the name `target` unless it is taken; False when it is."""
    if sys.platform == "win32":
        try:
            part.rename(target)
        except FileExistsError:
            return False
        return True
    try:
        target.hardlink_to(part)
    except FileExistsError:
        return False
    except OSError:
        return _take_without_links(part, target)
    return True


def _take_without_links(part: Path, target: Path) -> bool:
    """The same on file systems without hard links (exFAT, some network ones)."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    except FileExistsError:
        return False
    part.replace(target)
    return True
