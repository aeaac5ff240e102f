"""A TCP relay between a sender and a real receiver: counts, slows, stalls, cuts, answers itself."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

BLOCK_BYTES = 64 * 1024
HTML = b"<html><head><title>no</title></head><body>nginx</body></html>"


class Relay:
    """Forwards connections to 127.0.0.1:`port`. Begun by `with`, and ended by it.

    Attributes:
        up_bytes: bytes carried from senders to the receiver since the start.
        connections: how many were taken.
        posts: how many blocks began with a POST.
        slow_bytes_per_s: limit on each connection's way up; None for none.
        shared_bytes_per_s: limit on the way up of all connections together; None for none.
        answer_status: new connections are answered with an HTML page of this status, as proxies do.
        cut_after_bytes: a connection is broken once when `up_bytes` reaches this.
        err_after_bytes: a byte is carried as another one, once `up_bytes` has reached this.
        break_every_bytes, breaks: after so many bytes up, this is done to the connections; again
            and again.
        lose_request, lose_answer_to: the connection is broken once instead of carrying a request
            with these bytes in it, or the answer to it.
        on_loss: called right before one of the two is lost.
        refuse: new connections are closed at once.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        self._flowing = threading.Event()
        self._flowing.set()
        self.up_bytes = 0
        self.connections = 0
        self.posts = 0
        self.slow_bytes_per_s: float | None = None
        self.shared_bytes_per_s: float | None = None
        self._sharing = threading.Lock()
        self.answer_status: int | None = None
        self.cut_after_bytes: int | None = None
        self.err_after_bytes: int | None = None
        self.break_every_bytes: int | None = None
        self.breaks: Callable[[Relay], None] = Relay.cut
        self._broken_at = 0
        self.lose_request: bytes | None = None
        self.lose_answer_to: bytes | None = None
        self.on_loss: Callable[[], None] = _nothing
        self._loses_next = False
        self.refuse = False
        self.port = int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._flowing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def stall(self) -> None:
        """Stop reading from senders; the connections stay."""
        self._flowing.clear()

    def flow(self) -> None:
        """Undo `stall`."""
        self._flowing.set()

    def cut(self) -> None:
        """Break all connections."""
        with self._lock:
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Break all connections as a machine does that has forgotten them (RST)."""
        with self._lock:
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cut()

    def half_close(self) -> None:
        """End the way up of all connections in the polite way (FIN); the way down stays open."""
        with self._lock:
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RD)

    def wait_idle(self, within_s: float = 20.0) -> None:
        """Wait until what is in flight on ended connections has been carried too."""
        with self._idle:
            assert self._idle.wait_for(lambda: not self._sockets, within_s)

    def _begin(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.refuse:
                client.close()
            elif self.answer_status is not None:
                self._begin(self._answer, client, self.answer_status)
            else:
                self._join(client)

    def _join(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target), 5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        with self._lock:
            self._sockets |= {client, server}
        down = threading.Thread(target=self._carry, args=(server, client, False))
        down.start()
        self._threads.append(down)
        self._begin(self._carry_up, client, server, down)

    def _carry_up(
        self, client: socket.socket, server: socket.socket, down: threading.Thread
    ) -> None:
        self._carry(client, server, True)
        down.join()
        with self._lock:
            self._sockets -= {client, server}
            self._idle.notify_all()
        client.close()
        server.close()

    def _carry(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        """Carry one direction to its end.

        A receiver that refuses closes before it has read everything: what else comes up is read
        away, as proxies do, and the way down stays open for its answer. To close instead would
        leave a sender waiting that was told there is no room (a window of zero).
        """
        with contextlib.suppress(OSError):
            while data := self._next(source, up):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError):
            while source.recv(BLOCK_BYTES):
                pass

    def _next(self, source: socket.socket, up: bool) -> bytes:
        if up:
            self._flowing.wait()
        data = source.recv(BLOCK_BYTES)
        if up and self.lose_answer_to is not None and self.lose_answer_to in data:
            self.lose_answer_to, self._loses_next = None, True
        self.posts += up and data.startswith(b"POST ")
        loses = not up and self._loses_next
        if up and self.lose_request is not None and self.lose_request in data:
            self.lose_request, loses = None, True
        if loses:
            self._loses_next &= up
            self.on_loss()
            self.cut()
            return b""
        if up and data and not self._admit(len(data)):
            self.cut()
            return b""
        return self._perhaps_other(data) if up else data

    def _perhaps_other(self, data: bytes) -> bytes:
        """A full block ends within a body."""
        limit = self.err_after_bytes
        if limit is None or self.up_bytes < limit or len(data) < BLOCK_BYTES:
            return data
        self.err_after_bytes = None
        return data[:-1] + bytes([data[-1] ^ 1])

    def _admit(self, size_bytes: int) -> bool:
        """Count, slow down, and tell whether the connection is to live on."""
        with self._lock:
            self.up_bytes += size_bytes
            limit = self.cut_after_bytes
            if limit is not None and self.up_bytes >= limit:
                self.cut_after_bytes = None
                return False
            every = self.break_every_bytes
            breaks = every is not None and self.up_bytes >= self._broken_at + every
            if breaks:
                self._broken_at = self.up_bytes
        if breaks:
            self.breaks(self)
        with self._sharing:
            shared = self.shared_bytes_per_s
            self._closing.wait(size_bytes / shared if shared else 0)
        slow = self.slow_bytes_per_s
        self._closing.wait(size_bytes / slow if slow else 0)
        return True

    def _answer(self, client: socket.socket, status: int) -> None:
        with client, contextlib.suppress(OSError):
            with self._lock:
                self._sockets.add(client)
            _read_request(client)
            head = (
                f"HTTP/1.1 {status} Relay\r\nServer: nginx\r\nContent-Type: text/html\r\n"
                f"Content-Length: {len(HTML)}\r\nConnection: close\r\n\r\n"
            )
            client.sendall(head.encode() + HTML)
            client.shutdown(socket.SHUT_WR)
            _drain(client)
        with self._lock:
            self._sockets.discard(client)


def _nothing() -> None:
    """What is done before a loss where nobody asks for more."""


def _read_request(client: socket.socket) -> None:
    client.settimeout(5)
    seen = b""
    while b"\r\n\r\n" not in seen:
        block = client.recv(BLOCK_BYTES)
        if not block:
            return
        seen += block


def _drain(client: socket.socket) -> None:
    """Read the rest, or closing would reset the connection and take the answer with it."""
    until = time.monotonic() + 2
    while time.monotonic() < until and client.recv(BLOCK_BYTES):
        pass
