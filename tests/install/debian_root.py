"""A bare Debian in a folder: packages are installed and used there. It can be booted, too."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
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

    @property
    def python(self) -> str:
        """Its Python's version, such as "3.11"."""
        return self.run(
            "python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"
        ).strip()

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


def needed_by(package: Path) -> list[str]:
    """Return what a package file depends on; of alternatives the first that this release knows."""
    told = subprocess.run(
        ["dpkg-deb", "--field", str(package), "Depends"], check=True, capture_output=True, text=True
    ).stdout
    found = []
    for group in told.strip().split(", "):
        names = [alternative.partition(" ")[0] for alternative in group.split(" | ")]
        known = [name for name in names if _is_known(name)]
        found.append((known or names)[0])
    return found


def _is_known(name: str) -> bool:
    command = ["apt-cache", "show", "--no-all-versions", name]
    return subprocess.run(command, capture_output=True).returncode == 0


@contextmanager
def debian_root(folder: Path, *more: str) -> Iterator[DebianRoot]:
    """Make the release that runs here anew, of its smallest set of packages and those named."""
    cache = Path.home() / ".cache" / "wherry-tests" / "debian"
    cache.mkdir(parents=True, exist_ok=True)
    options = [
        "--variant=minbase",
        f"--include={','.join([INCLUDED, *more])}",
        f"--cache-dir={cache}",
    ]
    done = subprocess.run(
        ["debootstrap", *options, _release(), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    root = DebianRoot(folder)
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
