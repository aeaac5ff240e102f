"""A Debian in a folder, booted: its own systemd is the first process of namespaces of its own.

Beside a real machine it lacks a kernel of its own; limits and sandboxes are the kernel's and work.
The network is the one that is here, so that what listens there can be reached.
"""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.install.debian_root import DebianRoot

WITHIN_S = 120.0
WANTED_V1 = {"name=systemd", "memory", "pids", "devices", "cpu", "cpuacct", "blkio"}
NAMESPACES = ("--pid", "--mount", "--uts", "--ipc", "--cgroup")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

BOOT = r"""
set -e
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc -o nosuid,noexec,nodev proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro,nosuid,noexec,nodev sysfs sys
{cgroups}
mount -t tmpfs -o mode=755,nosuid tmpfs dev
for name in null zero full random urandom tty; do
    touch dev/$name
    mount --bind /dev/$name dev/$name
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s /proc/self/fd dev/fd
for number in 0:stdin 1:stdout 2:stderr; do
    ln -s /proc/self/fd/${{number%:*}} dev/${{number#*:}}
done
mount -t tmpfs -o mode=755 tmpfs run
mkdir -p .before
pivot_root . .before
umount --lazy /.before
exec env -i container=wherry-tests PATH={path} /lib/systemd/systemd \
    --log-target=console --show-status=0
"""


@dataclass(frozen=True)
class Machine:
    """What has been booted."""

    root: DebianRoot
    first_pid: int

    def command(self, *words: str) -> list[str]:
        """Return the words that run a command in it as root."""
        enter = ["nsenter", f"--target={self.first_pid}", *NAMESPACES, "--root", "--wd"]
        return [*enter, "env", "-i", f"PATH={PATH}", "LANG=C.UTF-8", *words]

    def run(self, *words: str, check: bool = True) -> str:
        """Run a command in it as root; returns what it printed."""
        done = subprocess.run(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout

    def install(self, package: Path) -> str:
        """Install a package file, or upgrade to it, as an administrator does."""
        place = self.root.folder / "opt" / package.name
        place.write_bytes(package.read_bytes())
        return self.run("dpkg", "--install", f"/opt/{package.name}")

    def shown(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.run("systemctl", "show", "--property", name, "--value", unit).strip()

    def journal(self, unit: str) -> str:
        """Return what a unit has said."""
        return self.run("journalctl", "--unit", unit, "--output", "cat", "--no-pager")


def _hierarchies() -> Iterator[tuple[str, Path, Path]]:
    """Yield of each hierarchy of control groups what mounts it, where it is, and our group."""
    mounts = [line.split(" ") for line in Path("/proc/self/mounts").read_text().splitlines()]
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        wanted = set(controllers.split(",")) if controllers else set()
        if wanted and not wanted <= WANTED_V1:
            continue
        for _, where, kind, options, *_ in mounts:
            if kind == ("cgroup" if wanted else "cgroup2") and wanted <= set(options.split(",")):
                named = "none,name=systemd" if "name=systemd" in wanted else controllers
                how = f"-t cgroup -o {named} cgroup" if wanted else "-t cgroup2 cgroup2"
                yield how, Path(where), _with_memory(Path(where), path, bool(wanted))
                break


def _with_memory(mount: Path, path: str, version_1: bool) -> Path:
    """Return our group; of version 2 the nearest whose children have a limit of memory."""
    own = mount / path.lstrip("/")
    if version_1:
        return own
    for group in (own, *own.parents):
        control = group / "cgroup.subtree_control"
        if control.exists() and "memory" in control.read_text().split():
            return group
    return own


@contextmanager
def _groups() -> Iterator[tuple[list[Path], str]]:
    """Make a group in each hierarchy; gives them, and the lines that mount what is below them."""
    name = f"wherry-test-{uuid.uuid4().hex[:12]}"
    made: list[Path] = []
    lines: list[str] = []
    with ExitStack() as stack:
        for how, mount, parent in _hierarchies():
            try:
                (parent / name).mkdir()
            except OSError as error:
                pytest.skip(f"no control group can be made here: {error}")
            stack.callback(_remove, parent / name)
            made.append(parent / name)
            place = str(mount).lstrip("/")
            if place != "sys/fs/cgroup" and not lines:
                lines.append("mount -t tmpfs -o mode=755,nosuid,noexec,nodev tmpfs sys/fs/cgroup")
            lines.append(f"mkdir -p {place} && mount {how} {place}")
        yield made, "\n".join(lines)


def _remove(group: Path) -> None:
    """Remove a group with those below; the kernel may take a moment to let processes go."""
    until = time.monotonic() + WITHIN_S
    for folder, _, _ in os.walk(group, topdown=False):
        while True:
            try:
                Path(folder).rmdir()
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                break


def _skip_where_it_cannot_be() -> None:
    tried = subprocess.run(["unshare", *NAMESPACES, "--fork", "true"], capture_output=True)
    if tried.returncode != 0:
        pytest.skip(f"no namespaces can be made here: {tried.stderr.decode().strip()}")


@contextmanager
def booted(root: DebianRoot) -> Iterator[Machine]:
    """Boot it, wait until all that it starts has started, and in the end switch it off."""
    _skip_where_it_cannot_be()
    with _groups() as (groups, mounts), (root.folder / "console").open("wb") as console:
        enter = "".join(f"echo $$ > {group}/cgroup.procs; " for group in groups)
        boot = BOOT.format(cgroups=mounts, path=PATH)
        unshare = ["unshare", *NAMESPACES, "--fork", "--kill-child", "sh", "-c", boot, "boot"]
        process = subprocess.Popen(
            ["sh", "-c", f'{enter} exec "$@"', "enter", *unshare, str(root.folder)],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _wait_for(root, process)
        finally:
            process.kill()
            process.wait()


def _wait_for(root: DebianRoot, process: subprocess.Popen[bytes]) -> Machine:
    until = time.monotonic() + WITHIN_S
    told = ""
    while process.poll() is None and time.monotonic() < until:
        with suppress(psutil.NoSuchProcess):
            for first in psutil.Process(process.pid).children():
                machine = Machine(root, first.pid)
                told = machine.run("systemctl", "is-system-running", "--wait", check=False)
                if told.strip() in ("running", "degraded"):
                    return machine
        time.sleep(0.1)
    raise AssertionError(told + (root.folder / "console").read_text())
