"""The parts of a receiver without its web side, with readings that a test can set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from receiver.admission import Admission, plan_budget
from receiver.disk_store import DiskStore
from receiver.history import History
from receiver.intake import Checksum
from receiver.janitor import Janitor
from receiver.memory import MemoryReading
from receiver.names import HIDDEN
from receiver.space import DiskReading, DiskSpace
from receiver.upload import Creation, View
from receiver.uploads import Uploads

MIB = 1 << 20
GIB = 1 << 30


@dataclass
class Readings:
    """What the machine seems to have; a test may change it at any time. Bytes."""

    memory: int = GIB
    disk: int = 100 * GIB


class ScriptedBody:
    """A body whose pieces come one by one.

    Args:
        pieces: what arrives.
        length_bytes: as announced; None for chunked. More than the pieces make a cut line.
        before_piece: called with each piece's number before it arrives.
    """

    def __init__(
        self,
        pieces: Iterable[bytes],
        length_bytes: int | None,
        before_piece: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.length_bytes = length_bytes
        self.largest_read = 0
        self._pieces = list(pieces)
        self._before_piece = before_piece
        self._number = 0
        self.received_bytes = 0
        self._stopped = False

    @property
    def complete(self) -> bool:
        if self.length_bytes is None:
            return not self._pieces
        return self.received_bytes == self.length_bytes

    def readinto(self, buffer: memoryview) -> int:
        if not self._pieces or self._stopped or not buffer:
            return 0
        self.largest_read = max(self.largest_read, len(buffer))
        self._before_piece(self._number)
        piece = self._pieces.pop(0)
        taken = piece[: len(buffer)]
        if taken != piece:
            self._pieces.insert(0, piece[len(taken) :])
        else:
            self._number += 1
        buffer[: len(taken)] = taken
        self.received_bytes += len(taken)
        return len(taken)

    def stop(self) -> None:
        self._stopped = True


class Parts:
    """Store, space, admission, history and uploads on one folder."""

    def __init__(self, folder: Path, budget_bytes: int = 48 * MIB, bodies: int = 8) -> None:
        self.readings = Readings()
        self._stack = ExitStack()
        self.store = DiskStore(folder)
        self._stack.callback(self.store.close)
        self.history = History(folder / HIDDEN / "history.db", folder)
        self._stack.callback(self.history.close)
        self.space = DiskSpace(lambda: DiskReading(1000 * GIB, self.readings.disk), 0)
        self.admission = Admission(plan_budget(GIB, budget_bytes, bodies), self._read_memory)
        self.uploads = Uploads(
            self.store, self.space, self.admission, self.history, lambda count: None
        )

    def _read_memory(self) -> MemoryReading:
        return MemoryReading(2 * GIB, self.readings.memory, 0, "host")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def promised_bytes(self) -> int:
        return self.space.figures()[1]

    def create(self, size_bytes: int | None, name: str = "file.bin") -> str:
        """Create an upload and return its id."""
        return self.uploads.create(Creation(size_bytes, name, "", "tester")).info_id

    def view(self, upload: str) -> View:
        return self.uploads.view(upload)

    def append(
        self, upload: str, offset: int, body: ScriptedBody, checksum: Checksum | None = None
    ) -> View:
        return self.uploads.append(upload, offset, body, checksum)

    def recover(self) -> list[str]:
        return self.uploads.recover()

    def catch_up(self, upload: str) -> None:
        self.uploads.catch_up(upload, lambda: True)

    def silent_s(self, upload: str) -> float:
        """For how long no byte of an unfinished upload has come."""
        live = next(one for one in self.uploads.registry.running() if one.info.id == upload)
        return live.silent_s

    def expire(self, silent_s: float) -> None:
        """Remove the uploads that have been silent for so long."""
        self.uploads.registry.expire(silent_s)

    def janitor(self) -> Janitor:
        return Janitor(self.uploads, self.history, [], 3600)

    def offset_on_disk(self, upload: str) -> int:
        """What the store says of an unfinished upload, whatever the receiver remembers."""
        live = self.uploads.registry.find(upload)
        assert live is not None
        return self.store.offset(live.info)

    def bytes_on_disk(self, upload: str) -> bytes:
        """What the store has of an unfinished upload."""
        with self.store.reader(upload) as file:
            return file.read() or b""
