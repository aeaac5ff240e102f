"""The drive or the permission goes while a file is sent: said in words, and gone on with after."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.transfer.events import ProblemKind, State
from tests.receiver_process import ROOT, ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

SLOW = 4 * MIB
FILE_BYTES = 40 * MIB
NOBODY = 65534
ENDS_WITHIN_S = 60


class Drive:
    """A disk in a file, plugged in and pulled out; each time as if it had never been read."""

    def __init__(self, image: Path, point: Path) -> None:
        self.image, self.point = image, point
        self._content: bytes | None = None
        with image.open("wb") as file:
            file.truncate(2 * FILE_BYTES)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
        point.mkdir()

    def plug_in(self) -> None:
        subprocess.run(["mount", "-o", "loop", str(self.image), str(self.point)], check=True)

    def pull_out(self) -> None:
        """As somebody does who does not ask: what is open stays open."""
        subprocess.run(["umount", "--lazy", str(self.point)], check=True)

    def fail(self) -> None:
        """Every block gives an input/output error from now on."""
        self._content = self.image.read_bytes()
        os.truncate(self.image, 0)

    def heal(self) -> None:
        """Undo `fail`."""
        assert self._content is not None
        with self.image.open("r+b") as file:
            file.write(self._content)


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    """An empty drive that is plugged in."""
    if shutil.which("mkfs.ext4") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a drive that can be pulled out takes root and mkfs.ext4")
    made = Drive(tmp_path / "drive.img", tmp_path / "drive")
    try:
        made.plug_in()
    except subprocess.CalledProcessError:
        pytest.skip("no drive can be mounted here")
    yield made
    while os.path.ismount(made.point):
        made.pull_out()


@pytest.fixture
def sending(
    drive: Drive, relay: Relay, start_sender: Callable[..., Sender]
) -> tuple[Sender, Path, Path]:
    """Two files of a drive on the list, the first of them under way."""
    first, second = drive.point / "first.bin", drive.point / "second.bin"
    first.write_bytes(os.urandom(FILE_BYTES))
    second.write_bytes(os.urandom(3 * MIB))
    drive.pull_out()
    drive.plug_in()
    relay.shared_bytes_per_s = SLOW
    sender = start_sender(relay.url, streams=1)
    sender.add(first, second)
    sender.wait(lambda: sender.transfers[1].stored_bytes > 0)
    return sender, first, second


def assert_stored_after_all(
    sender: Sender, receiver: ReceiverProcess, relay: Relay, paths: tuple[Path, Path]
) -> None:
    relay.shared_bytes_per_s = None
    sender.engine.retry([1, 2])
    sender.wait_stored()
    stored = receiver.stored()
    assert {name: digest_of(path) for name, path in stored.items()} == {
        path.name: digest_of(path) for path in paths
    }
    assert not receiver.status().uploads


def test_a_drive_that_fails_is_named_and_gone_on_with_once_it_is_well(
    sending: tuple[Sender, Path, Path], drive: Drive, receiver: ReceiverProcess, relay: Relay
) -> None:
    sender, first, second = sending
    drive.fail()
    relay.shared_bytes_per_s = None
    sender.wait(lambda: sender.transfers[1].state is State.FAILED)
    sender.wait(lambda: sender.transfers[2].state.finished)
    problem = sender.transfers[1].problem
    assert problem is not None
    assert problem.kind is ProblemKind.READ_FAILED
    drive.heal()
    drive.pull_out()
    drive.plug_in()
    assert_stored_after_all(sender, receiver, relay, (first, second))


def test_a_drive_that_is_pulled_out_is_named_and_gone_on_with_once_it_is_back(
    sending: tuple[Sender, Path, Path], drive: Drive, receiver: ReceiverProcess, relay: Relay
) -> None:
    sender, first, second = sending
    drive.pull_out()
    relay.shared_bytes_per_s = None
    sender.wait(lambda: all(one.state.finished for one in sender.all))
    problem = sender.transfers[2].problem
    assert problem is not None
    assert problem.kind is ProblemKind.FILE_VANISHED
    drive.plug_in()
    assert_stored_after_all(sender, receiver, relay, (first, second))


def test_a_file_that_may_not_be_read_is_named_and_the_others_go(
    receiver: ReceiverProcess, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    """`wherry send` by somebody who may not read one of two files; then he may."""
    if shutil.which("setpriv") is None or os.geteuid() != 0:
        pytest.skip("to be somebody else takes root and setpriv")
    secret = make_file(2 * MIB, "secret.bin")
    make_file(2 * MIB, "open.bin")
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o011)
    secret.parent.chmod(0o755)
    secret.chmod(0o600)
    command = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", sys.executable, "-m", "desktop"]
    command += ["send", "--to", receiver.url, str(secret.parent)]
    environment = {**os.environ, "HOME": str(home), "WHERRY_KEY": receiver.key}

    can_run = [*command[:4], "-c", "import desktop"]
    if subprocess.run(can_run, cwd=ROOT, capture_output=True).returncode:
        pytest.skip("nobody but root can run this Python")

    def send() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=ENDS_WITHIN_S,
        )

    refused = send()
    assert refused.returncode == 1, refused.stderr
    assert "not allowed to read" in refused.stdout + refused.stderr
    assert list(receiver.stored()) == ["source/open.bin"]
    secret.chmod(0o644)
    assert send().returncode == 0
    assert len(receiver.stored()) == 2


def fill(disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (disk / "filler").write_bytes(bytes(MIB))


def protect(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@pytest.mark.parametrize("spoil", [fill, protect])
def test_a_sender_that_can_note_nothing_says_so_and_sends(
    receiver: ReceiverProcess,
    make_file: Callable[..., Path],
    mount: Callable[[str], Path],
    spoil: Callable[[Path], None],
) -> None:
    path = make_file(2 * MIB)
    home = mount("256k")
    spoil(home)
    sent = subprocess.run(
        [sys.executable, "-m", "desktop", "send", "--to", receiver.url, str(path)],
        cwd=ROOT,
        env={**os.environ, "XDG_STATE_HOME": str(home / "state"), "WHERRY_KEY": receiver.key},
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_S,
    )
    assert sent.returncode == 0, sent.stderr
    assert "cannot be noted on this computer" in sent.stderr
    assert "Traceback" not in sent.stderr
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)
