"""Names that do not resolve for a while, lines that break under every window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.network import NAME, Network
from tests.receiver_process import ROOT, ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of
from tests.tus_sender import eventually

SLOW_BYTES_PER_S = 2_000_000
SENT_WITHIN_S = 60
FAR = ("--host", "0.0.0.0", "--tls", "off")
MakeFile = Callable[..., Path]


@pytest.fixture
def network() -> Iterator[Network]:
    if shutil.which("ip") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a network of its own takes root and Linux's `ip`")
    try:
        made = Network()
        made.__enter__()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no network can be made here: {error.stderr.strip()}")
    try:
        made.slow(SLOW_BYTES_PER_S)
        yield made
    finally:
        made.__exit__(None, None, None)


@pytest.fixture
def far_receiver(start_receiver: Callable[..., ReceiverProcess]) -> ReceiverProcess:
    return start_receiver(*FAR)


@pytest.fixture
def send_far(
    network: Network, far_receiver: ReceiverProcess, tmp_path: Path
) -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Begin `wherry send` in the network; it is ended at the end of the test."""
    begun: list[subprocess.Popen[str]] = []

    def send(path: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "desktop", "send", "--json"]
        command += ["--to", f"http://{NAME}:{far_receiver.port}", str(path)]
        home = {"HOME": str(tmp_path / "home"), "WHERRY_KEY": far_receiver.key}
        process = subprocess.Popen(
            [*network.prefix, *command],
            cwd=ROOT,
            env={**os.environ, **home},
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        return process

    yield send
    for process in begun:
        process.kill()
        process.communicate()


def under_way(receiver: ReceiverProcess) -> bool:
    return any(one.offset_bytes for one in receiver.status().uploads)


def assert_sent(process: subprocess.Popen[str], receiver: ReceiverProcess, path: Path) -> None:
    told, _ = process.communicate(timeout=SENT_WITHIN_S)
    assert process.returncode == 0, told
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)
    assert not receiver.status().uploads


def test_a_name_that_does_not_resolve_for_a_while(
    network: Network,
    far_receiver: ReceiverProcess,
    send_far: Callable[[Path], subprocess.Popen[str]],
    make_file: MakeFile,
) -> None:
    """The receiver restarts meanwhile, so that the sender has to ask for its address anew."""
    path = make_file(12 * MIB)
    process = send_far(path)
    eventually(lambda: under_way(far_receiver))
    address, network.names.address = network.names.address, None
    far_receiver.restart()
    asked = network.names.asked
    eventually(lambda: network.names.asked > asked)
    network.names.address = address
    assert_sent(process, far_receiver, path)


@pytest.mark.parametrize("how", [Relay.reset, Relay.half_close, Relay.cut])
def test_a_line_that_breaks_under_every_window_still_gets_through(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: Callable[..., Sender],
    make_file: MakeFile,
    how: Callable[[Relay], None],
) -> None:
    """No window of the usual size fits between two breaks: they become smaller."""
    path = make_file(5 * MIB // 4)
    relay.break_every_bytes, relay.breaks = 200_000, how
    sender = start_sender(relay.url, streams=1)
    sender.add(path)
    sender.wait_stored(within_s=SENT_WITHIN_S)
    assert relay.connections > 1
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)
    assert not receiver.status().uploads
