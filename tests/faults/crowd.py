"""Crowds that hang: real uploads and the numbers go on beside them."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import quantiles

import requests

from tests.faults.campaign import Row, Settings
from tests.receiver_process import ROOT, ReceiverProcess
from tests.tus_sender import TusSender, patch_headers

SLOW_HEADERS, SLOW_BODIES, SILENT = 500, 500, 200
EVERY_S = 5.0
UPLOADS = 4
FILE_MIB = 640
ASK_EVERY_S = 0.02
LEAST_SHARE = 0.5
MOST_P99_S = 0.25
FILES_WANTED = 8192


def run(settings: Settings) -> Sequence[Row]:
    """Measure real uploads and /status alone, then beside 1,200 connections that hang."""
    _allow_files()
    rows = []
    for turn in range(settings.times or 1):
        receiver = ReceiverProcess(settings.folder / f"{turn}")
        receiver.start()
        try:
            alone_s, _ = _uploads(receiver)
            with _hanging(receiver):
                beside_s, p99_s = _uploads(receiver)
        finally:
            receiver.kill()
        share = alone_s / beside_s
        wrong = []
        if share < LEAST_SHARE:
            wrong.append(f"uploads at {share:.2f} of their speed")
        if p99_s > MOST_P99_S:
            wrong.append(f"/status: p99 {p99_s * 1000:.0f} ms")
        what = (
            f"{SLOW_HEADERS} senders of a byte of header every 5 s, {SLOW_BODIES} of a byte of "
            f"body, {SILENT} silent: uploads at {share:.2f} of their speed, "
            f"/status p99 {p99_s * 1000:.0f} ms"
        )
        rows.append(Row(what, "1 time", tuple(wrong)))
    return rows


def _allow_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < FILES_WANTED:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES_WANTED, hard), hard))


def _uploads(receiver: ReceiverProcess) -> tuple[float, float]:
    """Upload for real and ask for /status meanwhile; the seconds, and the p99 of the answers."""
    command = [sys.executable, "-m", "tests.bench.crowd", receiver.url]
    command += ["--count", str(UPLOADS), "--size-mib", str(FILE_MIB)]
    environment = {**os.environ, "WHERRY_KEY": receiver.key}
    over, times_s = threading.Event(), list[float]()

    def ask() -> None:
        while not over.wait(ASK_EVERY_S):
            began = time.perf_counter()
            requests.get(f"{receiver.url}/status", headers=receiver.headers, timeout=30)
            times_s.append(time.perf_counter() - began)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    finally:
        over.set()
        asking.join()
    return float(ended.stdout.split()[1]), quantiles(times_s, n=100, method="inclusive")[-1]


@contextmanager
def _hanging(receiver: ReceiverProcess) -> Iterator[None]:
    """Connections that send a byte now and then, or none, until the block ends."""
    over = threading.Event()
    with ExitStack() as stack:
        lines = [stack.enter_context(_connect(receiver)) for _ in range(SLOW_HEADERS + SILENT)]
        slow = lines[:SLOW_HEADERS]
        for line in slow:
            line.sendall(b"GET /status HTTP/1.1\r\nHost: wherry\r\nX-Slow: ")
        tus = TusSender(receiver)
        for _ in range(SLOW_BODIES):
            line = stack.enter_context(_connect(receiver))
            line.sendall(tus_head(tus, receiver))
            slow.append(line)
        dripping = threading.Thread(target=_drip, args=(slow, over))
        dripping.start()
        try:
            yield
        finally:
            over.set()
            dripping.join()


def tus_head(tus: TusSender, receiver: ReceiverProcess) -> bytes:
    """The head of a PATCH of an upload of its own."""
    path = tus.create(1000)
    with tus.line() as line:
        return line.head("PATCH", path, {**patch_headers(0, 1000), "Host": "wherry"})


def _connect(receiver: ReceiverProcess) -> socket.socket:
    return socket.create_connection(("127.0.0.1", receiver.port), 30)


def _drip(lines: list[socket.socket], over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        for line in tuple(lines):
            try:
                line.sendall(b"x")
            except OSError:  # it had to give way
                lines.remove(line)
