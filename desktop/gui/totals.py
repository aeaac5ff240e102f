"""Sums over the whole list, kept up to date change by change; and the summary line. No widgets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from desktop.gui.words import QtWords
from desktop.transfer.events import State, Transfer

translate = QCoreApplication.translate

RUNNING = frozenset(
    {
        State.WAITING,
        State.CHECKING,
        State.UPLOADING,
        State.WAITING_NETWORK,
        State.WAITING_SPACE,
        State.WAITING_SERVER,
        State.VERIFYING,
    }
)
"""States that a pause would stop."""


@dataclass(slots=True)
class Totals:
    """Files and bytes of the list; what was cancelled does not count.

    Attributes:
        states: how many transfers are in each state.
        running_to: how many of them go on by themselves, by the id of their server.
        size_bytes, stored_bytes: sums of what counts.
        sent_ever_bytes: bytes that went out while the window watched; only grows.
        moving: transfers that have a rate, by id.
    """

    states: Counter[State] = field(default_factory=Counter)
    running_to: Counter[str] = field(default_factory=Counter)
    size_bytes: int = 0
    stored_bytes: int = 0
    sent_ever_bytes: int = 0
    moving: dict[int, Transfer] = field(default_factory=dict)

    @property
    def files(self) -> int:
        return self.states.total() - self.states[State.CANCELLED]

    @property
    def running(self) -> int:
        return sum(self.states[state] for state in RUNNING)

    @property
    def bytes_per_s(self) -> float:
        return sum(one.bytes_per_s or 0.0 for one in self.moving.values())

    @property
    def eta_s(self) -> float | None:
        """Seconds until the list is done at the present rate; None while nothing moves."""
        rate = self.bytes_per_s
        return max(0, self.size_bytes - self.stored_bytes) / rate if rate > 0 else None

    def replace(self, old: Transfer | None, new: Transfer | None) -> None:
        """Count `new` in place of `old`; None for a transfer that came or went."""
        if old is not None:
            self._count(old, -1)
            self.moving.pop(old.id, None)
        if new is not None:
            self._count(new, +1)
            if new.bytes_per_s:
                self.moving[new.id] = new
        if old is not None and new is not None:
            self.sent_ever_bytes += _newly_sent(old, new)

    def _count(self, one: Transfer, sign: int) -> None:
        self.states[one.state] += sign
        if one.state in RUNNING:
            self.running_to[one.server_id] += sign
        if one.state is not State.CANCELLED:
            self.size_bytes += sign * one.size_bytes
            self.stored_bytes += sign * one.stored_bytes


def _newly_sent(old: Transfer, new: Transfer) -> int:
    """Bytes handed to the line since; what the server had before it went on is not among them."""
    if new.state in (State.WAITING, State.CHECKING):
        return 0
    return max(0, new.sent_bytes - max(old.sent_bytes, new.resumed_from_bytes or 0))


def summary_line(totals: Totals, words: QtWords) -> str:
    """Return "3 of 12 files, 4.2 of 9.8 GB, 112 MB/s, 48 s left"; empty for an empty list."""
    if not totals.files:
        return ""
    stored, files = totals.states[State.STORED], totals.files
    done = (
        translate("SummaryBar", "{stored} of 1 file")
        if files == 1
        else translate("SummaryBar", "{stored} of {files} files")
    )
    parts = [
        done.format(stored=words.count(stored), files=words.count(files)),
        words.size_of(totals.stored_bytes, totals.size_bytes),
    ]
    eta_s = totals.eta_s
    if eta_s is not None and stored < files:
        parts.append(words.rate(totals.bytes_per_s))
        parts.append(words.left(eta_s))
    return translate("SummaryBar", ", ").join(parts)
