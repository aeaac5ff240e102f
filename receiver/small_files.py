"""Small files of a batch on disk: written, synced as a group, named.

Their bytes are durable before they get a name, and a file without a record is swept at the next
start, so a crash leaves either a whole file under its name, or nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from blake3 import blake3 as new_blake3

from receiver.durable import make_folder, move_to, sync_data, sync_folder
from receiver.group_sync import GroupSync
from receiver.names import candidates
from receiver.remains import Remains
from receiver.store import SmallFile, StoredSmall, UploadInfo
from receiver.taken_names import TakenNames
from receiver.write_behind import begin_writing

_log = logging.getLogger(__name__)
_BINARY = getattr(os, "O_BINARY", 0)


class SmallFiles:
    """Writes and stores them.

    Args:
        folder: where stored files go.
        uploads: where they are until then, on the same file system.
        taken: tells which names are taken.
        remains: removes what is over.
    """

    def __init__(self, folder: Path, uploads: Path, taken: TakenNames, remains: Remains) -> None:
        self._folder = folder
        self._uploads = uploads
        self._taken = taken
        self._remains = remains
        self._group = GroupSync(uploads)

    def close(self) -> None:
        """Let go of the file system."""
        self._group.close()

    def _part(self, info: UploadInfo) -> str:
        return f"{self._uploads}{os.sep}{info.id}.part"

    def write(self, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
        """Write one file to its place among the unfinished ones; not durable yet.

        Raises:
            OSError: the disk is full or fails; nothing is left of the file.
        """
        failures = self._group.failures
        part = self._part(info)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            data = memoryview(content)
            while data:
                data = data[os.write(descriptor, data) :]
        except OSError:
            self._remains.remove(Path(part))
            raise
        finally:
            os.close(descriptor)
        if info.mtime_ns is not None:
            os.utime(part, ns=(info.mtime_ns, info.mtime_ns))
        return SmallFile(info, blake3, os.stat(part).st_mtime_ns, failures)  # noqa: PTH116

    def store(self, files: Sequence[SmallFile]) -> list[StoredSmall | OSError]:
        """Make files durable, name them, make the names durable; returns each one's outcome."""
        outcomes: dict[str, StoredSmall | OSError] = {**self._sync(files)}
        naming = _Naming(self._folder, self._taken, self._part)
        whole = [file for file in files if file.info.id not in outcomes]
        for folder, group in groupby(whole, lambda file: file.info.name.rpartition("/")[0]):
            outcomes.update(naming.name_all(folder, [*group]))
        for file in files:
            outcome = outcomes[file.info.id]
            if isinstance(outcome, OSError) or outcome.before:
                self._remains.remove(Path(self._part(file.info)))
        for changed in naming.changed:
            sync_folder(changed)
        return [outcomes[file.info.id] for file in files]

    def _sync(self, files: Sequence[SmallFile]) -> dict[str, OSError]:
        """Sync all bytes; returns what failed, by id."""
        if not files or self._group.sync(len(files), min(file.failures for file in files)):
            return {}
        for file in files:
            begin_writing(self._part(file.info))
        failed = {}
        for file in files:
            try:
                descriptor = os.open(self._part(file.info), os.O_RDWR | _BINARY)
                try:
                    sync_data(descriptor)
                finally:
                    os.close(descriptor)
            except OSError as error:
                failed[file.info.id] = error
        return failed


class _Naming:
    """Gives names to the files of one group; each folder is looked at once.

    Attributes:
        changed: folders in which names were taken, or found taken by the same bytes.
    """

    def __init__(self, folder: Path, taken: TakenNames, part: Callable[[UploadInfo], str]) -> None:
        self._folder = folder
        self._taken = taken
        self._part = part
        self._made: dict[str, tuple[Path, str]] = {}
        self.changed: set[Path] = set()

    def name_all(self, folder: str, files: Sequence[SmallFile]) -> dict[str, StoredSmall | OSError]:
        """Name files of one folder, each as wanted where that is free; outcomes by id."""
        outcomes: dict[str, StoredSmall | OSError] = {}
        try:
            place, prefix = self._made.get(folder) or self._make(folder)
            names = [file.info.name.rpartition("/")[2] for file in files]
            with self._taken.claim(place, *names) as free:
                for file, name, is_free in zip(files, names, free, strict=True):
                    if is_free and move_to(self._part(file.info), f"{place}{os.sep}{name}"):
                        outcomes[file.info.id] = StoredSmall(prefix + name, file.mtime_ns)
        except OSError as error:
            _log.debug("they are named one by one", exc_info=error)
        for file in files:
            if file.info.id not in outcomes:
                outcomes[file.info.id] = self._name_alone(folder, file)
        return outcomes

    def _name_alone(self, folder: str, file: SmallFile) -> StoredSmall | OSError:
        try:
            return self._name(*(self._made.get(folder) or self._make(folder)), file)
        except OSError as error:
            return error

    def _name(self, place: Path, prefix: str, file: SmallFile) -> StoredSmall:
        """Give the file a free name, or find that the same bytes stand under it already."""
        for name in candidates(file.info.name.rpartition("/")[2]):
            target = place / name
            with self._taken.claim(place, name) as (free,):
                moved = free and move_to(self._part(file.info), str(target))
            if moved:
                return StoredSmall(prefix + name, file.mtime_ns)
            if _same(target, file.info.size_bytes, file.blake3):
                return StoredSmall(prefix + name, target.lstat().st_mtime_ns, before=True)
        raise AssertionError("candidates never end")

    def _make(self, wanted: str) -> tuple[Path, str]:
        """Make a folder; returns it, and what stands before a name in it."""
        place = make_folder(self._folder, self._folder / wanted, self._taken)
        self.changed.add(place)
        prefix = f"{place.relative_to(self._folder).as_posix()}/" if wanted else ""
        self._made[wanted] = place, prefix
        return place, prefix


def _same(target: Path, size_bytes: int | None, blake3: bytes) -> bool:
    """Tell whether a stored file has the same bytes; links are not followed."""
    try:
        if target.is_symlink() or target.stat().st_size != size_bytes:
            return False
        return new_blake3(target.read_bytes()).digest() == blake3
    except OSError:
        return False
