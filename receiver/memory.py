"""What memory is available here: cgroup v2, cgroup v1 or the host; and our own resident set.

In a container the host's figures are not ours. The smallest limit from our own cgroup up to the
root of its hierarchy counts; page cache that can be dropped (`inactive_file`) is available.
Sources: Linux Documentation/admin-guide/cgroup-v2.rst ("Memory"), cgroup-v1/memory.rst (5.2).
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

MIB = 1 << 20
_M_ARENA_MAX = -8


@dataclass(frozen=True, slots=True)
class MemoryReading:
    """Memory that counts for this process; bytes. `source`: cgroup2, cgroup1 or host."""

    total_bytes: int
    available_bytes: int
    page_cache_bytes: int
    source: str


@dataclass(frozen=True, slots=True)
class _Files:
    """The names under which a hierarchy keeps its figures."""

    source: str
    limit: str
    usage: str
    inactive: str
    active: str


_V2 = _Files("cgroup2", "memory.max", "memory.current", "inactive_file", "active_file")
_V1 = _Files(
    "cgroup1",
    "memory.limit_in_bytes",
    "memory.usage_in_bytes",
    "total_inactive_file",
    "total_active_file",
)


def read_memory(proc: Path = Path("/proc")) -> MemoryReading:
    """Read what is available now, the container's limit included.

    Args:
        proc: where procfs is; another folder in tests.
    """
    host = _host_reading()
    best = host
    for group, mount, files in _own_groups(proc):
        for folder in _ancestry(group, mount):
            reading = _group_reading(folder, files, host)
            if reading is not None and _tightness(reading) < _tightness(best):
                best = reading
    return best


def _tightness(reading: MemoryReading) -> tuple[int, int]:
    """What is left counts first; where that is equal, the smaller limit is the one that is ours."""
    return reading.available_bytes, reading.total_bytes


def _host_reading() -> MemoryReading:
    figures = psutil.virtual_memory()
    cached = int(getattr(figures, "cached", 0))
    return MemoryReading(figures.total, figures.available, cached, "host")


def _own_groups(proc: Path) -> Iterator[tuple[Path, Path, _Files]]:
    """Yield folder, mount point and file names of each hierarchy that limits our memory."""
    try:
        memberships = (proc / "self/cgroup").read_text().splitlines()
        mounts = (proc / "self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in memberships:
        _, controllers, path = line.split(":", 2)
        files = _V2 if not controllers else _V1
        if controllers and "memory" not in controllers.split(","):
            continue
        for root, point in _mount_points(mounts, files):
            yield _inside(point, root, path), point, files


def _mount_points(mounts: list[str], files: _Files) -> Iterator[tuple[str, Path]]:
    """Yield root and mount point of the hierarchy, from proc(5) mountinfo lines."""
    for line in mounts:
        fields, _, tail = line.partition(" - ")
        kind, _, options = [*tail.split(" "), "", "", ""][:3]
        parts = fields.split(" ")
        wanted = "cgroup2" if files is _V2 else "cgroup"
        if kind == wanted and (files is _V2 or "memory" in options.split(",")):
            yield parts[3], Path(parts[4].replace("\\040", " "))


def _inside(point: Path, root: str, path: str) -> Path:
    """Map a cgroup path to its folder; in a container the mount may show only our own part."""
    if root != "/" and (path + "/").startswith(root + "/"):
        path = path[len(root) :]
    folder = point / path.strip("/")
    return folder if folder.is_dir() else point


def _ancestry(folder: Path, mount: Path) -> Iterator[Path]:
    while True:
        yield folder
        if folder == mount or mount not in folder.parents:
            return
        folder = folder.parent


def _group_reading(folder: Path, files: _Files, host: MemoryReading) -> MemoryReading | None:
    """Read one group; None where it sets no limit or cannot be read."""
    try:
        limit_text = (folder / files.limit).read_text().strip()
        usage = int((folder / files.usage).read_text())
        lines = (folder / "memory.stat").read_text().splitlines()
    except OSError:
        return None
    if limit_text == "max" or int(limit_text) >= host.total_bytes:
        return None
    stat = dict(line.split(" ", 1) for line in lines if " " in line)
    inactive = int(stat.get(files.inactive, 0))
    cached = inactive + int(stat.get(files.active, 0))
    limit = int(limit_text)
    available = min(max(0, limit - max(0, usage - inactive)), host.available_bytes)
    return MemoryReading(limit, available, cached, files.source)


def own_memory(size_bytes: int) -> mmap.mmap:
    """Return zeroed memory that goes back to the system when nobody has it, or when told.

    Private: what `mmap` makes unasked can be shared with a child process, takes a third longer to
    fill, and stays whatever madvise(2) says.
    """
    if sys.platform == "win32":
        return mmap.mmap(-1, size_bytes)
    return mmap.mmap(-1, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def resident_bytes() -> int:
    """The resident set of this process."""
    return int(psutil.Process().memory_info().rss)


def share_heaps() -> None:
    """Have all threads take memory from two heaps (mallopt(3), glibc only); before they begin.

    Else each has its own, and what one has freed is of no use to the others.
    """
    _call_libc("mallopt", _M_ARENA_MAX, 2)


def settle() -> None:
    """Leave the start behind: give back to the system what it has used and freed (malloc_trim(3),
    glibc only), and keep what stays, the modules, out of every later garbage collection."""
    gc.collect()
    gc.freeze()
    _call_libc("malloc_trim", 0)


def _call_libc(name: str, *numbers: int) -> None:
    """Call a function that only some C libraries have."""
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)
        if function is not None:
            function(*numbers)


def resident_peak_bytes() -> int:
    """The largest resident set of this process so far.

    From VmHWM: getrusage's ru_maxrss starts at the parent's size after fork and exec.
    """
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    info = psutil.Process().memory_info()
    return int(getattr(info, "peak_wset", info.rss))
