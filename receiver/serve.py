"""The only module that knows the WSGI server: cheroot, with its traps closed.

- A body is read straight from the socket into the caller's buffer; a cut line is told from a
  body's end by counting.
- A body that the application left unread is never collected: a little is read away in small
  pieces after the answer, then the connection is closed.
- "100 Continue" goes out when the body is first read, so a refusal costs the sender nothing.
- The TLS handshake is done by the thread that serves the connection; cheroot's own adapter does
  it on the thread that accepts, where one slow client would hold up all others.
- Header names and lengths are read strictly (RFC 9112, 5 and 6.3): what two servers could read
  in two ways is refused.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from cheroot import wsgi
from cheroot.connections import ConnectionManager
from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection, HTTPRequest
from cheroot.ssl import Adapter
from cheroot.workers.threadpool import ThreadPool, WorkerThread

from receiver.header_section import read_framing, read_headers
from receiver.identity import CertificateFiles
from receiver.line_body import STALL_TIMEOUT_S, LineBody, NoInput, answer_head, takes_more
from receiver.live_certificate import LiveCertificate
from receiver.protocol import H_TUS_RESUMABLE, PROBLEM_TYPE, TUS_VERSION, Code
from receiver.tls_line import TlsLine

ENVIRON_BODY = "wherry.body"
ENVIRON_INTERIM = "wherry.interim"
BACKLOG = 1024
LEAST_THREADS = 4
SPARE_THREADS = 640
"""Threads beyond those that receive bodies, at most: for /status, short requests, and hundreds of
connections that hang."""
KEPT_ALIVE = 1000
HEADER_BYTES = 64 * 1024
LINGER_BYTES = 4 << 20
LINGER_S = 2.0
LINGER_STILL_S = 0.5
SHUTDOWN_S = 2
CROWDED_PAUSE_S = 0.05
CROWDED_IDLE_S = 1.0

_log = logging.getLogger("receiver.http")


class Request(HTTPRequest):
    """One request, with strict headers and bodies that are never collected."""

    body_bytes = 0
    uninvited = False
    body: LineBody | None = None

    def read_request_line(self) -> bool:
        """Read the first line; an address that is none is a bad request, not a fault of ours."""
        try:
            return bool(super().read_request_line())  # type: ignore[no-untyped-call]
        except ValueError as error:
            self.simple_response("400 Bad Request", str(error))
            return False

    def header_reader(self, file: Any, headers: dict[bytes, bytes]) -> None:
        """Read the header section; see receiver/header_section.py."""
        read_headers(file, headers)
        framing = read_framing(headers, self.response_protocol == "HTTP/1.1")
        self.body_bytes, self.uninvited = framing.body_bytes, framing.waits

    def invite_body(self) -> None:
        """Send "100 Continue" to a sender that waits for it; once."""
        if self.uninvited:
            self.uninvited = False
            self.conn.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def send_interim(self, status: str, headers: Mapping[str, str]) -> bool:
        """Send an answer before the final one (RFC 9110, 15.2); False for a sender of HTTP/1.0, and
        for one who has not read those before: waiting would hold up its own body."""
        if self.response_protocol != "HTTP/1.1" or not takes_more(self.conn.socket):
            return False
        try:
            self.conn.wfile.write(answer_head(status, headers))
        except OSError as error:
            _log.debug("nobody is there to be told %s: %s", status, error)
            return False
        return True

    def respond(self) -> None:
        """Call the application, then see to what it left unread."""
        self.body = LineBody(self, self.server.turns)
        self.rfile = NoInput()
        self.server.gateway(self).respond()
        if self.ready:
            self.ensure_headers_sent()
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")
        if self.close_connection and not self.body.complete and not self.uninvited:
            if self.body.cut_off or not self.server.ready:
                self._reset()
            else:
                self._linger()

    def send_headers(self) -> None:
        """Send the header section; the connection is kept only when the body is gone."""
        if self.body is not None and not self.body.drain():
            self.close_connection = True
        super().send_headers()

    def simple_response(self, status: Any, msg: str = "") -> None:
        """Refuse what is no proper request, in the form of all refusals, and hang up."""
        number, _, reason = str(status).partition(" ")
        if number == "413":
            number, reason = "431", "Request Header Fields Too Large"
        code = Code.INTERNAL if number.startswith("5") else Code.BAD_REQUEST
        document = {"code": code, "title": reason, "status": int(number)}
        content = json.dumps({**document, "detail": msg}).encode()
        headers = {
            "Content-Type": PROBLEM_TYPE,
            "Content-Length": str(len(content)),
            H_TUS_RESUMABLE: TUS_VERSION,
            "Connection": "close",
        }
        self.close_connection = True
        try:
            self.conn.wfile.write(answer_head(f"{number} {reason}", headers) + content)
        except OSError as error:
            _log.debug("nobody is there to be told %s: %s", number, error)
            return
        if number != "408":
            self._linger()

    def _reset(self) -> None:
        """Have the sender learn at once that nobody reads any more.

        After SHUT_RD the kernel opens the window no more: with a polite end the sender would wait
        for room in it for a minute.
        """
        form = "hh" if sys.platform == "win32" else "ii"
        try:
            self.conn.socket.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(form, 1, 0)
            )
        except OSError as error:
            _log.debug("the connection was closed already: %s", error)

    def _linger(self) -> None:
        """Let the sender read the answer before the connection is reset (RFC 9112, 9.6)."""
        line = self.conn.socket
        deadline = time.monotonic() + LINGER_S
        left = LINGER_BYTES
        piece = bytearray(64 * 1024)
        try:
            line.shutdown(socket.SHUT_WR)
            while left > 0 and (wait_s := deadline - time.monotonic()) > 0:
                line.settimeout(wait_s)
                count = socket.socket.recv_into(line, piece)  # nobody needs it decrypted
                if not count:
                    return
                left -= count
            if left <= 0:
                time.sleep(LINGER_STILL_S)  # it cannot send on, and so has time to read
        except OSError as error:
            _log.debug("the sender did not wait for its answer: %s", error)


class Connection(HTTPConnection):
    """A connection whose requests are `Request`s; its TLS handshake comes first."""

    RequestHandlerClass = Request
    shaken = False

    def communicate(self) -> bool:
        """Serve one request; True when the connection can be used again."""
        if not self.shaken and not self._shake_hands():
            return False
        return bool(super().communicate())  # type: ignore[no-untyped-call]

    def _shake_hands(self) -> bool:
        self.shaken = True
        if not isinstance(self.socket, TlsLine):
            return True
        try:
            self.socket.shake_hands()
        except OSError as error:
            _log.info("no TLS with %s: %s", self.remote_addr, error)
            return False
        return True


class TlsAdapter(Adapter):
    """Wraps connections in TLS.

    Args:
        certificate: gives the context for each.
    """

    def __init__(self, certificate: LiveCertificate) -> None:
        self._certificate = certificate

    def bind(self, sock: Any) -> Any:
        """Leave the listening socket as it is."""
        return sock

    def wrap(self, sock: socket.socket) -> tuple[TlsLine, dict[str, str]]:
        """Wrap a new connection, without waiting for the other side."""
        context = self._certificate.context
        return TlsLine(sock, context, server_side=True), self.get_environ()

    def get_environ(self) -> dict[str, str]:
        """Tell the application that the request came by TLS."""
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: Any, mode: str = "r", bufsize: int = -1) -> Any:
        """Make the file that requests are read from or answers written to."""
        return MakeFile(sock, mode, bufsize)


class Gateway(wsgi.Gateway_10):
    """Hands the body to the application beside the environment of PEP 3333."""

    def get_environ(self) -> Any:
        """Return the environment, with `wherry.body` and `wherry.interim`."""
        environ = super().get_environ()  # type: ignore[no-untyped-call]
        environ[ENVIRON_BODY] = self.req.body
        environ[ENVIRON_INTERIM] = self.req.send_interim
        environ["SERVER_NAME"] = self.req.conn.socket.getsockname()[0]  # HTTP/1.0 names no host
        return environ


class Server(wsgi.Server):
    """cheroot, set up on purpose."""

    ConnectionClass = Connection
    turns: threading.Semaphore | None = None
    _connections: Any
    keep_alive_conn_limit = KEPT_ALIVE
    max_request_header_size = HEADER_BYTES

    def process_conn(self, conn: Any) -> None:
        """Give a connection a thread once there is something to read; a silent one costs none."""
        if conn.last_used is None:
            self._connections.put(conn)
        else:
            super().process_conn(conn)

    def prepare(self) -> None:
        """Listen."""
        super().prepare()
        self._connections.close()
        self._connections = Connections(self)

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log what cheroot has to say; keys are never in it."""
        _log.log(level, "%s", msg, exc_info=traceback)


class Connections(ConnectionManager):
    """Waits on all connections; while there are no descriptors left, idle ones are let go soon.

    cheroot gives up its round when it cannot accept, so that it would never again see that
    connections have ended.
    """

    _crowded = False

    def put(self, conn: Any) -> None:
        """Wait for the next request on a connection, unless it has come with the last one."""
        if isinstance(conn.socket, TlsLine) and conn.socket.holds_bytes:
            conn.last_used = time.time()
            self.server.process_conn(conn)
        else:
            super().put(conn)

    def _from_server_socket(self, server_socket: socket.socket) -> Any:
        try:
            return super()._from_server_socket(server_socket)  # type: ignore[misc]
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
            if not self._crowded:
                _log.warning("no further connection can be taken: %s", error)
            self._crowded = True
            time.sleep(CROWDED_PAUSE_S)
            return None

    def _expire(self, threshold: float) -> None:
        if self._crowded:
            threshold = time.time() - CROWDED_IDLE_S
            self._crowded = False
        super()._expire(threshold)  # type: ignore[misc]


class GrowingPool(ThreadPool):
    """Starts a thread when a connection comes and none is waiting, up to a most.

    cheroot starts all threads at once, and its queue wakes them in turn, so that every stack is
    used and stays resident although a handful of threads would do.

    Args:
        server: the cheroot server.
        least: threads started at the beginning.
        most: threads at the most; further connections wait.
    """

    def __init__(self, server: Any, least: int, most: int) -> None:
        super().__init__(server, min=least, max=most)
        self._threads: list[WorkerThread]  # stop() of the base class ends these
        self._spare = 0
        self._spare_lock = threading.Lock()
        self._take = self.get
        self.get = self._get

    def _get(self, *arguments: Any, **keywords: Any) -> Any:
        with self._spare_lock:
            self._spare += 1
        return self._take(*arguments, **keywords)

    def put(self, obj: Any) -> None:
        """Hand a connection to a thread; called on the accepting thread, so it never waits."""
        with self._spare_lock:
            self._spare -= 1
            if self._spare < 0 and len(self._threads) < self.max:
                with contextlib.suppress(RuntimeError):  # the system's limit: it waits for another
                    self._start_thread()
        super().put(obj)

    def _start_thread(self) -> None:
        worker = WorkerThread(self.server)  # type: ignore[no-untyped-call]
        worker.start()
        self._threads.append(worker)


class HttpServer:
    """The application on a socket.

    Args:
        application: a WSGI application that reads bodies through `wherry.body`.
        host, port: where to listen; port 0 takes a free one.
        bodies: how many threads may be busy with bodies; there are more for the rest.
        files: certificate and key; None speaks plain HTTP.
        stall_timeout_s: a connection without a byte for so long is given up.

    Raises:
        OSError: the address cannot be used.
    """

    def __init__(
        self,
        application: Callable[..., Any],
        host: str,
        port: int,
        bodies: int,
        files: CertificateFiles | None = None,
        stall_timeout_s: float = STALL_TIMEOUT_S,
        turns: threading.Semaphore | None = None,
    ) -> None:
        self._server = Server(
            (host, port),
            application,
            request_queue_size=BACKLOG,
            timeout=stall_timeout_s,  # type: ignore[arg-type]
            shutdown_timeout=SHUTDOWN_S,
        )
        self._server.gateway = Gateway
        self._server.turns = turns
        most = bodies + SPARE_THREADS
        self._server.requests = GrowingPool(self._server, LEAST_THREADS, most)
        if files is not None:
            self._server.ssl_adapter = TlsAdapter(LiveCertificate(files))
        self._server.server_name = "Wherry"
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, name="http")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that it listens on."""
        host, port = self._server.bind_addr[:2]
        return host, port

    def start(self) -> None:
        """Serve, on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Let running requests end for a few seconds, then cut them off."""
        self._server.stop()
        self._thread.join()
