"""The sending side over TLS: lines that break, refusals on the way, and an end from outside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.transfer.connection import STALL_S, open_session
from receiver.identity import fingerprint
from receiver.protocol import TUS_VERSION, UPLOAD_TYPE
from tests.receiver_process import KEY, ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 30 * MIB
BODY_BYTES = 64 * MIB


@pytest.fixture
def receiver(start_receiver: Callable[..., ReceiverProcess]) -> Iterator[ReceiverProcess]:
    """A receiver with its own certificate."""
    started = start_receiver("--host", "0.0.0.0")
    yield started
    print(*started.output, sep="\n")


@pytest.fixture
def pin(receiver: ReceiverProcess) -> str:
    return fingerprint(receiver.data / ".wherry" / "certificate.pem")


def secured(url: str) -> str:
    return url.replace("http://", "https://")


@pytest.mark.parametrize("breaks", [Relay.cut, Relay.reset, Relay.half_close])
def test_a_line_that_breaks_again_and_again(
    relay: Relay,
    receiver: ReceiverProcess,
    pin: str,
    start_sender: StartSender,
    make_file: MakeFile,
    breaks: Callable[[Relay], None],
) -> None:
    """The pieces that get through end within records.

    A way up that ends politely may be noticed only as a line that stands still.
    """
    path = make_file(20 * MIB)
    relay.break_every_bytes, relay.breaks = 8 * MIB + 1000, breaks
    sender = start_sender(secured(relay.url), pin=pin)
    sender.add(path)
    sender.wait_stored(within_s=3 * STALL_S)
    assert relay.connections >= 2
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)


def test_after_an_end_in_the_middle_only_the_rest_is_sent(
    relay: Relay,
    receiver: ReceiverProcess,
    pin: str,
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    path = make_file(40 * MIB)
    relay.slow_bytes_per_s = SLOW
    first = start_sender(secured(relay.url), pin=pin)
    first.add(path)
    first.wait_progress(8 * MIB)
    first.stop()
    relay.wait_idle()
    relay.slow_bytes_per_s = None
    second = start_sender(secured(relay.url), pin=pin)
    second.wait(lambda: bool(second.transfers))
    second.wait_stored()
    assert second.one.resumed_from_bytes
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)


class _Body:
    """So many bytes, in pieces of which each is handed over before the next one."""

    def __len__(self) -> int:
        return BODY_BYTES

    def __iter__(self) -> Iterator[bytes]:
        piece = os.urandom(MIB // 4)
        for _ in range(BODY_BYTES // len(piece)):
            yield piece


def test_a_refusal_is_read_although_the_body_was_not_taken(
    receiver: ReceiverProcess, pin: str
) -> None:
    """The receiver answers, and hangs up on the rest."""
    url = f"https://127.0.0.1:{receiver.port}"
    session, _ = open_session(url, KEY, pin)
    fields = {"Tus-Resumable": TUS_VERSION, "Content-Type": UPLOAD_TYPE, "Upload-Offset": "0"}
    with session:
        answer = session.patch(url + "/files/none", data=_Body(), headers=fields, timeout=30)
        assert answer.status_code == 404
        assert answer.json()["code"] == "upload_unknown"
        assert session.get(url + "/health", timeout=30).text == "ok"
