"""multipart/form-data, read part by part in small pieces; nothing is spooled anywhere.

The grammar is Werkzeug's sans-I/O decoder's (RFC 7578); here is how bytes get into it and out.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from receiver.errors import ReceiverError
from receiver.protocol import Code
from receiver.upload import Body

PIECE_BYTES = 64 * 1024
HELD_BYTES = 4 * PIECE_BYTES
PARTS_MOST = 10_000


class Part:
    """One file part as a body of unknown length; see `receiver.upload.Body`.

    Attributes:
        name: the file's name as the sender gave it.
        headers: the part's own headers.
    """

    length_bytes: int | None = None

    def __init__(self, form: Form, name: str, headers: Headers) -> None:
        self.name = name
        self.headers = headers
        self._form = form
        self._rest = memoryview(b"")
        self._last = False

    @property
    def complete(self) -> bool:
        """All of the part has been read."""
        return self._last and not self._rest

    def readinto(self, buffer: memoryview) -> int:
        """Read some bytes; 0 at the end of the part, or of the line."""
        while not self._rest and not self._last:
            event = self._form.next_event()
            if not isinstance(event, Data):
                return 0
            self._rest = memoryview(event.data)
            self._last = not event.more_data
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def stop(self) -> None:
        """End the body soon; called from another thread."""
        self._form.stop()


class Form:
    """The parts of a multipart body.

    Args:
        body: the body of the request.
        boundary: from its content type.
    """

    def __init__(self, body: Body, boundary: bytes) -> None:
        self._body = body
        self._decoder = MultipartDecoder(boundary, HELD_BYTES, max_parts=PARTS_MOST)
        self._piece = bytearray(PIECE_BYTES)

    def stop(self) -> None:
        """End the body soon; called from another thread."""
        self._body.stop()

    def files(self) -> Iterator[Part]:
        """Yield the file parts in order; each is read, or passed over, before the next.

        Raises:
            ReceiverError: `bad_request`, when the body is malformed or cut.
        """
        while True:
            event = self.next_event()
            if event is None:
                raise ReceiverError(Code.BAD_REQUEST, "the line was cut in the middle of the form")
            if isinstance(event, Epilogue):
                return
            if isinstance(event, File):
                part = Part(self, event.filename, event.headers)
                yield part
                self._pass_over(part)
            elif isinstance(event, Field):
                self._pass_over(Part(self, "", event.headers))

    def _pass_over(self, part: Part) -> None:
        rest = memoryview(bytearray(PIECE_BYTES))
        while not part.complete and part.readinto(rest):
            pass

    def next_event(self) -> Event | None:
        """Return the next event; None when the line was cut."""
        try:
            while isinstance(event := self._decoder.next_event(), NeedData):
                count = self._body.readinto(memoryview(self._piece))
                if not count and not self._body.complete:
                    return None
                self._decoder.receive_data(bytes(self._piece[:count]) if count else None)
        except (ValueError, RequestEntityTooLarge) as error:
            raise ReceiverError(Code.BAD_REQUEST, f"the form is malformed: {error}") from error
        return event


def request_form(body: Body) -> Form:
    """Return the form of this request.

    Raises:
        ReceiverError: `unsupported_type`, when it is no multipart/form-data with a boundary.
    """
    boundary = request.mimetype_params.get("boundary", "")
    if request.mimetype != "multipart/form-data" or not boundary:
        raise ReceiverError(Code.UNSUPPORTED_TYPE, "multipart/form-data is needed")
    return Form(body, boundary.encode("latin-1", "replace"))
