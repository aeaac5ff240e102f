"""`wherry send`, killed now and then, until everything that it was given is stored."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.campaign import digest_of
from tests.receiver_process import ROOT

KIB, MIB = 1 << 10, 1 << 20
TRIES = 400
SMALL = (0, 1, 100, 4 * KIB, 30 * KIB, 300 * KIB)
LARGE = (MIB, 3 * MIB + 1, 17 * MIB, 40 * MIB)
HUGE = 200 * MIB


class CommandSender(threading.Thread):
    """Sends folder after folder with the real command.

    Args:
        url, key: of the receiver, or of what stands before it.
        folder: for its own files: what it sends, and its notes.
        seed: decides what it makes and when it is killed.
        deadly: whether it is killed now and then.
        prefix: what stands before the command, so that it runs elsewhere.
        environment: variables besides those of this process.

    Attributes:
        mark: what the names of its folders begin with.
        expected: digests of what it was told to send, by path below the receiver's folder.
        killed: how often it was killed.
        failed: what the command said when it gave up, if it ever did.
    """

    def __init__(
        self,
        url: str,
        key: str,
        folder: Path,
        seed: int,
        deadly: bool = True,
        prefix: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name=f"sender-{seed}")
        self._url = url
        self._key = key
        self._folder = folder
        self._seed = seed
        self._chance = random.Random(seed)
        self._deadly = deadly
        self._prefix = prefix
        self._own_environment = dict(environment or {})
        self._ended = threading.Event()
        self._stopped = False
        self._process: subprocess.Popen[str] | None = None
        self.mark = f"s{seed}"
        self.expected: dict[str, str] = {}
        self.killed = 0
        self.rounds = 0
        self.failed: list[str] = []

    def finish(self) -> None:
        """Begin no further folder; what has begun is brought to its end."""
        self._ended.set()

    def stop(self) -> None:
        """End now, whatever is under way."""
        self._stopped = True
        self.finish()
        self.kill()

    def kill(self) -> None:
        """Kill the command that is under way, if there is one; it is begun again."""
        if self._process is not None:
            self._process.kill()

    def run(self) -> None:
        while not self._ended.is_set() and not self.failed:
            self.send(self.make_folder())
            self.rounds += 1

    def make_folder(self) -> Path:
        """Make the next folder; returns it, its digests are in `expected`."""
        sizes = [self._chance.choice(SMALL) for _ in range(self._chance.randint(5, 60))]
        sizes += [self._chance.choice(LARGE) for _ in range(self._chance.randint(0, 2))]
        if self.rounds == 0 and self._seed % 4 == 0:
            sizes.append(HUGE)
        return self.give(sizes)

    def give(self, sizes: Sequence[int]) -> Path:
        """Make a folder with files of these sizes, bytes."""
        folder = self._folder / f"{self.mark}-r{self.rounds}"
        for number, size in enumerate(sizes):
            path = folder / f"d{number % 3}" / f"file {number}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._chance.randbytes(size))
            self.expected[str(path.relative_to(self._folder))] = digest_of(path)
        return folder

    def send(self, folder: Path) -> None:
        """Send a folder until all of it is stored, or the command gives up."""
        for _ in range(TRIES):
            command = [sys.executable, "-m", "desktop", "send", "--quiet", "--to", self._url]
            if self._stopped:
                return
            process = self._process = subprocess.Popen(
                [*self._prefix, *command, str(folder)],
                cwd=ROOT,
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            patience_s = self._chance.uniform(0.5, 8) if self._deadly else None
            if patience_s is not None and self._ended.is_set():
                patience_s *= 10
            try:
                words, _ = process.communicate(timeout=patience_s)
            except subprocess.TimeoutExpired:
                process.kill()
                words, _ = process.communicate()
            if process.returncode == 0:
                return
            if process.returncode == -signal.SIGKILL:
                self.killed += 1
                continue
            self.failed.append(f"{folder.name}: ended with {process.returncode}: {words[-500:]}")
            return
        self.failed.append(f"{folder.name}: not sent in {TRIES} tries")

    def _environment(self) -> dict[str, str]:
        own = str(self._folder / "home")
        homes = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), own)
        return {**os.environ, **homes, "WHERRY_KEY": self._key, **self._own_environment}
