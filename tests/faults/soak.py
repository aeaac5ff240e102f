"""Mixed load for as long as told: what is in use is level at the end, on either side."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from receiver.names import HIDDEN
from tests.faults.campaign import Row, Settings, differences, left_over, received_names, settled
from tests.faults.command_sender import CommandSender
from tests.receiver_process import ROOT, ReceiverProcess
from tests.relay import Relay

MINUTES = 60
WARM_SHARE = 0.25
ROUND_S = (2.0, 20.0)
CUT_AFTER_S = (0.05, 1.0)
SENDERS = 3
TELL_EVERY_S = 300.0
MOST_GROWTH = 8
MOST_GROWTH_BYTES = {"receiver": 8 << 20, "window": 16 << 20}
BYTES_A_FILE = 4096


@dataclass(frozen=True)
class _Use:
    """What a program that nobody uses at the moment holds; its own files, those sent left out."""

    resident_bytes: int
    descriptors: int
    threads: int
    notes_bytes: int

    @classmethod
    def of(cls, pid: int, notes: Path) -> _Use:
        process = psutil.Process(pid)
        files = [path.stat().st_size for path in notes.rglob("*") if path.is_file()]
        memory = process.memory_info().rss
        return cls(memory, process.num_fds(), process.num_threads(), sum(files))

    def told(self, last: _Use) -> str:
        return (
            f"resident {self.resident_bytes >> 20} then {last.resident_bytes >> 20} MiB, "
            f"descriptors {self.descriptors} then {last.descriptors}, "
            f"threads {self.threads} then {last.threads}, "
            f"notes {self.notes_bytes >> 10} then {last.notes_bytes >> 10} KiB"
        )

    def growth(self, last: _Use, whose: str, files: int) -> list[str]:
        """Say what grew, and is not what `files` files more leave in a list."""
        limits = {
            "memory": (self.resident_bytes, last.resident_bytes, MOST_GROWTH_BYTES[whose]),
            "descriptors": (self.descriptors, last.descriptors, MOST_GROWTH),
            "threads": (self.threads, last.threads, MOST_GROWTH),
            "notes": (self.notes_bytes, last.notes_bytes, BYTES_A_FILE * max(files, 1000)),
        }
        return [
            f"the {whose}'s {what} grew from {before} to {after}"
            for what, (before, after, most) in limits.items()
            if after > before + most
        ]


class _Window:
    """A window that stays open for the whole time, behind a line that is cut now and then."""

    def __init__(self, url: str, key: str, home: Path) -> None:
        self.home = home
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.window_sender", str(home), url],
            cwd=ROOT,
            env={**os.environ, "WHERRY_KEY": key},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    @property
    def pid(self) -> int:
        return self._process.pid

    def begin(self, folder: Path) -> None:
        """Put a folder on its list."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()

    def wait(self) -> str:
        """Wait until all of it is stored; returns what is not."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return line.rstrip("\n") if line else "the window is gone"


class _Load:
    """Rounds of mixed load; what each has sent is compared and taken away at its end.

    Attributes:
        wrong: what was lost in any of them, in words.
        names: of all that was sent.
        cuts, kills: how often the window's line was cut, and a command killed.
        senders: how many commands there were.
    """

    def __init__(self, receiver: ReceiverProcess, window: _Window, relay: Relay, folder: Path):
        self._receiver, self._window, self._relay = receiver, window, relay
        self._folder = folder
        self.wrong: list[str] = []
        self.names: set[str] = set()
        self.cuts = self.kills = self.senders = 0

    def round(self, chance: random.Random, seed: int) -> None:
        """Three commands, killed now and then, beside the window, whose line is cut once."""
        commands = [
            CommandSender(self._receiver.url, self._receiver.key, self._folder / f"s{n}", n)
            for n in range(seed, seed + SENDERS)
        ]
        expected: dict[str, str] = {}
        for command in commands:
            command.start()
        until = time.monotonic() + chance.uniform(*ROUND_S)
        turn = 0
        while not turn or time.monotonic() < until:
            expected |= self._send_by_window(chance, f"w{seed}-{turn}")
            turn += 1
        for command in commands:
            command.finish()
        for command in commands:
            command.join()
            expected |= command.expected
            self.wrong += command.failed
            self.kills += command.killed
        self.senders += len(commands)
        self.wrong += differences(self._receiver, expected)
        self.names |= expected.keys()
        self._take_away()

    def level(self) -> _Level:
        """Look at what is in use now."""
        receiver, window = self._receiver, self._window
        return _Level(
            _Use.of(receiver.pid, receiver.data / HIDDEN),
            _Use.of(window.pid, window.home),
            len(self.names),
        )

    def _send_by_window(self, chance: random.Random, name: str) -> dict[str, str]:
        maker = CommandSender("", "", self._folder / name, chance.randrange(10**6))
        folder = maker.make_folder()
        self._window.begin(folder)
        threading.Event().wait(chance.uniform(*CUT_AFTER_S))
        self._relay.cut()
        self.cuts += 1
        if left := self._window.wait():
            self.wrong.append(f"the window did not send {left}")
        return maker.expected

    def _take_away(self) -> None:
        """The office takes the files to where they are wanted; senders delete theirs."""
        for path in self._receiver.stored().values():
            path.unlink()
        shutil.rmtree(self._folder)


def run(settings: Settings) -> Sequence[Row]:
    """Send folder after folder by commands and a window, and look at what is in use.

    `settings.times` are minutes here.
    """
    minutes = settings.times or MINUTES
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    try:
        with (
            Relay(receiver.port) as relay,
            _Window(relay.url, receiver.key, settings.folder / "home") as window,
        ):
            load = _Load(receiver, window, relay, settings.folder / "sent")
            levels = _work(load, random.Random(settings.seed), 60.0 * minutes)
        with settled(receiver) as after:
            listed = set(received_names(after))
            lost = [f"{name} is not listed" for name in sorted(load.names - listed)]
            lost += [f"{name} is listed only" for name in sorted(listed - load.names)]
            lost += left_over(after)
    finally:
        receiver.kill()
    first, last = levels
    files = last.files - first.files
    grown = first.receiver.growth(last.receiver, "receiver", files)
    grown += first.window.growth(last.window, "window", files)
    what = (
        f"{len(load.names)} files by {load.senders} commands, killed {load.kills} times, and a "
        f"window whose line was cut {load.cuts} times; the receiver: "
        f"{first.receiver.told(last.receiver)}; the window: {first.window.told(last.window)}"
    )
    return [Row(what, f"{minutes} minutes", (*load.wrong, *lost, *grown))]


@dataclass(frozen=True)
class _Level:
    """What is in use between two rounds, when so many files have been sent."""

    receiver: _Use
    window: _Use
    files: int


def _work(load: _Load, chance: random.Random, seconds: float) -> tuple[_Level, _Level]:
    """Let rounds follow each other; returns the level when warm, and the last one."""
    began = time.monotonic()
    told = began - TELL_EVERY_S
    first: _Level | None = None
    while (now := time.monotonic()) < began + seconds:
        load.round(chance, 1000 + load.senders)
        last = load.level()
        if first is None or now < began + seconds * WARM_SHARE:
            first = last
        if now > told + TELL_EVERY_S:
            told = now
            print(f"{(now - began) / 60:.0f} min: {last}", flush=True)
    assert first is not None
    return first, last
