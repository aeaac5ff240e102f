"""All that is on the list, its order, and the sums over each folder of it.

Kept up on the engine's thread, change by change, while the window reads what it shows: however
many files there are, the window's thread touches only those that can be seen. No widgets.
"""

from __future__ import annotations

import contextlib
import threading
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, filterfalse, islice
from pathlib import Path
from typing import NamedTuple

from desktop.gui.totals import Sums, Totals
from desktop.transfer.events import Changed, Folder, Gathered, Removed, State, Transfer
from desktop.transfer.precedence import Precedence

_AT_ONCE = 200

WAITS = (State.WAITING_NETWORK, State.WAITING_SPACE, State.WAITING_SERVER)
_GONE, *_MARKS = range(len(State) + 1)
_MARK_OF = dict(zip(State, _MARKS, strict=True))
_ONLY = [bytes(one == mark for one in range(256)) for mark in range(len(State) + 1)]
"""For `bytes.translate`: 1 for one of the marks, 0 for all others."""
_LIVELIEST = (
    (State.UPLOADING, (State.UPLOADING, State.CHECKING, State.VERIFYING)),
    *((state, (state,)) for state in WAITS),
    (State.WAITING, (State.WAITING,)),
    (State.PAUSED, (State.PAUSED,)),
    (State.FAILED, (State.FAILED,)),
    (State.STORED, (State.STORED,)),
)
"""The state of a folder is the first of these that any of its files is in."""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder as it is shown; what `Transfer` calls the same means the same, as a sum.

    Attributes:
        states: how many of its files are in each state.
        waiting: one of the files that wait for more than their turn, where `state` is such a wait.
    """

    id: int
    path: Path
    name: str
    state: State
    states: dict[State, int]
    size_bytes: int
    sent_bytes: int
    stored_bytes: int
    bytes_per_s: float | None
    eta_s: float | None
    server_id: str
    waiting: Transfer | None = None

    @property
    def files(self) -> int:
        """How many there are; cancelled ones do not count."""
        return sum(self.states.values()) - self.states.get(State.CANCELLED, 0)


Row = Transfer | FolderRow


class Kind(NamedTuple):
    """Rows with which the same can be done: one of them, and the ids of all."""

    row: Row
    ids: list[int]


@dataclass(frozen=True, slots=True)
class News:
    """What the list has come to: its sums, and whether rows came, went or moved since."""

    totals: Totals
    moved: bool


@dataclass(slots=True)
class _Contents:
    folder: Folder
    ids: list[int] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    server_id: str = ""
    waiting: Transfer | None = None
    row: FolderRow | None = None


class Listing:
    """Rows are known by the id of their transfer, or of their folder: those are negative.

    `take` is called on one thread of the engine, all else on the window's.

    Attributes:
        precedence: of the window over the engine.
    """

    def __init__(self) -> None:
        self.precedence = Precedence()
        self._lock = threading.Lock()
        self._files: dict[int, Transfer] = {}
        self._folders: dict[int, _Contents] = {}
        self._begun: dict[int, Transfer] = {}
        self._marks = bytearray(1)
        """The state of each file, by its id, for those who ask about very many."""
        self._top: list[int] = []
        self._totals = Totals()
        self._changed = self._moved = False
        self._asleep = True

    def take(self, event: Changed | Gathered | Removed) -> bool:
        """Note what the engine tells; returns whether the window is to be woken for it."""
        if isinstance(event, Removed):
            self._remove(event.ids)
        with self._lock:
            self._changed = True
            if isinstance(event, Changed):
                self._change(event.transfer)
            elif isinstance(event, Gathered):
                self._gather(event.folder)
            return self._wake()

    def wake(self) -> bool:
        """Return whether the window sleeps, and is to be woken; it is only told once."""
        with self._lock:
            return self._wake()

    def _wake(self) -> bool:
        asleep, self._asleep = self._asleep, False
        return asleep

    @contextlib.contextmanager
    def _look(self) -> Iterator[None]:
        """Hold the lock for the window, which does not wait until all that is told is noted."""
        with self.precedence.first(), self._lock:
            yield

    def _turn(self, number: int) -> tuple[float, int]:
        return self._files[number].turn if number >= 0 else self._folders[number].folder.turn

    def _put(self, ids: list[int], number: int) -> None:
        """Put it where its turn is; nearly always that is the end."""
        self._moved = True
        if ids and self._turn(number) < self._turn(ids[-1]):
            insort(ids, number, key=self._turn)
        else:
            ids.append(number)

    def _take_out(self, ids: list[int], number: int) -> None:
        self._moved = True
        del ids[bisect_left(ids, self._turn(number), key=self._turn)]

    def _change(self, new: Transfer) -> None:
        old = self._files.get(new.id)
        contents = self._folders[new.folder] if new.folder else None
        ids = self._top if contents is None else contents.ids
        placed = old is not None and old.place == new.place
        if old is not None and not placed:
            self._take_out(ids, new.id)
        self._files[new.id] = new
        self._mark(new.id, _MARK_OF[new.state])
        self._totals.replace(old, new)
        if new.stored_bytes and not new.state.finished:
            self._begun[new.id] = new
        else:
            self._begun.pop(new.id, None)
        if contents is not None:
            if not contents.ids:
                self._put(self._top, new.folder)
            contents.sums.replace(old, new)
            contents.server_id, contents.row = new.server_id, None
            if new.state in WAITS:
                contents.waiting = new
        if not placed:
            self._put(ids, new.id)

    def _mark(self, number: int, mark: int) -> None:
        if number >= len(self._marks):
            self._marks.extend(bytes(number + _AT_ONCE - len(self._marks)))
        self._marks[number] = mark

    def _gather(self, folder: Folder) -> None:
        contents = self._folders.setdefault(folder.id, _Contents(folder))
        if contents.ids:
            self._take_out(self._top, folder.id)
        contents.folder = folder
        if contents.ids:
            self._put(self._top, folder.id)

    def _remove(self, numbers: Iterable[int]) -> None:
        """Take transfers off, and folders of which none is left; more of them may come again.

        What is left is put together before the window has to wait for anything: only this thread
        changes it.
        """
        files, folders = self._files, self._folders
        gone = {one for one in numbers if one in files}
        concerned = {files[one].folder for one in gone} - {0}
        left = {one: [id_ for id_ in folders[one].ids if id_ not in gone] for one in concerned}
        empty = {one for one, ids in left.items() if not ids}
        top = [one for one in self._top if one not in gone and one not in empty]
        with self._lock:
            self._top, self._moved = top, True
            for number, ids in left.items():
                folders[number].ids = ids
        parts = iter(gone)
        while some := list(islice(parts, _AT_ONCE)):
            self.precedence.give_way()
            with self._lock:
                self._forget(some)

    def _forget(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            old = self._files.pop(number)
            self._begun.pop(number, None)
            self._mark(number, _GONE)
            self._totals.replace(old, None)
            if old.folder:
                contents = self._folders[old.folder]
                contents.sums.replace(old, None)
                contents.row = None

    @property
    def has_folders(self) -> bool:
        return any(contents.ids for contents in self._folders.values())

    def news(self) -> News | None:
        """Return what the list has come to since; None for nothing, and then the window sleeps."""
        with self._look():
            if not self._changed:
                self._asleep = True
                return None
            moved, self._moved, self._changed = self._moved, False, False
            return News(self._totals.copy(), moved)

    def rows(self, opened: Iterable[int] = ()) -> list[int]:
        """Return what is shown in which order, with the files of folders that are open."""
        with self._look():
            found: list[int] = []
            start = 0
            shown = [one for one in opened if self.count_in(one)]
            for end in sorted(self._top.index(one) + 1 for one in shown):
                found += self._top[start:end]
                found += self._folders[self._top[end - 1]].ids
                start = end
            return found + self._top[start:]

    def beside(self, number: int) -> list[int]:
        """Return the rows among which one stands: those of its folder, or of the list itself."""
        with self._look():
            one = self._files.get(number)
            contents = self._folders.get(one.folder) if one is not None else None
            return list(self._top if contents is None else contents.ids)

    def folder_at(self, path: Path) -> int:
        """Return the folder that lies there, if it is on the list; else 0."""
        with self._look():
            found = (one for one in self._folders.values() if one.ids and one.folder.path == path)
            return next((one.folder.id for one in found), 0)

    def count_in(self, folder_id: int) -> int:
        """Return how many files a folder has."""
        contents = self._folders.get(folder_id)
        return 0 if contents is None else len(contents.ids)

    def row(self, number: int) -> Row | None:
        """Return what is shown in a row; None where it has just gone."""
        if number >= 0:
            return self._files.get(number)
        with self._look():
            contents = self._folders.get(number)
            if contents is None or not contents.ids:
                return None
            if contents.row is None:
                contents.row = _row_of(contents)
            return contents.row

    def kinds(self, numbers: Sequence[int]) -> list[Kind]:
        """Sort rows by what can be done with them: files by their state, each folder by itself.

        Files of a folder that is among the rows are left out, for it stands for them; so is what
        has just gone. There may be 100,000: no line of Python runs for each, and none is looked at.
        """
        folders = set(self._folders).intersection(numbers)
        shown = [row for one in folders if (row := self.row(one)) is not None]
        inside = folders.union(*(self._folders[one].ids for one in folders))
        files = [*filterfalse(inside.__contains__, numbers)] if folders else numbers
        kinds = [Kind(row, [row.id]) for row in shown]
        with self._look():
            marks = bytes(map(self._marks.__getitem__, files))
            for mark in set(marks) - {_GONE}:
                ids = list(compress(files, marks.translate(_ONLY[mark])))
                kinds.append(Kind(self._files[ids[0]], ids))
        return kinds

    def begun(self, numbers: Iterable[int]) -> list[Transfer]:
        """Return those files, also of these folders, of which a server has a part but no more."""
        with self._look():
            begun = list(self._begun.values())
        wanted = {place for one in begun for place in (one.id, one.folder)}.intersection(numbers)
        return [one for one in begun if one.id in wanted or one.folder in wanted]

    def transfer(self, number: int) -> Transfer | None:
        return self._files.get(number)

    def transfers(self) -> list[Transfer]:
        """Return all files in the order in which they are sent."""
        with self._look():
            found = []
            for one in self._top:
                inside = (one,) if one >= 0 else self._folders[one].ids
                found += [self._files[number] for number in inside]
            return found


def _row_of(contents: _Contents) -> FolderRow:
    sums, states = contents.sums, +contents.sums.states
    state = next(
        (state for state, these in _LIVELIEST if any(one in states for one in these)),
        State.CANCELLED,
    )
    waiting = contents.waiting
    return FolderRow(
        contents.folder.id,
        contents.folder.path,
        contents.folder.name,
        state,
        dict(states),
        sums.size_bytes,
        max(sums.sent_bytes, sums.stored_bytes),
        sums.stored_bytes,
        sums.bytes_per_s or None,
        sums.eta_s,
        contents.server_id,
        waiting if waiting is not None and waiting.state is state else None,
    )
