"""A second store, in memory, which shows that the port is one: it passes the same suite."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from receiver.names import candidates
from receiver.store import ByteReader, SmallFile, StoredSmall, UploadInfo
from receiver.taken_names import folded


class MemoryWindow:
    """Appends to a bytearray."""

    def __init__(self, target: bytearray, base: int, start: int, ends: dict[str, int], key: str):
        self._target, self._base, self._start, self._ends, self._key = (
            target,
            base,
            start,
            ends,
            key,
        )
        self.end = start

    def write(self, data: memoryview) -> None:
        at = self._base + self.end
        if len(self._target) < at:
            self._target.extend(bytes(at - len(self._target)))
        self._target[at : at + len(data)] = data
        self.end += len(data)

    def commit(self) -> None:
        self._ends[self._key] = self.end

    def take_back(self) -> None:
        self.end = self._start


class MemoryStore:
    """Keeps everything in dicts; see `receiver.store.UploadStore`."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self._infos: dict[str, UploadInfo] = {}
        self._bytes: dict[str, bytearray] = {}
        self._ends: dict[str, int] = {}
        self._touched: dict[str, float] = {}

    def create(self, info: UploadInfo) -> None:
        self._infos[info.id], self._bytes[info.id] = info, bytearray()
        self._ends[info.id], self._touched[info.id] = 0, time.time()

    def update(self, info: UploadInfo) -> None:
        self._infos[info.id] = info

    def unfinished(self) -> Iterator[UploadInfo]:
        yield from list(self._infos.values())

    def offset(self, info: UploadInfo) -> int:
        return info.own_bytes if info.is_final else self._ends[info.id]

    @contextmanager
    def window(self, info: UploadInfo, checked: bool) -> Iterator[MemoryWindow]:
        home = info.place.upload_id if info.place else info.id
        base = info.place.start_bytes if info.place else 0
        start = self.offset(info)
        window = MemoryWindow(self._bytes[home], base, start, self._ends, info.id)
        try:
            yield window
        finally:
            self._touched[info.id] = time.time()
            if not checked:
                window.commit()
            if not info.place:
                del self._bytes[home][self._ends[info.id] :]

    def reader(self, upload_id: str) -> ByteReader:
        return io.BytesIO(bytes(self._bytes[upload_id]))

    def touched(self, upload_id: str) -> float:
        return self._touched[upload_id]

    def join(self, info: UploadInfo, parts: Sequence[UploadInfo]) -> None:
        self._bytes[info.id][:] = b"".join(self._bytes[part.id] for part in parts)

    def finish(self, info: UploadInfo) -> UploadInfo:
        name = next(one for one in candidates(info.name) if not self._taken(one))
        self.stored[name] = bytes(self._bytes[info.id])
        done = info._replace(stored_name=name, mtime_ns=info.mtime_ns or time.time_ns())
        self._infos[info.id] = done
        return done

    def _taken(self, name: str) -> bool:
        return folded(name) in {folded(one) for one in self.stored}

    def write_small(self, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
        self._bytes[info.id] = bytearray(content)
        return SmallFile(info, blake3, 0)

    def store_small(self, files: Sequence[SmallFile]) -> list[StoredSmall | OSError]:
        return [self._store_small(file) for file in files]

    def _store_small(self, file: SmallFile) -> StoredSmall:
        content = bytes(self._bytes.pop(file.info.id))
        for name in candidates(file.info.name):
            before = name in self.stored
            if not before and self._taken(name):
                continue
            if self.stored.setdefault(name, content) == content:
                return StoredSmall(name, file.mtime_ns, before)
        raise AssertionError("candidates never end")

    def forget(self, upload_id: str) -> None:
        for kept in (self._infos, self._bytes, self._ends, self._touched):
            kept.pop(upload_id, None)

    def delete(self, upload_id: str) -> None:
        self.forget(upload_id)

    def tidy(self) -> None:
        """Memory lets go of everything."""
