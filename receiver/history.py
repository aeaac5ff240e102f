"""The received files and their receipts, in SQLite. Never the truth about bytes.

One row a stored file. The row is written after the file stands under its final name.
"""

from __future__ import annotations

import dataclasses
import logging
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from receiver.protocol import Route
from receiver.store import UploadInfo

_log = logging.getLogger(__name__)
_TABLE = """
CREATE TABLE IF NOT EXISTS received (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    stored_name TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    blake3 BLOB NOT NULL,
    metadata TEXT NOT NULL,
    route TEXT NOT NULL,
    sender TEXT NOT NULL,
    started REAL NOT NULL,
    ended REAL NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A stored file. `started` and `ended` are seconds since the epoch; `blake3` is 32 bytes."""

    id: str
    name: str
    stored_name: str
    size_bytes: int
    blake3: bytes
    metadata: str
    route: Route
    sender: str
    started: float
    ended: float


_COLUMNS = ", ".join(field.name for field in dataclasses.fields(Receipt))
_MARKS = ", ".join("?" for _ in dataclasses.fields(Receipt))


class History:
    """Receipts by upload id.

    Args:
        path: the database file; made when missing.

    Raises:
        sqlite3.Error: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._unwritten: dict[str, Receipt] = {}
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(_TABLE)
        self._database.commit()

    def add(self, info: UploadInfo, blake3: bytes, ended: float) -> Receipt:
        """Note a stored file; a second call for the same id changes nothing.

        A database that fails does not hold up the upload: the receipt is kept in memory and
        written together with the next one.
        """
        receipt = Receipt(
            info.id,
            info.name,
            info.stored_name or info.name,
            info.size_bytes or 0,
            blake3,
            info.metadata,
            info.route,
            info.sender,
            info.started,
            ended,
        )
        with self._lock:
            self._unwritten[receipt.id] = receipt
            try:
                self._write()
            except sqlite3.Error:
                _log.exception("receipts cannot be written; %d are kept", len(self._unwritten))
        return receipt

    def _write(self) -> None:
        with self._database:
            self._database.executemany(
                f"INSERT OR IGNORE INTO received ({_COLUMNS}) VALUES ({_MARKS})",
                [dataclasses.astuple(one) for one in self._unwritten.values()],
            )
        self._unwritten.clear()

    def find(self, upload_id: str) -> Receipt | None:
        """Return the receipt of an upload; None where there is none."""
        with self._lock:
            if upload_id in self._unwritten:
                return self._unwritten[upload_id]
            row = self._database.execute(
                f"SELECT {_COLUMNS} FROM received WHERE id = ?", (upload_id,)
            ).fetchone()
        if row is None:
            return None
        values = dict(zip(_COLUMNS.split(", "), row, strict=True))
        return Receipt(**{**values, "route": Route(values["route"])})

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()
