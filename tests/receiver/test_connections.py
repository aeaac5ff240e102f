"""Many, slow, silent and refused connections: none of them costs memory, or the others' time."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from receiver.serve import ENVIRON_BODY, HttpServer
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Line, TusSender, eventually, patch_headers

MIB = 1 << 20
REFUSED_BYTES = 600 * MIB


def resident_bytes(pid: int, field: str = "VmRSS") -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def push(line: Line, length: int) -> None:
    """Send a body until it is all sent or the other side will not have it."""
    piece = bytes(MIB)
    with contextlib.suppress(ConnectionError, TimeoutError):
        for _ in range(length // MIB):
            line.send(piece)


@pytest.mark.parametrize(
    "announce", [{"Content-Length": str(REFUSED_BYTES)}, {"Transfer-Encoding": "chunked"}]
)
def test_refused_bodies_are_not_collected(
    receiver: ReceiverProcess, announce: dict[str, str]
) -> None:
    """Two refused bodies of 600 MB cost a few MB at most; a server that reads them away dies."""
    tus = TusSender(receiver)
    path = tus.create(10)
    before = resident_bytes(receiver.pid)
    lines = [tus.line() for _ in range(2)]
    for line in lines:
        line.send_head("PATCH", path, {**patch_headers(5), **announce})
        if "Transfer-Encoding" in announce:
            line.send(b"%x\r\n" % REFUSED_BYTES)
    senders = [threading.Thread(target=push, args=(line, REFUSED_BYTES)) for line in lines]
    for sender in senders:
        sender.start()
    for line in lines:
        with contextlib.suppress(ConnectionError):
            assert line.read_answer().status == 409
    for sender in senders:
        sender.join()
    for line in lines:
        line.close()
    assert resident_bytes(receiver.pid, "VmHWM") - before < 8 * MIB


def test_a_refused_sender_that_reads_late_still_learns_why(tus: TusSender) -> None:
    """RFC 9112, 9.6: a reset that overtakes the answer would lose it."""
    path = tus.create(10)
    with tus.line() as line:
        line.send_head("PATCH", path, patch_headers(5, 3 * MIB))
        push(line, 3 * MIB)
        assert line.read_answer().code == "offset_mismatch"


def test_a_chunk_of_a_gigabyte_is_taken_piece_by_piece(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.create(1 << 30)
    before = resident_bytes(receiver.pid)
    line = tus.line()
    line.send_head("PATCH", path, {**patch_headers(0), "Transfer-Encoding": "chunked"})
    line.send(b"40000000\r\n")
    push(line, 300 * MIB)
    eventually(lambda: receiver.status().uploads[0].offset_bytes == 300 * MIB)
    line.close()
    eventually(lambda: tus.offset(path) == 300 * MIB)
    assert resident_bytes(receiver.pid, "VmHWM") - before < 8 * MIB


def test_two_hundred_may_connect_at_once(receiver: ReceiverProcess) -> None:
    """A short listen queue makes each of a burst wait for the retries of TCP, a second and more.

    The receiver is held still meanwhile, so all of them have to fit into the queue.
    """
    os.kill(receiver.pid, signal.SIGSTOP)
    try:
        start = time.monotonic()
        lines = [Line(receiver.port, receiver.key) for _ in range(200)]
        assert time.monotonic() - start < 5
    finally:
        os.kill(receiver.pid, signal.SIGCONT)
    for line in lines:
        line.send_head("GET", "/health")
    assert {line.read_answer().body for line in lines} == {b"ok"}
    for line in lines:
        line.close()


def test_silent_connections_hold_up_nobody(start_receiver: Callable[..., ReceiverProcess]) -> None:
    """A connection that has sent nothing takes no thread."""
    receiver = start_receiver("--bodies", "2")
    silent = [Line(receiver.port, receiver.key) for _ in range(300)]
    with Line(receiver.port, receiver.key) as line:
        line.socket.settimeout(3)
        assert line.ask("GET", "/health").status == 200
    for line in silent:
        line.close()


def test_a_receiver_without_descriptors_goes_on_when_there_are_some(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """More connections than it may have: idle ones are let go, and nothing is stuck for ever."""
    receiver = start_receiver(prefix=("sh", "-c", 'ulimit -Sn 200; exec "$@"', "sh"))
    crowd = [Line(receiver.port, receiver.key) for _ in range(250)]

    def answers() -> bool:
        with contextlib.suppress(OSError), Line(receiver.port, receiver.key) as line:
            line.socket.settimeout(2)
            return line.ask("GET", "/health").status == 200
        return False

    eventually(answers)
    for line in crowd:
        line.close()
    eventually(answers)
    assert receiver.status().service == "wherry"


def test_when_all_slots_are_taken_the_next_body_is_told_to_wait(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """503 `busy` with Retry-After, before the body; the numbers are still told."""
    receiver = start_receiver("--bodies", "2")
    tus = TusSender(receiver)
    paths = [tus.create(20 * MIB) for _ in range(3)]
    lines = [tus.begin_patch(path, 0, 20 * MIB, bytes(MIB)) for path in paths[:2]]
    eventually(lambda: receiver.status().traffic.received_bytes == 2 * MIB)
    answer = tus.patch(paths[2], 0, bytes(1000))
    assert (answer.status, answer.code) == (503, "busy")
    assert int(answer.headers["retry-after"]) >= 1
    status = receiver.status()
    assert sorted(upload.state for upload in status.uploads) == ["receiving"] * 2 + ["waiting"]
    assert status.limits.bodies_at_once == 2
    for line in lines:
        line.close()
    eventually(lambda: tus.patch(paths[2], 0, bytes(1000)).status == 204)
    assert tus.offset(paths[2]) == 1000


def test_bodies_that_hardly_move_give_way_to_one_that_does(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """Slow senders, lost or ill-meaning, keep nobody out; what came of theirs counts."""
    receiver = start_receiver("--bodies", "2")
    tus = TusSender(receiver)
    paths = [tus.create(20 * MIB) for _ in range(3)]
    lines = [tus.begin_patch(path, 0, 20 * MIB, b"slow") for path in paths[:2]]
    eventually(lambda: receiver.status().traffic.received_bytes == 8)
    eventually(lambda: tus.patch(paths[2], 0, bytes(1000)).status == 204)
    assert sorted(tus.offset(path) for path in paths) == [4, 4, 1000]
    for line in lines:
        line.close()


@contextlib.contextmanager
def impatient_server(application: Callable[..., Any]) -> Iterator[int]:
    """The receiver's server, with a patience of a second; yields its port."""
    server = HttpServer(application, "127.0.0.1", 0, bodies=2, stall_timeout_s=1)
    server.start()
    try:
        yield server.address[1]
    finally:
        server.stop()


def count_body(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A WSGI application that answers with the number of body bytes that came."""
    body, buffer, total = environ[ENVIRON_BODY], memoryview(bytearray(1000)), 0
    while count := body.readinto(buffer):
        total += count
    start_response("200 OK", [("Content-Length", "20"), ("Connection", "close")])
    return [f"{total:19d}{'+' if body.complete else '-'}".encode()]


def test_a_stalled_body_is_given_up_after_its_time() -> None:
    with impatient_server(count_body) as port, Line(port, None) as line:
        line.send_head("PUT", "/", {"Content-Length": "1000"})
        line.send(bytes(600))
        start = time.monotonic()
        assert line.read_answer().body.split() == [b"600-"]
        assert 0.8 < time.monotonic() - start < 10
        assert line.hung_up()


def test_a_body_that_ends_early_is_told_from_a_whole_one() -> None:
    """Some servers give a cut body a clean end; here it is counted."""
    with impatient_server(count_body) as port, Line(port, None) as line:
        line.send_head("PUT", "/", {"Content-Length": "1000"})
        line.send(bytes(600))
        line.socket.shutdown(socket.SHUT_WR)
        assert line.read_answer().body.split() == [b"600-"]


def test_a_slow_body_that_keeps_coming_is_not_given_up() -> None:
    """The time-out is for silence, not for the whole body."""
    with impatient_server(count_body) as port, Line(port, None) as line:
        line.send_head("PUT", "/", {"Content-Length": "8"})
        for _ in range(8):
            threading.Event().wait(0.2)
            line.send(b"x")
        assert line.read_answer().body.split() == [b"8+"]


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHos"])
def test_a_connection_that_never_asks_is_given_up(sent: bytes) -> None:
    with impatient_server(count_body) as port, Line(port, None) as line:
        line.send(sent)
        while line.socket.recv(1000):
            pass


def test_a_trailer_without_end_is_not_read_for_ever() -> None:
    with impatient_server(count_body) as port, Line(port, None) as line:
        line.send_head("PUT", "/", {"Transfer-Encoding": "chunked"})
        line.send(b"1\r\nx\r\n0\r\n" + b"A: b\r\n" * 1000)
        assert line.read_answer().body.split() == [b"1-"]


def stop_then_answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A WSGI application that is told to let go of a body that it has read to the end."""
    answer = count_body(environ, lambda status, headers: start_response(status, headers[:1]))
    environ[ENVIRON_BODY].stop()
    return answer


def test_letting_go_of_a_finished_body_leaves_its_connection() -> None:
    """The sender's next request on it must not find it closed."""
    with impatient_server(stop_then_answer) as port, Line(port, None) as line:
        for _ in range(3):
            assert line.ask("PUT", "/", body=b"12345").body.split() == [b"5+"]
