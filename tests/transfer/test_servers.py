"""Pairing links, addresses, and the pin of a server that vouches for itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.servers import parse_server
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError, UserMustActError
from desktop.transfer.events import ProblemKind
from tests.receiver_process import ROOT, ReceiverProcess

PIN = "a1" * 32


def test_a_link_brings_address_key_pin_and_name() -> None:
    server = parse_server(f"wherry://nas.local:5151/?key=k%2Be&pin={PIN}&name=The%20office", "")
    origin = "https://nas.local:5151"
    assert server == Server(origin, origin, "k+e", "The office", PIN)


def test_a_link_to_port_443_without_a_pin_is_for_a_proxy_with_a_certificate() -> None:
    server = parse_server("wherry://files.example.org:443/?key=k&name=office", "")
    assert server.url == server.id == "https://files.example.org"
    assert server.pin == ""


def test_an_address_takes_the_key_that_is_given() -> None:
    server = parse_server("http://nas:5151/wherry/", "secret")
    assert server == Server("http://nas:5151", "http://nas:5151/wherry", "secret", "nas")


@pytest.mark.parametrize(
    "text",
    ["", "nas", "ftp://nas", "http://", "http://me@nas", "http://nas:0", "http://nas:99999",
     "wherry://nas:5151/", "wherry://nas:5151/?key=k&pin=short", f"wherry:///?key=k&pin={PIN}"],
)  # fmt: skip
def test_what_names_no_server_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"address|link"):
        parse_server(text, "key")


@pytest.fixture
def secure(start_receiver: Callable[..., ReceiverProcess]) -> ReceiverProcess:
    """A receiver with its own certificate."""
    return start_receiver("--host", "0.0.0.0")


def link_to(receiver: ReceiverProcess) -> str:
    command = [sys.executable, "-m", "receiver", "link", "--data", str(receiver.data)]
    command += ["--host", "127.0.0.1", "--port", str(receiver.port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def send(to: str, path: Path, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", "send", "--to", to, str(path)],
        cwd=ROOT,
        env={**os.environ, "WHERRY_STATE": str(state), "WHERRY_KEY": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_file_is_sent_by_a_link_over_tls(secure: ReceiverProcess, tmp_path: Path) -> None:
    data = os.urandom(9_000_000)
    (tmp_path / "film.mp4").write_bytes(data)
    done = send(link_to(secure), tmp_path / "film.mp4", tmp_path / "state")
    assert done.returncode == 0, done.stderr
    assert secure.stored()["film.mp4"].read_bytes() == data


def test_a_changed_certificate_is_refused_in_plain_words(
    secure: ReceiverProcess, tmp_path: Path
) -> None:
    """Never waved through, and nothing is sent."""
    link = link_to(secure)
    secure.stop()
    for name in ("certificate.pem", "certificate-key.pem"):
        (secure.data / ".wherry" / name).unlink()
    secure.start()
    (tmp_path / "a.txt").write_bytes(b"secret")
    done = send(link, tmp_path / "a.txt", tmp_path / "state")
    assert done.returncode == 1
    assert "does not prove" in done.stderr
    assert secure.stored() == {}


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: ReceiverProcess) -> None:
    """An address without a pin asks the authorities."""
    url = f"https://127.0.0.1:{secure.port}"
    with Api(Server(url, url, secure.key, "nas")) as api, pytest.raises(TransferError) as caught:
        api.status()
    assert isinstance(caught.value, UserMustActError)
    assert caught.value.problem.kind is ProblemKind.CERTIFICATE
