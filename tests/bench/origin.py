"""Where Wherry comes from: 3 GiB into a machine of 1 GiB, by the usual ways and by this one."""

from __future__ import annotations

from statistics import median

from tests.bench import senders
from tests.bench.plot import Line, draw_memory
from tests.bench.runs import Ending, Peer, Run, Source, run_once
from tests.bench.works import Section, Settings
from tests.big_files import GIB, MIB, make_big_file
from tests.cgroups import cgroups_unavailable

TMPFS_BYTES = 512 * MIB

WHOLE = Peer("`request.get_data()`, then write", "curl -T", "whole", senders.curl_put, GIB)
FORM_ON_DISK = Peer("`request.files[...].save()`", "curl -F", "form", senders.curl_form, GIB)
FORM_IN_MEMORY = Peer(
    "the same, /tmp is a tmpfs of 512 MiB", "curl -F", "form", senders.curl_form, GIB, TMPFS_BYTES
)
WHERRY = Peer("Wherry", "wherry send", "wherry", senders.engine, GIB)
WHERRY_CURL = Peer("Wherry", "curl, one PATCH", "wherry", senders.curl_tus, GIB)
WHERRY_SMALL = Peer("Wherry", "wherry send", "wherry", senders.engine, 128 * MIB)
WHERRY_SMALL_CURL = Peer("Wherry", "curl, one PATCH", "wherry", senders.curl_tus, 128 * MIB)
PEERS = (
    WHOLE,
    FORM_IN_MEMORY,
    FORM_ON_DISK,
    WHERRY,
    WHERRY_CURL,
    WHERRY_SMALL,
    WHERRY_SMALL_CURL,
)

LINES = {
    WHOLE: "whole body in memory",
    FORM_IN_MEMORY: "form, /tmp in memory",
    FORM_ON_DISK: "form, /tmp on disk",
    WHERRY: "Wherry",
}


def measure(settings: Settings) -> Section:
    """Send the big file to each receiver in turn, `settings.runs` times over."""
    reason = cgroups_unavailable()
    if reason:
        raise SystemExit(reason)
    path = settings.folder / "big.bin"
    source = Source(path, make_big_file(path, settings.size_bytes))
    runs: dict[Peer, list[Run]] = {peer: [] for peer in PEERS}
    for turn in range(settings.runs):
        for peer in PEERS:
            run = run_once(peer, source, settings.folder)
            runs[peer].append(run)
            _tell(turn, peer, run)
    lines = [Line(name, _middle(runs[peer])) for peer, name in LINES.items()]
    draw_memory(settings.images / "memory.svg", lines, settings.size_bytes, GIB)
    return _section(settings, runs)


def _tell(turn: int, peer: Peer, run: Run) -> None:
    name = f"{peer.receiver}, {peer.sender}, {peer.limit_bytes // MIB} MiB"
    print(
        f"{turn + 1}: {name}: {run.ending}, {run.answered_s:.2f} s, {run.words[-200:]}", flush=True
    )


def _middle(runs: list[Run]) -> Run:
    """The run whose time is the median."""
    return sorted(runs, key=lambda run: run.answered_s)[len(runs) // 2]


def _section(settings: Settings, runs: dict[Peer, list[Run]]) -> Section:
    size_gib = settings.size_bytes / GIB
    return Section(
        f"{size_gib:g} GiB into little memory",
        f"One file of {size_gib:g} GiB (islands of random bytes, holes between), sent over the "
        "loopback to a receiver that may hold so much memory, page cache included, and no swap. "
        "The naive receivers run behind the same WSGI server as Wherry. Medians; "
        f"runs: {settings.runs}, in turn.",
        (
            "receiver",
            "sender",
            "memory limit",
            "what became of it",
            "answered after",
            "MB/s",
            "on disk after",
            "peak resident",
            "peak of the cgroup",
        ),
        tuple(_row(settings, peer, found) for peer, found in runs.items()),
        NOTES,
        "images/memory.svg",
    )


NOTES = (
    "*answered after* is what the sender waited for. Only Wherry answers when the file is on disk "
    "and its digest is known; *on disk after* adds an fsync for the others.",
    "The form on a tmpfs: TMPDIR is full after 512 MiB, Flask gives up, and the WSGI server then "
    "collects the rest of the body before it answers.",
    "*peak of the cgroup* has the page cache in it, which the kernel lets grow up to the limit and "
    "takes back when a program wants memory. What ends a receiver is memory that cannot be taken "
    "back: its own, and files in a tmpfs.",
)


def _row(settings: Settings, peer: Peer, runs: list[Run]) -> tuple[str, ...]:
    endings = "; ".join(_counted(runs, ending) for ending in Ending if _has(runs, ending))
    answered_s = median(run.answered_s for run in runs)
    stored = all(run.ending is Ending.STORED for run in runs)
    on_disk_s = median(run.on_disk_s for run in runs)
    return (
        peer.receiver,
        peer.sender,
        f"{peer.limit_bytes // MIB} MiB",
        endings,
        f"{answered_s:.2f} s",
        f"{settings.size_bytes / 1e6 / answered_s:.0f}" if stored else "",
        f"{on_disk_s:.2f} s" if stored else "",
        _mib(max(run.peak_bytes for run in runs)),
        _mib(max((run.group_peak_bytes or 0) for run in runs)),
    )


def _has(runs: list[Run], ending: Ending) -> bool:
    return any(run.ending is ending for run in runs)


def _counted(runs: list[Run], ending: Ending) -> str:
    count = sum(run.ending is ending for run in runs)
    return ending.value if count == len(runs) else f"{ending.value} ({count} of {len(runs)})"


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / MIB:.1f} MiB"
