"""tus 1.0.0 under /files, and beside it the IETF draft (draft.py).

https://tus.io/protocols/resumable-upload; what implementers get wrong stands in PROTOCOL. A
request with Tus-Resumable is tus; else one with the draft's fields is the draft's.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, g, request

from receiver.admission import PART_MOST_BYTES
from receiver.errors import ReceiverError
from receiver.history import Receipt
from receiver.intake import PREFIX, Checksum, checked_blake3
from receiver.protocol import (
    H_CHECKSUM,
    H_CONCAT,
    H_DEFER_LENGTH,
    H_KNOWN_DIGEST,
    H_LENGTH,
    H_METADATA,
    H_OFFSET,
    H_PREFIX_DIGEST,
    H_REPR_DIGEST,
    H_ROUTE,
    H_STORED_NAME,
    H_TUS_CHECKSUMS,
    H_TUS_EXTENSION,
    H_TUS_MAX_SIZE,
    H_TUS_RESUMABLE,
    H_TUS_VERSION,
    PATH_FILES,
    TUS_VERSION,
    UPLOAD_TYPE,
    WINDOW_ALGORITHMS,
    Code,
    format_repr_digest,
    parse_length,
    parse_repr_digest,
)
from receiver.upload import Creation, View
from receiver.web.body import read_whole, request_body
from receiver.web.checksums import parse_header
from receiver.web.concat import final_parts, part_place
from receiver.web.creations import parse_creation
from receiver.web.draft import DraftRoutes, speaks_draft
from receiver.web.standing import Standing

if TYPE_CHECKING:
    from receiver.web.application import Services

EXTENSIONS = (
    "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration,"
    "concatenation,concatenation-unfinished"
)


def make_blueprint(services: Services) -> Blueprint:
    """Return the routes under /files."""
    blueprint = Blueprint("tus", __name__)
    routes = _Routes(services)
    one = PATH_FILES + "/<upload_id>"
    for path in (PATH_FILES, one):
        blueprint.add_url_rule(path, "discover", routes.discover, methods=["OPTIONS"])
    blueprint.add_url_rule(PATH_FILES, "create", routes.create, methods=["POST"])
    for method in ("HEAD", "GET", "PATCH", "DELETE", "POST"):
        options = {"provide_automatic_options": False, "methods": [method]}
        blueprint.add_url_rule(one, f"one_{method}", routes.one, **options)  # type: ignore[arg-type]
    return blueprint


class _Routes:
    """The answers; every check stands before the body is read."""

    def __init__(self, services: Services) -> None:
        self._uploads = services.uploads
        self._admission = services.admission
        self._batches = services.batches
        self._count = services.traffic.count
        self._standing = Standing(services)
        self._draft = DraftRoutes(services, self._standing)
        self._largest_bytes = services.config.max_upload_bytes

    def discover(self, upload_id: str = "") -> Response:
        """OPTIONS (tus, Core, OPTIONS): whatever the version, without a key."""
        answer = Response(status=204)
        answer.headers[H_TUS_VERSION] = TUS_VERSION
        answer.headers[H_TUS_EXTENSION] = EXTENSIONS
        answer.headers[H_TUS_CHECKSUMS] = ",".join(WINDOW_ALGORITHMS)
        if self._largest_bytes is not None:
            answer.headers[H_TUS_MAX_SIZE] = str(self._largest_bytes)
        return self._draft.discover(answer)

    def create(self) -> Response:
        """POST (tus, Creation and Creation With Upload)."""
        if speaks_draft():
            return self._draft.create()
        _check_version()
        parts = final_parts(request.headers)
        if parts is not None:
            return self._join(parts)
        creation = self._creation(_announced_length())._replace(place=part_place(request.headers))
        checksum = parse_header(request.headers.get(H_CHECKSUM))
        with_body = _has_body()
        if with_body:
            creation = creation._replace(is_marked=False)
            _check_type()
            _check_room(creation.size_bytes)
        view = self._take_small(creation, checksum) if with_body else None
        if view is None:
            view = self._uploads.create(creation)
            if with_body and view.receipt is None:
                view = self._take_first(view, checksum)
        if creation.is_marked and not view.offset and request_body().is_left:
            # Its sender may be through with another creation of the same by now.
            self._uploads.discard(view.info_id)
        answer = self._created(view)
        known = self._known(creation, view)
        if known is not None and known.blake3:
            answer.headers[H_KNOWN_DIGEST] = format_repr_digest(known.blake3)
            answer.headers[H_STORED_NAME] = quote(known.stored_name)
        return answer

    def _known(self, creation: Creation, view: View) -> Receipt | None:
        """Return the receipt of a file that stands there already, or seems to."""
        if view.receipt is not None:
            return view.receipt if view.before else None
        return self._uploads.known(creation)

    def _creation(self, size_bytes: int | None) -> Creation:
        wanted = parse_creation(request.headers.get(H_METADATA, ""), size_bytes, g.key.name)
        return wanted._replace(concat=request.headers.get(H_CONCAT, ""))

    def _created(self, view: View) -> Response:
        answer = Response(status=201)
        answer.headers["Location"] = self._standing.location(view)
        answer.headers[H_ROUTE] = view.route.value
        return self._standing.mark(answer, view)

    def _join(self, parts: list[str]) -> Response:
        """POST of a final upload (tus, Concatenation): no length, no body."""
        if H_LENGTH in request.headers or H_DEFER_LENGTH in request.headers or _has_body():
            raise ReceiverError(Code.BAD_REQUEST, "a final upload has no length and no body")
        return self._created(self._uploads.concatenation.join(self._creation(None), parts))

    def _take_small(self, creation: Creation, checksum: Checksum | None) -> View | None:
        """Take a small file that comes whole with its creation: in memory, written in one go.

        Returns:
            None when it is not small, does not come whole, or there is no memory for it now.
        """
        body, size_bytes = request_body(), creation.size_bytes or 0
        most_bytes = min(PART_MOST_BYTES, self._largest_bytes or PART_MOST_BYTES)
        if creation.concat or body.length_bytes != size_bytes or size_bytes > most_bytes:
            return None
        with ExitStack() as stack:
            try:
                memory = stack.enter_context(self._admission.memory("small", size_bytes, body))
            except ReceiverError as error:
                if error.code is Code.LOW_MEMORY:
                    return None
                raise
            content = bytes(read_whole(body, memory))
            self._count(len(content))
            digest = checked_blake3(content, checksum)
            if _whole_digest() not in (None, digest):
                raise ReceiverError(Code.DIGEST_MISMATCH, "the whole file differs")
            return self._batches.take(creation, content, digest)

    def _take_first(self, view: View, checksum: Checksum | None) -> View:
        """Take the body of a creation; one that comes damaged leaves nothing behind.

        The sender of a refused creation has no address to go on at. A line that was cut in
        the middle keeps what arrived: the answer may yet get through.
        """
        try:
            body = request_body()
            return self._uploads.append(view.info_id, 0, body, checksum, whole=_whole_digest())
        except ReceiverError as error:
            if error.code is not Code.BAD_REQUEST:
                self._uploads.discard(view.info_id)
            raise

    def one(self, upload_id: str) -> Response:
        """HEAD, PATCH and DELETE, also by X-HTTP-Method-Override (tus, Core, Headers)."""
        method = request.headers.get("X-HTTP-Method-Override", request.method).upper()
        if method == "PATCH" and speaks_draft():
            return self._draft.append(upload_id)
        if method == "PATCH" or H_TUS_RESUMABLE in request.headers:
            _check_version()
        if method == "HEAD" or (method == "GET" and H_TUS_RESUMABLE not in request.headers):
            return self._tell(upload_id)
        if method == "PATCH":
            return self._append(upload_id)
        if method == "DELETE":
            self._uploads.delete(self._standing.own(upload_id))
            return Response(status=204)
        raise ReceiverError(Code.METHOD_NOT_ALLOWED, method)

    def _tell(self, upload_id: str) -> Response:
        """HEAD (tus, Core, HEAD), in both protocols.

        The draft has a sender at work cut off (4.6), so that the offset can be relied on.
        """
        tus = H_TUS_RESUMABLE in request.headers
        self._uploads.registry.settle(self._standing.own(upload_id), at_once=not tus)
        view = self._uploads.view(upload_id)
        answer = self._draft.mark(Response(status=200 if tus else 204), view)
        if view.size_bytes is not None:
            answer.headers[H_LENGTH] = str(view.size_bytes)
        elif not view.awaits_parts:
            answer.headers[H_DEFER_LENGTH] = "1"
        if view.concat:
            answer.headers[H_CONCAT] = view.concat
        if view.metadata:
            answer.headers[H_METADATA] = view.metadata
        return self._standing.mark(answer, view)

    def _append(self, upload_id: str) -> Response:
        self._standing.own(upload_id)
        _check_type()
        offset = _length_header(H_OFFSET)
        size_bytes = _length_header(H_LENGTH) if H_LENGTH in request.headers else None
        view = self._uploads.append(
            upload_id,
            offset,
            request_body(),
            _window_checksum(),
            size_bytes,
            whole=_whole_digest(),
        )
        return self._standing.mark(Response(status=204), view)


def _check_version() -> None:
    version = request.headers.get(H_TUS_RESUMABLE)
    if version != TUS_VERSION:
        raise ReceiverError(Code.UNSUPPORTED_VERSION, f"{H_TUS_RESUMABLE} is {version!r}")


def _check_type() -> None:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != UPLOAD_TYPE:
        raise ReceiverError(Code.UNSUPPORTED_TYPE, f"{kind!r} instead of {UPLOAD_TYPE}")


def _window_checksum() -> Checksum | None:
    """What the window must hash to: by itself, or together with all that came before it."""
    prefix = parse_repr_digest(request.headers.get(H_PREFIX_DIGEST, ""))
    if prefix is not None:
        return Checksum(PREFIX, prefix)
    return parse_header(request.headers.get(H_CHECKSUM))


def _whole_digest() -> bytes | None:
    """Repr-Digest of a request (RFC 9530, 3): what the sender says of the whole file."""
    return parse_repr_digest(request.headers.get(H_REPR_DIGEST, ""))


def _has_body() -> bool:
    return request_body().length_bytes != 0


def _check_room(size_bytes: int | None) -> None:
    announced = request_body().length_bytes
    if size_bytes is not None and (announced or 0) > size_bytes:
        raise ReceiverError(
            Code.LENGTH_EXCEEDED, f"{announced} bytes for {size_bytes}", limit=size_bytes
        )


def _length_header(name: str) -> int:
    try:
        return parse_length(request.headers.get(name, ""))
    except ValueError as error:
        raise ReceiverError(Code.BAD_REQUEST, f"{name}: {error}") from error


def _announced_length() -> int | None:
    """Upload-Length, or None for Upload-Defer-Length: 1 (tus, Creation, POST)."""
    if H_DEFER_LENGTH not in request.headers:
        return _length_header(H_LENGTH)
    if request.headers[H_DEFER_LENGTH] != "1" or H_LENGTH in request.headers:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_DEFER_LENGTH} must be 1, without {H_LENGTH}")
    return None
