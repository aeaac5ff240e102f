"""The set-ups that `proxy-config` prints, in the real nginx and the real Caddy."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from desktop.transfer import parts, upload
from receiver.__main__ import main
from tests.big_files import GIB, MIB, blake3_of, make_big_file
from tests.draft_sender import INTEROP, flag
from tests.install.proxies import Proxy
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.sender import Sender
from tests.tus_sender import Answer, Headers, Line

PROXY_MOST_BYTES = 96 * MIB
MAX_UPLOAD = "--max-upload=8G"

Start = Callable[..., ReceiverProcess]
StartProxy = Callable[[str, ReceiverProcess], Proxy]
both = pytest.mark.parametrize("kind", ["nginx", "caddy"])


@pytest.fixture
def receiver(start_receiver: Start) -> ReceiverProcess:
    return start_receiver("--behind-proxy", MAX_UPLOAD)


class StatusWatch:
    """Asks for /status again and again through the proxy, beside an upload."""

    def __init__(self, proxy: Proxy, key: str) -> None:
        self._url = proxy.url + "/status"
        self._verify = str(proxy.authority) if proxy.authority else True
        self._headers = {"Authorization": f"Bearer {key}"}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.saw_uploads = 0
        self.failed: list[str] = []

    def __enter__(self) -> StatusWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        with requests.Session() as session:
            session.headers.update(self._headers)
            while not self._ended.wait(0.02):
                try:
                    answer = session.get(self._url, timeout=60, verify=self._verify)
                    self.saw_uploads += len(answer.json()["uploads"]) > 0
                except (requests.RequestException, ValueError) as error:
                    self.failed.append(repr(error))


def send_with_a_cut(
    proxy: Proxy,
    receiver: ReceiverProcess,
    start_sender: Callable[..., Sender],
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    within_s: float,
) -> int:
    """Send a file through a line that breaks in the middle; returns the bytes that went over."""
    if proxy.authority:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(proxy.authority))
    with Relay(proxy.port) as relay, StatusWatch(proxy, receiver.key) as watch:
        relay.cut_after_bytes = source.stat().st_size // 2
        url = relay.url if not proxy.authority else f"https://localhost:{relay.port}"
        sender = start_sender(url)
        sender.add(source)
        sender.wait_stored(within_s)
        assert relay.cut_after_bytes is None, "the line was never cut"
        carried = relay.up_bytes
        sender.stop()
    assert not watch.failed
    assert watch.saw_uploads
    return carried


@both
def test_an_upload_goes_straight_through_and_goes_on_after_a_cut(
    kind: str,
    receiver: ReceiverProcess,
    start_proxy: StartProxy,
    start_sender: Callable[..., Sender],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(96 * MIB))
    proxy = start_proxy(kind, receiver)
    carried = send_with_a_cut(proxy, receiver, start_sender, source, monkeypatch, 60)
    assert carried < 1.5 * source.stat().st_size
    assert blake3_of(receiver.stored()["source.bin"]) == blake3_of(source)
    assert proxy.spooled == []
    assert proxy.peak_bytes < PROXY_MOST_BYTES


@pytest.mark.install
@both
def test_3_gib_go_through_and_go_on_after_a_cut(
    kind: str,
    receiver: ReceiverProcess,
    start_proxy: StartProxy,
    start_sender: Callable[..., Sender],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = tmp_path / "source.bin"
    digest = make_big_file(source, 3 * GIB)
    proxy = start_proxy(kind, receiver)
    carried = send_with_a_cut(proxy, receiver, start_sender, source, monkeypatch, 300)
    print(f"{kind}: {proxy.peak_bytes / MIB:.0f} MiB at most, {carried / MIB:.0f} MiB carried")
    source.unlink()
    stored = receiver.stored()["source.bin"]
    assert carried < 3.2 * GIB
    assert blake3_of(stored) == digest
    stored.unlink()
    assert proxy.spooled == []
    assert proxy.peak_bytes < PROXY_MOST_BYTES


def test_a_file_in_as_many_parts_as_there_may_be_goes_through(
    receiver: ReceiverProcess,
    start_proxy: StartProxy,
    start_sender: Callable[..., Sender],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All parts are named in one header, and nginx takes 8 KiB of it."""
    monkeypatch.setattr(parts, "LEAST_SEGMENT_BYTES", MIB // 16)
    monkeypatch.setattr(upload, "SPLIT_FROM_S", 1.0)
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(40 * MIB))
    with Relay(start_proxy("nginx", receiver).port) as relay:
        relay.slow_bytes_per_s = 3 * MIB
        sender = start_sender(relay.url)
        sender.add(source)
        sender.wait_stored(60)
        sender.stop()
        assert relay.posts > 0.9 * parts.MOST_SEGMENTS
    assert blake3_of(receiver.stored()["source.bin"]) == blake3_of(source)


def ask(
    proxy: Proxy,
    receiver: ReceiverProcess,
    method: str,
    path: str,
    headers: Headers,
    body: bytes = b"",
    *,
    key: str | None = None,
    source: str = "127.0.0.1",
) -> Answer:
    """Ask as a sender before the proxy does."""
    with Line(proxy.port, key or receiver.key, source) as line:
        if proxy.authority:
            line.start_tls("localhost")
        found = {"Host": proxy.url.partition("//")[2], **headers}
        return line.ask(method, path, found, body)


@both
def test_the_receiver_knows_its_address_and_the_senders(
    kind: str, receiver: ReceiverProcess, start_proxy: StartProxy
) -> None:
    """Links lead back to the proxy; who guesses keys is shut out alone, whatever it claims."""
    proxy = start_proxy(kind, receiver)
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    created = ask(proxy, receiver, "POST", "/files", tus)
    assert created.headers["location"].startswith(proxy.url + "/files/")
    for number in range(11):
        claim = {"X-Forwarded-For": f"203.0.113.{number}"}
        refused = ask(proxy, receiver, "GET", "/status", claim, key="wrong", source="127.0.0.2")
    assert refused.code == "too_many_tries"
    assert ask(proxy, receiver, "GET", "/status", {}).status == 200


@both
def test_a_refusal_reaches_the_sender_before_it_has_sent_all(
    kind: str, receiver: ReceiverProcess, start_proxy: StartProxy
) -> None:
    """The sender goes on sending until it sees the answer, as real ones do."""
    proxy = start_proxy(kind, receiver)
    answers: list[Answer] = []
    with Line(proxy.port, receiver.key) as line:
        if proxy.authority:
            line.start_tls("localhost")
        line.send_head(
            "PUT", "/put/large.bin", {"Host": "localhost", "Content-Length": str(9 * GIB)}
        )
        reader = threading.Thread(target=lambda: answers.append(line.read_answer()))
        reader.start()
        sent_bytes = 0
        with contextlib.suppress(OSError):
            while reader.is_alive() and sent_bytes < GIB:
                line.send(bytes(MIB))
                sent_bytes += MIB
        reader.join(20)
    assert [(one.status, one.code) for one in answers] == [(413, "too_large")]
    assert sent_bytes < GIB


@both
def test_a_phone_that_speaks_the_draft_gets_its_final_answer(
    kind: str, receiver: ReceiverProcess, start_proxy: StartProxy
) -> None:
    """nginx takes an interim answer for the final one, so none is sent through a proxy."""
    proxy = start_proxy(kind, receiver)
    headers = {**INTEROP, "Upload-Complete": flag(True), "Content-Type": "text/plain"}
    answer = ask(proxy, receiver, "POST", "/files", headers, os.urandom(MIB))
    assert (answer.status, answer.headers["upload-complete"]) == (200, "?1")


@both
def test_a_body_of_unknown_length_goes_through(
    kind: str, receiver: ReceiverProcess, start_proxy: StartProxy
) -> None:
    proxy = start_proxy(kind, receiver)
    data = os.urandom(3 * MIB)
    answer = requests.put(
        proxy.url + "/put/piped.bin",
        data=iter([data[:MIB], data[MIB:]]),
        headers=receiver.headers,
        timeout=30,
        verify=str(proxy.authority) if proxy.authority else True,
    )
    assert answer.status_code == 201
    assert receiver.stored()["piped.bin"].read_bytes() == data


@pytest.mark.parametrize("domain", ["", "no domain", "a;b", "x" * 64 + ".org", "http://a.org"])
def test_what_is_no_domain_is_refused(domain: str) -> None:
    done = CliRunner().invoke(main, ["proxy-config", "nginx", "--domain", domain])
    assert done.exit_code == 2
    assert "not a domain name" in done.output


def test_a_name_in_another_script_is_put_in_ascii() -> None:
    done = CliRunner().invoke(main, ["proxy-config", "caddy", "--domain", "büro.example"])
    assert "\nxn--bro-hoa.example {" in done.output


def test_a_link_to_a_proxy_has_no_pin(tmp_path: Path) -> None:
    options = ["link", "--data", str(tmp_path), "--behind-proxy"]
    assert CliRunner().invoke(main, options).exit_code == 2
    done = CliRunner().invoke(main, [*options, "--host", "files.example.org"])
    assert done.output.startswith("wherry://files.example.org:443/?key=")
    assert "pin=" not in done.output
