"""The line in front of one server: whose turn it is, folders as a whole among single files."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping

from desktop.transfer.entry import Entry
from desktop.transfer.events import Folder

Turn = tuple[float, int, float, int]
_Heap = list[tuple[float, int]]


class Ready:
    """Entries of one server whose turn may come, in the list's order.

    What has left the line, or has another place by now, stays in the heaps until it comes up:
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
        self._heap: _Heap = []
        self._inside: dict[int, _Heap] = {}
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
            heapq.heappush(self._heap, entry.transfer.turn)
            return
        if folder_id not in self._inside:
            self._inside[folder_id] = []
            heapq.heappush(self._heap, self._folders[folder_id].turn)
        heapq.heappush(self._inside[folder_id], entry.transfer.turn)

    def discard(self, entry: Entry) -> None:
        if entry in self:
            entry.queued = False
            self._count -= 1
            self.need_bytes -= _unpromised_bytes(entry)

    def folder_moved(self, folder: Folder) -> None:
        """Note another place of a folder."""
        if folder.id in self._inside:
            heapq.heappush(self._heap, folder.turn)

    def first(self) -> Entry | None:
        """The entry whose turn it is."""
        while self._heap:
            turn = self._heap[0]
            entry = self._first_of(turn)
            if entry is not None:
                return entry
            heapq.heappop(self._heap)
        return None

    def _first_of(self, turn: tuple[float, int]) -> Entry | None:
        """Return the entry that this turn stands for, or the first of the folder that it does."""
        if turn[1] > 0:
            return self._if_due(turn)
        inside = self._inside.get(turn[1])
        if inside is None or self._folders[turn[1]].turn != turn:
            return None
        while inside:
            entry = self._if_due(inside[0])
            if entry is not None:
                return entry
            heapq.heappop(inside)
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
