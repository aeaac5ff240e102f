"""What memory is available here, on made-up /proc and /sys trees and on the real machine.

Linux, Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst; proc(5), mountinfo.
"""

from __future__ import annotations

import mmap
import os
import platform
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from receiver.memory import (
    MemoryReading,
    own_memory,
    read_memory,
    resident_bytes,
    resident_peak_bytes,
)

MIB = 1 << 20


class FakeSystem:
    """A /proc with one process, and cgroup mounts below a folder."""

    def __init__(self, folder: Path) -> None:
        self.proc = folder / "proc"
        self.sys = folder / "sys"
        (self.proc / "self").mkdir(parents=True)
        self._mounts = ["21 1 8:1 / / rw - ext4 /dev/sda1 rw"]
        self._memberships: list[str] = []

    def mount(self, kind: str, root: str = "/", options: str = "rw", where: str = "") -> Path:
        point = self.sys / (where or kind)
        point.mkdir(parents=True)
        shown = str(point).replace(" ", "\\040")
        self._mounts.append(f"30 21 0:26 {root} {shown} rw shared:4 - {kind} {kind} {options}")
        self._write()
        return point

    def join(self, *memberships: str) -> None:
        self._memberships += memberships
        self._write()

    def _write(self) -> None:
        (self.proc / "self/mountinfo").write_text("\n".join(self._mounts) + "\n")
        (self.proc / "self/cgroup").write_text("".join(f"{one}\n" for one in self._memberships))

    def read(self) -> MemoryReading:
        return read_memory(self.proc)


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


def group_v2(
    folder: Path, limit: int | str, usage: int, inactive: int = 0, active: int = 0
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{usage}\n")
    stat = f"anon 1\nfile {inactive + active}\ninactive_file {inactive}\nactive_file {active}\n"
    (folder / "memory.stat").write_text(stat)


def group_v1(folder: Path, limit: int, usage: int, inactive: int = 0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.limit_in_bytes").write_text(f"{limit}\n")
    (folder / "memory.usage_in_bytes").write_text(f"{usage}\n")
    stat = f"inactive_file 1\ntotal_inactive_file {inactive}\ntotal_active_file 7\n"
    (folder / "memory.stat").write_text(stat)


def test_without_a_cgroup_the_host_counts(system: FakeSystem) -> None:
    system.join()
    reading = system.read()
    assert (reading.source, reading.total_bytes) == ("host", psutil.virtual_memory().total)
    assert 0 < reading.available_bytes <= reading.total_bytes


def test_without_proc_the_host_counts(tmp_path: Path) -> None:
    assert read_memory(tmp_path / "nowhere").source == "host"


def test_a_version_2_limit_counts_and_page_cache_is_left_out(system: FakeSystem) -> None:
    """inactive_file can be dropped at any time; else the gauge fills up with every upload."""
    mount = system.mount("cgroup2")
    system.join("0::/app")
    group_v2(mount / "app", 512 * MIB, 300 * MIB, inactive=200 * MIB, active=30 * MIB)
    assert system.read() == MemoryReading(512 * MIB, 412 * MIB, 230 * MIB, "cgroup2")


def test_a_version_1_limit_counts(system: FakeSystem) -> None:
    """The hierarchical figures (total_...): usage counts children, so must the page cache."""
    mount = system.mount("cgroup", options="rw,memory")
    system.mount("cgroup", options="rw,cpu", where="cpu")
    system.join("5:cpu:/elsewhere", "4:memory:/app", "0::/ignored")
    group_v1(mount / "app", 256 * MIB, 200 * MIB, inactive=100 * MIB)
    reading = system.read()
    assert (reading.total_bytes, reading.available_bytes) == (256 * MIB, 156 * MIB)
    assert reading.source == "cgroup1"


def test_the_tightest_group_above_counts(system: FakeSystem) -> None:
    mount = system.mount("cgroup2")
    system.join("0::/outer/inner/app")
    group_v2(mount / "outer", 400 * MIB, 390 * MIB)
    group_v2(mount / "outer/inner", 100 * MIB, 20 * MIB)
    group_v2(mount / "outer/inner/app", "max", 20 * MIB)
    reading = system.read()
    assert (reading.total_bytes, reading.available_bytes) == (400 * MIB, 10 * MIB)


def test_max_is_no_limit(system: FakeSystem) -> None:
    mount = system.mount("cgroup2")
    system.join("0::/app")
    group_v2(mount / "app", "max", 20 * MIB)
    assert system.read().source == "host"


def test_a_limit_beyond_the_machine_is_none(system: FakeSystem) -> None:
    """Version 1 says 9223372036854771712 for no limit."""
    mount = system.mount("cgroup", options="rw,memory")
    system.join("4:memory:/app")
    group_v1(mount / "app", 9223372036854771712, 20 * MIB)
    assert system.read().source == "host"


@pytest.mark.parametrize("membership", ["0::/docker/abc", "0::/", "0::/../../docker/abc"])
def test_a_container_sees_its_own_limit_at_the_mount(system: FakeSystem, membership: str) -> None:
    """The mount shows the container's group as its root, whatever the path is called outside."""
    mount = system.mount("cgroup2", root="/docker/abc")
    system.join(membership)
    group_v2(mount, 128 * MIB, 28 * MIB)
    reading = system.read()
    assert (reading.total_bytes, reading.available_bytes) == (128 * MIB, 100 * MIB)


def test_a_group_below_the_containers_counts(system: FakeSystem) -> None:
    mount = system.mount("cgroup2", root="/docker/abc")
    system.join("0::/docker/abc/app")
    group_v2(mount, 128 * MIB, 28 * MIB)
    group_v2(mount / "app", 64 * MIB, 28 * MIB)
    assert system.read().total_bytes == 64 * MIB


def test_a_group_whose_name_only_begins_like_the_containers_is_another(
    system: FakeSystem,
) -> None:
    mount = system.mount("cgroup2", root="/docker/abc")
    system.join("0::/docker/abcdef")
    group_v2(mount, 128 * MIB, 28 * MIB)
    group_v2(mount / "def", 1 * MIB, 0)
    assert system.read().total_bytes == 128 * MIB


def test_a_mount_point_may_have_spaces(system: FakeSystem) -> None:
    mount = system.mount("cgroup2", where="c group")
    system.join("0::/")
    group_v2(mount, 128 * MIB, 28 * MIB)
    assert system.read().total_bytes == 128 * MIB


def test_usage_beyond_the_limit_leaves_nothing(system: FakeSystem) -> None:
    mount = system.mount("cgroup2")
    system.join("0::/")
    group_v2(mount, 128 * MIB, 130 * MIB)
    assert system.read().available_bytes == 0


def test_no_group_has_more_than_the_machine(
    system: FakeSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is ours all the same, and is what is shown."""
    host = SimpleNamespace(total=1000 * MIB, available=50 * MIB, cached=0)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: host)
    mount = system.mount("cgroup2")
    system.join("0::/")
    group_v2(mount, 512 * MIB, 12 * MIB)
    assert system.read() == MemoryReading(512 * MIB, 50 * MIB, 0, "cgroup2")


def test_a_group_without_memory_files_is_passed_over(system: FakeSystem) -> None:
    """Version 2 beside version 1: its tree is there, but the memory controller is not in it."""
    system.mount("cgroup2")
    mount = system.mount("cgroup", options="rw,memory")
    system.join("4:memory:/app", "0::/app")
    group_v1(mount / "app", 256 * MIB, 200 * MIB)
    assert system.read().source == "cgroup1"


def test_the_resident_set_is_this_processs() -> None:
    block = bytearray(64 * MIB)
    block[:: os.sysconf("SC_PAGE_SIZE")] = b"x" * len(block[:: os.sysconf("SC_PAGE_SIZE")])
    assert resident_bytes() > 64 * MIB
    del block
    assert resident_peak_bytes() > resident_bytes() + 60 * MIB


HEAPS = """
import ctypes, threading
from receiver.memory import share_heaps
share_heaps()
all_at_once = threading.Barrier(8)
def use():
    all_at_once.wait()
    ctypes.CDLL(None).malloc(100_000)
    all_at_once.wait()
threads = [threading.Thread(target=use) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have one heap")
def test_threads_share_two_heaps() -> None:
    """Whatever threads a sender's request meets, what one of them has freed is used again."""
    done = subprocess.run([sys.executable, "-c", HEAPS], capture_output=True, text=True, check=True)
    assert 1 <= done.stderr.count("Arena ") <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="madvise(2) with MADV_DONTNEED")
def test_memory_that_is_taken_goes_back_when_told() -> None:
    before = resident_bytes()
    memory = own_memory(64 * MIB)
    memory.write(b"x" * len(memory))
    assert resident_bytes() - before > 60 * MIB
    memory.madvise(mmap.MADV_DONTNEED, MIB // 4)
    assert resident_bytes() - before < 4 * MIB
    assert memory[: MIB // 4] == b"x" * (MIB // 4)
