"""A line that holds each connection to so much: one stream beside what Wherry makes of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from tests.bench import senders
from tests.bench.servers import Server, running
from tests.bench.turns import MORE_RUNS, against, in_turns
from tests.bench.works import Section, Settings
from tests.big_files import MIB, blake3_of, make_big_file
from tests.relay import Relay

FILE_BYTES = 256 * MIB
LINE_BYTES_PER_S = 4e6
ONE = "one connection: curl, one PATCH"
WHERRY = "`wherry send`, all digests"


def measure(settings: Settings) -> Section:
    """Send the file by each way in turn, through a relay."""
    source = settings.folder / "one.bin"
    digest = make_big_file(source, FILE_BYTES)
    connections: list[int] = []
    ways = {
        ONE: lambda: _once(senders.curl_tus, source, digest, settings.folder, []),
        WHERRY: lambda: _once(senders.engine, source, digest, settings.folder, connections),
    }
    times_s = in_turns(ways, settings.runs + MORE_RUNS)
    rows = tuple(
        (
            name,
            f"{median(found):.1f} s",
            f"{FILE_BYTES / 1e6 / median(found):.1f}",
            against(times_s, name, ONE),
        )
        for name, found in times_s.items()
    )
    return Section(
        "A line where each connection is slow",
        f"{FILE_BYTES // MIB} MiB through a relay that holds each connection to "
        f"{LINE_BYTES_PER_S / 1e6:g} MB/s. Wherry begins with one connection, tries more, and "
        f"keeps what adds. Medians; runs: {settings.runs + MORE_RUNS}, in turn, after one that "
        "does not count.",
        ("way", "time", "MB/s", "speed against one connection"),
        rows,
        (f"Connections that Wherry opened in each run: {', '.join(map(str, connections))}.",),
    )


def _once(
    feed: senders.Feed,
    source: Path,
    digest: bytes,
    parent: Path,
    connections: list[int],
) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=parent) as name,
        running("wherry", Path(name) / "data") as server,
        Relay(int(server.url.rpartition(":")[2])) as relay,
    ):
        relay.slow_bytes_per_s = LINE_BYTES_PER_S
        sent = feed(Server(relay.url, server.data, server.process), source)
        if not sent.accepted or blake3_of(server.data / source.name) != digest:
            raise RuntimeError(sent.words)
        connections.append(relay.connections)
        return sent.seconds
