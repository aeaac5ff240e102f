"""The draft when a line is cut, a sender dies, or the receiver is killed.

draft-ietf-httpbis-resumable-upload-12, 4.2.2 and 4.4.2: as much as possible of the content is
appended, and the upload must not be considered complete then.
"""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from receiver.errors import ReceiverError
from receiver.store import UploadInfo
from receiver.upload import Creation, Ending
from tests.draft_sender import INTEROP, DraftSender
from tests.receiver.in_process import Parts, ScriptedBody
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Line, TusSender, eventually

MIB = 1 << 20
DATA = random.Random(11).randbytes(12 * MIB)
CUT = 3 * MIB + 17
HANG_UPS: list[Callable[[Line], None]] = [Line.close, Line.reset]


@pytest.fixture
def sender(receiver: ReceiverProcess) -> DraftSender:
    return DraftSender(receiver, INTEROP)


def arrived(receiver: ReceiverProcess) -> int:
    return receiver.status().traffic.received_bytes


def begin_creation(sender: DraftSender, sent: int, length: int = len(DATA)) -> tuple[Line, str]:
    """Begin to send all in the request that creates; returns the address from the 104."""
    line = sender.line()
    head = {
        **INTEROP,
        "Upload-Complete": "?1",
        "Content-Length": str(length),
        "Content-Disposition": 'inline; filename="cut.bin"',
    }
    line.send_head("POST", "/files", head)
    path = line.read_answer().path
    line.send(DATA[:sent])
    return line, path


def is_open(sender: DraftSender, path: str) -> bool:
    return sender.head(path).headers["upload-complete"] == "?0"


def finish(sender: DraftSender, path: str) -> None:
    offset = sender.offset(path)
    assert sender.append(path, offset, DATA[offset:], True).status == 200


@pytest.mark.parametrize("hang_up", HANG_UPS)
def test_a_creation_is_cut_and_goes_on(
    receiver: ReceiverProcess, sender: DraftSender, hang_up: Callable[[Line], None]
) -> None:
    line, path = begin_creation(sender, CUT)
    eventually(lambda: arrived(receiver) == CUT)
    hang_up(line)
    assert sender.offset(path) == CUT
    assert is_open(sender, path)
    finish(sender, path)
    assert receiver.stored()["cut.bin"].read_bytes() == DATA


@pytest.mark.parametrize("hang_up", HANG_UPS)
@pytest.mark.parametrize("complete", [True, False])
def test_an_append_is_cut_and_goes_on(
    receiver: ReceiverProcess,
    sender: DraftSender,
    hang_up: Callable[[Line], None],
    complete: bool,
) -> None:
    path = sender.begin(DATA[:1000], length=len(DATA), name="cut.bin")
    line = sender.begin_append(path, 1000, len(DATA) - 1000, DATA[1000:CUT], complete)
    eventually(lambda: arrived(receiver) == CUT)
    hang_up(line)
    assert sender.offset(path) == CUT
    assert is_open(sender, path)
    finish(sender, path)
    assert receiver.stored()["cut.bin"].read_bytes() == DATA


def test_cut_at_the_last_byte_it_is_not_complete(
    receiver: ReceiverProcess, sender: DraftSender
) -> None:
    line, path = begin_creation(sender, len(DATA) - 1)
    eventually(lambda: arrived(receiver) == len(DATA) - 1)
    line.close()
    eventually(lambda: sender.offset(path) == len(DATA) - 1)
    assert is_open(sender, path)
    assert receiver.stored() == {}


def test_chunks_without_their_end_are_not_complete(
    receiver: ReceiverProcess, sender: DraftSender
) -> None:
    """All bytes of a known length are there, but the content was not processed to its end."""
    path = sender.begin(length=8, name="cut.bin")
    line = sender.line()
    head = {
        "Content-Type": "application/partial-upload",
        "Upload-Offset": "0",
        "Upload-Complete": "?1",
        "Transfer-Encoding": "chunked",
    }
    line.send_head("PATCH", path, head)
    line.send(b"8\r\n01234567\r\n")
    eventually(lambda: arrived(receiver) == 8)
    line.close()
    assert sender.offset(path) == 8
    assert is_open(sender, path)
    receiver.restart()
    assert is_open(sender, path)
    assert sender.append(path, 8, complete=True).status == 200
    assert receiver.stored()["cut.bin"].read_bytes() == b"01234567"


def test_killed_in_a_creation_it_goes_on(receiver: ReceiverProcess, sender: DraftSender) -> None:
    line, path = begin_creation(sender, CUT, length=1 << 30)
    part = receiver.data / ".wherry" / "uploads" / (path.rpartition("/")[2] + ".part")
    eventually(lambda: part.stat().st_size >= 2 * MIB)
    receiver.restart()
    line.close()
    offset = sender.offset(path)
    assert 2 * MIB <= offset <= CUT
    assert part.read_bytes() == DATA[:offset]
    assert is_open(sender, path)
    assert sender.head(path).headers["upload-length"] == str(1 << 30)


def test_killed_at_its_length_it_is_still_not_complete(
    receiver: ReceiverProcess, sender: DraftSender
) -> None:
    """What only its sender may call complete is not stored by a start, nor by the other look
    after uploads."""
    path = sender.begin(DATA, length=len(DATA), name="held.bin")
    receiver.restart()
    assert sender.offset(path) == len(DATA)
    assert is_open(sender, path)
    assert receiver.stored() == {}
    assert sender.append(path, len(DATA), complete=True).status == 200
    assert receiver.stored()["held.bin"].read_bytes() == DATA


def test_killed_again_and_again_in_two_protocols(
    receiver: ReceiverProcess, sender: DraftSender
) -> None:
    tus = TusSender(receiver)
    path = sender.begin(length=len(DATA), name="stubborn.bin")
    part = receiver.data / ".wherry" / "uploads" / (path.rpartition("/")[2] + ".part")
    for step in range(1, 5):
        offset = sender.offset(path)
        until = step * 2 * MIB + 31
        begin = tus.begin_patch if step % 2 else sender.begin_append
        line = begin(path, offset, len(DATA) - offset, DATA[offset:until])
        eventually(lambda at=until: part.stat().st_size >= at - MIB)  # type: ignore[misc]
        receiver.restart()
        line.close()
        assert offset <= sender.offset(path) <= until
    finish(sender, path)
    assert receiver.stored()["stubborn.bin"].read_bytes() == DATA


def test_a_complete_upload_is_known_after_a_kill(
    receiver: ReceiverProcess, sender: DraftSender
) -> None:
    """4.3: a client that did not get the last answer learns that the upload is complete."""
    path = sender.create(DATA, True).path
    receiver.restart()
    answer = sender.head(path)
    assert (answer.offset, answer.headers["upload-complete"]) == (len(DATA), "?1")
    again = sender.append(path, len(DATA), complete=True)
    assert (again.status, again.headers["upload-complete"]) == (200, "?1")


def test_a_newcomer_takes_over(receiver: ReceiverProcess, sender: DraftSender) -> None:
    """4.6: the previous request is terminated before the new one is processed."""
    path = sender.begin(length=len(DATA), name="taken-over.bin")
    line = sender.begin_append(path, 0, len(DATA), DATA[:CUT])
    eventually(lambda: arrived(receiver) == CUT)
    assert sender.append(path, 0, DATA[:1000]).status == 409
    assert line.read_answer().status == 400
    line.close()
    finish(sender, path)
    assert receiver.stored()["taken-over.bin"].read_bytes() == DATA


@pytest.mark.parametrize("ending", [Ending.NOW, Ending.LATER])
def test_what_was_called_complete_is_stored_once_the_disk_lets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: Ending
) -> None:
    """Also after a start; what was not called complete goes on waiting."""

    def fail(info: UploadInfo) -> UploadInfo:
        raise OSError(errno.ENOSPC, "no space left")

    with Parts(tmp_path) as parts:
        upload = parts.uploads.create(Creation(4, "late.bin", "", "tester", held_open=True)).info_id
        monkeypatch.setattr(parts.store, "finish", fail)
        try:
            parts.uploads.append(upload, 0, ScriptedBody([b"data"], 4), None, ending=ending)
        except ReceiverError as error:
            assert (error.code, ending) == ("no_space", Ending.NOW)
    with Parts(tmp_path) as parts:
        assert parts.uploads.recover() == [upload]
        parts.uploads.catch_up(upload, lambda: True)
        assert (parts.uploads.view(upload).receipt is not None) is (ending is Ending.NOW)
    assert (tmp_path / "late.bin").exists() is (ending is Ending.NOW)
