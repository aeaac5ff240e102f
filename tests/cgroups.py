"""Memory cgroups for tests and benchmarks: a process in a given amount of memory, without swap.

Works with version 1 and version 2 of the kernel's interface, where this process may make groups:
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html and
https://docs.kernel.org/admin-guide/cgroup-v2.html.
"""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REMOVED_WITHIN_S = 10.0


@dataclass(frozen=True)
class _Interface:
    """The names of one version's files, and of the line of memory.stat that counts tmpfs."""

    limit: str
    limit_swap: str
    usage: str
    peak: str
    kills: str
    tmpfs: str


_V1 = _Interface(
    limit="memory.limit_in_bytes",
    limit_swap="memory.memsw.limit_in_bytes",  # memory and swap together
    usage="memory.usage_in_bytes",
    peak="memory.max_usage_in_bytes",
    kills="memory.oom_control",
    tmpfs="total_shmem",
)
_V2 = _Interface(
    limit="memory.max",
    limit_swap="memory.swap.max",
    usage="memory.current",
    peak="memory.peak",
    kills="memory.events",
    tmpfs="shmem",
)


@dataclass(frozen=True)
class MemoryCgroup:
    """A group that exists; start a process in it by putting `prefix` before its command."""

    folder: Path
    limit_bytes: int
    interface: _Interface

    @property
    def prefix(self) -> tuple[str, ...]:
        """The words that go before a command: a shell that enters the group and becomes it."""
        enter = 'echo $$ > "$0" && exec "$@"'
        return ("sh", "-c", enter, str(self.folder / "cgroup.procs"))

    @property
    def usage_bytes(self) -> int:
        return int((self.folder / self.interface.usage).read_text())

    @property
    def peak_bytes(self) -> int | None:
        """The most memory the group ever held, page cache included; None on kernels before 5.19."""
        path = self.folder / self.interface.peak
        return int(path.read_text()) if path.exists() else None

    @property
    def kills(self) -> int:
        """How many processes of the group the kernel has killed for want of memory."""
        return self._counter(self.interface.kills, "oom_kill")

    @property
    def tmpfs_bytes(self) -> int:
        """What the group holds in files that live in memory: /tmp where it is a tmpfs."""
        return self._counter("memory.stat", self.interface.tmpfs)

    def _counter(self, file: str, wanted: str) -> int:
        for line in (self.folder / file).read_text().splitlines():
            name, _, count = line.partition(" ")
            if name == wanted:
                return int(count)
        return 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes in the group.

        One that is just ending may be listed as 0, which to kill(2) means the caller's own group.
        """
        listed = (int(pid) for pid in (self.folder / "cgroup.procs").read_text().split())
        return tuple(pid for pid in listed if pid > 0)


@contextmanager
def memory_cgroup(limit_bytes: int) -> Iterator[MemoryCgroup]:
    """Make a group that may hold `limit_bytes` of memory and no swap; remove it at the end.

    Processes that are still in it then are killed.

    Raises:
        OSError: this process may not make one; `cgroups_unavailable` tells beforehand.
    """
    group = _make(limit_bytes)
    try:
        yield group
    finally:
        _remove(group)


@cache
def cgroups_unavailable() -> str | None:
    """Return why no memory cgroup can be made here, or None where it can."""
    try:
        with memory_cgroup(64 << 20) as group:
            (group.folder / "cgroup.procs").open("w").close()
    except OSError as error:
        return f"no memory cgroup can be made here: {error}"
    return None


def _make(limit_bytes: int) -> MemoryCgroup:
    refused: OSError = FileNotFoundError("no group gives its children a memory limit")
    for parent, interface in _parents():
        folder = parent / f"wherry-test-{uuid.uuid4().hex[:12]}"
        try:
            folder.mkdir()
        except OSError as error:
            refused = error
            continue
        try:
            (folder / interface.limit).write_text(str(limit_bytes))
            swap_bytes = limit_bytes if interface is _V1 else 0
            with suppress(FileNotFoundError):  # a kernel that does not count swap
                (folder / interface.limit_swap).write_text(str(swap_bytes))
        except OSError as error:
            refused = error
            folder.rmdir()
            continue
        return MemoryCgroup(folder, limit_bytes, interface)
    raise refused


def _parents() -> Iterator[tuple[Path, _Interface]]:
    """Yield the groups that a new one may be made in: this process's own first, then those above.

    Version 2 lets only a group without processes have children with limits, so there a group
    above may be the one that works.
    """
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            interface, kind = _V1, "cgroup"
        elif not controllers:
            interface, kind = _V2, "cgroup2"
        else:
            continue
        for mount in _mounts(kind):
            own = mount / path.lstrip("/")
            for parent in (own, *own.parents):
                if parent.is_relative_to(mount) and _gives_memory(parent, interface):
                    yield parent, interface


def _gives_memory(parent: Path, interface: _Interface) -> bool:
    """Whether children of this group have the files of the memory controller."""
    if interface is _V1:
        return (parent / interface.limit).exists()
    control = parent / "cgroup.subtree_control"
    return control.exists() and "memory" in control.read_text().split()


def _mounts(kind: str) -> Iterator[Path]:
    """Yield where cgroups of a kind are mounted; of version 1 only the memory controller's."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, where, found, options = line.split(" ")[:4]
        if found == kind and (kind == "cgroup2" or "memory" in options.split(",")):
            yield Path(where)


def _remove(group: MemoryCgroup) -> None:
    """Remove a group; the kernel may take a moment to let go of processes that have ended."""
    for pid in group.pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + REMOVED_WITHIN_S
    while True:
        try:
            group.folder.rmdir()
        except OSError:
            if time.monotonic() > end:
                raise
            os.sched_yield()
        else:
            return
