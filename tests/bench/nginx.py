"""Beside nginx: the same file by curl into `dav_methods PUT` and into Wherry, disk and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import senders
from tests.bench.charts import Bar, draw_bars
from tests.bench.sampling import cpu_s
from tests.bench.servers import Server, running
from tests.bench.works import MEMORY_FOLDER, Section, Settings
from tests.big_files import GIB, MIB, blake3_of, make_big_file
from tests.receiver_process import free_port

FILE_BYTES = GIB
MORE_RUNS = 2
READY_WITHIN_S = 10.0

CONFIGURATION = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_max_body_size 0;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/data;
        location / {{ dav_methods PUT; }}
    }}
}}
"""

FEEDS: tuple[tuple[str, str, senders.Feed], ...] = (
    ("nginx DAV, curl -T", "nginx", senders.curl_put),
    ("Wherry, curl, one PATCH", "wherry", senders.curl_tus),
    ("Wherry, wherry send, all digests", "wherry", senders.engine),
)


def measure(settings: Settings) -> Section:
    """Send 1 GiB by each way in turn, to the disk and to a tmpfs."""
    if shutil.which("nginx") is None:
        raise SystemExit("nginx is not installed")
    source = settings.folder / "one.bin"
    digest = make_big_file(source, FILE_BYTES)
    rows: list[tuple[str, ...]] = []
    bars: dict[str, list[Bar]] = {}
    for place, folder in (("disk", settings.folder), ("tmpfs", MEMORY_FOLDER)):
        runs: dict[str, list[_Run]] = {label: [] for label, _, _ in FEEDS}
        for turn in range(1 + settings.runs + MORE_RUNS):
            for label, kind, feed in FEEDS:
                run = _once(kind, feed, source, digest, folder)
                if turn:  # the first one warms up: fresh memory and fresh disk blocks cost extra
                    runs[label].append(run)
        rows += _rows(place, runs)
        bars[f"to {place}"] = _bars(runs)
    draw_bars(settings.images / "nginx.svg", "One file of 1 GiB, MB/s", bars)
    return Section(
        "Beside nginx",
        "1 GiB over the loopback. nginx answers when the page cache has the file and knows no "
        "digest; Wherry answers when it is on disk and hashed. Medians; "
        f"runs: {settings.runs + MORE_RUNS}, in turn, after one that does not count.",
        (
            "to",
            "receiver and sender",
            "time",
            "MB/s",
            "speed against nginx",
            "receiver's CPU a GiB",
            "against nginx",
            "sender's CPU a GiB",
            "sender resident, peak",
        ),
        tuple(rows),
        image="images/nginx.svg",
    )


@dataclass(frozen=True)
class _Run:
    """One upload: seconds it took, CPU seconds of both sides, the sender's peak resident set."""

    seconds: float
    receiver_cpu_s: float
    sender_cpu_s: float
    sender_bytes: int


def _once(kind: str, feed: senders.Feed, source: Path, digest: bytes, parent: Path) -> _Run:
    os.sync()
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=parent) as name:
        folder = Path(name)
        start = _nginx(folder) if kind == "nginx" else running(kind, folder / "data")
        with start as server:
            before_s = cpu_s(server.pid)
            sent = feed(server, source)
            receiver_s = cpu_s(server.pid) - before_s
        if not sent.accepted or blake3_of(folder / "data" / source.name) != digest:
            raise RuntimeError(f"{kind}: {sent.words}")
        return _Run(sent.seconds, receiver_s, sent.cpu_s, sent.peak_bytes)


@contextmanager
def _nginx(folder: Path) -> Iterator[Server]:
    port = free_port()
    data = folder / "data"
    data.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    text = CONFIGURATION.format(folder=folder, port=port, user=user)
    (folder / "nginx.conf").write_text(text)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, text=True, stderr=subprocess.DEVNULL)
    try:
        _wait_for(folder / "nginx.pid")
        yield Server(f"http://127.0.0.1:{port}", data, process)
    finally:
        process.terminate()
        process.wait()


def _wait_for(path: Path) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while not (path.exists() and path.read_text().strip()):
        if time.monotonic() > end:
            raise RuntimeError("nginx did not start")
        os.sched_yield()


def _rows(place: str, runs: dict[str, list[_Run]]) -> list[tuple[str, ...]]:
    nginx_s = median(one.seconds for one in runs[FEEDS[0][0]])
    nginx_cpu_s = median(one.receiver_cpu_s for one in runs[FEEDS[0][0]])
    rows: list[tuple[str, ...]] = []
    for label, found in runs.items():
        seconds = median(one.seconds for one in found)
        cpu = median(one.receiver_cpu_s for one in found)
        rows.append(
            (
                place,
                label,
                f"{seconds:.2f} s",
                f"{_mb_per_s(found):.0f}",
                f"{nginx_s / seconds:.2f} x",
                f"{cpu * GIB / FILE_BYTES:.2f} s",
                f"{cpu / nginx_cpu_s:.2f} x",
                f"{median(one.sender_cpu_s for one in found) * GIB / FILE_BYTES:.2f} s",
                f"{max(one.sender_bytes for one in found) / MIB:.0f} MiB",
            )
        )
    return rows


def _bars(runs: dict[str, list[_Run]]) -> list[Bar]:
    return [
        Bar(label, _mb_per_s(found), label.startswith("Wherry")) for label, found in runs.items()
    ]


def _mb_per_s(found: list[_Run]) -> float:
    return FILE_BYTES / 1e6 / median(one.seconds for one in found)
