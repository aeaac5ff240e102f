"""Many small files: Wherry beside other programs that upload files, each with its own sender."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tusclient.client import TusClient

from tests.bench import peers, senders
from tests.bench.charts import Bar, draw_bars
from tests.bench.servers import running
from tests.bench.turns import MORE_RUNS, Way, against, in_turns
from tests.bench.works import Section, Settings
from tests.receiver_process import KEY

FILES = 5000
FILE_BYTES = 4096
FEW = 100
"""So many are enough for a way that sends them one after the other."""

WHERRY = "`wherry send` to Wherry, all digests, on disk"
TUSPY = f"tuspy to Wherry, {FEW} files one after the other"
NODE = "tus-js-client to @tus/server, 8 at once"
COPYPARTY = "u2c to copyparty"


def measure(settings: Settings) -> Section:
    """Send a folder by each way in turn.

    What arrived stays until all have had their turn: ext4 passes over the inodes of files that
    were deleted within the last minutes one by one, and who came next would pay for that.
    """
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=settings.folder) as name:
        return _measure(settings, Path(name))


def _measure(settings: Settings, place: Path) -> Section:
    folder = settings.folder / "many"
    make_files(folder, FILES)
    few = settings.folder / "few"
    make_files(few, FEW)
    ways: dict[str, Way] = {
        WHERRY: lambda: _wherry(folder, place),
        TUSPY: lambda: _tuspy(few, place),
    }
    missing = []
    node = peers.node_peers()
    if node is not None:
        ways[NODE] = lambda: _node(node, folder, place)
    else:
        missing.append("@tus/server and tus-js-client")
    programs = peers.copyparty()
    if programs is not None:
        ways[COPYPARTY] = lambda: _copyparty(programs, folder, place)
    else:
        missing.append("copyparty")
    runs = settings.runs + MORE_RUNS
    times_s = in_turns(ways, runs)
    draw_bars(settings.images / "many.svg", "Small files a second", {"": _bars(times_s)})
    per_file = {name: [one / _files(name) for one in found] for name, found in times_s.items()}
    rows = tuple(
        (name, f"{median(times_s[name]):.2f} s", f"{1 / median(found):.0f}",
         against(per_file, name, WHERRY))
        for name, found in per_file.items()
    )  # fmt: skip
    return Section(
        f"{FILES:,} files of {FILE_BYTES // 1024} KiB",
        "In folders of 500, over the loopback, to the disk; the time is that of the whole command, "
        f"its start included. Medians; runs: {runs}, in turn, after one that does not count.",
        ("way", "time", "files/s", "speed against Wherry"),
        rows,
        (
            "Only Wherry has all of them on disk and verified when its sender ends.",
            *([f"Could not be installed here: {', '.join(missing)}."] if missing else []),
        ),
        "images/many.svg",
    )


def _bars(times_s: Mapping[str, list[float]]) -> list[Bar]:
    return [
        Bar(name.split(",")[0].replace("`", ""), _files(name) / median(found), "Wherry" in name)
        for name, found in times_s.items()
    ]


def _files(name: str) -> int:
    return FEW if name == TUSPY else FILES


def make_files(folder: Path, count: int) -> None:
    """Make small files, 500 in a folder."""
    for number in range(count):
        path = folder / f"{number // 500}" / f"file-{number:05}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(FILE_BYTES))


def _count(folder: Path, wanted: int) -> None:
    hidden = (".wherry", ".hist")
    found = sum(
        1
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json" and not {*hidden} & {*path.parts}
    )
    if found != wanted:
        raise RuntimeError(f"{found} files arrived, not {wanted}")


def _wherry(files: Path, parent: Path) -> float:
    with running("wherry", _new_folder(parent) / "data") as server:
        sent = senders.engine(server, files)
        if not sent.accepted:
            raise RuntimeError(sent.words)
        _count(server.data, FILES)
        return sent.seconds


def _tuspy(files: Path, parent: Path) -> float:
    with running("wherry", _new_folder(parent) / "data") as server:
        client = TusClient(f"{server.url}/files", headers={"Authorization": f"Bearer {KEY}"})
        began = time.monotonic()
        for path in sorted(files.rglob("*.bin")):
            client.uploader(str(path), metadata={"filename": path.name}).upload()
        seconds = time.monotonic() - began
        _count(server.data, FEW)
        return seconds


def _node(node: Path, folder: Path, parent: Path) -> float:
    data = _new_folder(parent)
    with peers.serving(["node", "server.js", "PORT", str(data)], node, "PORT") as port:
        seconds = _timed(["node", "client.js", f"http://127.0.0.1:{port}/files", str(folder)], node)
    _count(data, FILES)
    return seconds


def _copyparty(programs: Path, folder: Path, parent: Path) -> float:
    place = _new_folder(parent)
    data = place / "data"
    data.mkdir()
    words = [str(programs / "copyparty"), "-q", "-i", "127.0.0.1", "-p", "PORT"]
    with peers.serving([*words, "-v", f"{data}::rw"], place, "PORT") as port:
        url = f"http://127.0.0.1:{port}/"
        seconds = _timed([str(programs / "u2c"), "-j", "8", url, str(folder)], place)
    _count(data, FILES)
    return seconds


def _new_folder(parent: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=parent))


def _timed(command: list[str], folder: Path) -> float:
    os.sync()  # what the one before has left to the page cache is not to be waited for by the next
    began = time.monotonic()
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError((ended.stdout + ended.stderr)[-2000:])
    return time.monotonic() - began
