"""The window: its first picture, and how long it stands still with a very long list."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench.works import MEMORY_FOLDER, Section, Settings
from tests.receiver_process import ROOT

FILES, FOLDERS = 100_000, 100
BIG_FILES = 3
LEAST_RUNS = 5
SETTLE_S = 12.0
"""The gigabytes of the run before are removed; file system, and host, clean up after that."""
_CONTROL = """
import os, sys, time
os.sched_setaffinity(0, {int(sys.argv[1])})
os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
last = time.monotonic()
while True:
    time.sleep(0.002)
    now = time.monotonic()
    if now - last > 0.006:
        print(last + 0.002, now, flush=True)
    last = now
"""
"""Sleeps on one core, and goes before all others there: where it is late, the core was gone."""

Span = tuple[float, float]
"""From when to when, seconds of the machine's own clock."""


class Drive(NamedTuple):
    """One run: what each part told, and when each of the cores was gone."""

    parts: list[dict[str, Any]]
    gone: list[list[Span]]


def measure(settings: Settings) -> Section:
    """Open the window some times, then drive it as often through a list of 100,000 files."""
    runs = max(LEAST_RUNS, settings.runs)
    starts = [_open_once(settings.folder) for _ in range(runs)]
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=MEMORY_FOLDER) as name:
        files = Path(name)
        _make_files(files, settings.size_bytes)
        drives = [_drive(settings.folder / "home", files) for _ in range(runs)]
    first = (f"{median(starts):.2f} s", "", "", "", "", "1 s", "")
    rows = [
        ("first picture, from the start of the process", *first),
        *(_row(same) for same in zip(*(drive.parts for drive in drives), strict=True)),
    ]
    return Section(
        "The window",
        f"The whole program, offscreen: a folder of {FILES:,} files of a few bytes and {BIG_FILES} "
        f"files of {settings.size_bytes >> 30} GiB, all in memory, comes in and is sent to the "
        "built-in receiver beside it and its disk, while somebody scrolls. A timer of 4 ms in the "
        f"window's thread tells how long it did not listen. Medians of {runs} runs, "
        f"{SETTLE_S:.0f} s apart: while the files of one are removed, the machine is slower.",
        (
            "part",
            "took",
            "longest standstill",
            "in the worst run",
            "with a core free",
            "longest work at a stretch",
            "to reach",
            "most resident so far",
        ),
        tuple(rows),
        (
            "*with a core free*: a standstill less the time in which the window's thread was ready "
            "to work and no core was free for it, as the kernel counts it, or, where that is more, "
            "in which a core was gone: the host of a virtual machine may take it for others.",
            "*longest work at a stretch* is CPU time of the window's own thread; what is beyond it "
            "in a standstill, it waited for the interpreter or for a core.",
            _told_of_cores([one.gone for one in drives]),
        ),
    )


def _told_of_cores(runs: Sequence[list[list[Span]]]) -> str:
    if not all(runs):
        return "Whether a core was gone was not watched: only root may."
    longest_ms = [
        max((1000 * (end - start) for spans in gone for start, end in spans), default=0.0)
        for gone in runs
    ]
    return (
        "A process that goes before all others on its core, and sleeps for 2 ms at a time, was up "
        f"to {median(longest_ms):.0f} ms late, {max(longest_ms):.0f} ms in one run: so long was a "
        "core gone."
    )


def _command(home: Path, folder: Path, count: int) -> list[str]:
    return [sys.executable, "-m", "tests.bench.heartbeat", str(home), str(folder), str(count)]


def _run(home: Path, folder: Path, count: int) -> list[dict[str, Any]]:
    variables = {**os.environ, "WHERRY_BENCH_STARTED": str(time.time())}
    done = subprocess.run(
        _command(home, folder, count), cwd=ROOT, env=variables, stdout=subprocess.PIPE, check=True
    )
    shutil.rmtree(home)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _open_once(folder: Path) -> float:
    first = _run(folder / "home", folder, 0)[0]
    return float(first["seconds"])


def _drive(home: Path, files: Path) -> Drive:
    os.sync()
    time.sleep(SETTLE_S)
    with ExitStack() as stack:
        controls = [stack.enter_context(_Control(core)) for core in _watched_cores()]
        parts = _run(home, files, FILES + BIG_FILES)[1:]
        gone = [control.end() for control in controls]
    unfinished = [part["part"] for part in parts if not part["done"]]
    if unfinished:
        raise RuntimeError(f"never came to an end: {unfinished}")
    for part in parts:
        part["held_ms"] = _held_ms(part, gone)
    return Drive(parts, gone)


def _watched_cores() -> list[int]:
    """Only root may put a process before all others."""
    return sorted(os.sched_getaffinity(0)) if os.geteuid() == 0 else []


class _Control:
    """The process that watches one core."""

    def __init__(self, core: int) -> None:
        self._told = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed in __exit__
        command = [sys.executable, "-c", _CONTROL, str(core)]
        self._process = subprocess.Popen(command, stdout=self._told)

    def __enter__(self) -> _Control:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._told.close()

    def end(self) -> list[Span]:
        """Return when the core was gone.

        Raises:
            RuntimeError: nobody watched it to the end.
        """
        if self._process.poll() is not None:
            raise RuntimeError("a core was not watched to the end")
        self._process.kill()
        self._process.wait()
        self._told.seek(0)
        spans = [line.split() for line in self._told]
        return [(float(start), float(end)) for start, end in spans]


def _held_ms(part: dict[str, Any], gone: list[list[Span]]) -> float:
    """The longest standstill that nothing outside of the window explains."""
    longest = 0.0
    for start, end, starved_s in part["stalls"]:
        gone_s = [
            sum(max(0.0, min(end, until) - max(start, since)) for since, until in spans)
            for spans in gone
        ]
        longest = max(longest, end - start - max(starved_s, *gone_s, 0.0))
    return 1000 * longest


def _row(same: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    """Of one part, in all runs."""

    def middle(key: str) -> float:
        return float(median(part[key] for part in same))

    return (
        str(same[0]["part"]),
        f"{middle('seconds'):.1f} s",
        f"{middle('longest_ms'):.0f} ms",
        f"{max(part['longest_ms'] for part in same):.0f} ms",
        f"{middle('held_ms'):.0f} ms",
        f"{middle('worked_ms'):.0f} ms",
        "50 ms",
        f"{max(part['resident_mib'] for part in same):.0f} MiB",
    )


def _make_files(folder: Path, big_bytes: int) -> None:
    """Make the folder; the big files are one with several names, and have no holes: to read one of
    those Linux clears megabytes of memory in one go, and nobody else has that core meanwhile.
    """
    block = os.urandom(1 << 20)
    big = folder / "0 big 0.bin"
    with big.open("wb") as file:
        for _ in range(big_bytes // len(block)):
            file.write(block)
    for number in range(1, BIG_FILES):
        (folder / f"0 big {number}.bin").hardlink_to(big)
    for number in range(FOLDERS):
        inner = folder / f"folder {number:03}"
        inner.mkdir(parents=True)
        for one in range(FILES // FOLDERS):
            (inner / f"file {one:04}.txt").write_bytes(b"%d %d" % (number, one))
