"""One connection to a server on which a request can be sent piece by piece, and left half sent.

For looking at what stands between; files are sent by desktop/transfer.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.client
import io
import os
import socket
import ssl
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desktop.transfer.api import Server
from desktop.transfer.connection import proxies_of
from receiver.protocol import H_TUS_RESUMABLE, PROBLEM_TYPE, TUS_VERSION

CONNECT_S = 8.0
ANSWER_S = 90.0
PIECE_BYTES = 64 * 1024
NOISE = os.urandom(PIECE_BYTES)
"""What bodies are filled with: nothing in between can make it smaller."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        status: of HTTP.
        headers: names in lower case; what comes twice is joined by ", ".
        from_receiver: the receiver itself has answered, no proxy in its place.
    """

    status: int
    headers: Mapping[str, str]

    @property
    def from_receiver(self) -> bool:
        return self.headers.get("content-type", "").startswith(PROBLEM_TYPE) or (
            H_TUS_RESUMABLE.lower() in self.headers
        )

    @property
    def proxy(self) -> str:
        """What names itself in the answer, such as "nginx/1.22.1"; "" for the receiver alone."""
        named = self.headers.get("via", "").rpartition(" ")[2]
        servers = self.headers.get("server", "").split(", ")
        return named or next((one for one in servers if not one.startswith("Wherry")), "")


class RawLine:
    """A connection to a server for one request; the server's key goes along with it.

    Raises:
        OSError: it cannot be reached, or shows another certificate (ssl.SSLError).
    """

    def __init__(self, server: Server) -> None:
        parts = urllib.parse.urlsplit(server.url)
        self._host = parts.netloc
        self._base = parts.path.rstrip("/")
        self._key = server.key
        self._received = b""
        self._ended = False
        secure = parts.scheme == "https"
        address = _address(parts, 443 if secure else 80)
        found = proxies_of(server.url)
        proxy = urllib.parse.urlsplit(found.get(parts.scheme) or found.get("all") or "")
        self._line = socket.create_connection(
            _address(proxy, 80) if proxy.hostname else address, CONNECT_S
        )
        self._line.settimeout(ANSWER_S)
        self._to_proxy = _credentials(proxy)
        if secure:
            if proxy.hostname:
                self._tunnel(f"{address[0]}:{address[1]}")
            self._line = self._secured(self._line, address[0], server.pin)
        elif proxy.hostname:  # it is asked for the whole address (RFC 9112, 3.2.2)
            self._base = server.url.rstrip("/")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def _tunnel(self, target: str) -> None:
        """Have a proxy lead on to the server (RFC 9110, 9.3.6)."""
        fields = {"Host": target, **self._to_proxy}
        self._to_proxy = {}
        try:
            self._send_head(f"CONNECT {target}", fields)
            status = self.reply().status
        except OSError:
            self._line.close()
            raise
        if status != 200:
            self._line.close()
            raise ConnectionError(f"the proxy answers {status}")

    def _send_head(self, request: str, fields: Mapping[str, str]) -> None:
        lines = [f"{request} HTTP/1.1", *(f"{name}: {text}" for name, text in fields.items())]
        self._line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def _secured(self, line: socket.socket, host: str, pin: str) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE"))
        if pin:  # it is the certificate itself that counts, whoever signed it
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        try:
            secured = context.wrap_socket(line, server_hostname=host)
        except OSError:
            line.close()
            raise
        shown = hashlib.sha256(secured.getpeercert(binary_form=True) or b"").hexdigest()
        if pin and shown != pin:
            secured.close()
            raise ssl.SSLError("another certificate than the link says")
        return secured

    def begin(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Send the head of a request; its body is the caller's to send."""
        fields = {
            "Host": self._host,
            "Authorization": f"Bearer {self._key}",
            H_TUS_RESUMABLE: TUS_VERSION,
            "Connection": "close",
            **self._to_proxy,
            **headers,
        }
        self._send_head(f"{method} {self._base}{path}", fields)

    def send(self, size_bytes: int) -> None:
        """Send a piece of the body, of noise."""
        noise = memoryview(NOISE)
        for start in range(0, size_bytes, PIECE_BYTES):
            self._line.sendall(noise[: size_bytes - start])

    def cut(self) -> None:
        """End what is on the wire at once; from any thread."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def answered(self, within_s: float) -> bool:
        """Wait for the other side to answer or to hang up; what came is kept for `reply`."""
        self._line.settimeout(max(within_s, 1e-3))
        try:
            piece = self._line.recv(PIECE_BYTES)
        except TimeoutError:
            return False
        except OSError:
            piece = b""
        finally:
            self._line.settimeout(ANSWER_S)
        self._received += piece
        self._ended = not piece
        return True

    def reply(self) -> Reply:
        """Read the head of the final answer.

        Raises:
            OSError: there is none.
        """
        while True:
            while b"\r\n\r\n" not in self._received:
                if self._ended or not self.answered(ANSWER_S):
                    raise ConnectionError("no answer")
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            start, _, fields = head.partition(b"\r\n")
            status = start.split(b" ")[1] if start.count(b" ") else b""
            if not status.isdigit():
                raise ConnectionError("no answer of HTTP")
            if int(status) >= 200:
                found = http.client.parse_headers(io.BytesIO(fields + b"\r\n\r\n"))
                names = {name.lower() for name in found}
                return Reply(
                    int(status), {name: ", ".join(found.get_all(name, ())) for name in names}
                )

    def ask(self, method: str, path: str, headers: Mapping[str, str], size_bytes: int = 0) -> Reply:
        """Send a whole request and read its answer, also where the body was not wanted."""
        self.begin(method, path, {**headers, "Content-Length": str(size_bytes)})
        with contextlib.suppress(OSError):  # hung up on: it may have said why
            self.send(size_bytes)
        return self.reply()


def _address(parts: urllib.parse.SplitResult, default_port: int) -> tuple[str, int]:
    return parts.hostname or "", parts.port or default_port


def _credentials(proxy: urllib.parse.SplitResult) -> dict[str, str]:
    """Return what a proxy wants to see where its address names a user (RFC 7617)."""
    if not proxy.username:
        return {}
    user, password = (urllib.parse.unquote(one or "") for one in (proxy.username, proxy.password))
    told = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    return {"Proxy-Authorization": f"Basic {told}"}
