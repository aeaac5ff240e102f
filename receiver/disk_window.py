"""Appending to a file on disk: how bytes become part of an upload, or are taken back."""

from __future__ import annotations

import os
from pathlib import Path

from receiver.durable import sync_data, sync_folder, write_durably
from receiver.write_behind import WriteBehind

_BINARY = getattr(os, "O_BINARY", 0)


class DiskWindow:
    """Appends to a file from `start` on; see `receiver.store.Window`.

    Args:
        file: where the bytes go.
        upto: the file that notes where verified bytes end.
        start: the upload's offset now.
        checked: the bytes count whole or not at all.
        place_bytes: where in the file the upload begins; more than 0, or `placed`, for a part
            that is written into the file it belongs to.
        placed: the file is shared with other parts, so its size tells nothing.
    """

    def __init__(
        self, file: Path, upto: Path, start: int, checked: bool, place_bytes: int, placed: bool
    ) -> None:
        self._upto = upto
        self._start = start
        self._noted = checked or placed
        self._placed = placed
        self._place_bytes = place_bytes
        self.end = start
        if self._noted and not upto.exists():
            write_durably(upto, b"%019d" % start)
        elif not self._noted and upto.exists():
            upto.unlink()
            sync_folder(upto.parent)
        self._descriptor = os.open(file, os.O_WRONLY | _BINARY)
        self._write_behind = WriteBehind(self._descriptor, place_bytes + start)

    def _bound(self, offset: int) -> None:
        """Note durably that verified bytes end here."""
        descriptor = os.open(self._upto, os.O_WRONLY | _BINARY)
        try:
            os.write(descriptor, b"%019d" % offset)
            sync_data(descriptor)
        finally:
            os.close(descriptor)

    def write(self, data: memoryview) -> None:
        os.lseek(self._descriptor, self._place_bytes + self.end, os.SEEK_SET)
        while data:
            count = os.write(self._descriptor, data)
            self.end += count
            data = data[count:]
        self._write_behind.wrote_until(self._place_bytes + self.end)

    def commit(self) -> None:
        if self.end == self._start:
            return
        try:
            sync_data(self._descriptor)
            if self._noted:
                self._bound(self.end)
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
