"""Pause, go on, cancel, try again, in mid-upload, and what the list remembers of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer import orders
from desktop.transfer.events import WHOLE_LIST, Gathered, State, Transfer
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of, server_at
from tests.tus_sender import eventually

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 20 * MIB


@pytest.fixture
def under_way(relay: Relay, start_sender: StartSender, make_file: MakeFile) -> Sender:
    """A sender that has some of a file stored, and much of it not."""
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url)
    sender.add(make_file(60 * MIB))
    sender.wait_progress(4 * MIB)
    return sender


def test_a_long_list_is_cleared_part_by_part(
    start_sender: StartSender, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_MOST_REMOVED_AT_ONCE", 2)
    sender = start_sender(None)
    sender.add(*(make_file(1, f"file {number}") for number in range(6)))
    sender.wait(lambda: len(sender.all) == 6)
    *gone, kept = (one.id for one in sender.all)
    sender.engine.cancel(gone)
    sender.engine.clear_finished()
    sender.wait(lambda: [one.id for one in sender.all] == [kept])
    sender.stop()
    again = start_sender(None)
    again.wait(lambda: [one.id for one in again.all] == [kept])


def test_a_folder_stands_for_its_files_and_the_list_for_all(
    start_sender: StartSender, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_MOST_AT_ONCE", 2)
    sender, folder = start_sender(None), -1
    inside = [make_file(1, f"trip/file {number}") for number in range(3)]
    sender.add(inside[0].parent)
    sender.wait(lambda: len(sender.all) == 3)
    sender.add(*(make_file(1, f"file {number}") for number in range(2)))
    sender.wait(lambda: len(sender.all) == 5)

    def come_to(*states: State) -> None:
        sender.wait(lambda: [sender.transfers[number].state for number in range(1, 6)] == [*states])

    gone, rests, waits = State.CANCELLED, State.PAUSED, State.WAITING
    sender.engine.cancel((1, 4))
    sender.engine.pause((WHOLE_LIST,))
    come_to(gone, rests, rests, gone, rests)
    sender.engine.go_on((folder,))
    come_to(gone, waits, waits, gone, rests)
    sender.engine.pause((2,))
    sender.engine.retry((WHOLE_LIST,))
    sender.engine.retry((folder,))
    come_to(waits, rests, waits, gone, rests)
    sender.engine.cancel((folder, 5))
    come_to(gone, gone, gone, gone, gone)
    sender.engine.retry((2, 5))
    sender.engine.remove((folder,))
    sender.wait(lambda: [one.id for one in sender.all] == [2, 4, 5])
    sender.engine.go_on((WHOLE_LIST,))
    sender.engine.remove((WHOLE_LIST,))
    sender.wait(lambda: [one.id for one in sender.all] == [2, 5])


def test_what_failed_of_a_folder_begins_again_before_what_was_cancelled(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender, folder = start_sender(None), -1
    first = make_file(10, "trip/a.bin")
    make_file(10, "trip/b.bin")
    sender.add(first.parent)
    sender.wait(lambda: len(sender.all) == 2)
    sender.engine.cancel((2,))
    first.unlink()
    sender.engine.use(server_at(receiver.url))
    sender.wait(lambda: sender.transfers[1].state is State.FAILED)
    make_file(10, "trip/a.bin")
    sender.engine.retry((folder,))
    sender.wait(lambda: sender.transfers[1].state is State.STORED)
    assert sender.transfers[2].state is State.CANCELLED
    sender.engine.retry((folder,))
    sender.wait(lambda: sender.transfers[2].state is State.STORED)


def test_pause_is_shown_at_once_and_stops_the_line(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender
) -> None:
    began = time.monotonic()
    under_way.engine.pause([1])
    under_way.wait_state(State.PAUSED, within_s=1)
    assert time.monotonic() - began < 1
    wait_for_quiet(receiver)
    relay.slow_bytes_per_s = None
    stored = under_way.one.stored_bytes
    assert stored < 60 * MIB
    under_way.engine.go_on([1])
    under_way.wait_stored()
    resumed = under_way.one.resumed_from_bytes
    assert resumed is None or resumed >= stored, "None: it was paused between two windows"
    assert relay.up_bytes < 62 * MIB


def wait_for_quiet(receiver: ReceiverProcess) -> None:
    """Wait until no upload is being received."""
    until = time.monotonic() + 10
    while any(one.state == "receiving" for one in receiver.status().uploads):
        assert time.monotonic() < until


def test_pause_and_go_on_in_quick_turns(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender
) -> None:
    for _ in range(20):
        under_way.engine.pause([1])
        under_way.engine.go_on([1])
    relay.slow_bytes_per_s = None
    under_way.wait_stored()
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(under_way.one.path)


def test_pause_while_the_line_hangs(relay: Relay, under_way: Sender) -> None:
    relay.stall()
    under_way.engine.pause([1])
    under_way.wait_state(State.PAUSED, within_s=1)
    relay.flow()
    relay.slow_bytes_per_s = None
    under_way.engine.go_on([1])
    under_way.wait_stored()


def test_a_paused_one_stays_paused_over_a_restart(
    relay: Relay, under_way: Sender, start_sender: StartSender
) -> None:
    under_way.engine.pause([1])
    under_way.wait_state(State.PAUSED)
    under_way.stop()
    relay.slow_bytes_per_s = None
    again = start_sender(relay.url)
    paused = again.wait_state(State.PAUSED)
    assert paused.stored_bytes >= 4 * MIB
    again.engine.go_on([1])
    again.wait_stored()
    assert (again.one.resumed_from_bytes or 0) >= 4 * MIB


def test_cancel_drops_the_upload_on_the_server(
    receiver: ReceiverProcess, under_way: Sender
) -> None:
    under_way.engine.cancel([1])
    under_way.wait_state(State.CANCELLED, within_s=1)
    wait_until_dropped(receiver)
    assert not receiver.stored()


def test_cancel_while_it_is_created_leaves_nothing_on_the_server(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(relay.url)
    relay.slow_bytes_per_s = 1000
    sender.add(make_file(60 * MIB))
    eventually(lambda: relay.posts)
    sender.engine.cancel([1])
    sender.wait_state(State.CANCELLED)
    eventually(lambda: any("was cancelled" in line for line in receiver.output))
    assert not receiver.status().uploads


def wait_until_dropped(receiver: ReceiverProcess) -> None:
    until = time.monotonic() + 10
    while receiver.status().uploads:
        assert time.monotonic() < until


def test_cancel_while_the_server_is_away_is_made_good_later(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender, start_sender: StartSender
) -> None:
    receiver.kill()
    under_way.wait_state(State.WAITING_NETWORK)
    under_way.engine.cancel([1])
    under_way.wait_state(State.CANCELLED, within_s=1)
    under_way.stop()
    receiver.start()
    assert receiver.status().uploads
    start_sender(relay.url)
    wait_until_dropped(receiver)


def test_a_cancelled_one_begins_again_when_told(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender
) -> None:
    under_way.engine.cancel([1])
    under_way.wait_state(State.CANCELLED)
    relay.slow_bytes_per_s = None
    under_way.engine.retry([1])
    under_way.wait_stored()
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(under_way.one.path)


def test_cancelled_and_told_again_at_once(
    receiver: ReceiverProcess, relay: Relay, under_way: Sender
) -> None:
    relay.slow_bytes_per_s = None
    under_way.engine.cancel([1])
    under_way.engine.retry([1])
    under_way.wait_stored()
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(under_way.one.path)


def test_the_same_path_again_is_no_second_row(relay: Relay, under_way: Sender) -> None:
    under_way.engine.pause([1])
    under_way.wait_state(State.PAUSED)
    relay.slow_bytes_per_s = None
    under_way.add(under_way.one.path)
    under_way.wait_stored()
    assert len(under_way.all) == 1


def test_only_finished_ones_can_be_removed(under_way: Sender) -> None:
    under_way.engine.remove([1])
    under_way.engine.pause([1])
    under_way.wait_state(State.PAUSED)
    under_way.engine.cancel([1])
    under_way.wait_state(State.CANCELLED)
    under_way.engine.clear_finished()
    under_way.wait(lambda: not under_way.transfers)


def test_a_waiting_one_is_paused_and_cancelled_too(under_way: Sender, make_file: MakeFile) -> None:
    names = [f"more-{number}.bin" for number in range(4)]
    under_way.add(*(make_file(3 * MIB, name) for name in names))
    under_way.engine.pause([4, 5])
    under_way.wait(lambda: under_way.transfers[5].state is State.PAUSED)
    under_way.engine.cancel([4])
    under_way.wait(lambda: under_way.transfers[4].state is State.CANCELLED)
    under_way.engine.go_on([5])
    under_way.wait(lambda: under_way.transfers[5].state is State.STORED)


def test_what_was_failed_stays_listed_with_its_reason(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    first = start_sender(receiver.url, key="wrong")
    first.add(make_file(10))
    failed = first.wait_state(State.FAILED)
    first.stop()
    again = start_sender(receiver.url)
    assert again.wait_state(State.FAILED).problem == failed.problem
    again.engine.retry([1])
    again.wait_stored()


def test_the_order_is_followed_and_kept_over_a_restart(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    """The files are put in order before any of them has begun; what is between is halved often."""
    sender = start_sender(None)
    sender.add(*(make_file(2 * MIB, f"{number}.bin") for number in range(1, 6)))
    sender.engine.move([5, 4], None, 1)
    sender.engine.move([1], 3, None)
    for _ in range(40):
        sender.engine.move([2], 5, 4)
        sender.engine.move([3], 5, 2)
    sender.wait(lambda: [one.id for one in by_turn(sender)] == [5, 3, 2, 4, 1])
    sender.stop()
    again = start_sender(receiver.url, streams=1)
    again.wait(lambda: len(again.transfers) == 5)
    again.wait_stored()
    stored = [one.transfer.id for one in again.changes if one.transfer.state is State.STORED]
    assert list(dict.fromkeys(stored)) == [5, 3, 2, 4, 1]


def test_a_folder_moves_as_a_whole_and_stays_one_over_a_restart(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(None)
    alone = make_file(2 * MIB, "alone.bin")
    inside = [make_file(2 * MIB, f"trip/{name}.bin") for name in ("a", "b", "c")]
    sender.add(alone, inside[0].parent)
    (folder,) = {event.folder for event in sender.of(Gathered)}
    assert (folder.path, folder.name) == (inside[0].parent, "trip")
    assert [one.folder for one in sender.all] == [0, folder.id, folder.id, folder.id]
    sender.engine.move([folder.id], None, 1)
    for _ in range(40):
        sender.engine.move([4], None, 2)
        sender.engine.move([3], 4, 2)
    sender.wait(lambda: sender.transfers[2].place > sender.transfers[3].place)
    sender.stop()
    again = start_sender(receiver.url, streams=1)
    again.wait(lambda: len(again.transfers) == 4)
    again.wait_stored()
    stored = [one.transfer.id for one in again.changes if one.transfer.state is State.STORED]
    assert list(dict.fromkeys(stored)) == [4, 3, 2, 1]
    assert {one.folder for one in again.all} == {0, folder.id}


def by_turn(sender: Sender) -> list[Transfer]:
    return sorted(sender.all, key=lambda one: one.turn)


def test_what_comes_while_another_server_is_being_chosen_is_not_for_the_old_one(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(receiver.url)
    free = threading.Event()

    def take_a_while() -> None:
        free.wait(30)

    sender.engine._orders.put(take_a_while)
    sender.engine.use(None)
    sender.add(make_file(1000))
    sender.wait(lambda: len(sender.all) == 1)
    assert sender.all[0].server_id == ""
    free.set()
    sender.engine.use(server_at(receiver.url))
    sender.wait_stored()
