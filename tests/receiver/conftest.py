"""Receivers and senders for the tests of the receiver."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.draft_sender import DraftSender
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender


class SmallDisks:
    """Makes tmpfs file systems of a given size below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mounted: list[Path] = []

    def mount(self, size: str) -> Path:
        """Mount one, `size` as mount(8) reads it ("8M"); skip the test where that is forbidden."""
        if sys.platform != "linux":
            pytest.skip("small file systems are made by tmpfs, which only Linux has")
        point = self._folder / f"disk-{len(self._mounted)}"
        point.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(point)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        self._mounted.append(point)
        return point

    def unmount_all(self) -> None:
        for point in self._mounted:
            subprocess.run(["umount", "--lazy", str(point)], check=True)


@pytest.fixture(scope="module")
def shared_receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    """One receiver for all tests of a module, where no test disturbs another."""
    receiver = ReceiverProcess(tmp_path_factory.mktemp("shared") / "received")
    receiver.start()
    yield receiver
    receiver.kill()


@pytest.fixture
def tus(shared_receiver: ReceiverProcess) -> TusSender:
    """A sender to the shared receiver."""
    return TusSender(shared_receiver)


@pytest.fixture
def draft(shared_receiver: ReceiverProcess) -> DraftSender:
    """A sender of the IETF draft to the same receiver."""
    return DraftSender(shared_receiver)


@pytest.fixture
def small_disks(tmp_path: Path) -> Iterator[SmallDisks]:
    """A factory of small file systems."""
    disks = SmallDisks(tmp_path)
    yield disks
    disks.unmount_all()
