"""What a process holds in memory over time, read from /proc ten times a second."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.cgroups import MemoryCgroup

EVERY_S = 0.1


@dataclass(frozen=True)
class Sample:
    """One reading; `tmpfs_bytes` is what its cgroup holds in files that live in memory."""

    at_s: float
    resident_bytes: int
    tmpfs_bytes: int = 0


def resident_bytes(pid: int, field_name: str = "VmRSS") -> int:
    """Return a process's resident set, or with "VmHWM" its peak; 0 once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field_name + ":"):
                return int(line.split()[1]) * 1024
    return 0


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process and of those that it has started."""
    process = psutil.Process(pid)
    found = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return float(sum(one.user + one.system for one in found))


@dataclass
class Sampler:
    """Reads a process in a thread of its own while the `with` block runs."""

    pid: int
    group: MemoryCgroup | None = None
    samples: list[Sample] = field(default_factory=list)
    _peak_bytes: int = 0

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler")

    @property
    def peak_bytes(self) -> int:
        """The largest resident set seen: the kernel's own mark as long as the process lived."""
        return max(self._peak_bytes, *(sample.resident_bytes for sample in self.samples))

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._read()
            if self._over.wait(EVERY_S):
                self._read()
                return

    def _read(self) -> None:
        resident = resident_bytes(self.pid)
        tmpfs = self.group.tmpfs_bytes if self.group else 0
        self.samples.append(Sample(time.monotonic() - self._began, resident, tmpfs))
        self._peak_bytes = max(self._peak_bytes, resident_bytes(self.pid, "VmHWM"))
