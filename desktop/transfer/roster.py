"""Which files are on the board: from the ledger at the start, and later from the scan."""

from __future__ import annotations

import os
from collections.abc import Sequence

from desktop.transfer.api import Server
from desktop.transfer.board import Board
from desktop.transfer.entry import Entry
from desktop.transfer.events import Changed, Folder, Gathered, State, Transfer
from desktop.transfer.ledger import Record
from desktop.transfer.scan import Drop, Found
from desktop.transfer.source import Identity


def load(board: Board) -> None:
    """Take over what the ledger holds; all that is neither finished nor paused goes on."""
    folders, records = board.ledger.folders(), board.ledger.records()
    with board.condition:
        board.next_id = board.ledger.next_id()
        board.folders.update((folder.id, folder) for folder in folders)
        for folder in folders:
            board.next_place = max(board.next_place, folder.place + 1.0)
        for record in board.politely(records):
            _take_over(board, record)
        if board.server is not None:
            adopt(board, board.server)
        board.unplanned = bool(records)
        board.outbox.tell(*map(Gathered, folders))
        board.outbox.tell(*(Changed(entry.transfer) for entry in board.entries.values()))
        board.condition.notify_all()


def _take_over(board: Board, record: Record) -> None:
    folder = record.transfer.folder
    transfer = record.transfer._replace(
        server_id=record.server_id,
        upload_id=record.upload_id,
        folder=folder if folder in board.folders else 0,
    )
    board.next_place = max(board.next_place, transfer.place + 1.0)
    goes_on = not transfer.state.finished and transfer.state is not State.PAUSED
    if goes_on:
        transfer = transfer._replace(state=State.WAITING, problem=None)
    entry = Entry(
        transfer,
        record.identity,
        record.server_id,
        record.upload_id,
        record.drops,
        record.asked,
    )
    board.entries[entry.id] = entry
    if goes_on:
        board.queue(entry)


def add(board: Board, found: Sequence[Found], server_id: str) -> int:
    """Put files on the list; one that is on it for this server already goes on instead.

    What is stored is put to the server once more: it may be there no longer. A folder that is on
    the list stays one for that, with a row for each of its files; a single file gets another row.

    With an empty `server_id` they go to the server in use; where another was asked for by now, to
    that one. Returns how many are on the list now.
    """
    with board.batch():
        if not server_id and board.server is not None and board.server.id == board.asked_id:
            server_id = board.server.id
        known = board.ledger.ids_of_many([one.file for one in found])
        entries = [
            (known and _again(board, one, known.get(os.fsencode(one.file), ()), server_id))
            or _new(board, one, server_id)
            for one in board.politely(found)
        ]
        board.ledger.save(entry.record for entry in board.politely(entries))
        board.outbox.tell(*(Changed(entry.transfer) for entry in entries))
        board.unplanned = True
    return len(entries)


def _new(board: Board, found: Found, server_id: str) -> Entry:
    size_bytes = found.identity.size_bytes
    number = board.next_id
    transfer = Transfer(
        number,
        found.root,
        found.name,
        size_bytes,
        server_id=server_id,
        place=board.next_place,
        folder=_folder_of(board, found.drop, server_id),
    )
    board.next_id += 1
    board.next_place += 1.0
    entry = Entry(transfer, found.identity, server_id, seen=True)
    board.entries[entry.id] = entry
    board.queue(entry)
    return entry


def _folder_of(board: Board, drop: Drop | None, server_id: str) -> int:
    if drop is None:
        return 0
    drop.folder_id = drop.folder_id or _listed(board, drop, server_id)
    if not drop.folder_id:
        drop.folder_id = min(board.folders, default=0) - 1
        board.place_folder(Folder(drop.folder_id, drop.path, drop.name, board.next_place))
    return drop.folder_id


def _listed(board: Board, drop: Drop, server_id: str) -> int:
    """Return the folder as it is on the list for this server; 0 where none of its files is."""
    alike = {one.id for one in board.folders.values() if one.path == drop.path}
    if not alike:
        return 0
    here = (one for one in board.entries.values() if one.server_id == server_id)
    return next((one.transfer.folder for one in here if one.transfer.folder in alike), 0)


def _again(board: Board, found: Found, ids: Sequence[int], server_id: str) -> Entry | None:
    for entry in board.get(ids):
        if entry.server_id != server_id:
            continue
        if entry.transfer.state is State.STORED:
            folder_id = _folder_of(board, found.drop, server_id)
            if not folder_id or entry.transfer.folder != folder_id:
                continue
            _renew(entry, found.identity)
        board.go_on(entry)
        return entry
    return None


def _renew(entry: Entry, identity: Identity) -> None:
    """Begin with a stored file anew in the same row, perhaps with another version of it."""
    old = entry.transfer
    entry.transfer = Transfer(
        old.id,
        old.root,
        old.name,
        identity.size_bytes,
        server_id=old.server_id,
        place=old.place,
        folder=old.folder,
    )
    entry.identity, entry.seen = identity, True
    entry.upload_id, entry.asked = None, False
    entry.drops += 1


def adopt(board: Board, server: Server) -> None:
    """Give the entries that were added before any server was known to this one."""
    with board.condition:
        orphans = [entry for entry in board.entries.values() if not entry.server_id]
        for entry in orphans:
            board.unqueue(entry)
            entry.server_id = server.id
            board.show(entry, server_id=server.id)
            if entry.transfer.state is State.WAITING:
                board.queue(entry)
        board.ledger.save(entry.record for entry in orphans)
