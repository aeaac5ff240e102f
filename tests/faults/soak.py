"""Mixed load for as long as told: what is in use is level at the end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from tests.faults.campaign import Row, Settings, settled, wrong_in
from tests.faults.command_sender import CommandSender
from tests.receiver_process import ReceiverProcess

MINUTES = 60
WARM_SHARE = 0.25
SAMPLE_S = 2.0
SENDERS = 3
MOST_GROWTH_BYTES = 8 << 20
MOST_GROWTH = 8


@dataclass(frozen=True)
class _Use:
    """What a receiver that nobody sends to holds."""

    resident_bytes: int
    files: int
    threads: int


def run(settings: Settings) -> Sequence[Row]:
    """Send folder after folder, senders killed now and then, and look at what the receiver holds.

    `settings.times` are minutes here.
    """
    minutes = settings.times or MINUTES
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    chance = random.Random(settings.seed)
    senders: list[CommandSender] = []
    try:
        first = last = _use(receiver)
        until = time.monotonic() + 60 * minutes
        warm = time.monotonic() + 60 * minutes * WARM_SHARE
        while time.monotonic() < until:
            seed = 1000 + len(senders)
            batch = [
                CommandSender(
                    receiver.url, receiver.key, settings.folder / f"s{seed + n}", seed + n
                )
                for n in range(SENDERS)
            ]
            senders += batch
            for sender in batch:
                sender.start()
            threading.Event().wait(chance.uniform(SAMPLE_S, 10 * SAMPLE_S))
            for sender in batch:
                sender.finish()
            for sender in batch:
                sender.join()
            last = _use(receiver)
            if time.monotonic() < warm:
                first = last
        expected = {name: digest for one in senders for name, digest in one.expected.items()}
        with settled(receiver) as after:
            wrong = list(wrong_in(after, expected))
    finally:
        receiver.kill()
    wrong += [words for sender in senders for words in sender.failed] + _growth(first, last)
    what = (
        f"{len(expected)} files by {len(senders)} senders, killed {sum(s.killed for s in senders)} "
        f"times; resident {first.resident_bytes >> 20} then {last.resident_bytes >> 20} MiB, "
        f"descriptors {first.files} then {last.files}, threads {first.threads} then {last.threads}"
    )
    return [Row(what, f"{minutes} minutes", tuple(wrong))]


def _use(receiver: ReceiverProcess) -> _Use:
    process = psutil.Process(receiver.pid)
    return _Use(process.memory_info().rss, process.num_fds(), process.num_threads())


def _growth(first: _Use, last: _Use) -> list[str]:
    found = []
    if last.resident_bytes > first.resident_bytes + MOST_GROWTH_BYTES:
        found.append("its memory grew")
    if last.files > first.files + MOST_GROWTH:
        found.append("its descriptors grew")
    if last.threads > first.threads + MOST_GROWTH:
        found.append("its threads grew")
    return found
