"""Sums over the whole list, kept up to date change by change; and the summary line. No widgets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication

from desktop.gui.words import QtWords, isolated
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

FINISHED = frozenset(state for state in State if state.finished)


@dataclass(slots=True)
class Sums:
    """Files and bytes of some transfers; what was cancelled does not count.

    Attributes:
        states: how many transfers are in each state.
        size_bytes, sent_bytes, stored_bytes: sums of what counts.
        running_bytes: what is left of those that go on by themselves.
        left_bytes: what is left of all that is not over.
        unpromised_bytes: of those that have not begun on their server.
        uploads: ids of the uploads of those that have.
        moving: transfers that have a rate, by id.
    """

    states: Counter[State] = field(default_factory=Counter)
    size_bytes: int = 0
    sent_bytes: int = 0
    stored_bytes: int = 0
    running_bytes: int = 0
    left_bytes: int = 0
    unpromised_bytes: int = 0
    uploads: set[str] = field(default_factory=set)
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
        """Seconds until what runs is done at the present rate; None while nothing moves."""
        rate = self.bytes_per_s
        return self.running_bytes / rate if rate > 0 else None

    def copy(self) -> Sums:
        """Return what stays as it is when this goes on."""
        states, uploads, moving = self.states.copy(), self.uploads.copy(), self.moving.copy()
        return replace(self, states=states, uploads=uploads, moving=moving)

    def replace(self, old: Transfer | None, new: Transfer | None) -> None:
        """Count `new` in place of `old`; None for a transfer that came or went."""
        if old is not None and new is not None and _same_kind(old, new):
            self._progress(old, new)
            return
        if old is not None:
            self.discard(old)
        if new is not None:
            self.add(new)

    def add(self, one: Transfer) -> None:
        """Count a transfer."""
        self._count(one, +1)
        if one.bytes_per_s:
            self.moving[one.id] = one
        if one.upload_id and one.state not in FINISHED:
            self.uploads.add(one.upload_id)

    def discard(self, one: Transfer) -> None:
        """Count a transfer no longer, as it was added."""
        self._count(one, -1)
        self.moving.pop(one.id, None)
        if one.upload_id:
            self.uploads.discard(one.upload_id)

    def _progress(self, old: Transfer, new: Transfer) -> None:
        """Count `new` in place of `old`, of which nothing but bytes and rate differs."""
        if new.state is not State.CANCELLED:
            gained = new.stored_bytes - old.stored_bytes
            self.stored_bytes += gained
            self.sent_bytes += new.sent_bytes - old.sent_bytes
            if gained and new.state not in FINISHED:
                self._count_left(new, -gained)
        if new.bytes_per_s:
            self.moving[new.id] = new
        elif old.bytes_per_s:
            self.moving.pop(old.id, None)

    def _count(self, one: Transfer, sign: int) -> None:
        state = one.state
        self.states[state] += sign
        if state is State.CANCELLED:
            return
        self.size_bytes += sign * one.size_bytes
        self.sent_bytes += sign * one.sent_bytes
        self.stored_bytes += sign * one.stored_bytes
        if state not in FINISHED:
            self._count_left(one, sign * (one.size_bytes - one.stored_bytes))

    def _count_left(self, one: Transfer, left_bytes: int) -> None:
        self.left_bytes += left_bytes
        if one.state is not State.PAUSED:
            self.running_bytes += left_bytes
        if one.upload_id is None:
            self.unpromised_bytes += left_bytes

    def merge(self, other: Sums) -> None:
        """Count what another one counts as well."""
        self.states.update(other.states)
        self.size_bytes += other.size_bytes
        self.sent_bytes += other.sent_bytes
        self.stored_bytes += other.stored_bytes
        self.running_bytes += other.running_bytes
        self.left_bytes += other.left_bytes
        self.unpromised_bytes += other.unpromised_bytes
        self.uploads |= other.uploads
        self.moving |= other.moving


@dataclass(slots=True)
class Totals:
    """Sums over what goes to each server, and over the whole list.

    Attributes:
        servers: by the id of the server; "" while none is known.
        running_to: how many transfers go on by themselves, by the id of their server.
        sent_ever_bytes: bytes that went out while the window watched; only grows.
    """

    servers: dict[str, Sums] = field(default_factory=dict)
    running_to: Counter[str] = field(default_factory=Counter)
    sent_ever_bytes: int = 0

    @property
    def all(self) -> Sums:
        """The sums over the whole list."""
        if len(self.servers) == 1:
            return next(iter(self.servers.values()))
        whole = Sums()
        for sums in self.servers.values():
            whole.merge(sums)
        return whole

    @property
    def states(self) -> Counter[State]:
        return self.all.states

    @property
    def files(self) -> int:
        return self.all.files

    @property
    def running(self) -> int:
        return self.running_to.total()

    @property
    def bytes_per_s(self) -> float:
        return self.all.bytes_per_s

    @property
    def eta_s(self) -> float | None:
        return self.all.eta_s

    @property
    def size_bytes(self) -> int:
        return self.all.size_bytes

    @property
    def stored_bytes(self) -> int:
        return self.all.stored_bytes

    def to(self, server_id: str) -> Sums:
        """Return the sums of what goes to one server."""
        return self.servers.get(server_id) or Sums()

    def copy(self) -> Totals:
        """Return what stays as it is when this goes on."""
        servers = {name: sums.copy() for name, sums in self.servers.items()}
        return Totals(servers, self.running_to.copy(), self.sent_ever_bytes)

    def replace(self, old: Transfer | None, new: Transfer | None) -> None:
        """Count `new` in place of `old`; None for a transfer that came or went."""
        if old is not None and new is not None:
            self.sent_ever_bytes += _newly_sent(old, new)
            if _same_kind(old, new):
                self.servers[new.server_id].replace(old, new)
                return
        if old is not None:
            self.servers[old.server_id].discard(old)
            if old.state in RUNNING:
                self.running_to[old.server_id] -= 1
        if new is not None:
            self.servers.setdefault(new.server_id, Sums()).add(new)
            if new.state in RUNNING:
                self.running_to[new.server_id] += 1


def _same_kind(old: Transfer, new: Transfer) -> bool:
    return (
        old.state is new.state
        and old.size_bytes == new.size_bytes
        and old.upload_id == new.upload_id
        and old.server_id == new.server_id
    )


def _newly_sent(old: Transfer, new: Transfer) -> int:
    """Bytes handed to the line since; what the server had before is not among them."""
    if new.state in (State.WAITING, State.CHECKING) or new.already_stored:
        return 0
    return max(0, new.sent_bytes - max(old.sent_bytes, new.resumed_from_bytes or 0))


def summary_line(sums: Sums, words: QtWords, server: str = "") -> str:
    """Return "3 of 12 files, 4.2 of 9.8 GB, 112 MB/s, 48 s left"; empty for no files.

    Args:
        sums: what is summed up.
        words: how numbers are written.
        server: the name of the server that alone is meant, where there are others.
    """
    if not sums.files:
        return ""
    stored, files = sums.states[State.STORED], sums.files
    parts = [
        _done_words(files, server).format(stored=words.count(stored), server=isolated(server)),
        words.size_of(sums.stored_bytes, sums.size_bytes),
    ]
    eta_s = sums.eta_s
    if eta_s is not None and stored < files:
        parts.append(words.rate(sums.bytes_per_s))
        parts.append(words.left(eta_s))
    return translate("SummaryBar", ", ").join(parts)


def _done_words(files: int, server: str) -> str:
    if server:
        return translate("SummaryBar", "{stored} of %Ln files to {server}", "", files)
    return translate("SummaryBar", "{stored} of %Ln files", "", files)
