"""HTTP/1.1 and 1.0 on the wire: bodies, chunks, expectations, connections (RFC 9110, RFC 9112)."""

from __future__ import annotations

import pytest

from receiver.protocol import UPLOAD_TYPE
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, chunked, eventually, patch_headers

CHUNKED = {"Transfer-Encoding": "chunked"}
EXPECT = {"Expect": "100-continue"}


def test_the_body_is_invited_when_it_is_wanted(tus: TusSender) -> None:
    """RFC 9110, 10.1.1: 100 once the receiver wants the body, then the answer."""
    path = tus.create(4)
    with tus.line() as line:
        line.send_head("PATCH", path, {**patch_headers(0, 4), **EXPECT})
        assert line.read_answer().status == 100
        line.send(b"data")
        assert line.read_answer().status == 204


def test_the_body_of_a_creation_is_invited(tus: TusSender) -> None:
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "4",
        "Content-Length": "4",
        "Content-Type": UPLOAD_TYPE,
    }
    with tus.line() as line:
        line.send_head("POST", "/files", {**headers, **EXPECT})
        assert line.read_answer().status == 100
        line.send(b"data")
        assert line.read_answer().status == 201


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("PATCH", "/files/unknown", patch_headers(0, 4), 404),
        ("PATCH", "{upload}", patch_headers(1, 4), 409),
        ("PATCH", "{upload}", patch_headers(0, 5), 413),
        ("PATCH", "{upload}", {**patch_headers(0, 4), "Content-Type": "text/plain"}, 415),
        ("PATCH", "{upload}", {**patch_headers(0, 4), "Upload-Checksum": "md5 YQ=="}, 400),
        ("PATCH", "{upload}", {**patch_headers(0, 4), "Authorization": "Bearer wrong"}, 401),
        ("POST", "/files", {**patch_headers(0, 4), "Upload-Length": str(2**62)}, 507),
        ("POST", "/files", {**patch_headers(0, 4), "Upload-Length": "3"}, 413),
    ],
)
def test_a_refused_body_is_never_invited(
    tus: TusSender, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """RFC 9110, 10.1.1: the final answer comes instead of 100, and costs the sender nothing."""
    path = path.format(upload=tus.create(4))
    with tus.line() as line:
        line.send_head(method, path, {**headers, **EXPECT})
        answer = line.read_answer()
        assert answer.status == status
        assert answer.problem
        assert answer.headers["connection"] == "close"
        assert line.hung_up()


def test_http_1_0_is_never_sent_an_interim_answer(tus: TusSender) -> None:
    """RFC 9110, 10.1.1: an expectation in an HTTP/1.0 request must be ignored."""
    path = tus.create(4)
    with tus.line() as line:
        line.send_head("PATCH", path, {**patch_headers(0, 4), **EXPECT}, version="1.0")
        line.send(b"data")
        assert line.read_answer().status == 204


def test_http_1_0_uploads_and_the_connection_ends(tus: TusSender) -> None:
    path = tus.create(4)
    with tus.line() as line:
        answer = line.ask("PATCH", path, patch_headers(0), b"data", version="1.0")
        assert (answer.status, answer.offset) == (204, 4)
        assert line.hung_up()


def test_a_chunked_body_is_taken(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    """RFC 9112, 7.1: chunks of any size, with extensions and a trailer."""
    path = tus.create(10, "chunked.txt")
    body = b'4;name="value"\r\n0123\r\n00006\r\n456789\r\n0\r\nTrailer: yes\r\n\r\n'
    answer = tus.patch(path, 0, body, headers=CHUNKED)
    assert (answer.status, answer.offset) == (204, 10)
    assert shared_receiver.stored()["chunked.txt"].read_bytes() == b"0123456789"


@pytest.mark.parametrize(
    "damage",
    [
        b"4\r\n0123",
        b"4\r\n0123\r\n",
        b"4\r\n0123\r\n6\r\n45",
        b"4\r\n0123\r\nzz\r\n",
        b"4\r\n0123\r\n-1\r\n",
        b"4\r\n0123XX6\r\n456789\r\n0\r\n\r\n",
        b"4\r\n0123\r\n0\r\n",
    ],
)
def test_a_damaged_chunked_body_keeps_what_arrived(tus: TusSender, damage: bytes) -> None:
    path = tus.create(20)
    line = tus.line()
    line.send_head("PATCH", path, {**patch_headers(0), **CHUNKED})
    line.send(damage)
    line.close()
    eventually(lambda: tus.offset(path) in (4, 6))


def test_a_chunked_body_may_be_shorter_than_the_upload(tus: TusSender) -> None:
    path = tus.create(10)
    assert tus.patch(path, 0, chunked(b"0123"), headers=CHUNKED).offset == 4
    assert tus.patch(path, 4, chunked(), headers=CHUNKED).offset == 4


@pytest.mark.parametrize("body", [chunked(b"0123456789a"), chunked(b"0123456789", b"a")])
def test_a_chunked_body_that_is_too_long_takes_nothing(tus: TusSender, body: bytes) -> None:
    path = tus.create(10)
    answer = tus.patch(path, 0, body, headers=CHUNKED)
    assert (answer.status, answer.code) == (413, "length_exceeded")
    assert tus.offset(path) == 0


def test_a_body_that_is_too_long_takes_nothing(tus: TusSender) -> None:
    path = tus.create(10)
    tus.patch(path, 0, b"0123")
    answer = tus.patch(path, 4, b"4567890")
    assert (answer.status, answer.code, answer.problem["limit"]) == (413, "length_exceeded", 6)
    assert tus.offset(path) == 4


def test_a_refusal_does_not_wait_for_the_body(tus: TusSender) -> None:
    """What can be known is answered before the body is read, also before a short one has come."""
    path = tus.create(1000)
    with tus.line() as line:
        line.send_head("PATCH", path, patch_headers(1, 1000))
        line.socket.settimeout(3)
        assert line.read_answer().status == 409


def test_a_refusal_that_leaves_the_body_unread_closes_the_connection(tus: TusSender) -> None:
    path = tus.create(10_000_000)
    with tus.line() as line:
        line.send_head("PATCH", path, patch_headers(1, 10_000_000))
        line.send(bytes(100_000))
        answer = line.read_answer()
        assert (answer.status, answer.headers["connection"]) == (409, "close")
        assert line.hung_up()


def test_a_refusal_after_a_short_body_keeps_the_connection(tus: TusSender) -> None:
    path = tus.create(4)
    with tus.line() as line:
        for _ in range(3):
            assert line.ask("PATCH", path, patch_headers(1), b"data").status == 409
        assert line.ask("PATCH", path, patch_headers(0), b"data").status == 204


def test_requests_sent_ahead_are_answered_in_order(tus: TusSender) -> None:
    """RFC 9112, 9.3.2: pipelining."""
    path = tus.create(8)
    with tus.line() as line:
        for offset in (0, 4):
            line.send_head("PATCH", path, patch_headers(offset, 4))
            line.send(b"data")
        line.send_head("HEAD", path)
        assert [line.read_answer("HEAD").offset for _ in range(3)] == [4, 8, 8]


@pytest.mark.parametrize(
    "framing",
    [
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Content-Length: +4",
        "Content-Length: 4, 4",
        "Content-Length : 4",
        "X: y\r\n Content-Length: 4",
        "X: a\rContent-Length: 4",
        "Content_Length: 4\r\nContent-Length\x00: 4",
    ],
)
def test_what_two_servers_could_read_in_two_ways_is_refused(tus: TusSender, framing: str) -> None:
    """RFC 9112, 5.1, 5.2 and 6.3: or a second request could hide in a body."""
    with tus.line() as line:
        line.send_head("GET", "/health")
        assert line.read_answer().status == 200
        line.send(f"GET /health HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n".encode("latin-1"))
        assert line.read_answer().status == 400
        assert line.hung_up()


def test_a_header_section_without_end_is_refused(tus: TusSender) -> None:
    with tus.line() as line:
        line.send(b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 20_000)
        assert line.read_answer().status == 431
