"""The embedded store: a hidden folder of partial files beside the stored ones.

    FOLDER/report.pdf                  stored, under its final name
    FOLDER/.wherry/uploads/ID.part     the bytes of an unfinished upload
    FOLDER/.wherry/uploads/ID.info     UploadInfo as JSON, replaced atomically
    FOLDER/.wherry/uploads/ID.upto     where verified and durable bytes end
    FOLDER/.wherry/boot                the run of the machine in which a receiver was here last

The offset IS the size of the .part file, the way of tusd, so a crash cannot put the two at odds.
A checked window counts whole or not at all: .upto then bounds the offset until the window is
verified and durable, and what lies beyond it is cut off before the next byte is written. Without a
checksum what has arrived counts, also after a kill; after a loss of power only what .upto has.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from receiver.boot import boot_id
from receiver.disk_window import NOTHING, UNSYNCED, DiskWindow, read_note
from receiver.durable import (
    copy_file,
    holds_place,
    make_folder,
    sync_folder,
    take_name,
    write_durably,
)
from receiver.names import HIDDEN, candidates
from receiver.protocol import Route
from receiver.remains import Remains
from receiver.small_files import SmallFiles
from receiver.store import ByteReader, Place, SmallFile, StoredSmall, UploadInfo
from receiver.taken_names import TakenNames

_SUFFIXES = (".info", ".part", ".upto", ".info.new")
"""In this order they go: without its record nothing is taken for an upload after a crash."""

_log = logging.getLogger(__name__)


class FolderInUseError(Exception):
    """Another receiver works in this folder."""


class DiskStore:
    """Keeps uploads in a folder of one file system; see `receiver.store.UploadStore`.

    Args:
        folder: where stored files go; made when missing.

    Raises:
        FolderInUseError: another receiver works there.
        OSError: the folder cannot be made or written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._uploads = folder / HIDDEN / "uploads"
        self._taken = TakenNames()
        self._uploads.mkdir(parents=True, exist_ok=True)
        (folder / HIDDEN).chmod(0o700)
        self._lock = FileLock(folder / HIDDEN / "lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise FolderInUseError(str(folder)) from error
        self._remains = Remains()
        self._small = SmallFiles(folder, self._uploads, self._taken, self._remains)

    def close(self) -> None:
        """Let another receiver work in the folder."""
        self._small.close()
        self._lock.release()

    def _file(self, upload_id: str, suffix: str) -> Path:
        return self._uploads / (upload_id + suffix)

    def _part(self, upload_id: str) -> Path:
        return self._file(upload_id, ".part")

    def _bytes_path(self, upload_id: str) -> Path:
        """Where the bytes are; after a crash in the finish perhaps under the final name."""
        part = self._part(upload_id)
        if not part.exists():
            info = self._load(self._file(upload_id, ".info"))
            if info is not None and info.stored_name is not None:
                return self.folder / info.stored_name
        return part

    def reader(self, upload_id: str) -> ByteReader:
        return self._bytes_path(upload_id).open("rb", buffering=0)

    def touched(self, upload_id: str) -> float:
        return self._bytes_path(upload_id).stat().st_mtime

    def create(self, info: UploadInfo) -> None:
        try:
            self._part(info.id).touch(exist_ok=False)
            self._save(info)
        except OSError:
            self.forget(info.id)
            raise

    def update(self, info: UploadInfo) -> None:
        self._save(info)

    def _save(self, info: UploadInfo) -> None:
        place = info.place and info.place._asdict()
        content = json.dumps({**info._asdict(), "place": place}).encode()
        write_durably(self._file(info.id, ".info"), content)

    def unfinished(self) -> Iterator[UploadInfo]:
        known, damaged = set(), set()
        noted = self._uploads.parent / "boot"
        is_new_boot = noted.exists() and noted.read_text("utf-8", "replace") != boot_id()
        for path in sorted(self._uploads.glob("*.info")):
            info = self._load(path)
            if info is None:
                damaged.add(path.stem)
            elif self._recovered(info):
                known.add(info.id)
                if is_new_boot:
                    self._cut_off_unsynced(info)
                yield info
        for path in sorted(self._uploads.iterdir()):
            upload_id = path.name.partition(".")[0]
            if upload_id in damaged:
                self._set_aside(path)
            elif (upload_id not in known or path.suffix == ".new") and not path.is_dir():
                path.unlink(missing_ok=True)
        try:
            write_durably(noted, boot_id().encode())
        except OSError as error:
            _log.warning("the run of the machine could not be noted: %s", error)

    def _cut_off_unsynced(self, info: UploadInfo) -> None:
        """Take away what no sync has brought to the disk before the machine went off."""
        part = self._part(info.id)
        if info.place or info.is_final or info.stored_name or not part.exists():
            return
        try:
            offset, beyond = read_note(self._file(info.id, ".upto"))
        except FileNotFoundError:
            offset, beyond = 0, UNSYNCED
        except ValueError:
            return
        if beyond == UNSYNCED and part.stat().st_size > offset:
            with part.open("rb+") as file:
                file.truncate(offset)
                os.fsync(file.fileno())

    def _load(self, path: Path) -> UploadInfo | None:
        try:
            fields = dict(json.loads(path.read_bytes()))
            place = Place(**fields["place"]) if fields.get("place") else None
            typed = {
                "route": Route(fields["route"]),
                "place": place,
                "parts": tuple(fields["parts"]),
                "digests": tuple(fields.get("digests", ())),
            }
            info = UploadInfo(**{**fields, **typed})
            if info.id != path.stem:
                raise ValueError(f"it is the record of {info.id}")
            for name, kind in typing.get_type_hints(UploadInfo).items():
                plain = tuple if typing.get_origin(kind) is tuple else kind
                if not isinstance(getattr(info, name), plain):
                    raise TypeError(f"{name} is no {kind}")
        except (ValueError, TypeError, KeyError):
            _log.exception("the record %s is damaged; its upload is set aside", path.name)
            return None
        return info

    def _recovered(self, info: UploadInfo) -> bool:
        """Tell whether the upload can go on, or was stored just before a crash."""
        if self._part(info.id).exists():
            return True
        return info.stored_name is not None and (self.folder / info.stored_name).exists()

    def _set_aside(self, path: Path) -> None:
        """Keep what belongs to a damaged record, out of the way."""
        aside = self._uploads.parent / "damaged"
        aside.mkdir(exist_ok=True)
        path.replace(aside / path.name)

    def offset(self, info: UploadInfo) -> int:
        if info.is_final:
            return info.own_bytes
        part = self._part(info.id)
        if not part.exists():
            return info.size_bytes or 0
        size = self._noted_offset(info.id)
        if info.place is not None:
            return size or 0
        found = part.stat().st_size
        return found if size is None else min(found, size)

    def _noted_offset(self, upload_id: str) -> int | None:
        """Where the offset is bounded, if it is; 0 for a note that is damaged."""
        try:
            offset, beyond = read_note(self._file(upload_id, ".upto"))
        except FileNotFoundError:
            return None
        except ValueError:
            return 0
        return offset if beyond == NOTHING else None

    @contextlib.contextmanager
    def window(self, info: UploadInfo, checked: bool) -> Iterator[DiskWindow]:
        part, start = self._bytes_path(info.id), self.offset(info)
        if part.stat().st_size > start:
            os.truncate(part, start)
        file = part if info.place is None else self._part(info.place.upload_id)
        begin = 0 if info.place is None else info.place.start_bytes
        upto = self._file(info.id, ".upto")
        end = None if info.is_part or info.held_open else info.size_bytes
        window = DiskWindow(file, upto, start, checked, begin, info.place is not None, end)
        try:
            yield window
        finally:
            window.close()

    def join(self, info: UploadInfo, parts: Sequence[UploadInfo]) -> None:
        with self._part(info.id).open("wb") as target:
            for part in parts:
                with self._part(part.id).open("rb") as source:
                    copy_file(source, target)

    def finish(self, info: UploadInfo) -> UploadInfo:
        """Put the file under a free name.

        The order makes every crash recoverable: bytes durable, then the chosen name noted, then
        a hard link that fails when the name is taken, then the folder durable, then .part gone.
        """
        part = self._part(info.id)
        info = self._load(self._file(info.id, ".info")) or info
        if info.stored_name is not None and self._is_stored(part, info.stored_name):
            sync_folder((self.folder / info.stored_name).parent)
            self._remains.remove(part)
            return info
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if info.mtime_ns is not None:
            os.utime(part, ns=(info.mtime_ns, info.mtime_ns))
        info = info._replace(mtime_ns=part.stat().st_mtime_ns)
        if info.stored_name is not None and holds_place(part, self.folder / info.stored_name):
            part.replace(self.folder / info.stored_name)
            sync_folder((self.folder / info.stored_name).parent)
            return info
        for name in candidates(info.name):
            wanted = self.folder / name
            target = make_folder(self.folder, wanted.parent, self._taken) / wanted.name
            with self._taken.claim(target.parent, target.name) as (free,):
                if not free:
                    continue
                stored_name = target.relative_to(self.folder).as_posix()
                info = info._replace(stored_name=stored_name)
                self._save(info)
                if not take_name(part, target):
                    continue
            sync_folder(target.parent)
            self._remains.remove(part)
            return info
        raise AssertionError("candidates never end")

    def _is_stored(self, part: Path, stored_name: str) -> bool:
        """Tell whether a crash came after the name was taken."""
        target = self.folder / stored_name
        if not target.exists():
            return False
        return not part.exists() or part.samefile(target)

    def write_small(self, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
        return self._small.write(info, content, blake3)

    def store_small(self, files: Sequence[SmallFile]) -> list[StoredSmall | OSError]:
        return self._small.store(files)

    def forget(self, upload_id: str) -> None:
        for suffix in _SUFFIXES:
            self._remains.remove(self._file(upload_id, suffix))

    def tidy(self) -> None:
        self._remains.tidy()

    def delete(self, upload_id: str) -> None:
        self._file(upload_id, ".info").unlink(missing_ok=True)
        self.forget(upload_id)
        sync_folder(self._uploads)
