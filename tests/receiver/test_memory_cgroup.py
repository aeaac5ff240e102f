"""A file of three times the machine's memory, and of 24 times: the receiver takes it and lives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.big_files import GIB, MIB, blake3_of, make_big_file
from tests.cgroups import cgroups_unavailable, memory_cgroup
from tests.receiver_process import ReceiverProcess
from tests.tus_by_hand import TusSender

FILE_BYTES = 3 * GIB
WINDOW_BYTES = 32 * MIB
FREE_DISK_BYTES = FILE_BYTES + 2 * GIB


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
        with TusSender(receiver.url, receiver.key) as sender:
            sender.send_file(source, WINDOW_BYTES)
        stored = receiver.stored()["big.bin"]
        assert stored.stat().st_size == FILE_BYTES
        assert blake3_of(stored) == digest
        assert group.kills == 0
        assert receiver.stop() == 0
        stored.unlink()
