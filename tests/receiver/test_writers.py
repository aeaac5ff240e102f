"""One writer an upload: a newcomer takes over from a dead line, and bytes never land twice."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from receiver.errors import ReceiverError
from receiver.locks import UploadLocks
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, TusSender, checksum_of, eventually

MIB = 1 << 20
DATA = os.urandom(6 * MIB)
SOON_S = 5.0
"""A second of silence and a second or two to let go, and time for a busy machine."""


def begin(tus: TusSender, receiver: ReceiverProcess, path: str, checked: bool = False) -> None:
    """Send 2 MiB of a body, and leave the line open and silent, as a sleeping laptop does."""
    before = receiver.status().traffic.received_bytes
    checksum = checksum_of(DATA) if checked else None
    line = tus.begin_patch(path, 0, len(DATA), DATA[: 2 * MIB], checksum)
    _dead_lines.append(line)
    eventually(lambda: receiver.status().traffic.received_bytes == before + 2 * MIB)


_dead_lines: list[object] = []


@pytest.fixture(autouse=True)
def close_dead_lines() -> object:
    yield
    while _dead_lines:
        _dead_lines.pop().close()  # type: ignore[attr-defined]


def test_a_dead_line_does_not_lock_out_the_resume(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """HEAD, then PATCH: the newcomer is believed, and what had arrived counts."""
    path = tus.create(len(DATA), "resumed.bin")
    begin(tus, shared_receiver, path)
    start = time.monotonic()
    eventually(lambda: tus.offset(path) == 2 * MIB, SOON_S)
    assert tus.patch(path, 2 * MIB, DATA[2 * MIB :]).status == 204
    assert time.monotonic() - start < SOON_S
    assert shared_receiver.stored()["resumed.bin"].read_bytes() == DATA


def test_a_checked_window_on_a_dead_line_is_taken_back(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    path = tus.create(len(DATA), "checked.bin")
    begin(tus, shared_receiver, path, checked=True)
    start = time.monotonic()
    answer = tus.patch(path, 0, DATA, checksum_of(DATA))
    assert (answer.status, answer.offset) == (204, len(DATA))
    assert time.monotonic() - start < SOON_S
    assert shared_receiver.stored()["checked.bin"].read_bytes() == DATA


def test_a_patch_at_the_old_offset_is_told_the_new_one(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """A sender that does not ask first must not overwrite what arrived on the dead line."""
    path = tus.create(len(DATA))
    begin(tus, shared_receiver, path)
    answer = tus.patch(path, 0, DATA)
    assert (answer.status, answer.offset) == (409, 2 * MIB)


def test_the_upload_can_be_cancelled_from_a_dead_line(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    path = tus.create(len(DATA))
    begin(tus, shared_receiver, path)
    start = time.monotonic()
    assert tus.delete(path).status == 204
    assert time.monotonic() - start < SOON_S


def test_asking_for_the_offset_does_not_disturb_who_is_sending(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """Somebody looks while bytes keep coming: the body is not cut."""
    path = tus.create(len(DATA), "looked-at.bin")
    with tus.begin_patch(path, 0, len(DATA)) as line:
        for at in range(0, len(DATA), MIB // 2):
            line.send(DATA[at : at + MIB // 2])
            assert tus.head(path).status == 200
        assert line.read_answer().status == 204
    assert shared_receiver.stored()["looked-at.bin"].read_bytes() == DATA


@pytest.mark.parametrize("checked", [True, False])
def test_the_same_bytes_sent_many_times_at_once_land_once(
    tus: TusSender, shared_receiver: ReceiverProcess, checked: bool
) -> None:
    name = f"many-{checked}.bin"
    path = tus.create(len(DATA), name)

    def send(number: int) -> Answer:
        try:
            return tus.patch(path, 0, DATA, checksum_of(DATA) if checked else None)
        except ConnectionError:
            return Answer(0, "cut off by another", {}, b"")

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert {answer.status for answer in answers} <= {0, 204, 400, 409, 423}
    rest = DATA[tus.offset(path) :]
    if rest:
        assert tus.patch(path, tus.offset(path), rest).status == 204
    assert shared_receiver.stored()[name].read_bytes() == DATA
    assert len([one for one in shared_receiver.stored() if one.startswith(name[:-4])]) == 1


def test_windows_that_fight_over_an_upload_leave_it_whole(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """Two senders that both go on from where the receiver stands, all the time."""
    path = tus.create(len(DATA), "fought-over.bin")

    def go_on(step: int) -> None:
        while (offset := tus.offset(path)) < len(DATA):
            window = DATA[offset : offset + step]
            try:
                assert tus.patch(path, offset, window, checksum_of(window)).status in (
                    204,
                    400,
                    409,
                    423,
                )
            except ConnectionError:
                continue

    threads = [threading.Thread(target=go_on, args=(step,)) for step in (700_001, 500_003)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    eventually(lambda: "repr-digest" in tus.head(path).headers)
    assert shared_receiver.stored()["fought-over.bin"].read_bytes() == DATA


def test_a_holder_that_does_not_let_go_is_waited_for_a_while() -> None:
    locks = UploadLocks(patience_s=0.05)
    asked = threading.Event()
    with (
        locks.hold("a", asked.set),
        locks.hold("b", lambda: None),
        pytest.raises(ReceiverError, match="upload_locked") as refused,
        locks.hold("a", lambda: None),
    ):
        pass
    assert asked.is_set()
    assert refused.value.retry_after_s
    with locks.hold("a", lambda: None):
        pass


def test_only_one_holds_at_a_time() -> None:
    locks, holders, most = UploadLocks(), 0, 0
    counting = threading.Lock()

    def work() -> None:
        nonlocal holders, most
        for _ in range(200):
            with locks.hold("a", lambda: None):
                with counting:
                    holders += 1
                    most = max(most, holders)
                with counting:
                    holders -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_sender_that_is_cut_off_learns_it_at_once(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """It is in the middle of sending: it must not wait for room that nobody makes any more."""
    path = tus.create(1 << 30)
    line = tus.begin_patch(path, 0, 1 << 30)
    ended: list[float] = []

    def push() -> None:
        with line, contextlib.suppress(ConnectionError):
            while True:
                line.send(bytes(MIB))
        ended.append(time.monotonic())

    sender = threading.Thread(target=push)
    sender.start()
    eventually(lambda: tus.head(path).status == 200 and partial_bytes(shared_receiver, path) > MIB)
    start = time.monotonic()
    assert tus.delete(path).status == 204
    sender.join()
    assert ended[0] - start < SOON_S


def partial_bytes(receiver: ReceiverProcess, path: str) -> int:
    part = receiver.data / ".wherry" / "uploads" / (path.rpartition("/")[2] + ".part")
    return part.stat().st_size
