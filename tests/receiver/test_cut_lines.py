"""What stays when a line is cut, a sender dies or the receiver is killed in the middle of a body.

With a checksum: the last verified byte. Without: what arrived.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from receiver.disk_store import DiskStore
from receiver.protocol import Route, UploadStatus
from receiver.store import UploadInfo
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, checksum_of, eventually

MIB = 1 << 20
DATA = random.Random(7).randbytes(12 * MIB)
VERIFIED = 2 * MIB
HANG_UPS = ["close", "reset"]
"""In the polite way, as a program that ends; and as a machine that crashes."""


def partial_size(receiver: ReceiverProcess, path: str) -> int:
    part = receiver.data / ".wherry" / "uploads" / (path.rpartition("/")[2] + ".part")
    return part.stat().st_size


def shown(receiver: ReceiverProcess, path: str) -> UploadStatus:
    """What /status shows of one upload."""
    return next(one for one in receiver.status().uploads if path.endswith(one.id))


def finish(tus: TusSender, path: str, data: bytes) -> None:
    """Send the rest, checked, from where the receiver stands."""
    offset = tus.offset(path)
    rest = data[offset:]
    assert tus.patch(path, offset, rest, checksum_of(rest)).status == 204


@pytest.mark.parametrize("hang_up", HANG_UPS)
def test_without_a_checksum_what_arrived_stays(
    tus: TusSender, shared_receiver: ReceiverProcess, hang_up: str
) -> None:
    name = f"unchecked-{hang_up}.bin"
    path = tus.create(len(DATA), name)
    line = tus.begin_patch(path, 0, len(DATA), DATA[: 5 * MIB + 17])
    eventually(lambda: shown(shared_receiver, path).offset_bytes == 5 * MIB + 17)
    getattr(line, hang_up)()
    eventually(lambda: tus.offset(path) == 5 * MIB + 17)
    finish(tus, path, DATA)
    assert shared_receiver.stored()[name].read_bytes() == DATA


@pytest.mark.parametrize("hang_up", HANG_UPS)
def test_with_a_checksum_a_cut_goes_back_to_the_last_verified_byte(
    tus: TusSender, shared_receiver: ReceiverProcess, hang_up: str
) -> None:
    name = f"checked-{hang_up}.bin"
    path = tus.create(len(DATA), name)
    window = DATA[:VERIFIED]
    assert tus.patch(path, 0, window, checksum_of(window)).offset == VERIFIED
    rest = DATA[VERIFIED:]
    line = tus.begin_patch(path, VERIFIED, len(rest), rest[: 5 * MIB], checksum_of(rest))
    eventually(lambda: partial_size(shared_receiver, path) > VERIFIED)
    getattr(line, hang_up)()
    eventually(lambda: partial_size(shared_receiver, path) == VERIFIED)
    assert tus.offset(path) == VERIFIED
    finish(tus, path, DATA)
    assert shared_receiver.stored()[name].read_bytes() == DATA


def test_a_cut_body_is_never_taken_for_a_whole_one(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """Some servers give a cut body a clean end; then a stump would be stored as the file."""
    path = tus.create(1000, "stump.bin")
    tus.begin_patch(path, 0, 1000, bytes(999)).close()
    eventually(lambda: tus.offset(path) == 999)
    assert "repr-digest" not in tus.head(path).headers
    assert "stump.bin" not in shared_receiver.stored()


def test_killed_in_a_checked_window_it_comes_back_at_the_last_verified_byte(
    receiver: ReceiverProcess,
) -> None:
    """The offset is not the size of the partial file, which holds unverified bytes."""
    tus = TusSender(receiver)
    path = tus.create(len(DATA), "killed.bin")
    window = DATA[:VERIFIED]
    tus.patch(path, 0, window, checksum_of(window))
    rest = DATA[VERIFIED:]
    line = tus.begin_patch(path, VERIFIED, len(rest), rest[:-1], checksum_of(rest))
    eventually(lambda: partial_size(receiver, path) > VERIFIED + 4 * MIB)
    receiver.restart()
    line.close()
    assert partial_size(receiver, path) > VERIFIED
    assert tus.offset(path) == VERIFIED
    finish(tus, path, DATA)
    assert receiver.stored()["killed.bin"].read_bytes() == DATA


def test_killed_in_an_unchecked_window_it_comes_back_with_what_was_written(
    receiver: ReceiverProcess,
) -> None:
    tus = TusSender(receiver)
    path = tus.create(len(DATA), "killed.bin")
    line = tus.begin_patch(path, 0, len(DATA), DATA[:-1])
    eventually(lambda: partial_size(receiver, path) > 4 * MIB)
    receiver.restart()
    line.close()
    assert tus.offset(path) == partial_size(receiver, path) > 4 * MIB
    finish(tus, path, DATA)
    assert receiver.stored()["killed.bin"].read_bytes() == DATA


def test_killed_in_an_unchecked_window_after_checked_ones(receiver: ReceiverProcess) -> None:
    """What bounded the checked windows must not bound the unchecked one."""
    tus = TusSender(receiver)
    path = tus.create(len(DATA), "killed.bin")
    window = DATA[:VERIFIED]
    tus.patch(path, 0, window, checksum_of(window))
    line = tus.begin_patch(path, VERIFIED, len(DATA) - VERIFIED, DATA[VERIFIED:-1])
    eventually(lambda: partial_size(receiver, path) > 6 * MIB)
    receiver.restart()
    line.close()
    assert tus.offset(path) == partial_size(receiver, path) > 6 * MIB


def test_killed_in_a_checked_window_after_unchecked_ones(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.create(len(DATA), "killed.bin")
    tus.patch(path, 0, DATA[:VERIFIED])
    rest = DATA[VERIFIED:]
    line = tus.begin_patch(path, VERIFIED, len(rest), rest[:-1], checksum_of(rest))
    eventually(lambda: partial_size(receiver, path) > 6 * MIB)
    receiver.restart()
    line.close()
    assert tus.offset(path) == VERIFIED


def test_killed_again_and_again_it_still_ends_with_the_same_bytes(
    receiver: ReceiverProcess,
) -> None:
    tus = TusSender(receiver)
    path = tus.create(len(DATA), "stubborn.bin")
    for step in range(1, 5):
        offset = tus.offset(path)
        checksum = checksum_of(DATA[offset:]) if step % 2 else None
        until = step * 2 * MIB + 31
        line = tus.begin_patch(path, offset, len(DATA) - offset, DATA[offset:until], checksum)
        eventually(lambda at=until: partial_size(receiver, path) >= at - MIB)  # type: ignore[misc]
        receiver.restart()
        line.close()
        assert offset <= tus.offset(path) <= until
    finish(tus, path, DATA)
    assert receiver.stored()["stubborn.bin"].read_bytes() == DATA


@pytest.mark.parametrize("bound", [b"", b"garbage"])
def test_bytes_beyond_an_unreadable_bound_are_not_believed(tmp_path: Path, bound: bytes) -> None:
    store = DiskStore(tmp_path)
    uploads = tmp_path / ".wherry" / "uploads"
    (uploads / "x.part").write_bytes(b"unverified")
    (uploads / "x.upto").write_bytes(bound)
    info = UploadInfo("x", 100, "x", "", Route.STREAM, "owner", 0.0)
    assert store.offset(info) == 0
    store.close()
