"""TLS: the receiver's own certificate and its pin, given certificates, and reloading them."""

from __future__ import annotations

import hashlib
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from receiver.identity import CertificateFiles, fingerprint, make_identity
from tests.receiver_process import KEY, ReceiverProcess, free_port
from tests.tus_sender import eventually


def connect(port: int) -> ssl.SSLSocket:
    """Connect without a look at the certificate; its pin is compared by the caller."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10))


def pin_of(port: int) -> str:
    with connect(port) as line:
        certificate = line.getpeercert(binary_form=True)
    assert certificate
    return hashlib.sha256(certificate).hexdigest()


def ask(port: int, request: str) -> bytes:
    with connect(port) as line:
        line.sendall(request.encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer


HEAD = f"Host: x\r\nAuthorization: Bearer {KEY}\r\nConnection: close\r\n"


def test_where_others_can_reach_it_the_receiver_speaks_tls(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """The fingerprint that it prints is that of the certificate it shows, over restarts."""
    receiver = start_receiver("--host", "0.0.0.0")
    printed = next(line for line in receiver.output if line.startswith("Certificate:"))
    pin = pin_of(receiver.port)
    assert pin in printed
    answer = ask(receiver.port, f"PUT /put/a.txt HTTP/1.1\r\n{HEAD}Content-Length: 5\r\n\r\nhello")
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert receiver.stored()["a.txt"].read_bytes() == b"hello"
    key = receiver.data / ".wherry" / "certificate-key.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    receiver.restart()
    assert pin_of(receiver.port) == pin


def test_an_address_that_others_reach_is_never_plain_by_accident(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    receiver = start_receiver("--host", "0.0.0.0")
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as line:
        line.sendall(f"GET /status HTTP/1.1\r\n{HEAD}\r\n".encode())
        assert b"wherry" not in line.recv(65536)


def test_a_slow_handshake_holds_up_nobody(start_receiver: Callable[..., ReceiverProcess]) -> None:
    receiver = start_receiver("--host", "0.0.0.0")
    silent = [socket.create_connection(("127.0.0.1", receiver.port)) for _ in range(20)]
    assert ask(receiver.port, f"GET /health HTTP/1.1\r\n{HEAD}\r\n").endswith(b"ok")
    for line in silent:
        line.close()


def test_a_given_certificate_is_used_and_read_again_when_it_changes(
    start_receiver: Callable[..., ReceiverProcess], tmp_path: Path
) -> None:
    """As certbot does it: the files are replaced, the receiver goes on."""
    files = CertificateFiles(tmp_path / "cert.pem", tmp_path / "key.pem")
    make_identity(files)
    first = fingerprint(files.certificate)
    receiver = start_receiver("--tls", f"{files.certificate}:{files.key}")
    assert pin_of(receiver.port) == first
    make_identity(files)
    assert fingerprint(files.certificate) != first
    eventually(lambda: pin_of(receiver.port) == fingerprint(files.certificate))


def test_a_certificate_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    receiver = ReceiverProcess(
        tmp_path / "data", "--tls", f"{tmp_path}/missing.pem:{tmp_path}/key.pem", port=free_port()
    )
    with pytest.raises(AssertionError):
        receiver.start()
    assert "missing.pem" in "\n".join(receiver.output)
    assert "Traceback" not in "\n".join(receiver.output)


def test_curl_trusts_the_own_certificate_when_told_to(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """It is made out to localhost and to this machine's names and addresses."""
    receiver = start_receiver("--host", "0.0.0.0")
    certificate = receiver.data / ".wherry" / "certificate.pem"
    url = f"https://localhost:{receiver.port}/health"
    done = subprocess.run(
        ["curl", "-sS", "--cacert", str(certificate), url], capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("ok", "")
