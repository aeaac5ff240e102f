"""The port: what an upload is to a store, and what every store promises.

A store knows files and offsets. It knows no HTTP, no budget and no digests of windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from io import BufferedIOBase, RawIOBase
from typing import NamedTuple, Protocol

from receiver.protocol import Route

PARTIAL = "partial"

ByteReader = RawIOBase | BufferedIOBase
"""An open file that can be sought in and read into a buffer."""


class Place(NamedTuple):
    """Where a part belongs: in which upload's file, and from which byte on."""

    upload_id: str
    start_bytes: int


class UploadInfo(NamedTuple):
    """What is known of an upload besides its bytes.

    Attributes:
        id: unguessable, 32 hex digits.
        size_bytes: the whole file; None as long as its sender does not know.
        name: wanted path below the folder, safe (see names.py).
        metadata: the Upload-Metadata header as it came.
        route: how it was decided to take it.
        sender: the name of the key.
        started: seconds since the epoch.
        mtime_ns: when the file was last changed, nanoseconds since the epoch: at the sender's, if
            it says so; once stored, what the stored file carries.
        stored_name: the final path, once it has been chosen.
        concat: the Upload-Concat header as it came; "" for an upload of its own.
        place: where a part is written straight to; None when it is kept by itself.
        parts: ids of the parts that an upload is made of, in order.
        assembled: parts are written into its file, so the file's size tells nothing.
        own_bytes: what it had got by itself before its first part; the parts follow.
        held_open: complete only when its sender says so, not when its length is reached.
        digests: what the whole file must hash to, "ALGORITHM HEX" each.
        at_once: it comes in one request, whose sender has no address to go on at.
    """

    id: str
    size_bytes: int | None
    name: str
    metadata: str
    route: Route
    sender: str
    started: float
    mtime_ns: int | None = None
    stored_name: str | None = None
    concat: str = ""
    place: Place | None = None
    parts: tuple[str, ...] = ()
    assembled: bool = False
    own_bytes: int = 0
    held_open: bool = False
    digests: tuple[str, ...] = ()
    at_once: bool = False

    @property
    def is_part(self) -> bool:
        """It is never stored by itself (tus, Concatenation)."""
        return self.concat == PARTIAL

    @property
    def is_final(self) -> bool:
        """It takes no bytes by itself: it is made of parts."""
        return self.assembled or bool(self.parts)

    def belongs_to(self, upload_id: str) -> bool:
        """It is that upload, or placed in it."""
        return upload_id in (self.id, self.place.upload_id if self.place else "")


class SmallFile(NamedTuple):
    """A file of a batch that has been written and waits to be stored with the others.

    Attributes:
        info: its record.
        blake3: the digest of its bytes.
        mtime_ns: what it carries, nanoseconds since the epoch.
        failures: how often the disk had failed when it was written; for the store alone.
    """

    info: UploadInfo
    blake3: bytes
    mtime_ns: int
    failures: int = 0


class StoredSmall(NamedTuple):
    """A file of a batch under its final name.

    Attributes:
        name: its final path.
        mtime_ns: what it carries, nanoseconds since the epoch.
        before: the same bytes stood under that name already; nothing was added.
    """

    name: str
    mtime_ns: int
    before: bool = False


class Window(Protocol):
    """Bytes being appended to one upload. What is not committed is undone by `take_back`."""

    @property
    def end(self) -> int:
        """Where the next byte goes."""

    def write(self, data: memoryview) -> None:
        """Append all of `data`.

        Raises:
            OSError: the disk is full or fails; `end` tells what was written.
        """

    def commit(self) -> None:
        """Make everything up to `end` durable and part of the upload.

        Raises:
            OSError: it could not be made durable; the window is taken back.
        """

    def take_back(self) -> None:
        """Make the upload end where the window began, or was committed last."""


class UploadStore(Protocol):
    """Keeps uploads until they are whole, then puts them under their final name."""

    def create(self, info: UploadInfo) -> None:
        """Begin an upload of 0 bytes; durable on return."""

    def update(self, info: UploadInfo) -> None:
        """Replace what is known of an upload; durable on return."""

    def unfinished(self) -> Iterator[UploadInfo]:
        """Yield what a stop or a crash left unfinished."""

    def offset(self, info: UploadInfo) -> int:
        """Return the verified bytes of an unfinished upload."""

    def window(self, info: UploadInfo, checked: bool) -> AbstractContextManager[Window]:
        """Append from the offset on.

        Args:
            info: which upload; a part with a place is written into the file it belongs to.
            checked: the bytes count only when committed, also after a crash. Otherwise what was
                written counts, whatever happens.
        """

    def reader(self, upload_id: str) -> ByteReader:
        """Open the bytes of an unfinished upload for reading, from the first on.

        Raises:
            OSError: they cannot be read.
        """

    def touched(self, upload_id: str) -> float:
        """When the last byte of an unfinished upload arrived, seconds since the epoch."""

    def join(self, info: UploadInfo, parts: Sequence[UploadInfo]) -> None:
        """Put parts that are kept by themselves into the upload's file, one after the other.

        Raises:
            OSError: the disk is full or fails; it can be begun again.
        """

    def finish(self, info: UploadInfo) -> UploadInfo:
        """Put a whole upload under a free name, durable on return; gives `stored_name` and
        `mtime_ns`."""

    def write_small(self, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
        """Write a file that is all there; it may be lost until `store_small` has returned."""

    def store_small(self, files: Sequence[SmallFile]) -> list[StoredSmall | OSError]:
        """Store files as a group, durable on return; outcomes in order."""

    def forget(self, upload_id: str) -> None:
        """Drop what is kept besides the stored file; what the disk keeps goes by `tidy`."""

    def delete(self, upload_id: str) -> None:
        """Drop an unfinished upload and its bytes."""

    def tidy(self) -> None:
        """Remove what is over, and could not be removed when it ended."""
