"""Small bodies go through memory, others are streamed; and what happens when memory falls."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blake3 import blake3

from receiver.admission import RESERVE_BYTES, SMALL_BLOCK_BYTES
from receiver.digests import new_hasher
from receiver.disk_window import WRITE_BYTES
from receiver.errors import ReceiverError
from receiver.intake import Checksum
from receiver.protocol import Code, Route
from tests.cgroups import MemoryCgroup, cgroups_unavailable, memory_cgroup
from tests.receiver.in_process import Parts, ScriptedBody
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, checksum_of, eventually

MIB = 1 << 20


def test_a_small_upload_is_promised_memory_and_uses_it(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    answer = tus.post({"Upload-Length": str(4 * MIB)})
    assert answer.headers["wherry-route"] == "memory"
    assert shared_receiver.status().budget.used_bytes == 4 * MIB
    data = os.urandom(4 * MIB)
    with tus.begin_patch(answer.path, 0, 4 * MIB, data[:MIB], checksum_of(data)) as line:
        eventually(lambda: shared_receiver.status().uploads[0].state == "receiving")
        assert shared_receiver.status().budget.used_bytes == 4 * MIB
        line.send(data[MIB:])
        assert line.read_answer().status == 204
    eventually(lambda: shared_receiver.status().budget.used_bytes == 0)


def test_a_cancelled_upload_gives_its_promise_back(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    path = tus.create(4 * MIB)
    tus.delete(path)
    assert shared_receiver.status().budget.used_bytes == 0


def test_a_body_through_memory_is_written_only_when_it_is_whole_and_right(
    tus: TusSender,
    shared_receiver: ReceiverProcess,
) -> None:

    def received() -> int:
        return shared_receiver.status().traffic.received_bytes

    path = tus.create(4 * MIB)
    data, before = os.urandom(4 * MIB), received()
    part = shared_receiver.data / ".wherry" / "uploads" / (path.rpartition("/")[2] + ".part")
    with tus.begin_patch(path, 0, 4 * MIB, data[:-1], checksum_of(data)) as line:
        eventually(lambda: received() == before + 4 * MIB - 1)
        assert part.stat().st_size == 0
        line.send(b"?" if data[-1:] != b"?" else b"!")
        assert line.read_answer().status == 460
    assert part.stat().st_size == 0


def test_more_than_the_cap_streams(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    cap = shared_receiver.status().budget.largest_in_memory_bytes
    for size, route in ((cap, "memory"), (cap + 1, "stream")):
        answer = tus.post({"Upload-Length": str(size)})
        assert answer.headers["wherry-route"] == route
        tus.delete(answer.path)


def test_what_the_pool_cannot_hold_streams(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    receiver = start_receiver("--memory-budget", "4M", "--bodies", "4")
    tus = TusSender(receiver)
    routes = [tus.post({"Upload-Length": "1000000"}).headers["wherry-route"] for _ in range(5)]
    assert routes[0] == "memory"
    assert routes[-1] == "stream"
    budget = receiver.status().budget
    assert budget.limit_bytes == 4 * MIB
    assert budget.used_bytes == routes.count("memory") * 1_000_000 <= budget.limit_bytes


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with Parts(tmp_path / "received") as made:
        yield made


@contextlib.contextmanager
def watched_writes(failure: BaseException | None = None) -> Iterator[list[int]]:
    """Yield the sizes of what is written meanwhile; after three writes the next one fails so."""
    write = os.write
    written: list[int] = []

    def watch(descriptor: int, content: bytes) -> int:
        if failure is not None and len(written) == 3:
            raise failure
        written.append(len(content))
        return write(descriptor, content)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "write", watch)
        yield written


def test_a_body_through_memory_with_another_digest_never_touches_the_disk(parts: Parts) -> None:
    data = os.urandom(2 * MIB)
    upload = parts.create(len(data))
    body = ScriptedBody([data[:MIB], data[MIB:]], len(data))
    with watched_writes() as written, pytest.raises(ReceiverError, match="digest_mismatch"):
        parts.append(upload, 0, body, Checksum("blake3", blake3(b"other").digest()))
    assert not written


def test_a_body_through_memory_is_written_in_pieces_without_a_note(parts: Parts) -> None:
    """Large writes are slow; and of a body that is verified before, nothing need be noted."""
    data = os.urandom(4 * MIB)
    upload = parts.create(len(data))
    checksum = Checksum("blake3", blake3(data).digest())
    with watched_writes() as written:
        parts.append(upload, 0, ScriptedBody([data], len(data)), checksum)
    assert written == [WRITE_BYTES] * (len(data) // WRITE_BYTES)


class CrashError(BaseException):
    """Nothing catches it, as nothing runs after a kill."""


@pytest.mark.parametrize("algorithm", ["blake3", "sha1"])
def test_what_a_crash_leaves_of_a_body_through_memory_is_verified_and_counts(
    parts: Parts, algorithm: str
) -> None:
    data = os.urandom(4 * MIB)
    upload = parts.create(len(data))
    hasher = new_hasher(algorithm)
    hasher.update(memoryview(data))
    checksum = Checksum(algorithm, hasher.digest())
    with watched_writes(CrashError()), pytest.raises(CrashError):
        parts.append(upload, 0, ScriptedBody([data], len(data)), checksum)
    left = 3 * WRITE_BYTES
    assert parts.offset_on_disk(upload) == left
    view = parts.append(upload, left, ScriptedBody([data[left:]], len(data) - left))
    assert view.receipt is not None
    assert view.receipt.blake3 == blake3(data).digest()


def test_a_disk_that_fails_takes_back_the_whole_body_through_memory(parts: Parts) -> None:
    data = os.urandom(4 * MIB)
    upload = parts.create(len(data))
    checksum = Checksum("blake3", blake3(data).digest())
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with watched_writes(full), pytest.raises(ReceiverError, match="no_space"):
        parts.append(upload, 0, ScriptedBody([data], len(data)), checksum)
    assert parts.view(upload).offset == parts.offset_on_disk(upload) == 0
    view = parts.append(upload, 0, ScriptedBody([data], len(data)), checksum)
    assert view.receipt is not None


def test_with_too_little_memory_nothing_is_accepted(parts: Parts) -> None:
    parts.readings.memory = RESERVE_BYTES // 2
    with pytest.raises(ReceiverError) as refused:
        parts.create(1)
    assert refused.value.code is Code.LOW_MEMORY
    assert refused.value.retry_after_s
    assert parts.promised_bytes == 0
    parts.readings.memory = 100 * MIB
    eventually(lambda: _created(parts))


def _created(parts: Parts) -> bool:
    with contextlib.suppress(ReceiverError):
        parts.create(1)
        return True
    return False


def test_memory_that_falls_turns_a_body_into_a_stream(parts: Parts) -> None:
    """What has arrived is written, the block becomes small, the rest goes on; nothing is lost."""
    data = os.urandom(4 * MIB)
    pieces = [data[at : at + MIB // 8] for at in range(0, len(data), MIB // 8)]

    def fall(number: int) -> None:
        if number == 8:
            parts.readings.memory = RESERVE_BYTES - 1
            eventually(parts.admission.short)

    upload = parts.create(len(data))
    assert parts.view(upload).route is Route.MEMORY
    body = ScriptedBody(pieces, len(data), fall)
    view = parts.append(upload, 0, body, Checksum("blake3", blake3(data).digest()))
    assert view.receipt is not None
    assert view.receipt.blake3 == blake3(data).digest()
    assert (parts.store.folder / view.receipt.stored_name).read_bytes() == data
    assert parts.admission.used_bytes == 0


def test_after_memory_has_fallen_reads_are_small(parts: Parts) -> None:
    data = bytes(4 * MIB)
    body = ScriptedBody([data], len(data), lambda number: None)
    upload = parts.create(len(data))
    parts.readings.memory = RESERVE_BYTES - 1
    eventually(parts.admission.short)
    parts.append(upload, 0, body)
    assert body.largest_read == SMALL_BLOCK_BYTES


EAT = """
import sys
kept = []
for line in sys.stdin:
    block = bytearray(int(line))
    block[::4096] = b"x" * len(block[::4096])
    kept.append(block)
    print(len(kept), flush=True)
"""


def available_bytes(receiver: ReceiverProcess) -> int:
    """What /status says; its reading of the memory is good for a quarter of a second."""
    return receiver.status().memory.available_bytes


@contextlib.contextmanager
def eater(group: MemoryCgroup) -> Iterator[Callable[[int], None]]:
    """A process that takes memory in a group, step by step; yields what makes it take bytes."""
    with subprocess.Popen(
        [*group.prefix, sys.executable, "-c", EAT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def eat(size_bytes: int) -> None:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{size_bytes}\n")
            process.stdin.flush()
            assert process.stdout.readline()

        yield eat


@pytest.mark.skipif(cgroups_unavailable() is not None, reason=str(cgroups_unavailable()))
def test_a_real_group_that_fills_up_streams_then_refuses_and_recovers(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    with memory_cgroup(256 * MIB) as group:
        receiver = start_receiver(prefix=group.prefix)
        tus = TusSender(receiver)
        memory = receiver.status().memory
        assert memory.source in ("cgroup1", "cgroup2")
        assert memory.total_bytes == 256 * MIB
        answer = tus.post({"Upload-Length": str(4 * MIB)})
        assert answer.headers["wherry-route"] == "memory"
        tus.delete(answer.path)
        with eater(group) as eat:
            while (available := receiver.status().memory.available_bytes) > 8 * MIB:
                eat(min(16 * MIB, available - 7 * MIB))
                eventually(lambda before=available: available_bytes(receiver) < before)  # type: ignore[misc]
            assert tus.post({"Upload-Length": str(4 * MIB)}).headers["wherry-route"] == "stream"
            while (answer := tus.post({"Upload-Length": "1"})).status == 201:
                available = available_bytes(receiver)
                eat(MIB // 2)
                eventually(lambda before=available: available_bytes(receiver) < before)  # type: ignore[misc]
            assert (answer.status, answer.code) == (503, "low_memory")
            assert int(answer.headers["retry-after"]) > 0
            assert group.kills == 0
        eventually(lambda: tus.post({"Upload-Length": "1"}).status == 201)
        assert receiver.stop() == 0
