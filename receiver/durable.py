"""Bytes and names that survive a power cut: the few calls that make them so.

POSIX: a file's bytes are durable after fsync of the file, its name after fsync of its folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from receiver.names import candidates
from receiver.taken_names import TakenNames

COPY_BYTES = 1 << 20
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1


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


def copy_file(source: BinaryIO, target: BinaryIO) -> None:
    """Append a file to another; shared blocks where the file system can (copy_file_range(2)).

    Raises:
        OSError: the disk is full or fails.
    """
    left = os.fstat(source.fileno()).st_size
    if hasattr(os, "copy_file_range"):
        try:
            while left:
                count = os.copy_file_range(source.fileno(), target.fileno(), left)
                if not count:
                    break
                left -= count
            return
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
                raise
    source.seek(os.fstat(source.fileno()).st_size - left)
    shutil.copyfileobj(source, target, COPY_BYTES)
    target.flush()


def make_folder(root: Path, folder: Path, taken: TakenNames) -> Path:
    """Make the folders between `root` and a stored file, each durable, none through a link.

    Returns:
        `folder`, or the folder whose name differs from it in case only; where a file or a link
        has its name, the next free name instead.
    """
    if folder == root:
        return root
    parent = make_folder(root, folder.parent, taken)
    for name in candidates(folder.name):
        one = _one_folder(parent / name, taken)
        if one.is_dir() and not one.is_symlink():
            return one
    raise AssertionError("candidates never end")


def _one_folder(folder: Path, taken: TakenNames) -> Path:
    if os.path.lexists(folder):
        return folder
    with taken.making_folders, taken.claim(folder.parent, folder.name) as (free,):
        if not free:
            return taken.variant(folder) or folder
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            sync_folder(folder.parent)
    return folder


def move_to(part: str, target: str) -> bool:
    """Give `part` the name `target` in place of its own; False, and it stays, where it is taken.

    For a part whose name is of no use after a crash; else `take_name`, which leaves both.
    """
    moved = _rename_if_free(part, target)
    if moved is not None:
        return moved
    if not take_name(Path(part), Path(target)):
        return False
    Path(part).unlink(missing_ok=True)
    return True


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
    """The same on file systems without hard links (exFAT, some network ones).

    Where they cannot rename either without replacing, a file that names the part holds the place,
    so that a crash in between is known for what it is; see `holds_place`.
    """
    renamed = _rename_if_free(part, target)
    if renamed is not None:
        return renamed
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        return False
    try:
        os.write(descriptor, part.stem.encode())
    finally:
        os.close(descriptor)
    part.replace(target)
    return True


def holds_place(part: Path, target: Path) -> bool:
    """Tell whether a crash left `target` as the file that holds the place for `part`."""
    mark = part.stem.encode()
    if target.is_symlink() or not target.is_file() or target.stat().st_size != len(mark):
        return False
    return target.read_bytes() == mark


def _load_renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    if sys.platform != "linux":
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is not None:
        text, number = ctypes.c_char_p, ctypes.c_int
        function.argtypes = (number, text, number, text, ctypes.c_uint)
    return function


_renameat2 = _load_renameat2()


def _rename_if_free(part: str | Path, target: str | Path) -> bool | None:
    """Rename unless the name is taken (renameat2(2)); None where that cannot be done.

    Raises:
        OSError: the disk fails.
    """
    if _renameat2 is None:
        return None
    names = (_AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(target))
    if _renameat2(*names, _RENAME_NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return None
    if number == errno.EEXIST:
        return False
    raise OSError(number, os.strerror(number), str(target))
