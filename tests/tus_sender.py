"""A small tus sender on plain sockets: it can do what no decent client does, such as hang up."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from receiver.digests import new_hasher
from receiver.protocol import UPLOAD_TYPE, format_checksum, format_metadata
from tests.receiver_process import ReceiverProcess

TIMEOUT_S = 20.0
PIECE_BYTES = 1 << 20

Headers = Mapping[str, str]


def eventually(holds: Callable[[], object], within_s: float = TIMEOUT_S) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s} s")
        time.sleep(0.01)


def checksum_of(data: bytes, algorithm: str = "blake3") -> str:
    """Return the Upload-Checksum header of a window."""
    hasher = new_hasher(algorithm)
    hasher.update(memoryview(data))
    return format_checksum(algorithm, hasher.digest())


def chunked(*chunks: bytes) -> bytes:
    """Write a body in the chunked coding (RFC 9112, 7.1)."""
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in chunks) + b"0\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """The RFC 9457 problem document of a refusal."""
        assert self.headers["content-type"] == "application/problem+json", self
        document: dict[str, Any] = json.loads(self.body)
        assert document["status"] == self.status
        return document

    @property
    def code(self) -> str:
        return str(self.problem["code"])

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])

    @property
    def path(self) -> str:
        """The path of the Location header."""
        return urlsplit(self.headers["location"]).path

    @property
    def stored_name(self) -> str:
        """The path below the receiver's folder, once the upload is whole."""
        return unquote(self.headers["wherry-stored-name"])


class Line:
    """One connection to a receiver."""

    def __init__(self, port: int, key: str | None, source: str = "127.0.0.1") -> None:
        self.key = key
        self.socket = socket.create_connection(
            ("127.0.0.1", port), timeout=TIMEOUT_S, source_address=(source, 0)
        )
        self._file = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up in the polite way (FIN)."""
        self._file.close()
        self.socket.close()

    def reset(self) -> None:
        """Hang up as a crashed machine does (RST)."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def start_tls(self, name: str | None = None) -> None:
        """Go on in TLS with the server of this name, whatever certificate it shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self._file.close()
        self.socket = context.wrap_socket(self.socket, server_hostname=name)
        self._file = self.socket.makefile("rb")

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def head(
        self, method: str, path: str, headers: Headers | None = None, version: str = "1.1"
    ) -> bytes:
        """Request line and header section; nothing is added but Host and the key."""
        found = {"Host": "receiver.example"} if version == "1.1" else {}
        if self.key is not None:
            found["Authorization"] = f"Bearer {self.key}"
        found.update(headers or {})
        lines = [f"{method} {path} HTTP/{version}", *(f"{k}: {v}" for k, v in found.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def send_head(
        self, method: str, path: str, headers: Headers | None = None, version: str = "1.1"
    ) -> None:
        """Send request line and header section, and leave the body to the caller."""
        self.send(self.head(method, path, headers, version))

    def read_answer(self, method: str = "GET") -> Answer:
        """Read one answer; an interim one (1xx) is an answer of its own."""
        status_line = self._file.readline().decode("latin-1").rstrip("\r\n")
        if not status_line:
            raise ConnectionError("hung up without an answer")
        _, status, reason = (status_line + " ").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := self._file.readline().decode("latin-1").rstrip("\r\n")) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Answer(
            int(status), reason.strip(), headers, self._body(method, int(status), headers)
        )

    def _body(self, method: str, status: int, headers: dict[str, str]) -> bytes:
        if method == "HEAD" or status in (204, 304) or status < 200:
            return b""
        if "content-length" in headers:
            return self._file.read(int(headers["content-length"]))
        return self._file.read()

    def ask(
        self,
        method: str,
        path: str,
        headers: Headers | None = None,
        body: bytes = b"",
        version: str = "1.1",
    ) -> Answer:
        """Send one request with Content-Length and read its answer."""
        found = dict(headers or {})
        if (body or method in ("POST", "PATCH")) and "Transfer-Encoding" not in found:
            found["Content-Length"] = str(len(body))
        head = self.head(method, path, found, version)
        if len(body) < PIECE_BYTES:
            self.send(head + body)
        else:
            self.send(head)
            self.send(body)
        return self.read_answer(method)

    def hung_up(self) -> bool:
        """Wait for the other side to close; False when it sends something instead."""
        try:
            return self._file.read(1) == b""
        except ConnectionError:
            return True


class TusSender:
    """Speaks tus 1.0.0 to one receiver, a new connection for each request."""

    def __init__(self, receiver: ReceiverProcess, key: str | None = None) -> None:
        self._receiver = receiver
        self.key = key or receiver.key

    def line(self, key: str | None = None, source: str = "127.0.0.1") -> Line:
        return Line(self._receiver.port, key or self.key, source)

    def ask(
        self, method: str, path: str, headers: Headers | None = None, body: bytes = b""
    ) -> Answer:
        """Send a request with Tus-Resumable; a header that is "" is left out."""
        found = {"Tus-Resumable": "1.0.0", **(headers or {})}
        with self.line() as line:
            return line.ask(method, path, {k: v for k, v in found.items() if v}, body)

    def post(self, headers: Headers | None = None, body: bytes = b"") -> Answer:
        kind = {"Content-Type": UPLOAD_TYPE} if body else {}
        return self.ask("POST", "/files", {**kind, **(headers or {})}, body)

    def create(self, size_bytes: int, name: str = "", **metadata: str) -> str:
        """Create an upload and return its path."""
        if name:
            metadata["filename"] = name
        header = {"Upload-Metadata": format_metadata(metadata)} if metadata else {}
        answer = self.post({"Upload-Length": str(size_bytes), **header})
        assert answer.status == 201, answer
        return answer.path

    def patch(
        self,
        path: str,
        offset: int,
        data: bytes,
        checksum: str | None = None,
        headers: Headers | None = None,
    ) -> Answer:
        found = patch_headers(offset, checksum=checksum)
        return self.ask("PATCH", path, {**found, **(headers or {})}, data)

    def head(self, path: str) -> Answer:
        return self.ask("HEAD", path)

    def offset(self, path: str) -> int:
        return self.head(path).offset

    def delete(self, path: str) -> Answer:
        return self.ask("DELETE", path)

    def begin_patch(
        self, path: str, offset: int, length: int, data: bytes = b"", checksum: str | None = None
    ) -> Line:
        """Begin a PATCH of `length` bytes, send `data` of it, and leave the line as it is."""
        with ExitStack() as failing:
            line = failing.enter_context(self.line())
            line.send_head("PATCH", path, patch_headers(offset, length, checksum))
            line.send(data)
            failing.pop_all()
        return line

    def send(self, data: bytes, name: str = "", window_bytes: int = PIECE_BYTES) -> str:
        """Upload all of `data` in checked windows; return the upload's path."""
        path = self.create(len(data), name)
        for offset in range(0, len(data), window_bytes):
            window = data[offset : offset + window_bytes]
            answer = self.patch(path, offset, window, checksum_of(window))
            assert answer.status == 204, answer
        return path


def patch_headers(
    offset: int, length: int | None = None, checksum: str | None = None
) -> dict[str, str]:
    """The headers of a PATCH (tus, Core, PATCH)."""
    found = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": UPLOAD_TYPE,
        "Upload-Offset": str(offset),
    }
    if length is not None:
        found["Content-Length"] = str(length)
    if checksum is not None:
        found["Upload-Checksum"] = checksum
    return found


def base64_of(text: str) -> str:
    """Encode a metadata value."""
    return base64.b64encode(text.encode()).decode()
