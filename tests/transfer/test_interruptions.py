"""Lines that are cut, receivers that die, stall or refuse: every upload goes on where it was."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer.events import Problem, ProblemKind, State
from receiver.names import HIDDEN
from tests.receiver_process import ReceiverProcess, free_port
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of, server_at
from tests.tus_sender import eventually

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 30 * MIB


def problem_of(sender: Sender) -> Problem:
    problem = sender.one.problem
    assert problem is not None
    return problem


def assert_whole(receiver: ReceiverProcess, path: Path) -> None:
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)


def test_a_killed_receiver_is_waited_for_and_only_the_rest_is_sent(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(40 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(8 * MIB)
    receiver.kill()
    waiting = sender.wait_state(State.WAITING_NETWORK)
    relay.wait_idle()
    assert problem_of(sender).kind is ProblemKind.UNREACHABLE
    assert problem_of(sender).where == "this computer"
    assert problem_of(sender).retry_in_s is not None
    relay.slow_bytes_per_s = None
    before = relay.up_bytes
    receiver.start()
    sender.wait_stored()
    resumed = sender.one.resumed_from_bytes
    assert resumed is not None
    assert resumed >= waiting.stored_bytes
    assert relay.up_bytes - before <= 40 * MIB - resumed + MIB
    assert_whole(receiver, path)


def test_after_a_restart_of_the_sender_only_the_rest_is_sent(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(40 * MIB)
    relay.slow_bytes_per_s = SLOW
    first = start_sender(relay.url)
    first.add(path)
    first.wait_progress(8 * MIB)
    first.stop()
    relay.wait_idle()
    relay.slow_bytes_per_s = None
    before = relay.up_bytes
    second = start_sender(relay.url)
    second.wait(lambda: bool(second.transfers))
    second.wait_stored()
    resumed = second.one.resumed_from_bytes
    assert resumed is not None
    assert resumed >= 8 * MIB
    assert relay.up_bytes - before <= 40 * MIB - resumed + MIB
    assert_whole(receiver, path)


def test_a_line_cut_in_the_middle_of_a_window(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(30 * MIB)
    relay.cut_after_bytes = 10 * MIB
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_stored()
    assert State.WAITING_NETWORK in sender.states()
    assert relay.connections >= 2
    assert_whole(receiver, path)


def test_a_receiver_that_does_not_read_for_a_while_is_no_failure(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(30 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    relay.stall()
    timer = threading.Timer(4.0, relay.flow)
    timer.start()
    sender.wait_stored()
    timer.join()
    assert State.WAITING_NETWORK not in sender.states()
    assert_whole(receiver, path)


def test_a_server_that_is_away_is_waited_for(
    start_receiver: Callable[..., ReceiverProcess], start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(2 * MIB)
    port = free_port()
    sender = start_sender(f"http://127.0.0.1:{port}")
    sender.add(path)
    sender.wait_state(State.WAITING_NETWORK)
    receiver = start_receiver(port=port)
    sender.wait_stored()
    assert sender.one.resumed_from_bytes is None
    assert_whole(receiver, path)


def test_another_address_of_the_same_server_is_used_at_once(
    receiver: ReceiverProcess,
    start_relay: Callable[[ReceiverProcess], Relay],
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    path = make_file(40 * MIB)
    first, second = start_relay(receiver), start_relay(receiver)
    first.slow_bytes_per_s = SLOW
    sender = start_sender(first.url)
    sender.add(path)
    sender.wait_progress(8 * MIB)
    first.stall()
    sender.engine.use(server_at(second.url))
    sender.wait_stored(within_s=15)
    assert (sender.one.resumed_from_bytes or 0) >= 8 * MIB
    assert second.up_bytes < 34 * MIB
    assert_whole(receiver, path)


def test_a_wrong_key_is_said_and_a_right_one_goes_on(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(2 * MIB)
    sender = start_sender(receiver.url, key="not-the-key")
    sender.add(path)
    sender.wait_state(State.FAILED)
    assert problem_of(sender).kind is ProblemKind.KEY_WRONG
    assert "not-the-key" not in str(problem_of(sender))
    sender.engine.use(server_at(receiver.url))
    sender.engine.retry([1])
    sender.wait_stored()


def test_no_key_is_another_thing_than_a_wrong_one(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(receiver.url, key="")
    sender.add(make_file(10))
    sender.wait_state(State.FAILED)
    assert problem_of(sender).kind is ProblemKind.KEY_MISSING


@pytest.mark.parametrize("status", [413, 502, 503, 504])
def test_a_proxy_that_refuses_is_named_and_waited_for(
    status: int,
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    path = make_file(30 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    relay.answer_status = status
    relay.cut()
    sender.wait(lambda: _waits_for(sender, ProblemKind.PROXY))
    assert "Server: nginx" in problem_of(sender).detail
    relay.answer_status = None
    sender.engine.go_on([1])
    sender.wait_stored()
    assert_whole(receiver, path)


def _waits_for(sender: Sender, kind: ProblemKind) -> bool:
    problem = sender.one.problem
    return (
        sender.one.state is State.WAITING_NETWORK and problem is not None and problem.kind is kind
    )


def test_a_portal_that_answers_200_is_no_receiver(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(2 * MIB)
    relay.answer_status = 200
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait(lambda: _waits_for(sender, ProblemKind.NOT_WHERRY))
    relay.answer_status = None
    sender.engine.go_on([1])
    sender.wait_stored()
    assert_whole(receiver, path)


def test_an_upload_that_the_server_has_lost_begins_anew_and_says_so(
    start_receiver: Callable[..., ReceiverProcess],
    start_relay: Callable[[ReceiverProcess], Relay],
    start_sender: StartSender,
    make_file: MakeFile,
    tmp_path: Path,
) -> None:
    path = make_file(30 * MIB)
    old = start_receiver()
    relay = start_relay(old)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    old.kill()
    sender.wait_state(State.WAITING_NETWORK)
    fresh = start_receiver(data=tmp_path / "fresh", port=old.port)
    relay.slow_bytes_per_s = None
    sender.wait_stored()
    noted = [one.transfer.problem for one in sender.changes if one.transfer.problem]
    assert ProblemKind.UPLOAD_GONE in {problem.kind for problem in noted}
    assert sender.one.problem is None
    assert_whole(fresh, path)


@pytest.mark.parametrize("size_bytes", [MIB // 2, 5 * MIB])
def test_a_creation_whose_answer_was_lost_leaves_nothing_behind(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
    size_bytes: int,
) -> None:
    """The repeated creation finds the upload that the first one has begun."""
    path = make_file(size_bytes)
    relay.lose_answer_to = b"POST /files"
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait_stored()
    assert relay.lose_answer_to is None
    assert_whole(receiver, path)
    eventually(lambda: not receiver.status().uploads)
    assert receiver.status().disk.promised_bytes == 0
    assert len(receiver.stored()) == 1


def test_a_server_whose_disk_fails_for_a_while_is_waited_for(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(3 * MIB)
    uploads = receiver.data / HIDDEN / "uploads"
    gone = uploads.rename(uploads.with_name("gone"))
    sender = start_sender(receiver.url)
    sender.add(path)
    for tries in range(1, 9):
        _wait_refused(sender, tries)
        sender.engine.go_on([1])
    gone.rename(uploads)
    sender.engine.go_on([1])
    sender.wait_stored()
    assert_whole(receiver, path)


def _wait_refused(sender: Sender, tries: int) -> None:
    def are_told() -> bool:
        told = [one.transfer.problem for one in sender.changes]
        return (
            sum(one is not None and one.kind is ProblemKind.STORE_FAILED for one in told) >= tries
        )

    sender.wait(are_told)


@pytest.mark.parametrize("first_mib", [2, 20, 39])
def test_what_a_line_made_something_else_is_noticed_and_sent_again(
    first_mib: int,
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
) -> None:
    """In the first window, on the way, and in the last; on the way once more in the second try,
    where each window is checked by itself."""
    path = make_file(40 * MIB)
    relay.err_after_bytes = first_mib * MIB
    sender = start_sender(relay.url)
    sender.add(path)
    sender.wait(lambda: relay.err_after_bytes is None)
    relay.err_after_bytes = relay.up_bytes + 30 * MIB
    sender.wait_stored()
    assert_whole(receiver, path)
    uploads = receiver.data / HIDDEN / "uploads"
    eventually(lambda: not list(uploads.iterdir()))
    if first_mib == 20:
        told = [one.transfer.problem for one in sender.changes]
        assert any(one is not None and one.kind is ProblemKind.DIGEST_MISMATCH for one in told)
        assert relay.err_after_bytes is None


def test_several_files_survive_a_line_that_is_cut_again_and_again(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    paths = [make_file(12 * MIB, f"{number}.bin") for number in range(3)]
    sender = start_sender(relay.url)
    for limit in (5, 14, 20, 26):
        relay.cut_after_bytes = limit * MIB
        if limit == 5:
            sender.add(*paths)
        sender.wait(lambda: relay.cut_after_bytes is None)
    sender.wait_stored()
    for path in paths:
        assert_whole(receiver, path)


def test_the_engine_stops_promptly_while_a_line_hangs(
    relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(make_file(40 * MIB))
    sender.wait_progress(4 * MIB)
    relay.stall()
    sender.engine.stop(timeout_s=5.0)
