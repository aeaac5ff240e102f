"""A small sender of the IETF draft "Resumable Uploads for HTTP", on the lines of tus_sender.py."""

from __future__ import annotations

import base64
import hashlib

from blake3 import blake3

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, Headers, Line

PARTIAL_TYPE = "application/partial-upload"
INTEROP = {"Upload-Draft-Interop-Version": "9"}
PROBLEMS = "https://iana.org/assignments/http-problem-types#"


def flag(complete: bool) -> str:
    """Write a Boolean (RFC 9651, 3.3.6)."""
    return "?1" if complete else "?0"


def sha256_field(data: bytes) -> str:
    """Write a digest field (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def blake3_field(data: bytes) -> str:
    """The same with the receiver's own digest."""
    return f"blake3=:{base64.b64encode(blake3(data).digest()).decode()}:"


def append_headers(offset: int, complete: bool, length: int | None = None) -> dict[str, str]:
    """The headers of a PATCH (draft, 4.4)."""
    found = {
        "Content-Type": PARTIAL_TYPE,
        "Upload-Offset": str(offset),
        "Upload-Complete": flag(complete),
    }
    if length is not None:
        found["Content-Length"] = str(length)
    return found


class DraftSender:
    """Speaks the draft to one receiver, a new connection for each request.

    Args:
        receiver: the receiver.
        headers: sent with each request.
    """

    def __init__(self, receiver: ReceiverProcess, headers: Headers | None = None) -> None:
        self._receiver = receiver
        self._headers = dict(headers or {})

    def line(self) -> Line:
        return Line(self._receiver.port, self._receiver.key)

    def ask(
        self, method: str, path: str, headers: Headers | None = None, body: bytes = b""
    ) -> Answer:
        """Send one request and read its final answer; a header that is "" is left out."""
        found = {**self._headers, **(headers or {})}
        with self.line() as line:
            answer = line.ask(method, path, {k: v for k, v in found.items() if v}, body)
            while answer.status < 200:
                answer = line.read_answer(method)
            return answer

    def create(
        self, data: bytes = b"", complete: bool = False, headers: Headers | None = None
    ) -> Answer:
        return self.ask(
            "POST", "/files", {"Upload-Complete": flag(complete), **(headers or {})}, data
        )

    def begin(self, data: bytes = b"", length: int | None = None, name: str = "") -> str:
        """Create an upload that is not complete, and return its path."""
        headers = {"Upload-Length": str(length)} if length is not None else {}
        if name:
            headers["Content-Disposition"] = f'inline; filename="{name}"'
        answer = self.create(data, headers=headers)
        assert answer.status == 201, answer
        return answer.path

    def append(
        self,
        path: str,
        offset: int,
        data: bytes = b"",
        complete: bool = False,
        headers: Headers | None = None,
    ) -> Answer:
        return self.ask(
            "PATCH", path, {**append_headers(offset, complete), **(headers or {})}, data
        )

    def begin_append(
        self, path: str, offset: int, length: int, data: bytes, complete: bool = True
    ) -> Line:
        """Begin a PATCH of `length` bytes, send `data` of it, and leave the line as it is."""
        line = self.line()
        line.send_head("PATCH", path, {**self._headers, **append_headers(offset, complete, length)})
        line.send(data)
        return line

    def head(self, path: str) -> Answer:
        return self.ask("HEAD", path)

    def offset(self, path: str) -> int:
        return self.head(path).offset
