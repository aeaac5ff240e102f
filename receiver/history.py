"""The received files and their receipts, in SQLite. Never the truth about bytes.

One row a stored file, written after the file stands under its final name; what a crash in between
left without one gets it after the next start. A damaged database is set aside, and the list is made
anew from the folder.
"""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from receiver.digests import blake3_of
from receiver.names import HIDDEN, candidates, relative_path
from receiver.protocol import Route, parse_metadata
from receiver.store import UploadInfo

_log = logging.getLogger(__name__)
NAMES_LOOKED_AT = 100
BUSY_S = 0.5
"""How long a database that another program holds is waited for."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS received (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    stored_name TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    blake3 BLOB,
    sha256 BLOB,
    metadata TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    route TEXT NOT NULL,
    sender TEXT NOT NULL,
    started REAL NOT NULL,
    ended REAL NOT NULL,
    concat TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_fingerprint ON received (fingerprint, size_bytes);
CREATE INDEX IF NOT EXISTS by_name ON received (stored_name);
CREATE INDEX IF NOT EXISTS without_digest ON received (number) WHERE sha256 IS NULL;
"""


class Receipt(NamedTuple):
    """A stored file.

    Attributes:
        id: the upload's.
        name: as the sender called it.
        stored_name: path below the folder.
        size_bytes: of the file.
        mtime_ns: of the stored file when it was stored; another one now means it was changed.
        blake3, sha256: 32 bytes; None until the background pass is done.
        metadata: the Upload-Metadata header as it came.
        fingerprint: the sender's own mark of the file; "" for none.
        route: how its body was taken.
        sender: the name of the key.
        started, ended: seconds since the epoch.
        concat: the Upload-Concat header as it came.
    """

    id: str
    name: str
    stored_name: str
    size_bytes: int
    mtime_ns: int
    blake3: bytes | None
    sha256: bytes | None
    metadata: str
    fingerprint: str
    route: Route
    sender: str
    started: float
    ended: float
    concat: str = ""

    @classmethod
    def of(
        cls, info: UploadInfo, blake3: bytes, ended: float, sha256: bytes | None = None
    ) -> Receipt:
        """Make the receipt of an upload that has just been stored."""
        metadata = parse_metadata(info.metadata)
        return cls(
            info.id,
            readable(relative_path(metadata) or metadata.get("filename") or info.name),
            info.stored_name or info.name,
            info.size_bytes or 0,
            info.mtime_ns or 0,
            blake3,
            sha256,
            info.metadata,
            readable(metadata.get("fingerprint", "")),
            info.route,
            info.sender,
            info.started,
            ended,
            info.concat,
        )


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as PROTOCOL has it; digests in hex, times in seconds."""
    seconds = max(receipt.ended - receipt.started, 1e-3)
    return {
        "id": receipt.id,
        "name": receipt.name,
        "stored_name": receipt.stored_name,
        "size_bytes": receipt.size_bytes,
        "blake3": receipt.blake3.hex() if receipt.blake3 else None,
        "sha256": receipt.sha256.hex() if receipt.sha256 else None,
        "sender": receipt.sender,
        "started": receipt.started,
        "ended": receipt.ended,
        "route": receipt.route.value,
        "bytes_per_s": receipt.size_bytes / seconds,
    }


_NAMES = Receipt._fields
_COLUMNS = ", ".join(_NAMES)
_MARKS = f"({', '.join('?' for _ in _NAMES)})"
_INSERT = f"INSERT OR IGNORE INTO received ({_COLUMNS}) VALUES "
_ROWS_AT_ONCE = 100
"""SQLite lets go of the interpreter for each step, and waits for it again behind all others."""


def readable(text: str) -> str:
    """Replace what was not UTF-8; SQLite takes nothing else."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _mark(metadata: str) -> str:
    """The sender's own mark of the transfer, "" for none."""
    return parse_metadata(metadata).get("transfer", "")


def _receipt(row: tuple[object, ...]) -> Receipt:
    values = dict(zip(_NAMES, row, strict=True))
    return Receipt(**{**values, "route": Route(str(values["route"]))})  # type: ignore[arg-type]


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA cache_size = -1024")
        database.executescript(_SCHEMA)
        database.execute(f"SELECT {_COLUMNS} FROM received LIMIT 1").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database


class History:
    """Receipts by upload id, by content and by fingerprint.

    Args:
        path: the database file; made when missing, set aside and made anew when damaged.
        folder: where the stored files are.

    Attributes:
        listeners: called with the receipts of files that have just been stored, before their
            senders are told; they must not wait for anything.

    Raises:
        sqlite3.Error: it cannot be made.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.added = threading.Event()
        self.listeners: list[Callable[[Sequence[Receipt]], None]] = []
        self._folder = folder
        self._lock = threading.Lock()
        self._unwritten: dict[str, Receipt] = {}
        try:
            self._database = _open(path)
        except sqlite3.DatabaseError:
            _log.exception("the list of received files is damaged; it is made anew")
            _set_aside(path)
            self._database = _open(path)
            self._rebuild()

    def _rebuild(self) -> None:
        self.add(*_receipts_of(self._folder))

    def add_unlisted(self, until: float, go_on: Callable[[], bool]) -> None:
        """List what stands in the folder without a receipt.

        Args:
            until: seconds since the epoch; younger files are left to those who store them.
            go_on: asked between files; False ends the work.

        Raises:
            OSError: the folder cannot be read.
        """
        for receipt in _receipts_of(self._folder):
            if not go_on():
                return
            path = self._folder / receipt.stored_name
            if path.stat().st_ctime < until and not self.named(receipt.stored_name):
                _log.info("%r was not listed yet", receipt.stored_name)
                self.add(receipt)

    def stored(self, *receipts: Receipt) -> bool:
        """Note files that have just been stored, and tell the listeners; see `add`."""
        written = self.add(*receipts)
        for listener in self.listeners:
            listener(receipts)
        return written

    def add(self, *receipts: Receipt) -> bool:
        """Note stored files; a second call for the same id changes nothing.

        A database that fails does not hold up the upload: the receipt is kept in memory and
        written together with the next one.

        Returns:
            Whether they are written durably.
        """
        with self._lock:
            self._unwritten.update({receipt.id: receipt for receipt in receipts})
            try:
                self._write()
            except sqlite3.Error:
                _log.exception("receipts cannot be written; %d are kept", len(self._unwritten))
            written = not self._unwritten
        self.added.set()
        return written

    def _write(self) -> None:
        """Write receipts durably: the records of the uploads go next."""
        self._database.execute("PRAGMA synchronous = FULL")
        with self._database:
            rows = list(self._unwritten.values())
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                some = rows[start : start + _ROWS_AT_ONCE]
                marks = ", ".join([_MARKS] * len(some))
                self._database.execute(_INSERT + marks, tuple(chain.from_iterable(some)))
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._unwritten.clear()

    def _select(self, condition: str, *values: object) -> list[Receipt]:
        with self._lock:
            rows = self._database.execute(
                f"SELECT {_COLUMNS} FROM received WHERE {condition}", values
            ).fetchall()
        return [_receipt(row) for row in rows]

    def find(self, upload_id: str) -> Receipt | None:
        """Return the receipt of an upload; None where there is none."""
        with self._lock:
            if upload_id in self._unwritten:
                return self._unwritten[upload_id]
        return next(iter(self._select("id = ?", upload_id)), None)

    def same_file(self, wanted: str, size_bytes: int, blake3: bytes) -> tuple[str, int] | None:
        """Find the same bytes under a name or one of those that follow it.

        What no receipt tells of, or has been changed since, is read.

        Returns:
            The stored name, and the file's time in nanoseconds; None where there is no such file.
        """
        root = self._folder.resolve()
        for name in islice(candidates(wanted), NAMES_LOOKED_AT):
            path = root / name
            try:
                found = path.lstat()
            except OSError:
                return None
            is_like = stat.S_ISREG(found.st_mode) and found.st_size == size_bytes
            if is_like and path.resolve() == path and self._blake3(path, name) == blake3:
                return name, found.st_mtime_ns
        return None

    def _blake3(self, path: Path, stored_name: str) -> bytes:
        told = (one for one in self.named(stored_name) if one.blake3 and self.untouched(one))
        known = next(told, None)
        return known.blake3 if known is not None and known.blake3 else blake3_of(path)

    def named(self, stored_name: str) -> list[Receipt]:
        """Return the receipts of a stored file, newest first."""
        return self._select("stored_name = ? ORDER BY number DESC LIMIT 10", stored_name)

    def same_fingerprint(self, size_bytes: int, fingerprint: str) -> Receipt | None:
        """Return the receipt of a file that its sender marked so, if it is still there."""
        condition = "fingerprint = ? AND size_bytes = ? ORDER BY number DESC LIMIT 10"
        found = self._select(condition, fingerprint, size_bytes) if fingerprint else []
        return next((one for one in found if one.blake3 and self.untouched(one)), None)

    def has_transfer(self, info: UploadInfo) -> bool:
        """Tell whether the transfer that an upload was begun for has been stored since, without it.

        False for one that bears no mark of its sender's (`transfer` in its metadata).
        """
        mark = _mark(info.metadata)
        same = (info.size_bytes, info.sender)
        return bool(mark) and any(
            one.ended > info.started
            and (one.size_bytes, one.sender) == same
            and _mark(one.metadata) == mark
            for one in self.named(info.name)
        )

    def untouched(self, receipt: Receipt) -> bool:
        """Tell whether the stored file is there as it was stored, by size and time."""
        try:
            found = (self._folder / receipt.stored_name).lstat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (receipt.size_bytes, receipt.mtime_ns)

    def page(self, limit: int, before: str | None, sender: str | None) -> list[Receipt]:
        """Return receipts, newest first.

        Args:
            limit: how many at most.
            before: the id of a receipt; only older ones.
            sender: only this one's; None for all.
        """
        older = "number < COALESCE((SELECT number FROM received WHERE id = ?), 1 << 62)"
        theirs = "AND sender = COALESCE(?, sender)"
        return self._select(f"{older} {theirs} ORDER BY number DESC LIMIT ?", before, sender, limit)

    def count(self) -> int:
        """Return how many receipts there are."""
        with self._lock:
            row = self._database.execute("SELECT COUNT(*) FROM received").fetchone()
            return int(row[0]) + len(self._unwritten)

    def without_digest(self) -> Receipt | None:
        """Return a receipt whose background pass is still to be done."""
        return next(iter(self._select("sha256 IS NULL ORDER BY number LIMIT 1")), None)

    def set_digests(self, upload_id: str, blake3: bytes, sha256: bytes) -> None:
        """Note the result of the background pass; empty bytes for a file that is gone."""
        with self._lock, self._database:
            self._database.execute(
                "UPDATE received SET blake3 = COALESCE(blake3, ?), sha256 = ? WHERE id = ?",
                (blake3, sha256, upload_id),
            )

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()


def _set_aside(path: Path) -> None:
    mark = time.strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.replace(path.with_name(f"{path.name}.damaged-{mark}{suffix}"))


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the stored files; links are not followed, what is hidden is left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if (place, one) != (str(folder), HIDDEN))
        paths = (Path(place, name) for name in sorted(names))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def _receipts_of(folder: Path) -> Iterator[Receipt]:
    """Make receipts of what stands in a folder; who sent it is no longer known."""
    for path in _files_of(folder):
        name = path.relative_to(folder)
        found = path.stat()
        yield Receipt(
            secrets.token_hex(16),
            path.name,
            name.as_posix(),
            found.st_size,
            found.st_mtime_ns,
            None,
            None,
            "",
            "",
            Route.STREAM,
            "",
            found.st_mtime,
            found.st_mtime,
        )
