"""Files that do not hold still: never do two halves of two versions become one file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer.events import ProblemKind, State
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 20 * MIB


@pytest.fixture
def path(make_file: MakeFile) -> Path:
    return make_file(40 * MIB)


@pytest.fixture
def under_way(relay: Relay, start_sender: StartSender, path: Path) -> Sender:
    """A sender that has some of a file stored, and much of it not."""
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    return sender


def kinds(sender: Sender) -> list[ProblemKind]:
    return [one.transfer.problem.kind for one in sender.changes if one.transfer.problem]


def change_in_place(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(35 * MIB)
        file.write(os.urandom(MIB))


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(os.urandom(3 * MIB))


def shorten(path: Path) -> None:
    os.truncate(path, 10 * MIB)


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(os.urandom(20 * MIB))
    other.replace(path)


def replace_by_one_of_the_same_size_and_time(path: Path) -> None:
    found = path.stat()
    other = path.with_name("other")
    other.write_bytes(os.urandom(found.st_size))
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize(
    "change", [change_in_place, grow, shorten, replace, replace_by_one_of_the_same_size_and_time]
)
def test_a_change_is_noticed_said_and_sent_anew(
    change: Callable[[Path], None],
    receiver: ReceiverProcess,
    relay: Relay,
    under_way: Sender,
    path: Path,
) -> None:
    change(path)
    under_way.wait(lambda: ProblemKind.FILE_CHANGED in kinds(under_way))
    relay.slow_bytes_per_s = None
    under_way.wait_stored()
    stored = receiver.stored()
    assert list(stored) == ["file.bin"]
    assert digest_of(stored["file.bin"]) == digest_of(path)
    assert under_way.one.size_bytes == path.stat().st_size
    assert under_way.one.problem is None


@pytest.mark.parametrize("change", [change_in_place, grow, shorten, replace])
def test_a_change_between_two_runs_is_noticed(
    change: Callable[[Path], None],
    receiver: ReceiverProcess,
    relay: Relay,
    under_way: Sender,
    start_sender: StartSender,
    path: Path,
) -> None:
    under_way.stop()
    change(path)
    relay.slow_bytes_per_s = None
    again = start_sender(relay.url)
    again.wait(lambda: bool(again.transfers))
    again.wait_stored()
    assert ProblemKind.FILE_CHANGED in kinds(again)
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(path)


def test_a_beginning_that_was_forged_between_two_runs_is_found_by_the_digest(
    receiver: ReceiverProcess,
    relay: Relay,
    under_way: Sender,
    start_sender: StartSender,
    path: Path,
) -> None:
    under_way.stop()
    found = path.stat()
    with path.open("r+b") as file:
        file.write(os.urandom(MIB))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    relay.slow_bytes_per_s = None
    again = start_sender(relay.url)
    again.wait(lambda: bool(again.transfers))
    again.wait_stored()
    assert ProblemKind.DIGEST_MISMATCH in kinds(again)
    stored = receiver.stored()[again.one.stored_name or ""]
    assert digest_of(stored) == digest_of(path)


def test_a_file_that_keeps_changing_fails_with_words(under_way: Sender, path: Path) -> None:
    over = threading.Event()

    def keep_writing() -> None:
        while not over.wait(0.05):
            grow_a_little(path)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        failed = under_way.wait_state(State.FAILED)
    finally:
        over.set()
        writer.join()
    assert failed.problem is not None
    assert failed.problem.kind is ProblemKind.FILE_CHANGED


def grow_a_little(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"one more line\n")


def test_a_file_that_vanishes_in_mid_upload(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender, path: Path
) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    failed = under_way.wait_state(State.FAILED)
    assert failed.problem is not None
    assert failed.problem.kind is ProblemKind.FILE_VANISHED
    aside.rename(path)
    relay.slow_bytes_per_s = None
    under_way.engine.retry([1])
    under_way.wait_stored()
    assert (under_way.one.resumed_from_bytes or 0) >= 4 * MIB
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(path)


def test_a_file_below_a_file_has_vanished(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(10)
    sender = start_sender(receiver.url)
    sender.add(path / "below")
    assert not sender.transfers
    assert sender.refused[0].problem.kind is ProblemKind.FILE_VANISHED
