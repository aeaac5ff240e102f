"""Bodies over TLS: pieces of records, cut ones, false ones, new keys, and refusals on the way."""

from __future__ import annotations

import json
import os
import random
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from receiver.identity import own_certificate
from receiver.serve import ENVIRON_BODY, HttpServer
from tests.receiver_process import KEY, ReceiverProcess
from tests.tus_sender import Line, TusSender, checksum_of, eventually, patch_headers

MIB = 1 << 20
RECORD_BYTES = 16384
DATA = random.Random(5).randbytes(6 * MIB + 77)


class SecureSender(TusSender):
    """Speaks tus over TLS."""

    def line(self, key: str | None = None, source: str = "127.0.0.1") -> Line:
        line = super().line(key, source)
        line.start_tls()
        return line

    def received_bytes(self, path: str) -> int:
        """How much of a running upload has arrived, as /status tells."""
        uploads = json.loads(self.ask("GET", "/status").body)["uploads"]
        return int(next(one["offset_bytes"] for one in uploads if path.endswith(one["id"])))


class Records:
    """A connection whose encrypted bytes are at hand before they are sent."""

    def __init__(self, port: int) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self._come, self._go = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._come, self._go)
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                self.socket.sendall(self._go.read())
                self._come.write(self.socket.recv(65536))
            else:
                self.socket.sendall(self._go.read())
                return

    def encrypt(self, data: bytes) -> bytes:
        self._tls.write(data)
        return self._go.read()

    def read_to_end(self) -> bytes:
        """Decrypt all that comes until the other side says that this is the end."""
        found = b""
        while True:
            try:
                piece = self._tls.read(65536)
            except ssl.SSLWantReadError:
                self._come.write(self.socket.recv(65536))
            else:
                if not piece:
                    return found
                found += piece


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    folder = tmp_path_factory.mktemp("secure") / "received"
    receiver = ReceiverProcess(folder, "--host", "0.0.0.0")
    receiver.start()
    yield receiver
    receiver.kill()


@pytest.fixture
def tus(secure: ReceiverProcess) -> SecureSender:
    return SecureSender(secure)


def head_of(path: str, length: int) -> bytes:
    fields = {**patch_headers(0, length), "Host": "x", "Authorization": f"Bearer {KEY}"}
    lines = [f"PATCH {path} HTTP/1.1", *(f"{name}: {text}" for name, text in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def prepare(
    secure: ReceiverProcess, tus: SecureSender, name: str
) -> tuple[str, Records, bytes, bytes, int]:
    """Create an upload of `DATA` and a line to it.

    Returns:
        Its path, the line, a PATCH's head and body in records, and how long a whole record is.
    """
    path = tus.create(len(DATA), name)
    records = Records(secure.port)
    head, body = records.encrypt(head_of(path, len(DATA))), records.encrypt(DATA)
    return path, records, head, body, len(records.encrypt(bytes(RECORD_BYTES)))


@pytest.mark.parametrize("piece_bytes", [1, 5, RECORD_BYTES, 3 * RECORD_BYTES + 1])
def test_records_may_come_in_any_pieces(
    secure: ReceiverProcess, tus: SecureSender, piece_bytes: int
) -> None:
    """Each piece is a segment of its own, so that the receiver meets ends within records."""
    data = DATA if piece_bytes >= RECORD_BYTES else DATA[: 3 * RECORD_BYTES]
    path = tus.create(len(data), f"pieces-{piece_bytes}.bin")
    records = Records(secure.port)
    records.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sent = records.encrypt(head_of(path, len(data))) + records.encrypt(data)
    with records.socket:
        for start in range(0, len(sent), piece_bytes):
            records.socket.sendall(sent[start : start + piece_bytes])
        eventually(lambda: tus.head(path).headers.get("wherry-stored-name"))
    assert secure.stored()[f"pieces-{piece_bytes}.bin"].read_bytes() == data


def test_of_a_cut_record_nothing_counts_and_all_before_it_does(
    secure: ReceiverProcess, tus: SecureSender
) -> None:
    path, records, head, body, whole = prepare(secure, tus, "cut.bin")
    with records.socket:
        records.socket.sendall(head + body[: 5 * whole + 100])
        eventually(lambda: tus.received_bytes(path) == 5 * RECORD_BYTES)
    eventually(lambda: tus.offset(path) == 5 * RECORD_BYTES)
    rest = DATA[5 * RECORD_BYTES :]
    assert tus.patch(path, 5 * RECORD_BYTES, rest, checksum_of(rest)).status == 204
    assert secure.stored()["cut.bin"].read_bytes() == DATA


def test_a_false_record_ends_its_line_and_nothing_of_it_counts(
    secure: ReceiverProcess, tus: SecureSender
) -> None:
    path, records, head, body, whole = prepare(secure, tus, "false.bin")
    with records.socket:
        records.socket.sendall(head + body[: 5 * whole])
        eventually(lambda: tus.received_bytes(path) == 5 * RECORD_BYTES)
        at = 5 * whole + 1000
        false = body[5 * whole : at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        records.socket.sendall(false[:whole])
        eventually(lambda: tus.offset(path) == 5 * RECORD_BYTES)
        assert b"wherry" not in records.socket.recv(65536)  # an alert, and no answer
    rest = DATA[5 * RECORD_BYTES :]
    assert tus.patch(path, 5 * RECORD_BYTES, rest, checksum_of(rest)).status == 204


def count_body(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A WSGI application that answers with the number of body bytes that came."""
    body, buffer, total = environ[ENVIRON_BODY], memoryview(bytearray(MIB)), 0
    while count := body.readinto(buffer):
        total += count
    start_response("200 OK", [("Content-Length", "20"), ("Connection", "close")])
    return [f"{total:20d}".encode()]


def test_silence_in_a_record_is_given_up_after_its_time(tmp_path: Path) -> None:
    """What came before it counts, and there is an answer."""
    files = own_certificate(tmp_path)
    server = HttpServer(count_body, "127.0.0.1", 0, bodies=2, files=files, stall_timeout_s=1)
    server.start()
    try:
        records = Records(server.address[1])
        with records.socket:
            head = records.encrypt(head_of("/", MIB))
            records.socket.sendall(head + records.encrypt(bytes(4 * RECORD_BYTES))[:-1])
            assert records.read_to_end().split()[-1] == b"%d" % (3 * RECORD_BYTES)
    finally:
        server.stop()


def test_keys_may_change_in_the_middle_of_a_body(
    secure: ReceiverProcess, tus: SecureSender
) -> None:
    """RFC 8446, 4.6.3; the other side wants new ones of the receiver too."""
    path = tus.create(3000, "keys.bin")
    command = ["openssl", "s_client", "-tls1_3", "-connect", f"127.0.0.1:{secure.port}"]
    pipe = subprocess.PIPE
    lines: list[bytes] = []
    with subprocess.Popen(
        command, bufsize=0, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT
    ) as client:
        assert client.stdin and client.stdout
        reader = threading.Thread(target=lines.extend, args=(client.stdout,))
        reader.start()
        client.stdin.write(head_of(path, 3000) + DATA[:1000])
        for end in (1000, 2000):
            eventually(lambda: tus.received_bytes(path) == end)  # noqa: B023
            client.stdin.write(b"K\n")
            eventually(lambda: b"".join(lines).count(b"KEYUPDATE") == end // 1000)  # noqa: B023
            client.stdin.write(DATA[end : end + 1000])
        eventually(lambda: tus.head(path).headers.get("wherry-stored-name"))
        eventually(lambda: b"HTTP/1.1 204" in b"".join(lines))
        client.kill()
        reader.join()
    assert secure.stored()["keys.bin"].read_bytes() == DATA[:3000]


def test_requests_that_came_together_are_all_answered(tus: SecureSender) -> None:
    """What lies in a record behind a body is not told of by the system a second time."""
    body = os.urandom(20_000)
    with tus.line() as line:
        put = line.head("PUT", "/put/together.bin", {"Content-Length": str(len(body))}) + body
        line.send(put + 2 * line.head("GET", "/health"))
        assert line.read_answer().status == 201
        assert [line.read_answer().body for _ in range(2)] == [b"ok", b"ok"]


def test_the_end_of_a_line_is_told(secure: ReceiverProcess) -> None:
    """RFC 8446, 6.1: else nobody knows whether somebody in between has cut it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", secure.port), timeout=20)
    with context.wrap_socket(plain, suppress_ragged_eofs=False) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    assert answer.endswith(b"ok")


@pytest.mark.parametrize("version", ["1.2", "1.3"])
@pytest.mark.parametrize("chunked", [False, True])
def test_curl_sends_over_each_version(
    secure: ReceiverProcess, tmp_path: Path, version: str, chunked: bool
) -> None:
    name = f"curl-{version}-{chunked}.bin"
    (tmp_path / name).write_bytes(DATA)
    certificate = secure.data / ".wherry" / "certificate.pem"
    command = ["curl", "-sS", "--cacert", str(certificate), "--tls-max", version]
    command += ["-H", f"Authorization: Bearer {KEY}", "-T", str(tmp_path / name)]
    command += ["-H", "Transfer-Encoding: chunked"] if chunked else []
    command += [f"https://localhost:{secure.port}/put/{name}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["size_bytes"] == len(DATA)
    assert secure.stored()[name].read_bytes() == DATA
