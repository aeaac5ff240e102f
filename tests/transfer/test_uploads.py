"""Files that go through without trouble, to a real receiver."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer.events import State
from receiver.protocol import Route
from tests.receiver_process import ReceiverProcess
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of, server_at

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]


@pytest.mark.parametrize("size_bytes", [0, 1, MIB, MIB + 1, 5 * MIB, 50 * MIB])
def test_a_file_of_any_size_arrives_whole(
    size_bytes: int, receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(size_bytes)
    sender = start_sender(receiver.url)
    sender.add(path)
    transfer = sender.wait_state(State.STORED, State.FAILED)
    assert transfer.state is State.STORED
    assert (transfer.stored_bytes, transfer.sent_bytes) == (size_bytes, size_bytes)
    assert transfer.stored_name == "file.bin"
    assert transfer.route in (Route.MEMORY, Route.STREAM)
    assert transfer.problem is None
    stored = receiver.stored()
    assert list(stored) == ["file.bin"]
    assert digest_of(stored["file.bin"]) == digest_of(path)


def test_progress_never_goes_back_and_is_never_ahead_of_what_was_sent(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(receiver.url)
    sender.add(make_file(30 * MIB))
    sender.wait_stored()
    seen = [event.transfer for event in sender.changes]
    stored = [one.stored_bytes for one in seen]
    assert stored == sorted(stored)
    assert all(one.sent_bytes >= one.stored_bytes for one in seen)
    assert sender.states()[-2:] == [State.VERIFYING, State.STORED]


def test_a_folder_keeps_its_shape(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    for name in ("a.txt", "sub/b.txt", "sub/deep/c.bin", "sub/leer/日本語 ☃.txt"):
        make_file(1000, name, folder="project")
    folder = make_file(3 * MIB, "big.bin", folder="project").parent
    sender = start_sender(receiver.url)
    transfers = sender.add(folder)
    assert len(transfers) == 5
    sender.wait_stored()
    stored = receiver.stored()
    for path in (one for one in folder.rglob("*") if one.is_file()):
        name = f"project/{path.relative_to(folder).as_posix()}"
        assert digest_of(stored[name]) == digest_of(path)
    assert {one.name for one in sender.all} == set(stored)


def test_the_time_of_change_is_kept(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(2 * MIB)
    os.utime(path, ns=(1_500_000_000_123_000_000, 1_500_000_000_123_000_000))
    sender = start_sender(receiver.url)
    sender.add(path)
    sender.wait_stored()
    assert receiver.stored()["file.bin"].stat().st_mtime_ns == 1_500_000_000_123_000_000


def test_another_file_of_the_same_name_gets_a_number(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(receiver.url)
    sender.add(make_file(2 * MIB, folder="one"))
    sender.wait_stored()
    sender.add(make_file(2 * MIB, folder="two"))
    sender.wait_stored()
    assert sender.all[1].stored_name == "file (1).bin"
    assert set(receiver.stored()) == {"file.bin", "file (1).bin"}


def test_the_same_small_file_again_is_told_to_be_there(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(1000)
    sender = start_sender(receiver.url)
    sender.add(path)
    sender.wait_stored()
    assert not sender.all[0].already_stored
    sender.add(path)
    sender.wait(lambda: len(sender.all) == 2 and sender.all[1].state is State.STORED)
    assert sender.all[1].already_stored
    assert list(receiver.stored()) == ["file.bin"]


def test_the_same_file_again_is_known_and_not_sent(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(20 * MIB)
    sender = start_sender(receiver.url)
    sender.add(path)
    sender.wait_stored()
    received = receiver.status().traffic.received_bytes
    sender.add(path)
    sender.wait(lambda: len(sender.all) == 2 and sender.all[1].state is State.STORED)
    assert sender.all[1].already_stored
    assert sender.all[1].stored_name == "file.bin"
    assert receiver.status().traffic.received_bytes - received < MIB
    assert not receiver.status().uploads
    assert list(receiver.stored()) == ["file.bin"]


def test_a_folder_again_stays_one_and_only_what_is_new_in_it_is_sent(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    changed, same = make_file(3 * MIB, "trip/changed.bin"), make_file(2 * MIB, "trip/same.bin")
    make_file(1000, "trip/small.txt")
    sender = start_sender(receiver.url)
    sender.add(changed.parent)
    sender.wait_stored()
    received = receiver.status().traffic.received_bytes
    changed.write_bytes(b"another one")
    make_file(500, "trip/a first one.txt")
    sender.add(changed.parent)
    sender.wait(lambda: sum(one.already_stored for one in sender.all) == 2)
    sender.wait_stored()
    assert len({one.folder for one in sender.all}) == 1
    assert len({one.file for one in sender.all}) == 4
    assert receiver.status().traffic.received_bytes - received < MIB
    stored = receiver.stored()
    assert stored["trip/changed (1).bin"].read_bytes() == b"another one"
    assert digest_of(stored["trip/same.bin"]) == digest_of(same)
    assert len(stored) == 5
    stored["trip/same.bin"].unlink()
    sender.add(changed.parent)
    sender.wait(lambda: sum(one.already_stored for one in sender.all) == 3)
    sender.wait_stored()
    assert digest_of(receiver.stored()["trip/same.bin"]) == digest_of(same)
    stored = receiver.stored()
    sender.engine.clear_finished()
    sender.wait(lambda: not sender.all)
    sender.add(same.parent)
    sender.wait_stored()
    assert len(sender.all) == 4
    assert receiver.stored() == stored


def test_many_small_files(
    receiver: ReceiverProcess, start_sender: StartSender, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text(f"file {number}")
    sender = start_sender(receiver.url)
    sender.add(folder)
    sender.wait_stored()
    stored = receiver.stored()
    assert len(stored) == 200
    assert stored["many/17.txt"].read_text() == "file 17"


def test_a_server_that_is_told_later(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(None)
    (transfer,) = sender.add(make_file(2 * MIB))
    assert transfer.state is State.WAITING
    sender.engine.use(server_at(receiver.url))
    sender.wait_stored()


def test_what_is_finished_can_be_taken_off_the_list(
    receiver: ReceiverProcess, start_sender: StartSender, make_file: MakeFile
) -> None:
    sender = start_sender(receiver.url)
    sender.add(make_file(10, "a"), make_file(10, "b"), make_file(10, "c"))
    sender.wait_stored()
    sender.engine.remove([1])
    sender.wait(lambda: sorted(sender.transfers) == [2, 3])
    sender.engine.clear_finished()
    sender.wait(lambda: not sender.transfers)
