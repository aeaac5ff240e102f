"""The ledger's tables, and how a ledger of an earlier version gets them."""

from __future__ import annotations

import sqlite3

VERSION = 5
LISTS_FOLDERS = 4
"""The first version that does."""

_OWN_MARK = """
CREATE TABLE own (mark TEXT NOT NULL);
INSERT INTO own VALUES (lower(hex(randomblob(8))));
"""
_FOLDERS = """
CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    name BLOB NOT NULL,
    place REAL NOT NULL
);
"""
_SCHEMA = f"""{_OWN_MARK}{_FOLDERS}
CREATE TABLE transfers (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    name BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    device BLOB NOT NULL,
    inode BLOB NOT NULL,
    server_id TEXT NOT NULL,
    upload_id TEXT,
    state TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    route TEXT,
    stored_name BLOB,
    problem TEXT,
    touched REAL NOT NULL,
    place REAL NOT NULL,
    already_stored INTEGER NOT NULL,
    folder INTEGER NOT NULL,
    drops INTEGER NOT NULL,
    asked INTEGER NOT NULL
);
CREATE INDEX transfers_by_path ON transfers (path);
CREATE TABLE deletions (
    server_id TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    transfer_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, upload_id)
);
"""

_FROM_VERSION_1 = """
ALTER TABLE transfers ADD COLUMN place REAL NOT NULL DEFAULT 0;
ALTER TABLE transfers ADD COLUMN already_stored INTEGER NOT NULL DEFAULT 0;
UPDATE transfers SET place = id;
"""
_FROM_VERSION_2 = _OWN_MARK
_FROM_VERSION_3 = f"""{_FOLDERS}
ALTER TABLE transfers ADD COLUMN folder INTEGER NOT NULL DEFAULT 0;
"""
_FROM_VERSION_4 = """
ALTER TABLE transfers ADD COLUMN drops INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfers ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
"""
_STEPS = (_SCHEMA, _FROM_VERSION_1, _FROM_VERSION_2, _FROM_VERSION_3, _FROM_VERSION_4)
"""What leads from each version to the next; from none to the last in one step."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file, and bring those of an old one up to date.

    Raises:
        sqlite3.DatabaseError: the file is damaged, or of a later version.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise sqlite3.DatabaseError(f"the ledger has version {version}, not {VERSION}")
    if version == VERSION:
        return
    changes = _STEPS[version:] if version else _STEPS[:1]
    connection.executescript("BEGIN;" + "".join(changes))
    if 0 < version < LISTS_FOLDERS:
        _gather(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()


def _gather(connection: sqlite3.Connection) -> None:
    """Put into folders what came in folders, when each file was still listed by itself."""
    query = "SELECT id, path, name, server_id, place FROM transfers ORDER BY place, id"
    folders: dict[tuple[str, bytes], tuple[int, bytes, bytes, float]] = {}
    inside: list[tuple[int, int]] = []
    for number, path, name, server_id, place in connection.execute(query).fetchall():
        top, _, rest = bytes(name).partition(b"/")
        if not rest:
            continue
        root = bytes(path)[: -len(rest) - 1]
        folder = folders.setdefault((server_id, root), (-len(folders) - 1, root, top, place))
        inside.append((folder[0], number))
    connection.executemany("INSERT INTO folders VALUES (?, ?, ?, ?)", folders.values())
    connection.executemany("UPDATE transfers SET folder = ? WHERE id = ?", inside)
