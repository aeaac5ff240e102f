"""The IETF draft "Resumable Uploads for HTTP" under /files, on the same uploads as tus.

After the text of draft-ietf-httpbis-resumable-upload-12 of July 2026, interop version 9; sections
in brackets are its own. A later change is kept to as well: from version 10 on, Upload-Complete
and Upload-Length may be missing where the offset is asked for; here both are always told.

    POST /files          creates an upload [4.2]; with Upload-Complete: ?1 the content is all of it
    HEAD, GET /files/ID  tells where it stands [4.3]: tus.py, for both protocols
    PATCH /files/ID      appends [4.4]
    DELETE /files/ID     cancels [4.5]: tus.py

An upload is complete when its sender says so, and only then: reaching the length is not enough.
Digests are those of RFC 9530: Content-Digest counts for the content of one request, whole or not
at all; Repr-Digest, where the upload is created, for all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Response, g, jsonify, request

from receiver.errors import ReceiverError
from receiver.history import receipt_json
from receiver.intake import Checksum
from receiver.protocol import (
    H_OFFSET,
    H_ROUTE,
    H_TUS_RESUMABLE,
    UPLOAD_TYPE,
    Code,
    format_metadata,
)
from receiver.upload import Body, Creation, Ending, View
from receiver.web.answers import refusal
from receiver.web.body import request_body, send_interim
from receiver.web.creations import parse_creation
from receiver.web.draft_fields import (
    H_COMPLETE,
    H_INTEROP,
    H_LIMIT,
    PARTIAL_TYPE,
    DraftFields,
    content_digests,
    file_name,
    format_complete,
    whole_digests,
)
from receiver.web.standing import Standing

if TYPE_CHECKING:
    from receiver.web.application import Services

INTEROP_VERSIONS = frozenset({6, 8, 9, 10})
"""Who gets interim answers (appendix "Draft Version Identification"). They are the same in all of
these; 6 is what URLSession of phones and Macs speaks. The rest works whatever a sender names."""
COMPLETES_SILENTLY = 6
"""In this version an append without Upload-Complete is the last one."""
INTERIM = "104 Upload Resumption Supported"
ACCEPT_PATCH = f"{PARTIAL_TYPE}, {UPLOAD_TYPE}"

_PROBLEMS = "https://iana.org/assignments/http-problem-types#"
TYPES = {
    Code.OFFSET_MISMATCH: _PROBLEMS + "mismatching-upload-offset",
    Code.LENGTH_INCONSISTENT: _PROBLEMS + "inconsistent-upload-length",
    Code.ALREADY_STORED: _PROBLEMS + "completed-upload",
}
"""[7]; the last one is of the versions before -12."""


def speaks_draft() -> bool:
    """Tell whether this request is one of the draft's, where both protocols have one."""
    if H_TUS_RESUMABLE in request.headers:
        return False
    said = DraftFields.of(request.headers).complete
    return said is not None or request.mimetype == PARTIAL_TYPE


class DraftRoutes:
    """The answers; every check stands before the content is read."""

    def __init__(self, services: Services, standing: Standing) -> None:
        self._uploads = services.uploads
        self._standing = standing

    def create(self) -> Response:
        """Create an upload, with all, some or none of its content [4.2]."""
        fields, body = DraftFields.of(request.headers), request_body()
        try:
            ending = _ending(fields)
            checksum = _checksum()
            view = self._uploads.create(_creation(_created_length(fields, body)))
        except ReceiverError as error:
            return self._refused(error, fields)
        announced = self._announce(fields, view)
        if ending is Ending.NOW or body.length_bytes != 0:
            try:
                view = self._uploads.append(
                    view.info_id,
                    0,
                    body,
                    checksum,
                    ending=ending,
                    acknowledge=_acknowledge(fields),
                )
            except ReceiverError as error:
                answer = self._refused(error, fields, view.info_id)
                if not _can_go_on(error, announced, body):
                    self._uploads.discard(view.info_id)
                    answer.headers.pop(H_OFFSET, None)
                return answer
        return self._accepted(view, 201)

    def append(self, upload_id: str) -> Response:
        """Append the content of a PATCH [4.4]."""
        fields, body = DraftFields.of(request.headers), request_body()
        try:
            self._standing.own(upload_id)
            if request.mimetype != PARTIAL_TYPE:
                detail = f"{request.mimetype!r} instead of {PARTIAL_TYPE}"
                raise ReceiverError(Code.UNSUPPORTED_TYPE, detail)
            view = self._append(upload_id, fields, body)
        except ReceiverError as error:
            if error.code is Code.LENGTH_EXCEEDED:
                self._uploads.discard(upload_id)
            return self._refused(error, fields, upload_id)
        return self._accepted(view, 204)

    def _append(self, upload_id: str, fields: DraftFields, body: Body) -> View:
        ending = _ending(fields)
        if fields.offset is None:
            raise ReceiverError(Code.BAD_REQUEST, f"{H_OFFSET} is missing")
        return self._uploads.append(
            upload_id,
            fields.offset,
            body,
            _checksum(),
            _length(fields, body, self._uploads.view(upload_id)),
            ending=ending,
            acknowledge=_acknowledge(fields),
        )

    def _announce(self, fields: DraftFields, view: View) -> bool:
        """Tell the sender the upload's address before its content is read [5]."""
        if fields.interop not in INTEROP_VERSIONS:
            return False
        headers = {
            H_INTEROP: str(fields.interop),
            "Location": self._standing.location(view),
            H_LIMIT: self._standing.limit(view),
        }
        return send_interim(INTERIM, headers)

    def _accepted(self, view: View, status: int) -> Response:
        """Answer what went well; a complete upload always in the same way, so also again."""
        if view.receipt is not None:
            answer = jsonify(receipt_json(view.receipt))
        else:
            answer = Response(status=status)
        if status == 201:
            answer.headers[H_ROUTE] = view.route.value
        if status == 201 or view.receipt is not None:
            answer.headers["Location"] = self._standing.location(view)
        return self.mark(self._standing.mark(answer, view), view)

    def mark(self, answer: Response, view: View) -> Response:
        """Tell whether an upload is complete, and its limits [4.3.2]."""
        answer.headers[H_COMPLETE] = format_complete(view.receipt is not None)
        answer.headers[H_LIMIT] = self._standing.limit(view)
        return answer

    def discover(self, answer: Response) -> Response:
        """Tell the limits of uploads to come, in answer to OPTIONS [4.1.4]."""
        answer.headers[H_LIMIT] = self._standing.limit(None)
        answer.headers["Accept-Patch"] = ACCEPT_PATCH
        return answer

    def _refused(
        self, error: ReceiverError, fields: DraftFields, upload_id: str | None = None
    ) -> Response:
        """Render a refusal in the words of the draft [7]."""
        if error.code is Code.LENGTH_EXCEEDED:  # 413 would mean: try less at a time
            error = ReceiverError(Code.LENGTH_INCONSISTENT, error.detail, **error.numbers)
        members: dict[str, object] = {}
        if error.code in TYPES:
            members["type"] = TYPES[error.code]
        if error.code is Code.OFFSET_MISMATCH:
            members["expected-offset"] = error.numbers["offset"]
            members["provided-offset"] = fields.offset
        answer = refusal(error, members)
        damaged = error.code is Code.DIGEST_MISMATCH
        live = self._uploads.registry.find(upload_id) if upload_id else None
        answer.headers[H_COMPLETE] = format_complete(damaged and live is None)
        if damaged and live is not None:
            answer.headers[H_OFFSET] = str(live.offset)
        if error.code is Code.TOO_LARGE:
            answer.headers[H_LIMIT] = self._standing.limit(None)
        if error.code is Code.UNSUPPORTED_TYPE:
            answer.headers["Accept-Patch"] = ACCEPT_PATCH
        return answer


def _can_go_on(error: ReceiverError, announced: bool, body: Body) -> bool:
    """Tell whether the sender of a refused creation knows its address, and may go on there.

    A line that was cut in the middle keeps what arrived: the answer may yet get through.
    """
    if error.code in (Code.LENGTH_EXCEEDED, Code.TOO_LARGE):
        return False
    return announced or (error.code is Code.BAD_REQUEST and not body.complete)


def _ending(fields: DraftFields) -> Ending:
    complete = fields.complete
    if complete is None and fields.interop == COMPLETES_SILENTLY and request.method == "PATCH":
        complete = True
    if complete is None:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_COMPLETE} is missing")
    return Ending.NOW if complete else Ending.LATER


def _creation(size_bytes: int | None) -> Creation:
    """Read the wish: name, kind and digests of the file."""
    metadata = {"filename": file_name(request.headers.get("Content-Disposition", ""))}
    if request.mimetype and request.mimetype != PARTIAL_TYPE:
        metadata["filetype"] = request.mimetype
    known = {name: value for name, value in metadata.items() if value}
    wanted = parse_creation(format_metadata(known), size_bytes, g.key.name)
    digests = tuple(
        f"{name} {digest.hex()}" for name, digest in whole_digests(request.headers).items()
    )
    return wanted._replace(held_open=True, digests=digests)


def _checksum() -> Checksum | None:
    for algorithm, digest in content_digests(request.headers).items():
        return Checksum(algorithm, digest)
    return None


def _created_length(fields: DraftFields, body: Body) -> int | None:
    """The length of an upload to be created [4.1.3], from either or both of its indicators."""
    if fields.offset:
        raise ReceiverError(Code.BAD_REQUEST, f"a new upload begins at 0, not {fields.offset}")
    length = _indicated(fields, body, 0)
    if length is not None and (body.length_bytes or 0) > length:
        raise ReceiverError(Code.LENGTH_INCONSISTENT, f"{body.length_bytes} bytes for {length}")
    return length


def _length(fields: DraftFields, body: Body, view: View) -> int | None:
    """The length of an upload as a request has it, when that can be so.

    Where the offset is wrong nothing else matters: that is found out later.

    Raises:
        ReceiverError: `length_exceeded`, `length_inconsistent`.
    """
    if fields.offset != view.offset:
        return fields.length
    end = view.offset + (body.length_bytes or 0)
    if view.receipt is None and view.size_bytes is not None and end > view.size_bytes:
        room = view.size_bytes - view.offset
        raise ReceiverError(Code.LENGTH_EXCEEDED, f"{end} bytes for {view.size_bytes}", limit=room)
    if view.receipt is not None and body.length_bytes != 0:
        return fields.length
    length = _indicated(fields, body, view.offset)
    if length is None or length == view.size_bytes:
        return length
    if view.size_bytes is not None or length < view.offset:
        known = view.size_bytes or view.offset
        raise ReceiverError(Code.LENGTH_INCONSISTENT, f"{length} bytes instead of {known}")
    return length


def _indicated(fields: DraftFields, body: Body, offset: int) -> int | None:
    end = None
    if fields.complete and body.length_bytes is not None:
        end = offset + body.length_bytes
    if fields.length is not None and end is not None and fields.length != end:
        raise ReceiverError(
            Code.LENGTH_INCONSISTENT, f"it ends at byte {end}, but its length is {fields.length}"
        )
    return end if fields.length is None else fields.length


def _acknowledge(fields: DraftFields) -> Callable[[int], None] | None:
    """Tell the sender now and then what it need not send again [5], if it takes interim answers."""
    if fields.interop not in INTEROP_VERSIONS:
        return None

    def tell(offset: int) -> None:
        send_interim(INTERIM, {H_INTEROP: str(fields.interop), H_OFFSET: str(offset)})

    return tell
