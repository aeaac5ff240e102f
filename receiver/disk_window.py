"""Appending to a file on disk: how bytes become part of an upload, or are taken back."""

from __future__ import annotations

import os
from pathlib import Path

from receiver.durable import sync_data, write_durably
from receiver.write_behind import WriteBehind

_BINARY = getattr(os, "O_BINARY", 0)
NOTE_BYTES = 20
WRITE_BYTES = 1 << 20
"""One write is at most so large. For 2 MiB at once Linux takes memory of that size in one piece;
in a virtual machine that gives free memory back to its host, the host has to provide such a piece
anew, and the write takes ten times as long (measured: 6.18, ext4, free page reporting)."""
NOTHING, UNSYNCED = b"", b"u"
"""What is beyond the noted bytes counts never; or as long as the machine runs: a disk may have the
size of a file, and zeros for what no sync has brought there."""


def note(offset: int, beyond: bytes) -> bytes:
    """Return what `.upto` holds."""
    return b"%019d%1s" % (offset, beyond)


def read_note(path: Path) -> tuple[int, bytes]:
    """Return the offset, and what counts beyond.

    Raises:
        OSError: the note cannot be read, or is not there.
        ValueError: it is damaged.
    """
    content = path.read_bytes()
    return int(content[: NOTE_BYTES - 1]), content[NOTE_BYTES - 1 :].strip()


class DiskWindow:
    """Appends to a file from `start` on; see `receiver.store.Window`.

    Args:
        file: where the bytes go.
        upto: the file that notes where verified bytes end, and what counts beyond.
        start: the upload's offset now.
        checked: the bytes count whole or not at all.
        end: where the file is whole and gets its name, which needs no note; None for a file that
            waits for more, or of which nobody knows.
        place_bytes: where in the file the upload begins; more than 0, or `placed`, for a part
            that is written into the file it belongs to.
        placed: the file is shared with other parts, so its size tells nothing.
    """

    def __init__(
        self,
        file: Path,
        upto: Path,
        start: int,
        checked: bool,
        place_bytes: int,
        placed: bool,
        end: int | None,
    ) -> None:
        self._upto = upto
        self._start = start
        self._beyond = NOTHING if checked or placed else UNSYNCED
        self._placed = placed
        self._place_bytes = place_bytes
        self._whole_bytes = end
        self.end = start
        self._descriptor = os.open(file, os.O_WRONLY | _BINARY)
        self._write_behind = WriteBehind(self._descriptor, place_bytes + start)
        if start or self._beyond == NOTHING or upto.exists():
            self._begin()

    def _begin(self) -> None:
        """Have the note say where this window begins; what a kill has left is not synced yet."""
        try:
            if not self._is_noted(self._start):
                if self._start:
                    sync_data(self._descriptor)
                self._note(self._start)
        except OSError:
            self.close()
            raise

    def _is_noted(self, offset: int) -> bool:
        try:
            return self._upto.read_bytes() == note(offset, self._beyond)
        except FileNotFoundError:
            return False

    def _note(self, offset: int) -> None:
        """Note durably that verified bytes end here."""
        try:
            descriptor = os.open(self._upto, os.O_WRONLY | _BINARY)
        except FileNotFoundError:
            write_durably(self._upto, note(offset, self._beyond))
            return
        try:
            os.write(descriptor, note(offset, self._beyond))
            sync_data(descriptor)
        finally:
            os.close(descriptor)

    def write(self, data: memoryview) -> None:
        os.lseek(self._descriptor, self._place_bytes + self.end, os.SEEK_SET)
        while data:
            count = os.write(self._descriptor, data[:WRITE_BYTES])
            self.end += count
            data = data[count:]
        self._write_behind.wrote_until(self._place_bytes + self.end)

    def commit(self) -> None:
        if self.end == self._start:
            return
        try:
            sync_data(self._descriptor)
            if self._beyond == NOTHING or self.end != self._whole_bytes:
                self._note(self.end)
        except OSError:
            self.take_back()
            raise
        self._start = self.end

    def take_back(self) -> None:
        self.end = self._start
        if not self._placed:
            os.ftruncate(self._descriptor, self._start)

    def close(self) -> None:
        os.close(self._descriptor)
