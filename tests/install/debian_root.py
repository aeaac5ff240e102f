"""A bare Debian in a folder, without systemd: packages are installed and used there."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

CGROUPS = "sys/fs/cgroup"
MOUNTS: dict[str, tuple[str, ...]] = {
    "proc": ("-t", "proc", "proc"),
    "dev": ("--bind", "/dev"),
    CGROUPS: ("--rbind", "/sys/fs/cgroup"),
}
INCLUDED = "python3,adduser,ca-certificates"


@dataclass(frozen=True)
class DebianRoot:
    """The folder of the system."""

    folder: Path

    def run(
        self, *command: str, environment: Mapping[str, str] | None = None, check: bool = True
    ) -> str:
        """Run a command in it as root; returns what it printed."""
        done = subprocess.run(
            ["chroot", str(self.folder), *command],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout

    def as_user(self, user: str, command: list[str]) -> list[str]:
        """Return the words that run a command in it as a user."""
        return [
            "chroot",
            f"--userspec={user if ':' in user else f'{user}:{user}'}",
            str(self.folder),
            *command,
        ]

    def install(self, package: Path) -> str:
        """Install a package file, or upgrade to it."""
        shutil.copy(package, self.folder / "tmp")
        return self.run("dpkg", "--install", f"/tmp/{package.name}")


def _release() -> str:
    found = platform.freedesktop_os_release()
    if found.get("ID") not in ("debian", "ubuntu") or os.geteuid() != 0:
        pytest.skip("a Debian in a folder is made on Debian and Ubuntu, by root")
    if shutil.which("debootstrap") is None:
        pytest.skip("debootstrap is not installed")
    return found["VERSION_CODENAME"]


@contextmanager
def debian_root(folder: Path) -> Iterator[DebianRoot]:
    """Make the release that runs here anew, of its smallest set of packages."""
    cache = Path.home() / ".cache" / "wherry-tests" / "debian"
    cache.mkdir(parents=True, exist_ok=True)
    options = ["--variant=minbase", f"--include={INCLUDED}", f"--cache-dir={cache}"]
    done = subprocess.run(
        ["debootstrap", *options, _release(), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    root = DebianRoot(folder)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if version not in root.run("python3", "--version"):
        pytest.skip(f"the package is built for Python {version}, this Debian has another")
    with ExitStack() as stack:
        for place, mounted in MOUNTS.items():
            point = folder / place
            point.mkdir(parents=True, exist_ok=True)
            subprocess.run(["mount", *mounted, str(point)], check=True)
            stack.callback(
                subprocess.run, ["umount", "--lazy", "--recursive", str(point)], check=True
            )
        subprocess.run(["mount", "--make-rslave", str(folder / CGROUPS)], check=True)
        yield root
