"""A line that holds each connection to so much: few streams beside what Wherry makes of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import senders
from tests.bench.servers import Server, running
from tests.bench.turns import Way, against, in_turns
from tests.bench.works import Section, Settings
from tests.big_files import MIB, blake3_of, make_big_file
from tests.relay import Relay

FILE_BYTES = 128 * MIB
FILES, ALL_BYTES = 64, 256 * MIB
LINE_BYTES_PER_S = 4e6
TWO_AT_A_TIME = ("--parallel", "2")


def measure(settings: Settings) -> Section:
    """Send one file, and many, by each way in turn, through a relay."""
    one = settings.folder / "one.bin"
    make_big_file(one, FILE_BYTES)
    many = settings.folder / "photos"
    many.mkdir(exist_ok=True)
    for number in range(FILES):
        (many / f"{number}.bin").write_bytes(os.urandom(ALL_BYTES // FILES))
    connections: list[int] = []
    feed = partial(_once, parent=settings.folder, connections=connections)
    works: dict[str, dict[str, Way]] = {
        f"one file of {FILE_BYTES // MIB} MiB": {
            "one connection: curl, one PATCH": lambda: feed(senders.curl_tus, one),
            "`wherry send`, all digests": lambda: feed(senders.engine, one),
        },
        f"{FILES} files of {ALL_BYTES // FILES // MIB} MiB": {
            "`wherry send --parallel 2`": lambda: feed(
                partial(senders.engine, options=TWO_AT_A_TIME), many
            ),
            "`wherry send`, all digests": lambda: feed(senders.engine, many),
        },
    }
    rows: list[tuple[str, ...]] = []
    for what, ways in works.items():
        size_bytes = ALL_BYTES if what.startswith(str(FILES)) else FILE_BYTES
        rows += _rows(what, size_bytes, in_turns(ways, settings.runs))
    return Section(
        "A line where each connection is slow",
        "Through a relay that holds each connection to "
        f"{LINE_BYTES_PER_S / 1e6:g} MB/s. Wherry begins with one connection for a file and two "
        "files at a time, tries more, and keeps what adds. Medians; "
        f"runs: {settings.runs}, in turn, after one that does not count.",
        ("what", "way", "time", "MB/s", "speed against the first way"),
        tuple(rows),
        (f"Most connections that were opened in one run: {max(connections)}.",),
    )


def _rows(what: str, size_bytes: int, times_s: Mapping[str, list[float]]) -> list[tuple[str, ...]]:
    first = next(iter(times_s))
    return [
        (
            what,
            name,
            f"{median(found):.1f} s",
            f"{size_bytes / 1e6 / median(found):.1f}",
            against(times_s, name, first),
        )
        for name, found in times_s.items()
    ]


def _once(feed: senders.Feed, source: Path, *, parent: Path, connections: list[int]) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=parent) as name,
        running("wherry", Path(name) / "data") as server,
        Relay(int(server.url.rpartition(":")[2])) as relay,
    ):
        relay.slow_bytes_per_s = LINE_BYTES_PER_S
        sent = feed(Server(relay.url, server.data, server.process), source)
        if not sent.accepted or _digests(server.data / source.name) != _digests(source):
            raise RuntimeError(sent.words)
        connections.append(relay.connections)
        return sent.seconds


def _digests(place: Path) -> dict[str, bytes]:
    """BLAKE3 of a file, or of all files of a folder, by their names."""
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    return {file.name: blake3_of(file) for file in files}
