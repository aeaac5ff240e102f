"""What the engine tells: frozen records, made on its threads, free to cross to any other.

A `Transfer` is the whole truth about one file in the list; whoever shows it needs nothing else.
Byte counts are plain Python ints (Qt's Signal(int) cuts them at 32 bits: send them as objects).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from receiver.protocol import Route

WHOLE_LIST = 0
"""Stands for all that is on the list where ids are asked for: those of files are positive, those of
folders negative."""


class State(StrEnum):
    """Where one file stands."""

    WAITING = "waiting"
    """Waiting its turn."""
    CHECKING = "checking"
    """Asking the server for space, creating the upload, finding out where to go on."""
    UPLOADING = "uploading"
    PAUSED = "paused"
    WAITING_NETWORK = "waiting_network"
    """The line or the server is away; `problem.retry_in_s` tells when the next try is."""
    WAITING_SPACE = "waiting_space"
    """The server's disk is too full; goes on by itself when there is room."""
    WAITING_SERVER = "waiting_server"
    """The server is busy or short of memory; goes on by itself."""
    VERIFYING = "verifying"
    """All bytes are there; the server stores the file and the digests are compared."""
    STORED = "stored"
    FAILED = "failed"
    CANCELLED = "cancelled"

    finished: bool
    """Nothing more will happen by itself, and nothing of it is held anywhere."""
    kept: str
    """What outlives the program: all that goes on by itself is waiting."""

    def __init__(self, value: str) -> None:
        self.finished = value in ("stored", "failed", "cancelled")
        self.kept = value if self.finished or value == "paused" else "waiting"


class ProblemKind(StrEnum):
    """What went wrong, for the table of words in desktop/messages.py."""

    UNREACHABLE = "unreachable"
    NOT_WHERRY = "not_wherry"
    """Something answered, but no Wherry receiver: a captive portal, a wrong address."""
    CERTIFICATE = "certificate"
    """The server shows another certificate than the link said, or one that nobody vouches for."""
    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"
    TOO_MANY_TRIES = "too_many_tries"
    NO_SPACE = "no_space"
    TOO_LARGE = "too_large"
    LOW_MEMORY = "low_memory"
    BUSY = "busy"
    PROXY = "proxy"
    """A proxy in between refused or gave up (413, 502, 504, 524 that is not ours)."""
    UPLOAD_GONE = "upload_gone"
    """The server no longer knows the upload (expired or cleaned): begins anew, and says so."""
    STORE_FAILED = "store_failed"
    DIGEST_MISMATCH = "digest_mismatch"
    NO_PERMISSION = "no_permission"
    FILE_VANISHED = "file_vanished"
    FILE_CHANGED = "file_changed"
    READ_FAILED = "read_failed"
    NOT_A_FILE = "not_a_file"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, with the numbers that its message needs.

    Attributes:
        kind: what to say.
        where: the name of the machine that is meant, as people know it.
        needed_bytes, free_bytes, promised_bytes, limit_bytes: as the kind needs them.
        retry_in_s: seconds from `at` to the next try by itself; None when it will not try.
        at: seconds since the epoch when it happened.
        detail: technical text for "Details": code, HTTP status, address, exception.
    """

    kind: ProblemKind
    where: str = ""
    needed_bytes: int | None = None
    free_bytes: int | None = None
    promised_bytes: int | None = None
    limit_bytes: int | None = None
    retry_in_s: float | None = None
    at: float = 0.0
    detail: str = ""


class Transfer(NamedTuple):
    """One file in the list. A tuple: there may be thousands of changes a second.

    Attributes:
        id: number of this file in this ledger, stable over restarts.
        root: the folder that it lies in, or that it came in, with a separator at its end; one and
            the same text for all files of a folder, of which there may be 100,000.
        name: path as sent and shown: the file's name, or "folder/sub/name" below a dropped folder.
        size_bytes: size of the file when it was last looked at.
        sent_bytes: handed to the line, the light tone of the bar; never less than stored_bytes.
        stored_bytes: the receiver's own offset, the full tone of the bar.
        bytes_per_s: average rate of stored bytes; None when nothing moves.
        eta_s: seconds left; None when unknown or stalled.
        resumed_from_bytes: offset at which it went on after an interruption or a restart; None if
            it never had to.
        route: how the receiver takes it; None before creation.
        stored_name: name it got in the receiver's folder; None until stored.
        problem: why it waits or failed, or why it is sent anew; None when all is well.
        already_stored: the server had this very file before; nothing was sent.
        server_id: where it goes; empty until a server is known.
        upload_id: the upload it has begun there, the stored one at the end; None before, and where
            the server did not tell.
        place: the list is sent from the lowest to the highest; ids decide between equals. In a
            folder it is the place among the files of that folder.
        folder: the id of the `Folder` that it came in; 0 where it came by itself.
    """

    id: int
    root: str
    name: str
    size_bytes: int
    state: State = State.WAITING
    sent_bytes: int = 0
    stored_bytes: int = 0
    bytes_per_s: float | None = None
    eta_s: float | None = None
    resumed_from_bytes: int | None = None
    route: Route | None = None
    stored_name: str | None = None
    problem: Problem | None = None
    already_stored: bool = False
    server_id: str = ""
    upload_id: str | None = None
    place: float = 0.0
    folder: int = 0

    @property
    def file(self) -> str:
        """Where it lies."""
        return file_at(self.root, self.name)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.file)

    @property
    def turn(self) -> tuple[float, int]:
        """What the list, or a folder of it, is sorted by."""
        return self.place, self.id


def file_at(root: str, name: str) -> str:
    """Return where a file lies: below the folder that came, without that folder's own name."""
    below = name.partition("/")[2] or name
    return root + (below if os.sep == "/" else below.replace("/", os.sep))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that was put on the list: its files stand together, and are sent together.

    Attributes:
        id: a negative number, so that it is never that of a transfer; stable over restarts.
        path: where it lies.
        name: the first part of the names of its files.
        place: its place in the list, as of a transfer that came by itself.
    """

    id: int
    path: Path
    name: str
    place: float

    @property
    def turn(self) -> tuple[float, int]:
        """What the list is sorted by."""
        return self.place, self.id


@dataclass(frozen=True, slots=True)
class Gathered:
    """A folder is about to get its first file, or has another place now."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class Changed:
    """A transfer is new or has changed. At most about 10 a second for one transfer."""

    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Removed:
    """These transfers left the list."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A path could not be put on the list: vanished, not readable, a device, a broken link."""

    path: Path
    problem: Problem


@dataclass(frozen=True, slots=True)
class Scanned:
    """The scan of one `Engine.add` call is over; `count` files were put on the list."""

    count: int


Event = Gathered | Changed | Removed | Refused | Scanned
