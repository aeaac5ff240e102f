"""A file of three times the machine's memory, and of 24 times: the receiver takes it and lives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.big_files import GIB, MIB, blake3_of, make_big_file
from tests.cgroups import cgroups_unavailable, memory_cgroup
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, checksum_of

FILE_BYTES = 3 * GIB
WINDOW_BYTES = 32 * MIB


def send(source: Path, sender: TusSender) -> None:
    """Upload a file in checked windows, one in memory at a time."""
    path = sender.create(source.stat().st_size, source.name)
    offset = 0
    with source.open("rb") as file:
        while window := file.read(WINDOW_BYTES):
            answer = sender.patch(path, offset, window, checksum_of(window))
            assert answer.status == 204, answer
            offset = answer.offset


@pytest.mark.skipif(cgroups_unavailable() is not None, reason=str(cgroups_unavailable()))
@pytest.mark.parametrize("limit_bytes", [GIB, 128 * MIB], ids=["1 GiB", "128 MiB"])
def test_3_gib_arrive_in_little_memory(
    tmp_path: Path, start_receiver: Callable[..., ReceiverProcess], limit_bytes: int
) -> None:
    source = tmp_path / "big.bin"
    digest = make_big_file(source, FILE_BYTES)
    with memory_cgroup(limit_bytes) as group:
        receiver = start_receiver(prefix=group.prefix)
        assert receiver.pid in group.pids
        send(source, TusSender(receiver))
        stored = receiver.stored()["big.bin"]
        assert stored.stat().st_size == FILE_BYTES
        assert blake3_of(stored) == digest
        assert group.kills == 0
        assert receiver.stop() == 0
        stored.unlink()
