"""The end of a large file: how long after its last byte it is stored, and what the disk needs."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from blake3 import blake3

from receiver.protocol import format_checksum
from tests.bench import tus
from tests.bench.servers import running
from tests.bench.works import Section, Settings
from tests.big_files import GIB, MIB
from tests.receiver_process import KEY

FILE_BYTES = 10 * GIB
WINDOW_BYTES = 64 * MIB
GOAL_S = 1.0


def measure(settings: Settings) -> Section:
    """Send a file window by window; time the answer to its last one."""
    runs = [_once(settings.folder) for _ in range(settings.runs)]
    answered_s = median(run[0] for run in runs)
    window_s = median(run[1] for run in runs)
    return Section(
        "Finishing a large file",
        f"{FILE_BYTES / GIB:g} GiB to the disk in windows of {WINDOW_BYTES // MIB} MiB. The answer "
        "to the last one comes when the file is on disk, verified as a whole, and under its name. "
        f"Medians; runs: {len(runs)}.",
        ("what", "measured", "to reach"),
        (
            ("answer to a window in the middle", f"{window_s:.2f} s", ""),
            ("answer to the last window", f"{answered_s:.2f} s", ""),
            ("longer", f"{answered_s - window_s:.2f} s", f"under {GOAL_S:g} s"),
        ),
    )


def _once(parent: Path) -> tuple[float, float]:
    """Return the seconds of the last window and of the median one."""
    window = os.urandom(WINDOW_BYTES)
    headers = {"Upload-Checksum": format_checksum("blake3", blake3(window).digest())}
    times_s = []
    with (
        tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=parent) as name,
        running("wherry", Path(name) / "data") as server,
        tus.connect(server.url, KEY) as line,
    ):
        path = tus.create(line, "large.bin", FILE_BYTES).path
        for offset in range(0, FILE_BYTES, WINDOW_BYTES):
            began = time.monotonic()
            tus.send(line, path, offset, window, headers)
            times_s.append(time.monotonic() - began)
        stored = server.data / "large.bin"
        if stored.stat().st_size != FILE_BYTES:
            raise RuntimeError(f"{stored.stat().st_size} bytes are stored")
    return times_s[-1], median(times_s[1:-1])
