"""multipart/form-data, read part by part in small pieces; nothing is spooled anywhere.

The grammar (RFC 7578) is that of the library `multipart`; here is how bytes get into it and out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from flask import request
from multipart import MultipartError, MultipartSegment, PushMultipartParser
from werkzeug.http import parse_options_header

from receiver.errors import ReceiverError
from receiver.protocol import Code
from receiver.upload import Body

PIECE_BYTES = 128 * 1024
HEADER_BYTES = 16 * 1024
PARTS_MOST = 10_000

_Event: TypeAlias = MultipartSegment | bytes | None
"""The head of a part, some of its bytes, its end."""


class Part:
    """One file part as a body of unknown length; see `receiver.upload.Body`.

    Attributes:
        name: the file's name as the sender gave it.
    """

    length_bytes: int | None = None

    def __init__(self, form: Form, name: str, head: MultipartSegment) -> None:
        self.name = name
        self._head = head
        self._form = form
        self._rest = memoryview(b"")
        self._last = False
        self.received_bytes = 0

    def header(self, name: str) -> str | None:
        """Return one of the part's own headers."""
        found: str | None = self._head.header(name)
        return found

    @property
    def complete(self) -> bool:
        """All of the part has been read."""
        return self._last

    def readinto(self, buffer: memoryview) -> int:
        """Read some bytes; 0 at the end of the part, or of the line."""
        if not self._rest and not self._last:
            self._rest = memoryview(self._next_piece())
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self.received_bytes += count
        return count

    def content(self, most_bytes: int) -> bytes:
        """Read all of it at once.

        Raises:
            ReceiverError: `too_large` when there is more, `bad_request` when the line was cut.
        """
        pieces = []
        while piece := self._next_piece():
            pieces.append(piece)
            self.received_bytes += len(piece)
            if self.received_bytes > most_bytes:
                raise ReceiverError(
                    Code.TOO_LARGE, f"at most {most_bytes} bytes are taken so", limit=most_bytes
                )
        if not self._last:
            raise ReceiverError(Code.BAD_REQUEST, "the line was cut in the middle of a part")
        return b"".join(pieces)

    def _next_piece(self) -> bytes:
        """Return what comes next of it; nothing at the end of the part, or of the line."""
        try:
            event = self._form.next_event()
        except EOFError:
            return b""
        assert not isinstance(event, MultipartSegment)
        self._last = event is None
        return event or b""

    def stop(self) -> None:
        """End the body soon; called from another thread."""
        self._form.stop()


class Form:
    """The parts of a multipart body.

    Args:
        body: the body of the request.
        boundary: from its content type.

    Raises:
        ReceiverError: `bad_request`, when the boundary is none.
    """

    def __init__(self, body: Body, boundary: str) -> None:
        self._body = body
        try:
            self._parser = PushMultipartParser(
                boundary, max_header_size=HEADER_BYTES, max_segment_count=PARTS_MOST
            )
        except MultipartError as error:
            raise _malformed(error) from error
        self._events = self._parse()
        self._cut = False

    def stop(self) -> None:
        """End the body soon; called from another thread."""
        self._body.stop()

    def files(self) -> Iterator[Part]:
        """Yield the file parts in order; each is read, or passed over, before the next.

        Raises:
            ReceiverError: `bad_request`, when the body is malformed or cut.
        """
        while not self._parser.closed:
            try:
                head = self.next_event()
            except EOFError as error:
                raise ReceiverError(Code.BAD_REQUEST, "the line was cut in the form") from error
            if head is None:
                return
            assert isinstance(head, MultipartSegment)
            name = _file_name(head)
            part = Part(self, name or "", head)
            if name is not None:
                yield part
            self._pass_over(part)

    def _pass_over(self, part: Part) -> None:
        if part.complete:
            return
        rest = memoryview(bytearray(PIECE_BYTES))
        while part.readinto(rest):
            pass

    def next_event(self) -> _Event:
        """Return the next event; None at the end of a part, and of the form.

        Raises:
            EOFError: the line was cut.
            ReceiverError: `bad_request`, when the form is malformed.
        """
        try:
            event = next(self._events, None)
        except MultipartError as error:
            raise _malformed(error) from error
        if self._cut:
            raise EOFError
        return event

    def _parse(self) -> Iterator[_Event]:
        piece = memoryview(bytearray(PIECE_BYTES))
        while not self._parser.closed:
            count = self._body.readinto(piece)
            if not count and not self._body.complete:
                self._cut = True
                return
            yield from self._parser.parse(bytes(piece[:count]))


def _malformed(error: MultipartError) -> ReceiverError:
    return ReceiverError(Code.BAD_REQUEST, f"the form is malformed: {error}")


def _file_name(head: MultipartSegment) -> str | None:
    """Return the file's name; None for a field. Old clients write it as RFC 5987 has it."""
    if head.filename is None and "filename*" in (head.header("Content-Disposition") or ""):
        return parse_options_header(head.header("Content-Disposition"))[1].get("filename")
    found: str | None = head.filename
    return found


def request_form(body: Body) -> Form:
    """Return the form of this request.

    Raises:
        ReceiverError: `unsupported_type`, when it is no multipart/form-data with a boundary.
    """
    boundary = request.mimetype_params.get("boundary", "")
    if request.mimetype != "multipart/form-data" or not boundary:
        raise ReceiverError(Code.UNSUPPORTED_TYPE, "multipart/form-data is needed")
    return Form(body, boundary)
