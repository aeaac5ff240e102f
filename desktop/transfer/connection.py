"""The line to one server: blocks of 1 MiB, two separate patiences, and a cut from outside.

Knows sockets and urllib3, nothing of uploads.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import ssl
import urllib.parse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from receiver.tls_line import TlsLine

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from urllib3.response import HTTPResponse

BLOCK_BYTES = 1 << 20
"""urllib3 reads a body in 16 KiB pieces unless told; 1 MiB doubles the speed."""

CONNECT_S = 8.0
"""Patience for connecting. `requests` has one value for connecting and for writing the body: a
short one gives up on a receiver that does not read for a while, a long one hangs on a machine
that is switched off. So each connection connects with this one and writes with the other."""

STALL_S = 30.0
"""After so long without a byte confirmed, a new connection."""

_LOOPBACK = ("localhost", "127.", "[::1]", "::1")


_CLOSED = getattr(select, "POLLRDHUP", 0)
"""The other side will send nothing more; where a system cannot tell, the patience ends it."""

_CONTINUE = b"HTTP/1.1 100"
"""Alone of what may come while a body is sent this is no answer to it (RFC 9110, 15.2.1)."""


class _HeedfulLine(socket.socket):
    """A line on which sending ends when the other side has answered before, or has closed.

    A sender should look while it sends (RFC 9112, 9.5). One that does not sends the rest of its
    body for nothing, or waits for room that never comes.

    Attributes:
        heeds: the events that are looked for.
        refused: the body was not sent to its end; nothing else can be sent on this line.
    """

    heeds = 0
    refused = False

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Send it all.

        Raises:
            BrokenPipeError: the other side wants no more; its answer may be there.
            TimeoutError: nothing has gone out for the time that was set.
            OSError: the line has failed.
        """
        if not hasattr(select, "poll"):
            super().sendall(data, flags)
            return
        patience_s = self.gettimeout()
        patience_ms = None if patience_s is None else patience_s * 1000
        events = select.poll()
        events.register(self, select.POLLOUT | self.heeds)
        rest = memoryview(data)
        while rest:
            ready = events.poll(patience_ms)
            if not ready:
                raise TimeoutError("timed out")
            if ready[0][1] & self.heeds:
                if self.wants_no_more():
                    self.refused = True
                    raise BrokenPipeError("the other side wants no more")
                events.modify(self, select.POLLOUT)
            if ready[0][1] & ~self.heeds:
                rest = rest[socket.socket.send(self, rest, flags) :]

    def wants_no_more(self) -> bool:
        """Tell what it means that there is something to heed."""
        return True


class _PlainLine(_HeedfulLine):
    """Without TLS an answer can be seen, too."""

    heeds = _CLOSED | getattr(select, "POLLIN", 0)

    def wants_no_more(self) -> bool:
        return not self.recv(len(_CONTINUE), socket.MSG_PEEK).startswith(_CONTINUE)


class _SecureLine(TlsLine, _HeedfulLine):
    """Under TLS what comes need not be an answer: only the end of the line can be seen."""

    def shake_hands(self) -> None:
        super().shake_hands()
        self.heeds = _CLOSED


class _Latest:
    """The connection that was opened last; one at a time is in use."""

    def __init__(self) -> None:
        self.connection: HTTPConnection | None = None

    def connect(self, connection: HTTPConnection, connect: Callable[[], None]) -> None:
        """Connect with `CONNECT_S`, then give the connection its own patience back."""
        self.connection = connection
        patience = connection.timeout
        own = patience if isinstance(patience, int | float) else None
        connection.timeout = CONNECT_S if own is None else min(CONNECT_S, own)
        try:
            connect()
        finally:
            connection.timeout = patience
        connection.sock.settimeout(own)


def _pool_classes(latest: _Latest) -> dict[str, Any]:
    class Followed(HTTPConnection):
        def connect(self) -> None:
            latest.connect(self, super().connect)

        def getresponse(self) -> Any:
            return _last_if_refused(self, super().getresponse())

    class Plain(Followed):
        def _new_conn(self) -> socket.socket:
            plain = super()._new_conn()
            return _PlainLine(plain.family, plain.type, plain.proto, plain.detach())

    class Secure(Followed, HTTPSConnection):
        pass

    plain = type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain})
    secure = type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure})
    return {"http": plain, "https": secure}


def _last_if_refused(connection: HTTPConnection, answer: HTTPResponse) -> HTTPResponse:
    """Let the line go with this answer where the other side may still wait for the body's rest."""
    if getattr(connection.sock, "refused", False):
        connection.sock.close()  # as soon as the answer has been read
        connection.sock = None
    return answer


class _LineContext(ssl.SSLContext):
    """Makes lines that encrypt a piece of a body as a whole."""

    def wrap_socket(self, sock: socket.socket, *_: Any, **keywords: Any) -> Any:
        line = _SecureLine(sock, self, server_hostname=keywords["server_hostname"])
        try:
            line.shake_hands()
        except OSError:
            line.close()
            raise
        return line


def _context(pinned: bool) -> ssl.SSLContext:
    """Make a context that is as strict as urllib3's own; a pin is compared by urllib3."""
    own = create_urllib3_context(cert_reqs=ssl.CERT_NONE if pinned else ssl.CERT_REQUIRED)
    context = _LineContext(ssl.PROTOCOL_TLS_CLIENT)
    for rule in ("options", "minimum_version", "verify_flags", "check_hostname", "verify_mode"):
        setattr(context, rule, getattr(own, rule))
    return context


def _signs_of_life() -> list[tuple[int, int, int]]:
    """Have the system give up a line on which the other side confirms nothing for `STALL_S`.

    TCP_USER_TIMEOUT (RFC 5482) for bytes that are on their way, keep-alives (RFC 9293, 3.8.4) while
    an answer is awaited: a receiver that takes its time confirms those, one that is gone does not.
    """
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    quarter_s = int(STALL_S / 4)
    wanted = {"TCP_KEEPIDLE": quarter_s, "TCP_KEEPINTVL": quarter_s, "TCP_KEEPCNT": 3}
    wanted["TCP_USER_TIMEOUT"] = int(STALL_S * 1000)
    for name, value in wanted.items():
        if hasattr(socket, name):
            options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    return options


class Adapter(HTTPAdapter):
    """Carries bodies in blocks of 1 MiB; never tries again by itself; can be cut."""

    def __init__(self, pin: str = "") -> None:
        self._latest = _Latest()
        self._options: dict[str, Any] = {
            "blocksize": BLOCK_BYTES,
            "ssl_context": _context(bool(pin)),
            "socket_options": [*HTTPConnection.default_socket_options, *_signs_of_life()],
        }
        if pin:
            self._options["assert_fingerprint"] = pin
        self._classes = _pool_classes(self._latest)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **keywords: Any) -> None:
        super().init_poolmanager(*arguments, **{**keywords, **self._options})
        self.poolmanager.pool_classes_by_scheme = self._classes

    def proxy_manager_for(self, proxy: str, **keywords: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **{**keywords, **self._options})
        manager.pool_classes_by_scheme = self._classes
        return manager

    def cut(self) -> None:
        """End what is on the wire at once; may be called from any thread.

        The socket's own shutdown, also under TLS: the line belongs to the thread that uses it.
        """
        connection = self._latest.connection
        sock: socket.socket | None = connection.sock if connection else None
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def proxies_of(url: str) -> dict[str, str]:
    """Return the company's proxies on the way to a server, by scheme; none to this computer."""
    host = urllib.parse.urlsplit(url).netloc
    return {} if host.startswith(_LOOPBACK) else dict(get_environ_proxies(url))


def open_session(url: str, key: str, pin: str = "") -> tuple[requests.Session, Adapter]:
    """Make the session for one server.

    `trust_env` is off: with it a line in .netrc would replace the key. The two things that are
    wanted of the environment are asked for by name: the proxies of a company (never for this
    computer itself) and its own certificate authorities. With a pin it is the certificate itself
    that counts, whoever signed it.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = False if pin else os.environ.get("REQUESTS_CA_BUNDLE") or True
    session.proxies = proxies_of(url)
    if key:
        session.headers["Authorization"] = f"Bearer {key}"
    adapter = Adapter(pin)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session, adapter
