"""One transfer inside the engine: what is shown of it, what is wanted of it, how it goes.

Guarded by the lock of the board. `wish` and `cut_at` are also read without it, by the thread that
sends: they are single values, and a late look only costs one more piece of the file.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from desktop.transfer.errors import InterruptedTransferError
from desktop.transfer.events import Problem, Transfer
from desktop.transfer.hashing import WholeDigest
from desktop.transfer.ledger import Record
from desktop.transfer.source import Identity

SMALL_BYTES = 1 << 20
"""Files up to this size go in batches, or with their creation in one request."""


class Wish(Enum):
    """What people, or the engine, want of a transfer."""

    RUN = auto()
    PAUSE = auto()
    CANCEL = auto()
    LEAVE = auto()
    """The engine stops, or another server is used: back to waiting."""


@dataclass(slots=True)
class Course:
    """What is only known while the program runs, of a transfer that has begun.

    Attributes:
        whole: the digest of the whole file so far.
        note: what people are to know although it goes on: sent anew, and why.
        changes: how often the file has changed under way.
        mismatches: how often the whole file arrived with another digest.
        refusals: answers in a row that a working receiver would not give.
        refused_at: when the first of them came, monotonic seconds.
        careful: a request with all of the file was lost once: windows from now on.
        mistrusts: a window was refused: each is hashed by itself from now on.
        alone: not in a batch: something about it must be seen to.
        saved_at: when the progress was last written to the ledger, monotonic seconds.
    """

    whole: WholeDigest | None = None
    note: Problem | None = None
    changes: int = 0
    mismatches: int = 0
    refusals: int = 0
    refused_at: float = 0.0
    careful: bool = False
    mistrusts: bool = False
    alone: bool = False
    saved_at: float = 0.0


@dataclass(slots=True, eq=False)
class Entry:
    """A transfer on the board.

    Attributes:
        identity: the version of the file that is sent.
        server_id: where to; empty until a server is known.
        upload_id: the upload it has begun there.
        drops: how often what it had begun was given up.
        asked: a creation of its own was sent, and has perhaps begun an upload that no answer told.
        seen: its identity was taken in this run of the program.
        cut_at: when the connection is cut if `wish` is not RUN, monotonic seconds.
        queued: it stands in the line of its server.
        running: a worker has it in hand.
        unlisted: it is to leave the list as soon as the worker has let go of it.
        nudged: it waits for a next try, which is to come at once.
        sent_before: it was in a batch that got no answer.
    """

    transfer: Transfer
    identity: Identity
    server_id: str
    upload_id: str | None = None
    drops: int = 0
    asked: bool = False
    seen: bool = False
    wish: Wish = Wish.RUN
    cut_at: float = math.inf
    queued: bool = False
    running: bool = False
    unlisted: bool = False
    nudged: bool = False
    sent_before: bool = False
    _course: Course | None = None

    @property
    def course(self) -> Course:
        """How it goes; made when first asked for, most of a long list never is."""
        if self._course is None:
            self._course = Course()
        return self._course

    @property
    def fits_batch(self) -> bool:
        """It may go together with others."""
        course = self._course
        alone = course is not None and (course.alone or course.careful)
        return not alone and self.is_unbegun and self.transfer.size_bytes <= SMALL_BYTES

    @property
    def is_unbegun(self) -> bool:
        """The server knows of no upload of it."""
        return self.upload_id is None and not self.asked

    def forget_course(self) -> None:
        self._course = None

    @property
    def id(self) -> int:
        return self.transfer.id

    @property
    def left_bytes(self) -> int:
        """What the server's disk still needs for it."""
        return self.transfer.size_bytes - self.transfer.stored_bytes

    @property
    def record(self) -> Record:
        return Record(
            self.transfer,
            self.identity,
            self.server_id,
            self.upload_id,
            self.drops,
            self.asked,
        )

    def check(self) -> None:
        """Raise `InterruptedTransferError` unless it is to run."""
        if self.wish is not Wish.RUN:
            raise InterruptedTransferError(self.wish.name)

    def check_due(self) -> None:
        """The same, once the time to end by itself is over."""
        if self.wish is not Wish.RUN and time.monotonic() >= self.cut_at:
            raise InterruptedTransferError(self.wish.name)


class Kept(NamedTuple):
    """A file of a batch that is stored; `before` tells that it was there already."""

    entry: Entry
    stored_name: str
    upload_id: str
    before: bool


def same_text(text: str | None, known: str) -> str | None:
    """Return the text that is kept already, where it says the same."""
    return known if text == known else text
