"""The line itself, against another side that answers or closes while a body is sent to it."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from desktop.transfer.connection import open_session
from receiver.identity import fingerprint, own_certificate
from receiver.tls_line import TlsLine

BODY = bytes(64 << 20)
"""More than the system takes in for a side that does not read."""
PATIENCE_S = 600
"""Whoever waits that long hangs."""

HEAD_END = b"\r\n\r\n"
REFUSED = b"HTTP/1.1 507 Full\r\nContent-Length: 4\r\n\r\nfull"
STORED = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nkept"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"

Serve = Callable[[socket.socket], socket.socket | None]


@contextmanager
def other_side(*serve: Serve) -> Iterator[str]:
    """Serve each connection with its function, one after the other; its lines stay open."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        listener.settimeout(20)

        def accept_all() -> list[socket.socket]:
            lines = []
            for one in serve:
                line, _ = listener.accept()
                line.settimeout(20)
                lines.append(one(line) or line)
            return lines

        served = pool.submit(accept_all)
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        for line in served.result(20):
            line.close()


def read_head(line: socket.socket) -> None:
    """Read a head, byte by byte, and nothing of the body."""
    head = b""
    while not head.endswith(HEAD_END):
        head += line.recv(1)


def leave(line: socket.socket) -> None:
    read_head(line)
    line.shutdown(socket.SHUT_WR)


def refuse(line: socket.socket) -> None:
    read_head(line)
    line.sendall(REFUSED)


def keep(line: socket.socket) -> None:
    """Take a body to its end, and tell on the way that it takes a while."""
    read_head(line)
    line.sendall(GO_ON)
    left = len(BODY)
    while left:
        left -= len(line.recv(min(left, 1 << 20)))
    line.sendall(STORED)


def send(session: requests.Session, url: str) -> Any:
    return session.put(url, data=BODY, timeout=PATIENCE_S)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    found, _ = open_session("http://127.0.0.1", "")
    with found:
        yield found


def test_a_side_that_closes_and_does_not_read_is_not_waited_for(session: requests.Session) -> None:
    closed = pytest.raises(requests.ConnectionError, match="closed connection without response")
    with other_side(leave) as address, closed:
        send(session, f"http://{address}")


def test_an_answer_before_the_end_is_heeded_and_the_line_let_go(session: requests.Session) -> None:
    with other_side(refuse, refuse) as address:
        for _ in range(2):
            answer = send(session, f"http://{address}")
            assert (answer.status_code, answer.text) == (507, "full")


def test_an_answer_that_only_says_go_on_ends_nothing(session: requests.Session) -> None:
    with other_side(keep) as address:
        answer = send(session, f"http://{address}")
        assert (answer.status_code, answer.text) == (200, "kept")


@pytest.mark.skipif(not hasattr(select, "POLLRDHUP"), reason="Linux alone tells of it under TLS")
def test_a_side_that_closes_under_tls_is_not_waited_for(tmp_path: Path) -> None:
    files = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)

    def refuse_and_leave(plain: socket.socket) -> TlsLine:
        line = TlsLine(plain, context, server_side=True)
        line.shake_hands()
        refuse(line)
        line.shutdown(socket.SHUT_WR)
        return line

    session, _ = open_session("", "", fingerprint(files.certificate))
    with session, other_side(refuse_and_leave) as address:
        answer = send(session, f"https://{address}")
        assert (answer.status_code, answer.text) == (507, "full")
