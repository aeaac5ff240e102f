"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("flask", "werkzeug", "cheroot", "requests", "blake3")


class Machine:
    """Made when a measurement begins, and described when it is over.

    Args:
        folder: where the data lies.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._load = os.getloadavg()[0]
        self._began, self._stolen_s = time.monotonic(), psutil.cpu_times().steal

    def described(self) -> list[str]:
        """Return lines that name machine, system and versions, and what has disturbed it.

        A virtual machine knows how long its cores would have worked, had its host not given them to
        others (`steal` in proc(5)).
        """
        memory_gib = psutil.virtual_memory().total / 2**30
        kernel = re.match(r"[0-9.]+", platform.release())
        passed_s = (time.monotonic() - self._began) * (psutil.cpu_count() or 1)
        stolen = (psutil.cpu_times().steal - self._stolen_s) / passed_s
        return [
            f"{psutil.cpu_count()} cores ({_cpu()}), {memory_gib:.1f} GiB of memory, "
            f"data on {_filesystem(self._folder)}",
            f"{_system()}, Linux {kernel.group() if kernel else platform.release()}, "
            f"Python {platform.python_version()}",
            f"load average {self._load:.1f} when it began, and {stolen:.1%} of the time of its "
            "cores taken by its host meanwhile",
            ", ".join([*(f"{name} {version(name)}" for name in PACKAGES), *_tools()]),
        ]


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())


def _filesystem(folder: Path) -> str:
    mounts = psutil.disk_partitions(all=True)
    holding = [part for part in mounts if folder.is_relative_to(part.mountpoint)]
    return max(holding, key=lambda part: len(part.mountpoint)).fstype


def _tools() -> list[str]:
    found = []
    for tool, flag in (("curl", "--version"), ("nginx", "-v")):
        path = shutil.which(tool)
        if path:
            ended = subprocess.run([path, flag], capture_output=True, text=True, check=False)
            number = re.search(r"\d+(\.\d+)+", ended.stdout + ended.stderr)
            found.append(f"{tool} {number.group() if number else ''}".strip())
    return found
