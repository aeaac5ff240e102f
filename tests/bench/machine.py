"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("flask", "werkzeug", "cheroot", "requests", "blake3")


def described(folder: Path) -> list[str]:
    """Return lines that name machine, system and versions; `folder` is where the data lies."""
    memory_gib = psutil.virtual_memory().total / 2**30
    kernel = re.match(r"[0-9.]+", platform.release())
    return [
        f"{psutil.cpu_count()} cores ({_cpu()}), {memory_gib:.1f} GiB of memory, "
        f"data on {_filesystem(folder)}",
        f"{_system()}, Linux {kernel.group() if kernel else platform.release()}, "
        f"Python {platform.python_version()}",
        f"load average {os.getloadavg()[0]:.1f} when it began",
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
