"""The receiver's budgets: resident memory idle, under one upload, under 64; and its answers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests.bench import senders
from tests.bench.charts import draw_latency
from tests.bench.many import make_files
from tests.bench.sampling import Sampler, resident_bytes
from tests.bench.servers import Server, running
from tests.bench.works import Section, Settings
from tests.big_files import MIB, make_big_file
from tests.receiver_process import KEY, ROOT

SMALL_FILES = 20_000
CROWD = 64
CROWD_FILE_MIB = 48
SLOW_CONNECTIONS = 500
STARTS = 7
IDLE_ASKED = 500
ASK_EVERY_S = 0.01
STATUS_LIMIT_S = 0.1
TIMEOUT_S = 600.0
ENDLESS_FILE_MIB = 256
AUTHORIZATION = {"Authorization": f"Bearer {KEY}"}


@dataclass(frozen=True)
class One:
    """One upload (or none): the peak of the resident set, and the times of /status meanwhile."""

    resident_bytes: int
    answers_s: tuple[float, ...]


@dataclass(frozen=True)
class Crowd:
    """64 uploads at once: peak resident set, seconds, and the times of /status meanwhile."""

    peak_bytes: int
    seconds: float
    asked_to_wait: int
    answers_s: tuple[float, ...]
    stop_s: float
    """From SIGTERM amid the uploads of a second crowd to the end of the process."""


def measure(settings: Settings) -> Section:
    """Measure each budget on a receiver of its own."""
    folder = settings.folder
    starts = [_start_to_answer(folder / f"start-{number}") for number in range(STARTS)]
    idle = _idle(folder / "idle")
    hung = _idle(folder / "hung", SLOW_CONNECTIONS)
    whole, files = folder / "one.bin", folder / "files"
    make_big_file(whole, settings.size_bytes)
    make_files(files, SMALL_FILES)
    one = _one_upload(folder / "one", whole)
    small = _one_upload(folder / "small", files)
    crowd = _crowd(folder / "crowd", slow=0)
    beset = _crowd(folder / "beset", slow=SLOW_CONNECTIONS)
    file = f"{settings.size_bytes / 2**30:g} GiB"
    crowded = f"beside {CROWD} uploads"
    slow = f"and {SLOW_CONNECTIONS} slow connections"
    alone = f"beside {SLOW_CONNECTIONS} slow connections"
    rate = CROWD * CROWD_FILE_MIB * MIB / 1e6 / crowd.seconds
    draw_latency(
        settings.images / "status.svg",
        "Answers of /status that had come, by how long they took",
        {
            "idle": idle.answers_s,
            f"beside one upload of {file}": one.answers_s,
            crowded: crowd.answers_s,
            f"{crowded} {slow}": beset.answers_s,
        },
        STATUS_LIMIT_S,
    )
    rows = (
        ("resident, idle", _mib(idle.resident_bytes), "40 MiB"),
        (f"peak resident, one upload of {file}", _mib(one.resident_bytes), "48 MiB"),
        (
            f"peak resident, one folder of {SMALL_FILES:,} small files",
            _mib(small.resident_bytes),
            "48 MiB",
        ),
        (f"resident, {alone}", _mib(hung.resident_bytes), ""),
        (f"peak resident, {CROWD} uploads at once", _mib(crowd.peak_bytes), "96 MiB"),
        (f"peak resident, {CROWD} uploads {slow}", _mib(beset.peak_bytes), ""),
        (f"{CROWD} uploads of {CROWD_FILE_MIB} MiB at once", f"{rate:.0f} MB/s", ""),
        ("`/status`, idle", _latency(idle.answers_s), ""),
        (f"`/status` {alone}", _latency(hung.answers_s), ""),
        (f"`/status` beside one upload of {file}", _latency(one.answers_s), ""),
        (f"`/status` {crowded}", _latency(crowd.answers_s), "p99 under 100 ms"),
        (f"`/status` {crowded} {slow}", _latency(beset.answers_s), "p99 under 100 ms"),
        (f"SIGTERM to the end, {crowded}", f"{crowd.stop_s:.1f} s", "5 s"),
        (f"SIGTERM to the end, {crowded} {slow}", f"{beset.stop_s:.1f} s", "5 s"),
        ("start to first answer", _times(starts), "0.5 s"),
    )
    return Section(
        "The receiver's budgets",
        "No cgroup here; the receiver's own resident set, peaks by the kernel's mark (VmHWM).",
        ("what", "measured", "to reach"),
        rows,
        (
            f"Requests {crowded} that were asked to wait (503): {crowd.asked_to_wait}; {slow}: "
            f"{beset.asked_to_wait}.",
            f"`/status` was asked {len(crowd.answers_s)} and {len(beset.answers_s)} times, each "
            "time on a new connection.",
        ),
        "images/status.svg",
    )


def _idle(data: Path, slow: int = 0) -> One:
    with running("wherry", data) as server, _slow_connections(server, slow):
        _ask(server)
        size_bytes = resident_bytes(server.pid)
        return One(size_bytes, tuple(_ask(server) for _ in range(IDLE_ASKED)))


def _one_upload(data: Path, source: Path) -> One:
    with running("wherry", data) as server, Sampler(server.pid) as sampler:
        with _asking(server) as answers_s:
            sent = senders.engine(server, source)
        if not sent.accepted:
            raise RuntimeError(sent.words)
    return One(sampler.peak_bytes, tuple(answers_s))


def _crowd(data: Path, slow: int) -> Crowd:
    with running("wherry", data) as server, _slow_connections(server, slow):
        with Sampler(server.pid) as sampler, _asking(server) as answers_s:
            ended = subprocess.run(
                _crowd_command(server, CROWD_FILE_MIB),
                cwd=ROOT,
                env={**os.environ, "WHERRY_KEY": KEY},
                stdout=subprocess.PIPE,
                text=True,
                timeout=TIMEOUT_S,
                check=True,
            )
        stop_s = _stop_amid_uploads(server)
    _, seconds, waits = ended.stdout.split()
    return Crowd(sampler.peak_bytes, float(seconds), int(waits), tuple(answers_s), stop_s)


def _stop_amid_uploads(server: Server) -> float:
    """End the receiver while a crowd is at full speed; return the seconds that it took."""
    crowd = subprocess.Popen(
        _crowd_command(server, ENDLESS_FILE_MIB),
        cwd=ROOT,
        env={**os.environ, "WHERRY_KEY": KEY},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while _running_uploads(server) < CROWD:
            if crowd.poll() is not None:
                raise RuntimeError("the crowd did not come")
        began = time.monotonic()
        server.process.terminate()
        server.process.wait(TIMEOUT_S)
        return time.monotonic() - began
    finally:
        crowd.kill()
        crowd.wait()


def _running_uploads(server: Server) -> int:
    with urlopen(Request(server.url + "/status", headers=AUTHORIZATION), timeout=30) as answer:
        return sum(one["offset_bytes"] > 0 for one in json.load(answer)["uploads"])


def _crowd_command(server: Server, file_mib: int) -> list[str]:
    command = [sys.executable, "-m", "tests.bench.crowd", server.url]
    return [*command, "--count", str(CROWD), "--size-mib", str(file_mib)]


@contextmanager
def _asking(server: Server) -> Iterator[list[float]]:
    """Ask for /status again and again while the block runs; gives the times in seconds."""
    over = threading.Event()
    times_s: list[float] = []

    def ask() -> None:
        while not over.wait(ASK_EVERY_S):
            times_s.append(_ask(server))

    thread = threading.Thread(target=ask, name="asking")
    thread.start()
    try:
        yield times_s
    finally:
        over.set()
        thread.join()


def _ask(server: Server) -> float:
    """Ask for /status on a connection of its own; return the seconds it took."""
    began = time.perf_counter()
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("GET", "/status", headers=AUTHORIZATION)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"/status answered {answer.status}")
    return time.perf_counter() - began


@contextmanager
def _slow_connections(server: Server, count: int) -> Iterator[None]:
    """Hold connections open that have sent half a header and nothing more."""
    place = urlsplit(server.url)
    with ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(socket.create_connection((place.hostname, place.port), 30))
            client.sendall(b"GET /status HTTP/1.1\r\nHost: wherry\r\nX-Slow: ")
        yield


def _start_to_answer(data: Path) -> float:
    began = time.monotonic()
    with running("wherry", data) as server:
        _ask(server)
        return time.monotonic() - began


def _latency(answers_s: tuple[float, ...]) -> str:
    middle_ms = median(answers_s) * 1000
    p99_ms = quantiles(answers_s, n=100, method="inclusive")[-1] * 1000
    longest_ms = max(answers_s) * 1000
    return f"p50 {middle_ms:.1f} ms, p99 {p99_ms:.1f} ms, longest {longest_ms:.1f} ms"


def _times(times_s: list[float]) -> str:
    return f"{median(times_s):.2f} s ({min(times_s):.2f} to {max(times_s):.2f})"


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / MIB:.1f} MiB"
