"""One call to the receiver each, and from its answer to a value or to one of errors.py.

Never tries again by itself: the only loop of retries is in worker.py. An `Api` belongs to one
thread; only `cut` may be called from others.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import requests

from desktop.transfer.answers import not_wherry, refusal, unreachable, untrusted, verdict
from desktop.transfer.connection import STALL_S, open_session
from desktop.transfer.errors import TransferError
from desktop.transfer.hashing import Window
from receiver.protocol import (
    H_CHECKSUM,
    H_CONCAT,
    H_KNOWN_DIGEST,
    H_LENGTH,
    H_METADATA,
    H_OFFSET,
    H_PARTS,
    H_PLACE,
    H_PREFIX_DIGEST,
    H_REPR_DIGEST,
    H_ROUTE,
    H_STORED_NAME,
    H_TUS_RESUMABLE,
    PATH_BATCH,
    PATH_FILES,
    PATH_STATUS,
    SERVICE,
    TUS_VERSION,
    UPLOAD_TYPE,
    WHOLE_FILE_ALGORITHM,
    Route,
    Status,
    format_checksum,
    format_metadata,
    format_repr_digest,
    parse_length,
    parse_repr_digest,
)

QUICK_S = (10.0, 30.0)
"""Patience for writing a small request, and for its answer."""

WINDOW_S = (STALL_S, 90.0)
"""Patience while the receiver takes nothing of a piece of a window, and for the answer after the
last one: it may be flushing to a slow disk, or wait for memory, and cutting it off would only
send the same bytes again."""


Value = TypeVar("Value")

BOUNDARY = "wherry-batch-5f0e9c2ad1b64377"
PART_END = b"\r\n"
BATCH_END = f"--{BOUNDARY}--\r\n".encode("ascii")
"""A file in a batch may hold anything, this line too: one that does is sent by itself."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where files go.

    Attributes:
        id: stable over restarts, what the ledger stores: "local", or the URL's origin.
        url: "http://127.0.0.1:5000".
        key: what proves that we may.
        name: as people know it: "this computer", "office-server".
        pin: SHA-256 of its certificate, hex, where it vouches for itself; "" to ask authorities.
    """

    id: str
    url: str
    key: str
    name: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver tells of an upload.

    Attributes:
        upload_id: which one.
        offset: verified bytes on its disk.
        length: of the whole file, where it was asked; None where the answer does not tell.
        route: how it takes the body, where it tells.
        digest: BLAKE3 of the whole file; None until it is stored.
        stored_name: path below its folder; None until it is stored.
        parts_bytes: what its parts have got, where it takes nothing else; `offset` is where they
            begin.
        prefix: BLAKE3 of the bytes up to the offset, where the receiver has it at hand.
        known: BLAKE3 of a stored file that seems to be the same, `stored_name` its path; on a
            creation only.
    """

    upload_id: str
    offset: int
    length: int | None
    route: Route | None
    digest: bytes | None
    stored_name: str | None
    known: bytes | None = None
    prefix: bytes | None = None
    parts_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Creation:
    """What is told of a file before its bytes. `body` holds all of a small one, with `digest`."""

    size_bytes: int
    metadata: Mapping[str, str]
    body: Any = None
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file of a batch: where it is stored, or why not.

    Attributes:
        upload_id, stored_name: of the stored file.
        before: it was there already.
        error: why it is not stored; None when it is.
    """

    upload_id: str = ""
    stored_name: str = ""
    before: bool = False
    error: TransferError | None = None


class Api:
    """Calls one receiver over one connection."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._base = server.url.rstrip("/")
        self._session, self._adapter = open_session(server.url, server.key, server.pin)
        self._session.headers[H_TUS_RESUMABLE] = TUS_VERSION

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def status(self) -> Status:
        """Ask for the receiver's numbers.

        Raises:
            TransferError: no answer, not a Wherry receiver, or a refusal.
        """
        return self.read(PATH_STATUS, _status)

    def read(self, path: str, parse: Callable[[Any], Value]) -> Value:
        """Ask for JSON.

        Args:
            path: what is asked for, its query included.
            parse: makes the value of what `json.loads` gave; a ValueError of it means that
                something else than a receiver has answered.

        Raises:
            TransferError: no answer, not a Wherry receiver, or a refusal.
        """
        answer = self._call("GET", path, timeout=QUICK_S)
        if answer.status_code != 200:
            raise refusal(answer, self.server.name)
        try:
            return parse(answer.json())
        except ValueError as error:
            raise not_wherry(answer, self.server.name) from error

    def create(self, creation: Creation) -> Answer:
        """Begin an upload; with a body, also end it."""
        headers = {
            H_LENGTH: str(creation.size_bytes),
            H_METADATA: format_metadata(creation.metadata),
        }
        if creation.body is not None and creation.digest is not None:
            headers["Content-Type"] = UPLOAD_TYPE
            headers[H_CHECKSUM] = format_checksum(WHOLE_FILE_ALGORITHM, creation.digest)
            headers[H_REPR_DIGEST] = format_repr_digest(creation.digest)
        patience = QUICK_S if creation.body is None else WINDOW_S
        answer = self._call("POST", PATH_FILES, headers, creation.body, patience)
        self._expect(answer, 201)
        path = urllib.parse.urlsplit(answer.headers.get("Location", "")).path
        return self._read(answer, path.rpartition("/")[2], offset_if_silent=0)

    def send_batch(self, body: Any, count: int) -> list[Verdict]:
        """Send many small files in one request.

        Args:
            body: their parts, and `BATCH_END`; can be iterated, and has `__len__`.
            count: how many they are.

        Returns:
            A verdict each, in order; fewer where the receiver did not get all of them.
        """
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        answer = self._call("POST", PATH_BATCH, headers, body, WINDOW_S)
        self._expect(answer, 200)
        try:
            verdicts = [self._verdict(one) for one in answer.json()]
        except (ValueError, TypeError, KeyError) as error:
            raise not_wherry(answer, self.server.name) from error
        return verdicts[:count]

    def _verdict(self, document: Mapping[str, Any]) -> Verdict:
        if "code" in document:
            error = verdict(document, self.server.name, self._base + PATH_BATCH)
            return Verdict(error=error)
        before = document.get("already_stored") is True
        return Verdict(str(document["id"]), str(document["stored_name"]), before)

    def offset(self, upload_id: str) -> Answer:
        """Ask how far an upload is."""
        answer = self._call("HEAD", f"{PATH_FILES}/{upload_id}", timeout=QUICK_S)
        self._expect(answer, 200)
        return self._read(answer, upload_id)

    def send_window(
        self, upload_id: str, body: Any, window: Window, whole: bytes | None = None
    ) -> Answer:
        """Send a window of the file.

        Args:
            upload_id: to which upload.
            body: yields pieces, and has `__len__`.
            window: which one it is, with its digest.
            whole: BLAKE3 of the whole file, with the last window, so that a receiver can compare
                before it gives the file its name.
        """
        headers = {H_OFFSET: str(window.start), "Content-Type": UPLOAD_TYPE}
        if window.digest is not None and window.prefix:
            headers[H_PREFIX_DIGEST] = format_repr_digest(window.digest)
        elif window.digest is not None:
            headers[H_CHECKSUM] = format_checksum(WHOLE_FILE_ALGORITHM, window.digest)
        if whole is not None:
            headers[H_REPR_DIGEST] = format_repr_digest(whole)
        path = f"{PATH_FILES}/{upload_id}"
        answer = self._call("PATCH", path, headers, body, WINDOW_S)
        self._expect(answer, 204)
        return self._read(answer, upload_id)

    def finish(self, upload_id: str, size_bytes: int) -> Answer:
        """Ask for the end of an upload whose bytes are all there: a window without bytes."""
        headers = {H_OFFSET: str(size_bytes), "Content-Type": UPLOAD_TYPE, "Content-Length": "0"}
        answer = self._call("PATCH", f"{PATH_FILES}/{upload_id}", headers, timeout=WINDOW_S)
        self._expect(answer, 204)
        return self._read(answer, upload_id)

    def create_part(self, upload_id: str, start: int, length: int) -> Answer:
        """Begin a part that is written into an upload's file, or find the one that is there.

        Args:
            upload_id: which upload.
            start, length: where in its file, bytes.
        """
        headers = {H_LENGTH: str(length), H_CONCAT: "partial", H_PLACE: f"{upload_id} {start}"}
        answer = self._call("POST", PATH_FILES, headers, timeout=QUICK_S)
        self._expect(answer, 201)
        path = urllib.parse.urlsplit(answer.headers.get("Location", "")).path
        return self._read(answer, path.rpartition("/")[2], offset_if_silent=0)

    def join_parts(self, upload_id: str, part_ids: Sequence[str]) -> Answer:
        """Ask for the end of an upload whose parts are all there, in their order."""
        parts = " ".join(f"{PATH_FILES}/{one}" for one in part_ids)
        answer = self._call("POST", PATH_FILES, {H_CONCAT: f"final;{parts}"}, timeout=WINDOW_S)
        self._expect(answer, 201)
        return self._read(answer, upload_id, offset_if_silent=0)

    def delete(self, upload_id: str) -> None:
        """Drop an unfinished upload."""
        answer = self._call("DELETE", f"{PATH_FILES}/{upload_id}", timeout=QUICK_S)
        self._expect(answer, 204)

    def cut(self) -> None:
        """End the call that is under way, if there is one; from any thread."""
        self._adapter.cut()

    def close(self) -> None:
        self._session.close()

    def _call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        timeout: tuple[float, float] = QUICK_S,
    ) -> requests.Response:
        address = self._base + path
        try:
            return self._session.request(
                method, address, headers=headers, data=body, timeout=timeout, allow_redirects=False
            )
        except requests.exceptions.SSLError as error:
            raise untrusted(error, self.server.name, address) from error
        except (requests.RequestException, OSError) as error:
            raise unreachable(error, self.server.name, address) from error

    def _expect(self, answer: requests.Response, status: int) -> None:
        if answer.status_code != status:
            raise refusal(answer, self.server.name)
        if H_TUS_RESUMABLE not in answer.headers:
            raise not_wherry(answer, self.server.name)

    def _read(
        self, answer: requests.Response, upload_id: str, offset_if_silent: int | None = None
    ) -> Answer:
        headers = answer.headers
        try:
            silent = "" if offset_if_silent is None else str(offset_if_silent)
            offset = parse_length(headers.get(H_OFFSET, silent))
            length = parse_length(headers[H_LENGTH]) if H_LENGTH in headers else None
            route = Route(headers[H_ROUTE]) if H_ROUTE in headers else None
            parts = parse_length(headers[H_PARTS]) if H_PARTS in headers else None
        except ValueError as error:
            raise not_wherry(answer, self.server.name) from error
        name = headers.get(H_STORED_NAME)
        stored_name = urllib.parse.unquote(name, errors="surrogateescape") if name else None
        digest = parse_repr_digest(headers.get(H_REPR_DIGEST, ""))
        known = parse_repr_digest(headers.get(H_KNOWN_DIGEST, ""))
        prefix = parse_repr_digest(headers.get(H_PREFIX_DIGEST, ""))
        return Answer(upload_id, offset, length, route, digest, stored_name, known, prefix, parts)


def _status(data: object) -> Status:
    status = Status.from_json(data)
    if status.service != SERVICE:
        raise ValueError("another service")
    return status


def part_head(metadata: str, digest: bytes) -> bytes:
    """Return what stands before the bytes of a file in a batch (RFC 7578).

    Args:
        metadata: what is told of it, an Upload-Metadata header; its name is in there.
        digest: BLAKE3 of its bytes.
    """
    return (
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="file"\r\n'
        f"{H_CHECKSUM}: {format_checksum(WHOLE_FILE_ALGORITHM, digest)}\r\n"
        f"{H_METADATA}: {metadata}\r\n\r\n"
    ).encode("ascii")
