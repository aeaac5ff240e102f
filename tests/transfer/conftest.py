"""Fixtures for the sending side: engines, relays, files, and a watch for threads left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.sender import Sender

MIB = 1 << 20


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    """Whatever a test begins has ended when it has."""
    before = set(threading.enumerate())
    yield
    left = [one.name for one in threading.enumerate() if one not in before]
    assert not [name for name in left if name.startswith("wherry")]


@pytest.fixture
def receiver(start_receiver: Callable[..., ReceiverProcess]) -> Iterator[ReceiverProcess]:
    """One real receiver; what it wrote is shown when the test fails."""
    started = start_receiver()
    yield started
    print(*started.output, sep="\n")


@pytest.fixture
def start_sender(tmp_path: Path) -> Iterator[Callable[..., Sender]]:
    """A factory of engines on one ledger, one after the other; each is stopped at the end."""
    senders: list[Sender] = []

    def start(url: str | None, **keywords: object) -> Sender:
        sender = Sender(tmp_path / "ledger.db", url, **keywords)  # type: ignore[arg-type]
        senders.append(sender)
        return sender

    yield start
    for sender in senders:
        sender.stop()


@pytest.fixture
def start_relay() -> Iterator[Callable[[ReceiverProcess], Relay]]:
    """A factory of relays in front of a receiver."""
    with ExitStack() as stack:
        yield lambda receiver: stack.enter_context(Relay(receiver.port))


@pytest.fixture
def relay(receiver: ReceiverProcess, start_relay: Callable[[ReceiverProcess], Relay]) -> Relay:
    """A relay in front of the default receiver."""
    return start_relay(receiver)


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    """A factory of files with random bytes."""

    def make(size_bytes: int, name: str = "file.bin", folder: str = "source") -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for start in range(0, size_bytes, MIB):
                file.write(os.urandom(min(MIB, size_bytes - start)))
        return path

    return make


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A factory of small file systems in memory; the test is skipped where none can be mounted."""
    mounted: list[Path] = []

    def make(size: str) -> Path:
        if sys.platform != "linux":
            pytest.skip("small file systems are made by tmpfs, which only Linux has")
        point = tmp_path / f"disk-{len(mounted)}"
        point.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(point)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        mounted.append(point)
        return point

    yield make
    for point in mounted:
        subprocess.run(["umount", "--lazy", str(point)], check=True)
