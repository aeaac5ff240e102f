"""How far it is to the floor: what this machine does with the same bytes and nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from blake3 import blake3

from tests.bench import senders
from tests.bench.servers import running
from tests.bench.turns import MORE_RUNS, Way, in_turns, rate
from tests.bench.works import MEMORY_FOLDER, Section, Settings
from tests.big_files import GIB, MIB, blake3_of, make_big_file

FILE_BYTES = GIB
COPY = "a copy through a socket into a file, no digest"
HASH = "BLAKE3 of it, one thread"
CURL = "Wherry, curl, one PATCH"
WHERRY = "Wherry, `wherry send`, all digests"
TAKER = """
import os, socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
line = listener.accept()[0]
file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
block = memoryview(bytearray(1 << 20))
filled = 0
while count := line.recv_into(block[filled:]):
    filled += count
    if filled == len(block):
        os.write(file, block)
        filled = 0
os.write(file, block[:filled])
os.fdatasync(file)
line.sendall(b"x")
"""


def measure(settings: Settings) -> Section:
    """Do each in turn, into a tmpfs and onto the disk."""
    source = MEMORY_FOLDER / "wherry-bench-floor.bin"
    try:
        digest = make_big_file(source, FILE_BYTES)
        rows = [
            row
            for place, folder in (("tmpfs", MEMORY_FOLDER), ("disk", settings.folder))
            for row in _rows(settings, source, digest, place, folder)
        ]
    finally:
        source.unlink(missing_ok=True)
    return Section(
        "How far it is to the floor",
        "1 GiB, read from memory. The copy is a loop of `read`, `send`, `recv` and `write` over 1 "
        "MiB, in two processes. Medians; "
        f"runs: {settings.runs + MORE_RUNS}, in turn, after one that does not count.",
        ("to", "what", "time", "MB/s", "share of the copy's speed"),
        tuple(rows),
    )


def _rows(
    settings: Settings, source: Path, digest: bytes, place: str, folder: Path
) -> list[tuple[str, ...]]:
    ways: dict[str, Way] = {
        COPY: lambda: _copy(source, folder),
        HASH: lambda: _hash(source),
        CURL: lambda: _wherry(senders.curl_tus, source, digest, folder),
        WHERRY: lambda: _wherry(senders.engine, source, digest, folder),
    }
    times_s = in_turns(ways, settings.runs + MORE_RUNS)
    floor_s = median(times_s[COPY])
    return [
        (
            place,
            name,
            f"{median(found):.2f} s",
            rate(found, FILE_BYTES),
            f"{100 * floor_s / median(found):.0f} %",
        )
        for name, found in times_s.items()
    ]


def _hash(source: Path) -> float:
    digest = blake3()
    block = memoryview(bytearray(MIB))
    began = time.monotonic()
    with source.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            digest.update(block[:count])
    digest.digest()
    return time.monotonic() - began


def _copy(source: Path, folder: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=folder) as name:
        command = [sys.executable, "-c", TAKER, str(Path(name) / "copy")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as taker:
            assert taker.stdout is not None
            port = int(taker.stdout.readline())
            began = time.monotonic()
            with (
                socket.create_connection(("127.0.0.1", port)) as line,
                source.open("rb", 0) as file,
            ):
                block = memoryview(bytearray(MIB))
                while count := os.readv(file.fileno(), [block]):
                    line.sendall(block[:count])
                line.shutdown(socket.SHUT_WR)
                line.recv(1)
            return time.monotonic() - began


def _wherry(feed: senders.Feed, source: Path, digest: bytes, folder: Path) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=folder) as name,
        running("wherry", Path(name) / "data") as server,
    ):
        sent = feed(server, source)
        if not sent.accepted or blake3_of(server.data / source.name) != digest:
            raise RuntimeError(sent.words)
        return sent.seconds
