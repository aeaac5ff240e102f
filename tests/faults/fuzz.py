"""Bytes that a search by coverage finds for each parser: nothing but a value or a refusal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign import Row, Settings
from tests.parsers import PARSERS
from tests.receiver_process import ROOT

SECONDS = 60
SLOW_S = 5
MEMORY_MIB = 1024
LONGEST_BYTES = 4096
ENDS_WITHIN_S = 120


def run(settings: Settings) -> Sequence[Row]:
    """Search for `settings.times` seconds for each parser."""
    seconds = settings.times or SECONDS
    return [_search(name, seconds, settings) for name in PARSERS]


def _search(name: str, seconds: int, settings: Settings) -> Row:
    folder = settings.folder / name.replace(" ", "-")
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for number, seed in enumerate(PARSERS[name].seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    command = [sys.executable, "-m", "tests.faults.fuzz_search", name, str(corpus)]
    command += [f"-max_total_time={seconds}", f"-seed={settings.seed}", f"-timeout={SLOW_S}"]
    command += [f"-rss_limit_mb={MEMORY_MIB}", f"-max_len={LONGEST_BYTES}"]
    command += [f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds + ENDS_WITHIN_S,
    )
    return Row(f"{name}: {seconds} s", f"{_count(done.stdout):,} inputs", _found(folder, done))


def _count(told: str) -> int:
    lines = [line for line in told.splitlines() if line.startswith("stat::number_of_executed")]
    return int(lines[-1].split()[-1]) if lines else 0


def _found(folder: Path, done: subprocess.CompletedProcess[str]) -> tuple[str, ...]:
    kinds = ("crash-*", "timeout-*", "oom-*", "leak-*")
    found = [path for kind in kinds for path in folder.glob(kind)]
    if done.returncode and not found:
        return (f"it ended with {done.returncode}: {done.stdout[-300:]}",)
    return tuple(f"{path.name.split('-')[0]} by {path.read_bytes()!r}" for path in found)
