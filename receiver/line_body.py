"""The body of one request, straight from the connection into the caller's buffer.

A cut line is told from a body's end by counting; a body is never collected. What may be said on
the line meanwhile is here too.
"""

from __future__ import annotations

import logging
import re
import select
import selectors
import socket
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from receiver.tls_line import TlsLine

STALL_TIMEOUT_S = 30.0
"""A connection without a byte for so long is given up; senders are told by the closed socket."""
DRAIN_BYTES = 64 * 1024
DRAIN_S = 0.1
TRAILER_LINES = 100
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r\n")
_log = logging.getLogger("receiver.http")


def answer_head(status: str, headers: Mapping[str, str]) -> bytes:
    """Write a status line and a header section (RFC 9112, 4 and 5)."""
    lines = (f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items()))
    return "\r\n".join((*lines, "", "")).encode("latin-1")


def takes_more(line: socket.socket) -> bool:
    """Tell whether a short write would not have to wait."""
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(line, selectors.EVENT_WRITE)
            return bool(selector.select(0))
    except (OSError, ValueError):
        return False


def _poll(line: socket.socket, event: int) -> Any:
    poll = select.poll()
    poll.register(line, event)
    return poll


class Line(Protocol):
    """What a body must know of its request.

    Attributes:
        conn: the connection: `rfile` (a buffered reader on a raw socket file) and `socket`.
        chunked_read: the body is chunked.
        body_bytes: its length, when it is not.
        uninvited: the sender waits for "100 Continue".
    """

    conn: Any
    chunked_read: bool
    body_bytes: int
    uninvited: bool

    def invite_body(self) -> None: ...


class LineBody:
    """See `receiver.upload.Body`.

    Args:
        request: whose body it is.
        turn: held while bytes are copied, so that a few threads work and the others wait.
    """

    def __init__(self, request: Line, turn: AbstractContextManager[object] | None = None) -> None:
        self._request = request
        self._turn = turn or nullcontext()
        self._file = request.conn.rfile
        self._chunked = bool(request.chunked_read)
        self._left = 0 if self._chunked else request.body_bytes
        self.length_bytes: int | None = None if self._chunked else self._left
        self.complete = not self._chunked and self._left == 0
        self.received_bytes = 0
        self.cut_off = False
        """Somebody stopped it before its end."""
        self._first_chunk = True
        self._stopped = False

    def readinto(self, buffer: memoryview) -> int:
        if self.complete or self._stopped or not buffer:
            return 0
        self._request.invite_body()
        try:
            return self._read_chunked(buffer) if self._chunked else self._read(buffer)
        except (OSError, ValueError) as error:
            _log.info("a body ended early: %s", error)
            self._stopped = True
            return 0

    @property
    def is_left(self) -> bool:
        """The sender has closed the line, as far as that can be told: no answer gets there."""
        if not hasattr(select, "POLLRDHUP"):
            return False
        return bool(_poll(self._request.conn.socket, select.POLLRDHUP).poll(0))

    @property
    def at_hand(self) -> bool:
        """There is something to read at once, as far as that can be told."""
        line = self._request.conn.socket
        if self._file.has_data() or (isinstance(line, TlsLine) and line.holds_bytes):
            return True
        return hasattr(select, "poll") and bool(_poll(line, select.POLLIN).poll(0))

    def _read(self, buffer: memoryview) -> int:
        count = self._receive(buffer[: self._left])
        self._left -= count
        self.complete = self._left == 0
        return count

    def _receive(self, buffer: memoryview) -> int:
        count = self._receive_some(buffer)
        self.received_bytes += count
        return count

    def _receive_some(self, buffer: memoryview) -> int:
        if self._file.has_data():
            data = self._file.read1(len(buffer))
            buffer[: len(data)] = data
            return len(data)
        if not self._await_bytes():
            return self._file.raw.readinto(buffer) or 0
        with self._turn:
            return self._file.raw.readinto(buffer) or 0

    def _await_bytes(self) -> bool:
        """Wait until bytes are there to be copied; False where that cannot be told (TLS, Windows).

        Raises:
            TimeoutError: none came in the line's own time.
        """
        line = self._request.conn.socket
        if not hasattr(select, "poll") or isinstance(line, TlsLine):
            return False
        patience_s = line.gettimeout()
        if not _poll(line, select.POLLIN).poll(None if patience_s is None else patience_s * 1000):
            raise TimeoutError("timed out")
        return True

    def _read_chunked(self, buffer: memoryview) -> int:
        """Chunked coding (RFC 9112, 7.1), a piece of a chunk at a time."""
        if not self._left:
            self._next_chunk()
            if self.complete:
                return 0
        count = self._receive(buffer[: self._left])
        self._left -= count
        return count

    def _next_chunk(self) -> None:
        if not self._first_chunk and self._line() != b"\r\n":
            raise ValueError("a chunk does not end where it said")
        self._first_chunk = False
        match = _CHUNK.fullmatch(self._line())
        if not match:
            raise ValueError("a chunk has no size")
        self._left = int(match[1], 16)
        if not self._left:
            self._skip_trailer()
            self.complete = True

    def _skip_trailer(self) -> None:
        for _ in range(TRAILER_LINES):
            line = self._line()
            if line == b"\r\n":
                return
            if not line.endswith(b"\r\n"):
                raise ValueError("the trailer is cut")
        raise ValueError("the trailer is too long")

    def _line(self) -> bytes:
        return bytes(self._file.readline(1024))

    def stop(self) -> None:
        self._stopped = True
        if self.complete:
            return
        self.cut_off = True
        try:
            self._request.conn.socket.shutdown(socket.SHUT_RD)
        except OSError as error:
            _log.debug("the connection was closed already: %s", error)

    def drain(self) -> bool:
        """Read away a short rest that comes at once; True when the connection can be used again."""
        if self.complete:
            return True
        if self._chunked or self._left > DRAIN_BYTES or self._request.uninvited:
            return False
        line, deadline = self._request.conn.socket, time.monotonic() + DRAIN_S
        stall_timeout_s = line.gettimeout()
        piece = memoryview(bytearray(8192))
        while (wait_s := deadline - time.monotonic()) > 0:
            line.settimeout(wait_s)
            if not self.readinto(piece):
                break
        line.settimeout(stall_timeout_s)
        return self.complete


class NoInput:
    """What `wsgi.input` is: empty. Bodies are read through `wherry.body`."""

    def read(self, size: int = -1) -> bytes:
        return b""

    def readline(self, size: int = -1) -> bytes:
        return b""
