"""Tells the list how far one upload is, not more often than anybody could see."""

from __future__ import annotations

import time
from typing import Any

from desktop.transfer.board import Board
from desktop.transfer.entry import Entry
from desktop.transfer.rate import Rate

TELL_EVERY_S = 0.05


class Progress:
    """Of one upload; told by one thread at a time.

    Attributes:
        rate: how fast its bytes are stored.
    """

    def __init__(self, board: Board, entry: Entry) -> None:
        self.rate = Rate()
        self._board = board
        self._entry = entry
        self._told_at = 0.0

    def _is_due(self) -> bool:
        now = time.monotonic()
        if now - self._told_at < TELL_EVERY_S:
            return False
        self._told_at = now
        return True

    def stored(self, stored_bytes: int, sent_bytes: int, more_bytes: int) -> None:
        """Tell what is stored and what was sent of the file, and what is stored since the last
        call; that is always told."""
        if more_bytes:
            self.rate.add(more_bytes)
        if not self._is_due() and not more_bytes:
            return
        size = self._entry.transfer.size_bytes
        stored = min(stored_bytes, size)
        self._board.update(
            self._entry,
            stored_bytes=stored,
            sent_bytes=min(sent_bytes, size),
            bytes_per_s=self.rate.bytes_per_s,
            eta_s=self.rate.eta_s(size - stored),
        )

    def handed(self, position: int) -> None:
        """Tell that the file was handed to the line up to `position`; of its end always."""
        if not self._is_due() and position < self._entry.transfer.size_bytes:
            return
        # While a long piece is on its way the speed of the last one is soon no longer true.
        changes: dict[str, Any] = {"sent_bytes": position}
        if self.rate.stalled:
            changes |= {"bytes_per_s": None, "eta_s": None}
        self._board.update(self._entry, **changes)
