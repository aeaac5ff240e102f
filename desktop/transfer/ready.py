"""The line in front of one server: whose turn it is, folders as a whole among single files."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterator, Mapping

from desktop.transfer.entry import Entry
from desktop.transfer.events import Folder

Turn = tuple[float, int, float, int]


class _Turns:
    """Turns of a list, the lowest first. What comes in order, as nearly all do, stands in two
    arrays: a fifth of the memory that a heap of tuples takes."""

    def __init__(self) -> None:
        self._places, self._ids, self._next = array("d"), array("q"), 0
        self._others: list[tuple[float, int]] = []

    def push(self, turn: tuple[float, int]) -> None:
        if self._ids and turn < (self._places[-1], self._ids[-1]):
            heapq.heappush(self._others, turn)
        else:
            self._places.append(turn[0])
            self._ids.append(turn[1])

    def first(self) -> tuple[float, int] | None:
        if self._next == len(self._ids):
            return self._others[0] if self._others else None
        turn = self._places[self._next], self._ids[self._next]
        return min(turn, self._others[0]) if self._others else turn

    def pop(self) -> None:
        """Take out the first."""
        if self._others and self.first() == self._others[0]:
            heapq.heappop(self._others)
            return
        self._next += 1
        if self._next == len(self._ids):
            self._places, self._ids, self._next = array("d"), array("q"), 0


class Ready:
    """Entries of one server whose turn may come, in the list's order.

    What has left the line, or has another place by now, stays in there until it comes up:
    a folder moves in one step, whatever is in it.

    Args:
        server_id: of the server.
        folders: all folders of the list, by id.
        entries: all entries of the list, by id; this line keeps none of its own.
    """

    def __init__(
        self, server_id: str, folders: Mapping[int, Folder], entries: Mapping[int, Entry]
    ) -> None:
        self._server_id = server_id
        self._folders, self._entries = folders, entries
        self._count = 0
        self._turns = _Turns()
        self._inside: dict[int, _Turns] = {}
        self.need_bytes = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        return (one for one in self._entries.values() if one in self)

    def __contains__(self, entry: Entry) -> bool:
        return entry.queued and entry.server_id == self._server_id

    def add(self, entry: Entry) -> None:
        """Put an entry in line. `need_bytes` counts what is not yet promised on the server."""
        if entry.queued:
            return
        entry.queued = True
        self._count += 1
        self.need_bytes += _unpromised_bytes(entry)
        folder_id = entry.transfer.folder
        if not folder_id:
            self._turns.push(entry.transfer.turn)
            return
        if folder_id not in self._inside:
            self._inside[folder_id] = _Turns()
            self._turns.push(self._folders[folder_id].turn)
        self._inside[folder_id].push(entry.transfer.turn)

    def discard(self, entry: Entry) -> None:
        if entry in self:
            entry.queued = False
            self._count -= 1
            self.need_bytes -= _unpromised_bytes(entry)
            if not self._count:
                self._turns, self._inside = _Turns(), {}

    def folder_moved(self, folder: Folder) -> None:
        """Note another place of a folder."""
        if folder.id in self._inside:
            self._turns.push(folder.turn)

    def first(self) -> Entry | None:
        """The entry whose turn it is."""
        while (turn := self._turns.first()) is not None:
            entry = self._first_of(turn)
            if entry is not None:
                return entry
            self._turns.pop()
        return None

    def _first_of(self, turn: tuple[float, int]) -> Entry | None:
        """Return the entry that this turn stands for, or the first of the folder that it does."""
        if turn[1] > 0:
            return self._if_due(turn)
        inside = self._inside.get(turn[1])
        if inside is None or self._folders[turn[1]].turn != turn:
            return None
        while (due := inside.first()) is not None:
            entry = self._if_due(due)
            if entry is not None:
                return entry
            inside.pop()
        del self._inside[turn[1]]
        return None

    def _if_due(self, turn: tuple[float, int]) -> Entry | None:
        entry = self._entries.get(turn[1])
        due = entry is not None and entry in self and entry.transfer.turn == turn
        return entry if due else None

    def pop_first(self) -> Entry | None:
        """Take the entry whose turn it is out of the line."""
        entry = self.first()
        if entry is not None:
            self.discard(entry)
        return entry


def turns(folders: Mapping[int, Folder]) -> Callable[[Entry], Turn]:
    """Return what puts entries of folders and single ones into the list's order."""

    def turn(entry: Entry) -> Turn:
        transfer = entry.transfer
        folder = folders[transfer.folder] if transfer.folder else None
        return (*(transfer.turn if folder is None else folder.turn), *transfer.turn)

    return turn


def _unpromised_bytes(entry: Entry) -> int:
    return 0 if entry.upload_id else entry.transfer.size_bytes
