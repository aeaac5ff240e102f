"""Small files of a batch on disk: written, synced as a group, named.

Their bytes are durable before they get a name, and a file without a record is swept at the next
start, so a crash leaves either a whole file under its name, or nothing.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from blake3 import blake3 as new_blake3

from receiver.durable import make_folder, sync_data, sync_folder, take_name
from receiver.names import candidates
from receiver.store import SmallFile, UploadInfo
from receiver.write_behind import begin_writing

_BINARY = getattr(os, "O_BINARY", 0)


def write(uploads: Path, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
    """Write one file to its place among the unfinished ones; not durable yet.

    Raises:
        OSError: the disk is full or fails; nothing is left of the file.
    """
    part = _part(uploads, info)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        data = memoryview(content)
        while data:
            data = data[os.write(descriptor, data) :]
        if info.mtime_ns is not None:
            os.utime(part, ns=(info.mtime_ns, info.mtime_ns))
    except OSError:
        part.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    return SmallFile(info, blake3)


def _part(uploads: Path, info: UploadInfo) -> Path:
    return uploads / f"{info.id}.part"


def store(
    folder: Path, uploads: Path, files: Sequence[SmallFile]
) -> Iterator[tuple[SmallFile, UploadInfo | OSError]]:
    """Make files durable, name them, make the names durable; yields each one's outcome."""
    parts = {file.info.id: _part(uploads, file.info) for file in files}
    unsynced = _sync(parts.values())
    outcomes: list[tuple[SmallFile, UploadInfo | OSError]] = []
    folders = set()
    for file in files:
        part = parts[file.info.id]
        try:
            if part in unsynced:
                raise unsynced[part]
            info = _name(folder, part, file)
            folders.add((folder / str(info.stored_name)).parent)
            outcomes.append((file, info))
        except OSError as error:
            outcomes.append((file, error))
        part.unlink(missing_ok=True)
    for one in folders:
        sync_folder(one)
    yield from outcomes


def _sync(parts: Iterable[Path]) -> dict[Path, OSError]:
    """Sync all bytes: every file begins to be written before the first is waited for."""
    for part in parts:
        begin_writing(part)
    failed = {}
    for part in parts:
        try:
            descriptor = os.open(part, os.O_RDWR | _BINARY)
            try:
                sync_data(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            failed[part] = error
    return failed


def _name(folder: Path, part: Path, file: SmallFile) -> UploadInfo:
    """Give the file a free name, or find that the same bytes stand under it already."""
    for name in candidates(file.info.name):
        wanted = folder / name
        target = make_folder(folder, wanted.parent) / wanted.name
        if take_name(part, target) or _same(target, file):
            found = target.lstat()
            stored_name = target.relative_to(folder).as_posix()
            return dataclasses.replace(
                file.info, stored_name=stored_name, mtime_ns=found.st_mtime_ns
            )
    raise AssertionError("candidates never end")


def _same(target: Path, file: SmallFile) -> bool:
    """Tell whether a stored file has the same bytes; links are not followed."""
    try:
        if target.is_symlink() or target.stat().st_size != file.info.size_bytes:
            return False
        return new_blake3(target.read_bytes()).digest() == file.blake3
    except OSError:
        return False
