"""The sender's memory: which files are on the list, and which upload each of them has begun.

SQLite, one row a transfer. It holds hints for going on, never the truth about bytes: that is the
receiver's offset. A damaged file is set aside and a fresh one begun. Where the disk is full or
lets nobody write, the list is in memory only, or no longer up to date; the transfers go on.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from desktop.transfer.events import Folder, Problem, ProblemKind, State, Transfer
from desktop.transfer.ledger_schema import prepare
from desktop.transfer.source import Identity
from receiver.protocol import Route

_MOST_ASKED = 500
_TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNWILLING = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
)
"""The disk does not do what it should; what is in the file may be all right."""
_log = logging.getLogger(__name__)

_COLUMNS = (
    "id, path, name, size_bytes, mtime_ns, device, inode, server_id, upload_id, state, "
    "stored_bytes, route, stored_name, problem, touched, "
    "place, already_stored, folder, drops, asked"
)
_FIXED = ("id", "path")
_CHANGES = ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS.split(", ") if name not in _FIXED
)
_VALUES = f"({', '.join('?' * len(_COLUMNS.split(', ')))})"
_ROWS_AT_ONCE = 100


def _saving(rows: int) -> str:
    """Return what saves so many rows. The path never changes, and so its index is left alone."""
    values = ", ".join([_VALUES] * rows)
    return (
        f"INSERT INTO transfers ({_COLUMNS}) VALUES {values} "
        f"ON CONFLICT (id) DO UPDATE SET {_CHANGES}"
    )


_SAVE, _SAVE_MANY = _saving(1), _saving(_ROWS_AT_ONCE)
"""For many rows one step of SQLite: before and after each, this thread waits for the interpreter
behind all others, in a busy program for longer than the step takes."""

_Change = tuple[str, Iterable[tuple[object, ...]]]
"""A statement, and the values for each time that it is carried out."""


class Record(NamedTuple):
    """One row: what is shown of a transfer, and what it takes to go on with it; see `Entry`."""

    transfer: Transfer
    identity: Identity
    server_id: str
    upload_id: str | None = None
    drops: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """An upload that is still to be dropped on its server."""

    server_id: str
    upload_id: str
    transfer_id: int


class Ledger:
    """The list, on disk. Any thread may call; one at a time is served.

    Args:
        path: the SQLite file; its folder is made.

    Attributes:
        set_aside: where a damaged file was put; None when all was well.
        unkept: why nothing is kept, as the system says it; "" where it is.
        mark: what no other ledger has.

    Raises:
        BlockingIOError: another process has this ledger open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self.unkept = ""
        self._lock = threading.RLock()
        self._connection = self._open_some()
        self.mark = str(self._connection.execute("SELECT mark FROM own").fetchone()[0])

    def _open_some(self) -> sqlite3.Connection:
        """Open the file, a fresh one in place of a damaged one, or where neither can be, memory."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _open(self.path)
            except sqlite3.DatabaseError as error:
                if _code(error) in _TAKEN:
                    raise BlockingIOError(f"{self.path} is in use by another process") from error
                if _code(error) in _UNWILLING:
                    raise
                self.set_aside = _put_aside(self.path)
                _log.warning("the ledger was damaged, set aside as %s: %s", self.set_aside, error)
                return _open(self.path)
        except BlockingIOError:
            raise
        except (OSError, sqlite3.DatabaseError) as error:
            self._note_unkept(error)
            return _open(Path(":memory:"))

    def _note_unkept(self, error: Exception) -> None:
        if not self.unkept:
            _log.warning("the ledger %s could not be written: %s", self.path, error)
        self.unkept = getattr(error, "strerror", None) or str(error)

    def close(self) -> None:
        """Close the file; calling it again does nothing."""
        with self._lock:
            self._connection.close()

    def records(self) -> list[Record]:
        """Return all transfers in the list's order."""
        rows = self._read(f"SELECT {_COLUMNS} FROM transfers ORDER BY place, id")
        return [record for row in rows if (record := _record(row)) is not None]

    def folders(self) -> list[Folder]:
        """Return the folders that transfers came in; those of which none is left are dropped."""
        self._write(("DELETE FROM folders WHERE id NOT IN (SELECT folder FROM transfers)", [()]))
        rows = self._read("SELECT id, path, name, place FROM folders")
        return [
            Folder(number, Path(os.fsdecode(path)), os.fsdecode(name), place)
            for number, path, name, place in rows
        ]

    def save_folder(self, folder: Folder) -> None:
        row = (folder.id, os.fsencode(folder.path), os.fsencode(folder.name), folder.place)
        self._write(("INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?)", [row]))

    def next_id(self) -> int:
        """Return a number that no transfer in the ledger has."""
        rows = self._read("SELECT max(id) FROM transfers")
        return int((rows[0][0] if rows else 0) or 0) + 1

    def save(self, records: Iterable[Record]) -> None:
        """Write these rows, new or changed, in one transaction."""
        now = time.time()
        rows = (_row(record, now) for record in records)
        rest: list[tuple[object, ...]] = []

        def together() -> Iterator[tuple[object, ...]]:
            while len(some := list(islice(rows, _ROWS_AT_ONCE))) == _ROWS_AT_ONCE:
                yield tuple(chain.from_iterable(some))
            rest.extend(some)

        self._write((_SAVE_MANY, together()), (_SAVE, rest))

    def remove(self, ids: Sequence[int]) -> None:
        parts = [ids[start : start + _MOST_ASKED] for start in range(0, len(ids), _MOST_ASKED)]
        self._write(
            *(
                (f"DELETE FROM transfers WHERE id IN ({_marks(part)})", [tuple(part)])
                for part in parts
            )
        )

    def ids_of(self, path: Path) -> list[int]:
        """Return the transfers of this path, newest first."""
        query = "SELECT id FROM transfers WHERE path = ? ORDER BY id DESC"
        return [int(row[0]) for row in self._read(query, os.fsencode(path))]

    def ids_of_many(self, paths: Sequence[str]) -> dict[bytes, list[int]]:
        """Return the transfers of these paths, newest first, by the path as the system has it."""
        found: dict[bytes, list[int]] = {}
        for start in range(0, len(paths), _MOST_ASKED):
            asked = [os.fsencode(path) for path in paths[start : start + _MOST_ASKED]]
            query = (
                f"SELECT path, id FROM transfers WHERE path IN ({_marks(asked)}) ORDER BY id DESC"
            )
            for path, number in self._read(query, *asked):
                found.setdefault(bytes(path), []).append(int(number))
        return found

    def knows(self, path: Path) -> bool:
        """Tell whether anything at `path`, or below it, is on the list."""
        start = os.fsencode(path) + os.fsencode(os.sep)
        query = "SELECT 1 FROM transfers WHERE path = ? OR substr(path, 1, ?) = ? LIMIT 1"
        return bool(self._read(query, os.fsencode(path), len(start), start))

    def hold_back(self) -> None:
        """Make every unfinished transfer a paused one: only what is added again goes on."""
        done = [state.value for state in State if state.finished]
        change = f"UPDATE transfers SET state = ? WHERE state NOT IN ({_marks(done)})"
        self._write((change, [(State.PAUSED.value, *done)]))

    def forget_older_than(self, seconds: float) -> None:
        """Drop what nobody has touched for so long."""
        self._write(("DELETE FROM transfers WHERE touched < ?", [(time.time() - seconds,)]))

    def deletions(self, server_id: str) -> list[Deletion]:
        """Return the uploads that are still to be dropped on this server."""
        query = "SELECT server_id, upload_id, transfer_id FROM deletions WHERE server_id = ?"
        return [Deletion(*row) for row in self._read(query, server_id)]

    def add_deletion(self, deletion: Deletion) -> None:
        row = dataclasses.astuple(deletion)
        self._write(("INSERT OR REPLACE INTO deletions VALUES (?, ?, ?)", [row]))

    def drop_deletion(self, deletion: Deletion) -> None:
        change = "DELETE FROM deletions WHERE server_id = ? AND upload_id = ?"
        self._write((change, [(deletion.server_id, deletion.upload_id)]))

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error:
                _log.exception("the ledger %s could not be read", self.path)
                return []

    def _write(self, *changes: _Change) -> None:
        with self._lock:
            try:
                with self._connection:
                    for change, rows in changes:
                        self._connection.executemany(change, rows)
            except sqlite3.Error as error:
                self._note_unkept(error)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _open(path: Path) -> sqlite3.Connection:
    """Open, check and, where it is new, fill the file.

    Write-ahead log and no fsync for each commit: after a crash of the program nothing is lost,
    after a loss of power perhaps the last seconds, and what goes on is the receiver's offset.
    """
    connection = sqlite3.connect(path, timeout=0.2, check_same_thread=False)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    prepare(connection)
    found = connection.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    connection.execute(f"SELECT {_COLUMNS} FROM transfers LIMIT 1").fetchall()
    if connection.execute("SELECT mark FROM own").fetchone() is None:
        raise sqlite3.DatabaseError("its mark is missing")


def _put_aside(path: Path) -> Path:
    """Rename the file and what SQLite keeps beside it; returns its new path."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def _row(record: Record, now: float) -> tuple[object, ...]:
    transfer = record.transfer
    size_bytes, mtime_ns, device, inode = record.identity.numbers
    problem = json.dumps(dataclasses.asdict(transfer.problem)) if transfer.problem else None
    stored_name = None if transfer.stored_name is None else os.fsencode(transfer.stored_name)
    return (
        transfer.id,
        os.fsencode(transfer.file),
        os.fsencode(transfer.name),
        size_bytes,
        mtime_ns,
        str(device),
        str(inode),
        record.server_id,
        record.upload_id,
        transfer.state.value,
        transfer.stored_bytes,
        transfer.route,
        stored_name,
        problem,
        now,
        transfer.place,
        transfer.already_stored,
        transfer.folder,
        record.drops,
        record.asked,
    )


def _record(row: Sequence[object]) -> Record | None:
    """Read one row; None, and a line in the log, where it makes no sense."""
    try:
        return _parsed(*row)  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        _log.warning("a row of the ledger is left out: %s", error)
        return None


def _parsed(
    number: int,
    path: bytes,
    name: bytes,
    size_bytes: int,
    mtime_ns: int,
    device: str,
    inode: str,
    server_id: str,
    upload_id: str | None,
    state: str,
    stored_bytes: int,
    route: str | None,
    stored_name: bytes | None,
    problem: str | None,
    _touched: float,
    place: float,
    already_stored: int,
    folder: int,
    drops: int,
    asked: int,
) -> Record:
    shown = os.fsdecode(name)
    transfer = Transfer(
        number,
        _root(os.fsdecode(path), shown),
        shown,
        size_bytes,
        State(state),
        sent_bytes=stored_bytes,
        stored_bytes=stored_bytes,
        route=Route(route) if route else None,
        stored_name=shown if stored_name == name else _text(stored_name),
        problem=_problem(problem) if problem else None,
        already_stored=bool(already_stored),
        place=place,
        folder=folder,
    )
    identity = Identity(size_bytes, mtime_ns, int(device), int(inode))
    return Record(transfer, identity, server_id, upload_id, drops, bool(asked))


def _text(encoded: bytes | None) -> str | None:
    return None if encoded is None else os.fsdecode(encoded)


def _root(path: str, name: str) -> str:
    below = name.partition("/")[2] or name
    return sys.intern(path[: -len(below)])


def _problem(text: str) -> Problem:
    fields = json.loads(text)
    return Problem(**{**fields, "kind": ProblemKind(fields["kind"])})
