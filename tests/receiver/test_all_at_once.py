"""Many senders with bad lines, a receiver that is killed again and again: all arrives whole."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from dataclasses import dataclass

import pytest

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, Line, TusSender, checksum_of, eventually

SENDERS = 6
FILES = 4
KILLS = 3
MIB = 1 << 20
SIZES = (0, 1, 4095, 300_000, MIB, 2 * MIB + 1, 9 * MIB)
NOT_NOW = (409, 423, 503)
CUT = "the line was cut in the middle of the body"
"""Told to whom another request has taken over from: also an own one of a line that was cut, which
is carried out late."""
ALGORITHMS = ("blake3", "sha256", "sha1", "crc32c", None, None)


@dataclass
class BadLine:
    """A sender whose line is cut, reset or silent in the middle of a window, now and then."""

    tus: TusSender
    chance: random.Random
    expected: dict[str, bytes]
    ended: threading.Event

    def send_files(self, prefix: str) -> None:
        for number in range(FILES):
            data = self.chance.randbytes(self.chance.choice(SIZES))
            name = f"{prefix}-{number}.bin"
            self.send_file(name, data)

    def send_file(self, name: str, data: bytes) -> None:
        path = self.create(name, len(data))
        while not self.ended.is_set():
            with suppress(ConnectionError, TimeoutError):
                answer = self.tus.head(path)
                assert answer.status in (200, 423, 503), answer
                if "repr-digest" in answer.headers:
                    self.expected[name] = data
                    return
                if answer.status == 200:
                    self.send_window(path, answer.offset, data)

    def create(self, name: str, size: int) -> str:
        """Create an upload; one whose answer was lost is created again, and given up by itself."""
        while not self.ended.is_set():
            with suppress(ConnectionError, TimeoutError):
                return self.tus.create(size, name)
        raise TimeoutError("the test is over")

    def send_window(self, path: str, offset: int, data: bytes) -> None:
        window = data[offset : offset + self.chance.randint(1, 3 * MIB)]
        algorithm = self.chance.choice(ALGORITHMS)
        checksum = checksum_of(window, algorithm) if algorithm else None
        mishap = self.chance.random()
        if mishap < 0.2:
            arrives = self.chance.randint(0, len(window))
            line = self.tus.begin_patch(path, offset, len(window), window[:arrives], checksum)
            self.chance.choice((Line.close, Line.reset))(line)
        elif mishap < 0.3 and window:
            damaged = bytes([window[0] ^ 1]) + window[1:]
            wrong = checksum_of(window, "sha1")
            assert_refused_or(460, self.tus.patch(path, offset, damaged, wrong))
        else:
            assert_refused_or(204, self.tus.patch(path, offset, window, checksum))


def assert_refused_or(status: int, answer: Answer) -> None:
    """It is as wanted, or there was no turn for it just then."""
    if answer.status == 400:
        assert answer.problem["detail"] == CUT, answer
    else:
        assert answer.status in (status, *NOT_NOW), answer


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_arrives_whole_whatever_happens(receiver: ReceiverProcess, seed: int) -> None:
    expected: dict[str, bytes] = {}
    ended = threading.Event()
    failures: list[BaseException] = []

    def work(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        try:
            BadLine(TusSender(receiver), chance, expected, ended).send_files(f"sender-{number}")
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    try:
        for kill in range(1, KILLS + 1):
            eventually(lambda at=kill: len(expected) >= at * SENDERS or failures)  # type: ignore[misc]
            receiver.restart()
        eventually(lambda: len(expected) == SENDERS * FILES or failures)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not failures, failures
    assert_all_is_well(receiver, expected)


def assert_all_is_well(receiver: ReceiverProcess, expected: dict[str, bytes]) -> None:
    """All files are there, whole; nothing is left of anything else."""
    stored = {name: path.read_bytes() for name, path in receiver.stored().items()}
    for name, data in expected.items():
        assert stored[name] == data, name
    assert set(stored.values()) == set(expected.values())
    for upload in receiver.status().uploads:  # those whose creation was not heard of
        TusSender(receiver).delete(f"/files/{upload.id}")
    status = receiver.status()
    assert status.uploads == ()
    assert status.disk.promised_bytes == 0
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []
