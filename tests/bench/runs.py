"""One upload into one receiver in a memory cgroup: how it ended, how long it took, what it held."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.bench.sampling import Sample, Sampler
from tests.bench.senders import Sent
from tests.bench.servers import Server, running
from tests.big_files import blake3_of
from tests.cgroups import MemoryCgroup, memory_cgroup

MIB = 1 << 20


@dataclass(frozen=True)
class Peer:
    """A receiver and the sender that feeds it; `tmpfs_bytes` is the size of a TMPDIR in memory."""

    receiver: str
    sender: str
    kind: str
    send: Callable[[Server, Path], Sent]
    limit_bytes: int
    tmpfs_bytes: int = 0


@dataclass(frozen=True)
class Source:
    """The file that is sent, and its BLAKE3."""

    path: Path
    digest: bytes

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size


class Ending(StrEnum):
    """How an upload can end."""

    STORED = "stored, digest equal"
    DAMAGED = "stored, digest differs"
    KILLED = "killed by the kernel"
    REFUSED = "refused"


@dataclass(frozen=True)
class Run:
    """What was measured. `on_disk_s` is the time until the file was on disk, not only answered."""

    ending: Ending
    words: str
    answered_s: float
    on_disk_s: float
    peak_bytes: int
    group_peak_bytes: int | None
    samples: tuple[Sample, ...]


def run_once(peer: Peer, source: Source, folder: Path) -> Run:
    """Start the receiver, send the file, look at what became of it, and remove it all."""
    os.sync()
    data = folder / "received"
    try:
        with _tmpdir(peer, folder) as tmpdir, memory_cgroup(peer.limit_bytes) as group:
            variables = {"TMPDIR": str(tmpdir)}
            with running(peer.kind, data, group.prefix, variables) as server:
                return _send(peer, source, server, group)
    finally:
        for leftover in folder.glob("received*"):
            shutil.rmtree(leftover)


def _send(peer: Peer, source: Source, server: Server, group: MemoryCgroup) -> Run:
    began = time.monotonic()
    with Sampler(server.pid, group) as sampler:
        sent = peer.send(server, source.path)
        stored = server.data / source.path.name
        if sent.accepted and stored.exists():
            _wait_for_disk(stored)
        on_disk_s = time.monotonic() - began
    return Run(
        _ending(sent, stored, source, group),
        sent.words,
        sent.seconds,
        on_disk_s,
        sampler.peak_bytes,
        group.peak_bytes,
        tuple(sampler.samples),
    )


def _ending(sent: Sent, stored: Path, source: Source, group: MemoryCgroup) -> Ending:
    if group.kills:
        return Ending.KILLED
    if not sent.accepted or not stored.exists():
        return Ending.REFUSED
    return Ending.STORED if blake3_of(stored) == source.digest else Ending.DAMAGED


def _wait_for_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _tmpdir(peer: Peer, folder: Path) -> Iterator[Path]:
    """Give a TMPDIR on disk, or one in memory of the size that the peer names."""
    path = folder / "tmp"
    path.mkdir()
    if peer.tmpfs_bytes:
        options = f"size={peer.tmpfs_bytes}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], check=True)
    try:
        yield path
    finally:
        if peer.tmpfs_bytes:
            subprocess.run(["umount", path], check=True)
        shutil.rmtree(path)
