"""What one upload is while the receiver runs, and what a body must be to be taken."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple, Protocol

from receiver.digests import WholeDigest
from receiver.history import Receipt
from receiver.protocol import Route, UploadState
from receiver.store import Place, UploadInfo


class Body(Protocol):
    """The body of one request.

    Attributes:
        length_bytes: as announced; None when the sender does not know it (chunked).
        complete: all that was announced has been read.
        received_bytes: how many bytes have been read.
    """

    @property
    def received_bytes(self) -> int: ...
    @property
    def length_bytes(self) -> int | None: ...
    @property
    def complete(self) -> bool: ...

    def readinto(self, buffer: memoryview) -> int:
        """Read some bytes; 0 at the end of the body, or of the line (see `complete`)."""

    def stop(self) -> None:
        """Make a running and every later `readinto` end soon; called from another thread."""


class Ending(Enum):
    """What a body is to its upload."""

    AT_LENGTH = auto()
    """The last one when the length is reached (tus)."""
    LATER = auto()
    """Not the last one, even if the length is reached."""
    NOW = auto()
    """The last one: where it ends, the upload ends."""


class Creation(NamedTuple):
    """What a sender wants to send; see `UploadInfo` for the fields.

    `called` is the name as it came, for receipts.
    `is_marked`: the metadata holds the sender's own mark of this transfer, so that another
    creation with the same metadata is a repetition of this one.
    """

    size_bytes: int | None
    name: str
    metadata: str
    sender: str
    called: str = ""
    mtime_ns: int | None = None
    fingerprint: str = ""
    concat: str = ""
    place: Place | None = None
    parts: tuple[str, ...] = ()
    held_open: bool = False
    digests: tuple[str, ...] = ()
    is_marked: bool = False
    at_once: bool = False


@dataclass(slots=True)
class Live:
    """An unfinished upload while the receiver runs.

    Attributes:
        offset: verified, durable bytes.
        received: offset plus what has arrived of the window under way; only ever for display.
        expected: BLAKE3 of the whole file, from a sender who says so.
        checked: the window under way counts whole or not at all.
        parts_bytes: verified, durable bytes of the parts that are written into its file.
        touched: when the last byte arrived, by a clock that nobody sets: `time.monotonic`.
    """

    info: UploadInfo
    offset: int
    received: int
    digest: WholeDigest
    state: UploadState = UploadState.WAITING
    checked: bool = False
    expected: bytes | None = None
    parts_bytes: int = 0
    touched: float = field(default_factory=time.monotonic)

    @property
    def silent_s(self) -> float:
        """For how many seconds no byte has come."""
        return time.monotonic() - self.touched

    @property
    def promised_bytes(self) -> int:
        """Bytes still to come that disk is promised for; a part's are promised to its file."""
        if self.info.size_bytes is None or self.info.place is not None:
            return 0
        return max(0, self.info.size_bytes - self.offset - self.parts_bytes)

    @property
    def to_be_stored(self) -> bool:
        """All is there; only the finish is missing."""
        info = self.info
        return self.offset == info.size_bytes and not info.is_part and not info.held_open

    @property
    def shown_offset(self) -> int:
        """What the receiver has and would keep if the line were cut now."""
        return self.offset if self.checked else self.received


@dataclass(frozen=True, slots=True)
class View:
    """What may be told of an upload.

    `receipt` is there once the file is stored; `silent_s` is for how long no byte has come;
    `concat` is the Upload-Concat header as it came; `prefix` is the BLAKE3 of the bytes up to the
    offset, where it is at hand; `parts_bytes` is what its parts have got, for one that takes
    nothing else; `before` tells that the same bytes stood under that name already.
    """

    info_id: str
    size_bytes: int | None
    offset: int
    metadata: str
    route: Route
    sender: str
    receipt: Receipt | None
    silent_s: float = 0.0
    concat: str = ""
    prefix: bytes | None = None
    parts_bytes: int | None = None
    before: bool = False

    @classmethod
    def of_live(cls, live: Live) -> View:
        """Show an unfinished upload."""
        info, offset = live.info, live.offset  # read once: a sender may be at work
        return cls(
            info.id,
            info.size_bytes,
            offset,
            info.metadata,
            info.route,
            info.sender,
            None,
            live.silent_s,
            info.concat,
            live.digest.digest_at(offset) if info.place is None else None,
            live.parts_bytes if info.assembled else None,
        )

    @property
    def awaits_parts(self) -> bool:
        """A final upload that is not put together yet: it has no offset of its own."""
        return self.receipt is None and self.concat.startswith("final")

    @classmethod
    def of_receipt(cls, receipt: Receipt, *, before: bool = False) -> View:
        """Show a stored one."""
        size = receipt.size_bytes
        return cls(
            receipt.id,
            size,
            size,
            receipt.metadata,
            receipt.route,
            receipt.sender,
            receipt,
            concat=receipt.concat,
            before=before,
        )
