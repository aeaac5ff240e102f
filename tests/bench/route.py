"""Is it faster to take a file in memory? The same receiver, made to take either way."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from blake3 import blake3

from receiver.admission import LARGEST_IN_MEMORY_BYTES
from receiver.protocol import format_checksum
from tests.bench import tus
from tests.bench.servers import Server, running
from tests.bench.works import Section, Settings
from tests.big_files import GIB, MIB
from tests.receiver_process import KEY

KIB = 1024
SIZES = (4 * KIB, 64 * KIB, *(count * MIB for count in (1, 2, 4, 8, 16, 32, 128, 512)))
CROWD = 16
CROWD_MOST_BYTES = 128 * MIB
BYTES_A_TURN = 256 * MIB
FEWEST, MOST = 3, 50
TURNS = 5
FORCED = """
import sys
from receiver import admission
admission.LARGEST_IN_MEMORY_BYTES = int(sys.argv.pop(1))
from receiver.__main__ import main
main()
"""
ROUTES = {"memory": 8 * GIB, "stream": 0}


@dataclass(frozen=True)
class Case:
    """So many uploads of one size, on so many connections at once."""

    size_bytes: int
    at_once: int

    @property
    def uploads(self) -> int:
        """How many each connection sends."""
        wanted = BYTES_A_TURN // (self.size_bytes * self.at_once)
        return max(FEWEST if self.at_once == 1 else 1, min(MOST, wanted))


def measure(settings: Settings) -> Section:
    """Send files of each size, by either route in turn."""
    cases = [Case(size, 1) for size in SIZES]
    cases += [Case(size, CROWD) for size in SIZES if size <= CROWD_MOST_BYTES]
    rows = tuple(_row(settings, case) for case in cases)
    return Section(
        "In memory or as a stream?",
        "The same receiver, made to take every file whole in memory, or none. An upload is two "
        "requests (create, then the bytes with their digest) and ends on disk. Milliseconds an "
        f"upload, medians of {TURNS} turns.",
        ("size", "at once", "in memory", "as a stream", "in memory against stream"),
        rows,
        (
            "Above 1 x memory is the faster way, below it the stream. A stream is hashed, written "
            "and flushed while the rest is still on its way; what is taken whole waits for all of "
            "that at its end, but with a wrong digest it never touches the disk.",
            f"By default files up to {LARGEST_IN_MEMORY_BYTES // MIB} MiB go through memory; that "
            "cap was set from this table. Small files of up to 1 MiB come with their creation or "
            "in a batch and are always taken in memory; see there.",
            f"{CROWD} at once: up to {CROWD_MOST_BYTES // MIB} MiB.",
        ),
    )


def _row(settings: Settings, case: Case) -> tuple[str, ...]:
    times_s: dict[str, list[float]] = {route: [] for route in ROUTES}
    data = os.urandom(min(case.size_bytes, MIB)) * max(1, case.size_bytes // MIB)
    for turn in range(1 + TURNS):
        for route, cap_bytes in ROUTES.items():
            seconds = _once(settings.folder, route, cap_bytes, case, data)
            if turn:
                times_s[route].append(seconds)
    memory_s, stream_s = (median(times_s[route]) for route in ROUTES)
    print(f"{case}: {memory_s * 1e3:.2f} ms, {stream_s * 1e3:.2f} ms", flush=True)
    return (
        _size(case.size_bytes),
        str(case.at_once),
        f"{memory_s * 1e3:.2f} ms",
        f"{stream_s * 1e3:.2f} ms",
        f"{stream_s / memory_s:.2f} x",
    )


def _once(parent: Path, route: str, cap_bytes: int, case: Case, data: bytes) -> float:
    """Return the seconds that one upload takes on its connection."""
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=parent) as name:
        folder = Path(name)
        prefix = (sys.executable, "-c", FORCED, str(cap_bytes), "serve")
        budget = ("--memory-budget", str(8 * GIB)) if cap_bytes else ()
        with running("forced", folder / "data", prefix, options=budget) as server:
            threads = [
                threading.Thread(target=_send, args=(server, number, route, case, data))
                for number in range(case.at_once)
            ]
            began = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.monotonic() - began
        arrived = sum(1 for one in (folder / "data").iterdir() if one.is_file())
        if arrived != case.uploads * case.at_once:
            raise RuntimeError(f"{arrived} files arrived of {case}")
    return seconds / case.uploads


def _send(server: Server, number: int, route: str, case: Case, data: bytes) -> None:
    headers = {"Upload-Checksum": format_checksum("blake3", blake3(data).digest())}
    with tus.connect(server.url, KEY) as line:
        for turn in range(case.uploads):
            made = tus.create(line, f"{number}-{turn}", len(data))
            if made.headers["wherry-route"] != route:
                raise RuntimeError(f"it was taken by {made.headers['wherry-route']}")
            tus.send(line, made.path, 0, data, headers)


def _size(size_bytes: int) -> str:
    return f"{size_bytes // MIB} MiB" if size_bytes >= MIB else f"{size_bytes // KIB} KiB"
