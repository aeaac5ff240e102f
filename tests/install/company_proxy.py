"""A small HTTP proxy as companies have one: for tunnels and for plain requests, with a password."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
import urllib.parse
from types import TracebackType
from typing import Self

BLOCK_BYTES = 64 * 1024
OWN = ("Proxy-", "Connection:")
PREFIX = "Proxy-Authorization: Basic "


class CompanyProxy:
    """Leads every name to this computer. Begun by `with`, and ended by it.

    Attributes:
        connections: how many were let through.
        users: who came, as "name:password".
    """

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.connections = 0
        self.users: set[str] = set()

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        for one in (self._listener, *self._sockets):
            one.close()

    def _begin(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                self._sockets.append(client)
                self._begin(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            head, body = self._head(client)
            lines = head.split("\r\n")
            users = [line.removeprefix(PREFIX) for line in lines if line.startswith(PREFIX)]
            if not users:
                client.sendall(b"HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n\r\n")
                client.shutdown(socket.SHUT_RDWR)
                return
            self.users.add(base64.b64decode(users[0]).decode())
            self.connections += 1
            method, target, _ = lines[0].split(" ")
            parts = urllib.parse.urlsplit(f"//{target}" if method == "CONNECT" else target)
            server = socket.create_connection(("127.0.0.1", parts.port or 80), 10)
            server.settimeout(None)
            self._sockets.append(server)
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                kept = [line for line in lines[1:] if not line.startswith(OWN)]
                path = urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))
                first = f"{method} {path} HTTP/1.1\r\nConnection: close"
                server.sendall("\r\n".join([first, *kept, "", ""]).encode("latin-1"))
            server.sendall(body)
            self._begin(_carry, server, client)
            _carry(client, server)

    def _head(self, client: socket.socket) -> tuple[str, bytes]:
        seen = b""
        while b"\r\n\r\n" not in seen:
            block = client.recv(BLOCK_BYTES)
            if not block:
                raise ConnectionError
            seen += block
        head, _, body = seen.partition(b"\r\n\r\n")
        return head.decode("latin-1"), body


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(BLOCK_BYTES):
            target.sendall(block)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
