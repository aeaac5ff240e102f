"""A screen without a monitor: Xvfb with a window manager, and programs on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = "1400x900x24"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Screen:
    """Where programs are shown; `environment` is what they need to find it."""

    environment: Mapping[str, str]

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, cwd=_ROOT, env=dict(self.environment), text=True, stdout=subprocess.PIPE
        )

    def xdotool(self, *words: str) -> str:
        """Do something with mouse, keyboard or windows; returns what it prints."""
        done = subprocess.run(
            ["xdotool", *words],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    """Start Xvfb on a free display and openbox on it; both are ended afterwards."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "DISPLAY": display,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "LC_ALL": "C.UTF-8",
    }
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield Screen(environment)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)
