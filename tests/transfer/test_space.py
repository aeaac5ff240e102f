"""A server's disk that is too small for the list, or fills up under way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.messages import PlainWords, explain, state_words
from desktop.transfer.events import ProblemKind, State, Transfer
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of, server_at

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]


@pytest.fixture
def disk(mount: Callable[[str], Path]) -> Path:
    return mount("64M")


@pytest.fixture
def cramped(start_receiver: Callable[..., ReceiverProcess], disk: Path) -> ReceiverProcess:
    """A receiver on a disk of 64 MiB, 2 MiB of which it keeps free."""
    return start_receiver("--keep-free", "2M", data=disk / "received")


def of(sender: Sender, name: str) -> Transfer:
    return next(one for one in sender.all if one.name == name)


def wait_for(sender: Sender, name: str, state: State) -> Transfer:
    sender.wait(lambda: of(sender, name).state is state)
    return of(sender, name)


def test_a_list_that_does_not_fit_is_told_so_before_it_is_sent(
    cramped: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(None)
    sender.add(make_file(40 * MIB, "a"), make_file(41 * MIB, "b"), make_file(5 * MIB, "c"))
    sender.engine.use(server_at(cramped.url))
    waiting = wait_for(sender, "b", State.WAITING_SPACE)
    assert waiting.sent_bytes == 0
    wait_for(sender, "a", State.STORED)
    wait_for(sender, "c", State.STORED)
    problem = of(sender, "b").problem
    assert problem is not None
    assert problem.kind is ProblemKind.NO_SPACE
    assert problem.where == "this computer"
    assert problem.needed_bytes == 41 * MIB
    assert problem.free_bytes is not None
    assert problem.promised_bytes is not None
    assert problem.free_bytes - problem.promised_bytes < 41 * MIB
    cramped.stored()["a"].unlink()
    wait_for(sender, "b", State.STORED)
    assert digest_of(cramped.stored()["b"]) == digest_of(of(sender, "b").path)


def test_a_disk_that_fills_up_under_way_is_waited_for(
    cramped: ReceiverProcess,
    disk: Path,
    start_relay: Callable[[ReceiverProcess], Relay],
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    path = make_file(50 * MIB)
    relay = start_relay(cramped)
    relay.slow_bytes_per_s = 20 * MIB
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    fill(disk / "filler")
    waiting = sender.wait_state(State.WAITING_SPACE)
    assert waiting.problem is not None
    assert waiting.problem.kind is ProblemKind.NO_SPACE
    assert "Not enough space on" in explain(waiting.problem, PlainWords()).headline
    assert state_words(waiting, PlainWords()).startswith("Waiting for space on")
    relay.slow_bytes_per_s = None
    (disk / "filler").unlink()
    sender.wait_stored()
    assert digest_of(cramped.stored()["file.bin"]) == digest_of(path)
    assert sender.one.resumed_from_bytes is not None


def fill(path: Path) -> None:
    """Write until nothing fits any more."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(64 * 1024))
        except OSError:
            return


def test_a_full_server_is_not_hammered(
    cramped: ReceiverProcess,
    start_relay: Callable[[ReceiverProcess], Relay],
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    relay = start_relay(cramped)
    sender = start_sender(relay.url)
    sender.add(*(make_file(63 * MIB, f"{number}") for number in range(3)))
    sender.wait(lambda: all(one.state is State.WAITING_SPACE for one in sender.all))
    before = relay.up_bytes
    with pytest.raises(AssertionError, match="did not come"):
        sender.wait(lambda: any(one.state is State.STORED for one in sender.all), within_s=6)
    assert relay.up_bytes - before < 4000


def test_space_that_is_promised_to_itself_is_not_waited_for(
    cramped: ReceiverProcess,
    start_relay: Callable[[ReceiverProcess], Relay],
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    """The answer to its creation was lost, and so was the program that waited for it."""
    relay = start_relay(cramped)
    relay.lose_answer_to = b"POST /files"
    relay.on_loss = lambda: setattr(relay, "refuse", True)
    sender = start_sender(relay.url)
    sender.add(make_file(40 * MIB))
    sender.wait_state(State.WAITING_NETWORK)
    assert cramped.status().disk.promised_bytes == 40 * MIB
    sender.stop()
    relay.refuse = False
    again = start_sender(relay.url)
    again.add(make_file(10 * MIB, "other"))
    again.wait_stored()
    assert not cramped.status().uploads


def test_a_file_larger_than_the_server_takes_fails_with_both_sizes(
    start_receiver: Callable[..., ReceiverProcess], start_sender: StartSender, make_file: MakeFile
) -> None:
    receiver = start_receiver("--max-upload", "1M")
    sender = start_sender(receiver.url)
    sender.add(make_file(2 * MIB))
    problem = sender.wait_state(State.FAILED).problem
    assert problem is not None
    assert (problem.kind, problem.needed_bytes, problem.limit_bytes) == (
        ProblemKind.TOO_LARGE,
        2 * MIB,
        MIB,
    )
