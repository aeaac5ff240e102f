"""Disk space is promised at creation, atomically; a full disk stops an upload and loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from blake3 import blake3

from receiver.protocol import Status, parse_repr_digest
from tests.receiver.conftest import SmallDisks
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, TusSender, checksum_of, eventually

MIB = 1 << 20
KIB = 1 << 10
Start = Callable[..., ReceiverProcess]


def promised(receiver: ReceiverProcess) -> int:
    return receiver.status().disk.promised_bytes


def fill(disk: Path, leave: int = 0) -> Path:
    """Let other data take all of a disk but `leave` bytes."""
    filler = disk / "other-data"
    figures = os.statvfs(disk)
    free = figures.f_bavail * figures.f_frsize
    filler.write_bytes(bytes(max(0, free - leave)))
    return filler


@pytest.fixture
def disk(small_disks: SmallDisks) -> Path:
    return small_disks.mount("8M")


@pytest.fixture
def on_disk(disk: Path, start_receiver: Start) -> ReceiverProcess:
    """A receiver whose folder lies on a disk of 8 MiB, of which it keeps nothing free."""
    return start_receiver("--keep-free", "0", data=disk / "received")


def test_what_does_not_fit_is_refused_with_the_numbers(on_disk: ReceiverProcess) -> None:
    """507 before any byte, with what is needed, free and promised."""
    tus = TusSender(on_disk)
    tus.create(3 * MIB)
    disk = on_disk.status().disk
    answer = tus.post({"Upload-Length": str(6 * MIB)})
    assert (answer.status, answer.code) == (507, "no_space")
    assert answer.reason == "Insufficient Storage"
    numbers = answer.problem
    assert numbers["needed"] == 6 * MIB
    assert numbers["free"] == disk.free_bytes
    assert numbers["promised"] == 3 * MIB
    assert int(answer.headers["retry-after"]) > 0
    assert tus.post({"Upload-Length": str(4 * MIB)}).status == 201


def test_what_is_kept_free_is_never_promised(disk: Path, start_receiver: Start) -> None:
    receiver = start_receiver("--keep-free", "5M", data=disk / "received")
    figures = receiver.status().disk
    assert figures.usable_bytes == figures.free_bytes - 5 * MIB
    tus = TusSender(receiver)
    assert tus.post({"Upload-Length": str(figures.usable_bytes + 1)}).status == 507
    assert tus.post({"Upload-Length": str(figures.usable_bytes - 64 * KIB)}).status == 201


def test_many_at_once_are_never_promised_more_than_there_is(on_disk: ReceiverProcess) -> None:
    tus = TusSender(on_disk)
    usable = on_disk.status().disk.usable_bytes
    size = usable // 5 - 16 * KIB

    def create(number: int) -> Answer:
        return tus.post({"Upload-Length": str(size)})

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(create, range(20)))
    accepted = [answer for answer in answers if answer.status == 201]
    assert {answer.code for answer in answers if answer.status != 201} == {"no_space"}
    assert len(accepted) == 5
    assert promised(on_disk) == 5 * size <= usable


def test_a_promise_ends_when_the_upload_does(on_disk: ReceiverProcess) -> None:
    tus = TusSender(on_disk)
    path = tus.create(MIB)
    assert promised(on_disk) == MIB
    tus.delete(path)
    assert promised(on_disk) == 0
    tus.send(bytes(MIB))
    assert promised(on_disk) == 0


def test_a_promise_shrinks_as_bytes_are_written(receiver: ReceiverProcess) -> None:
    """In the middle of one long body too: else its bytes count twice, as promised and as used."""
    tus = TusSender(receiver)
    path = tus.create(64 * MIB)
    with tus.begin_patch(path, 0, 64 * MIB, bytes(48 * MIB)):
        eventually(lambda: promised(receiver) == 16 * MIB)
    eventually(lambda: tus.offset(path) == 48 * MIB)
    assert promised(receiver) == 16 * MIB


def test_a_window_that_is_taken_back_is_promised_again(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.create(64 * MIB)
    data = bytes(32 * MIB)
    assert tus.patch(path, 0, data, checksum_of(b"other")).status == 460
    assert promised(receiver) == 64 * MIB


def test_promises_come_back_after_a_kill(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.create(10 * MIB)
    tus.patch(path, 0, bytes(3 * MIB))
    tus.create(MIB)
    receiver.restart()
    assert promised(receiver) == 8 * MIB


@pytest.mark.parametrize("checked", [True, False])
def test_a_disk_that_fills_up_in_the_middle_loses_nothing(
    disk: Path, on_disk: ReceiverProcess, checked: bool
) -> None:
    """Other data takes the space: 507 with numbers; when there is room again, it goes on."""
    tus = TusSender(on_disk)
    data = os.urandom(5 * MIB)
    path = tus.create(len(data), "film.mp4")
    first = data[:MIB]
    assert tus.patch(path, 0, first, checksum_of(first)).offset == MIB
    filler = fill(disk, leave=2 * MIB)
    rest = data[MIB:]
    answer = tus.patch(path, MIB, rest, checksum_of(rest) if checked else None)
    assert (answer.status, answer.code) == (507, "no_space")
    assert answer.problem["free"] <= 2 * MIB
    offset = tus.offset(path)
    if checked:
        assert offset == MIB
    else:
        assert MIB < offset <= 3 * MIB + 16 * KIB
    assert on_disk.stored() == {}
    filler.unlink()
    rest = data[offset:]
    answer = tus.patch(path, offset, rest, checksum_of(rest))
    assert parse_repr_digest(answer.headers["repr-digest"]) == blake3(data).digest()
    assert on_disk.stored()["film.mp4"].read_bytes() == data


def test_a_disk_that_is_full_as_a_window_begins_keeps_the_offset(
    disk: Path, on_disk: ReceiverProcess
) -> None:
    """Not even the note of where verified bytes end can be written then."""
    tus = TusSender(on_disk)
    data = os.urandom(3 * MIB)
    path = tus.create(len(data), "full.bin")
    tus.patch(path, 0, data[:MIB])
    filler = fill(disk)
    rest = data[MIB:]
    assert tus.patch(path, MIB, rest, checksum_of(rest)).code == "no_space"
    assert tus.offset(path) == MIB
    filler.unlink()
    on_disk.restart()
    assert tus.offset(path) == MIB
    assert tus.patch(path, MIB, rest, checksum_of(rest)).status == 204
    assert on_disk.stored()["full.bin"].read_bytes() == data


def whole_but_not_stored(disk: Path, receiver: ReceiverProcess, data: bytes) -> tuple[str, Path]:
    """Send all bytes while the disk has no room for anything else; returns path and filler."""
    tus = TusSender(receiver)
    path = tus.create(len(data), "last.bin")
    filler = fill(disk, leave=len(data))
    answer = tus.patch(path, 0, data)
    assert answer.code == "no_space"
    assert tus.offset(path) == len(data)
    assert receiver.stored().keys() <= {"other-data"}
    return path, filler


def test_an_upload_that_could_not_be_stored_is_stored_by_the_next_empty_patch(
    disk: Path, on_disk: ReceiverProcess
) -> None:
    data = os.urandom(2 * MIB)
    path, filler = whole_but_not_stored(disk, on_disk, data)
    filler.unlink()
    answer = TusSender(on_disk).patch(path, len(data), b"")
    assert parse_repr_digest(answer.headers["repr-digest"]) == blake3(data).digest()
    assert on_disk.stored()["last.bin"].read_bytes() == data


def test_an_upload_that_was_killed_before_it_was_stored_is_stored_at_the_next_start(
    disk: Path, on_disk: ReceiverProcess
) -> None:
    """Nobody asks for it again: the sender may be gone."""
    data = os.urandom(2 * MIB)
    path, filler = whole_but_not_stored(disk, on_disk, data)
    filler.unlink()
    on_disk.restart()
    eventually(lambda: "last.bin" in on_disk.stored())
    tus = TusSender(on_disk)
    eventually(lambda: "repr-digest" in tus.head(path).headers)
    assert parse_repr_digest(tus.head(path).headers["repr-digest"]) == blake3(data).digest()
    assert on_disk.stored()["last.bin"].read_bytes() == data
    assert promised(on_disk) == 0


def test_status_tells_that_the_folder_lies_in_memory(
    on_disk: ReceiverProcess, start_receiver: Start
) -> None:
    """On a tmpfs each received file uses up memory; who looks at the numbers must know."""
    assert on_disk.status().disk.in_memory
    assert any("lies in memory" in line for line in on_disk.output)


def test_a_temporary_folder_in_memory_is_told(
    start_receiver: Start, small_disks: SmallDisks
) -> None:
    receiver = start_receiver(environment={"TMPDIR": str(small_disks.mount("1M"))})
    assert receiver.status().disk.temporary_in_memory
    assert any(line.startswith("Note:") and "a proxy" in line for line in receiver.output)


def test_the_figures_are_those_of_the_file_system(on_disk: ReceiverProcess, disk: Path) -> None:
    figures = os.statvfs(disk)
    status: Status = on_disk.status()
    assert status.disk.total_bytes == figures.f_blocks * figures.f_frsize
    assert status.disk.free_bytes == figures.f_bavail * figures.f_frsize
