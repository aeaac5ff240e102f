"""The window: its first picture, and how long it stands still with a very long list."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.works import Section, Settings
from tests.receiver_process import ROOT

FILES, FOLDERS = 100_000, 100
BIG_FILES = 3
_CONTROL = """
import sys, time
late, last = 0.0, time.perf_counter()
while True:
    time.sleep(0.004)
    now = time.perf_counter()
    late, last = max(late, now - last - 0.004), now
    print(round(late * 1000, 1), flush=True)
"""


def measure(settings: Settings) -> Section:
    """Open the window some times, then drive it once through a list of 100,000 files."""
    starts = [_open_once(settings.folder) for _ in range(max(5, settings.runs))]
    parts, control_ms = _drive(settings)
    rows = [
        (
            "first picture, from the start of the process",
            f"{statistics.median(starts):.2f} s",
            "",
            "",
            "",
            "1 s",
            "",
        ),
        *(
            (
                str(part["part"]),
                f"{part['seconds']:.1f} s",
                f"{part['longest_ms']:.0f} ms",
                f"{part['held_ms']:.0f} ms",
                f"{part['worked_ms']:.0f} ms",
                "50 ms",
                f"{part['resident_mib']:.0f} MiB",
            )
            for part in parts
        ),
    ]
    return Section(
        "The window",
        f"The whole program, offscreen: a folder of {FILES:,} files of a few bytes and {BIG_FILES} "
        f"files of {settings.size_bytes >> 30} GiB comes in and is sent to the built-in receiver "
        "beside it, while somebody scrolls. A timer of 4 ms in the window's thread tells how long "
        "it did not listen. First picture: the median of "
        f"{len(starts)} starts.",
        (
            "part",
            "took",
            "longest standstill",
            "with a core free",
            "longest work at a stretch",
            "to reach",
            "most resident so far",
        ),
        tuple(rows),
        (
            "*with a core free*: a standstill less the time in which the window's thread was ready "
            "to work and no core was free for it, as the kernel counts it. Everything else on the "
            "machine, the receiver among it, takes part in that.",
            "*longest work at a stretch* is CPU time of the window's own thread; what is beyond it "
            "in a standstill, it waited for the interpreter or for a core.",
            f"A process that does nothing but sleep for 4 ms was up to {control_ms:.0f} ms late "
            "beside it: what the machine itself adds.",
        ),
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


def _drive(settings: Settings) -> tuple[list[dict[str, Any]], float]:
    files = settings.folder / "files"
    _make_files(files, settings.size_bytes)
    control = subprocess.Popen([sys.executable, "-c", _CONTROL], stdout=subprocess.PIPE, text=True)
    try:
        parts = _run(settings.folder / "home", files, FILES + BIG_FILES)
    finally:
        control.terminate()
    output, _ = control.communicate()
    shutil.rmtree(files)
    unfinished = [part["part"] for part in parts[1:] if not part["done"]]
    if unfinished:
        raise RuntimeError(f"never came to an end: {unfinished}")
    return parts[1:], float(output.splitlines()[-1])


def _make_files(folder: Path, big_bytes: int) -> None:
    for number in range(FOLDERS):
        inner = folder / f"folder {number:03}"
        inner.mkdir(parents=True)
        for one in range(FILES // FOLDERS):
            (inner / f"file {one:04}.txt").write_bytes(b"%d %d" % (number, one))
    for number in range(BIG_FILES):
        with (folder / f"0 big {number}.bin").open("wb") as file:
            file.truncate(big_bytes)
