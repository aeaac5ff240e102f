"""The Debian package under a real systemd: from its installation to its purge."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from desktop.servers import parse_server
from desktop.transfer.api import Api, Server
from tests.big_files import MIB, blake3_of
from tests.cgroups import cgroups_unavailable
from tests.install.conftest import Packages
from tests.install.debian_root import DebianRoot
from tests.install.live_systemd import Machine, booted
from tests.receiver_process import free_port
from tests.relay import Relay
from tests.transfer.sender import Sender
from tests.tus_sender import eventually

pytestmark = pytest.mark.install
UNIT = "wherry-receiver.service"
SETTINGS = Path("etc/wherry/receiver.toml")
FILES = Path("var/lib/wherry")
WITHIN_S = 60.0
MOST_EXPOSURE = 20
"""Of 100, by `systemd-analyze security`; an ordinary service has 96."""

PROBE = """
import ctypes, mmap, os, socket

def may(name, action):
    try:
        action()
    except OSError:
        print("no", name)
    else:
        print("yes", name)

def unshare(flag):
    if ctypes.CDLL(None, use_errno=True).unshare(flag) != 0:
        raise OSError(ctypes.get_errno(), "unshare")

may("files", lambda: open("/var/lib/wherry/probe", "w").close())
may("port 899", lambda: socket.socket().bind(("127.0.0.1", 899)))
may("make way", lambda: os.setpriority(os.PRIO_PROCESS, 0, 19))
may("program", lambda: open("/usr/lib/wherry-receiver/probe", "w").close())
may("settings", lambda: open("/etc/wherry/receiver.toml", "a").close())
may("code", lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))
may("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
may("packets", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
may("namespaces", lambda: unshare(0x10000000))
may("setuid", lambda: os.chmod("/var/lib/wherry/probe", 0o4755))
may("another user", lambda: os.setuid(0))
may("homes", lambda: os.stat("/home/alice/letter"))
may("devices", lambda: os.stat("/dev/tty"))
"""
MAY = {"files", "port 899", "make way", "devices"}


@pytest.fixture(scope="module")
def machine(root: DebianRoot) -> Iterator[Machine]:
    with booted(root) as made:
        yield made


def next_version(package: Path, folder: Path) -> Path:
    """Return the same package as a newer version."""
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder / "raw"], check=True)
    control = folder / "raw" / "DEBIAN" / "control"
    control.write_text(control.read_text().replace("\nVersion: ", "\nVersion: 1:"))
    newer = folder / "newer.deb"
    subprocess.run(
        ["dpkg-deb", "-Znone", "--build", folder / "raw", newer], check=True, capture_output=True
    )
    return newer


def receipts(server: Server) -> list[dict[str, Any]]:
    with Api(server) as api:
        return api.read("/received", list)


def answers(port: int) -> bool:
    try:
        with requests.get(f"https://127.0.0.1:{port}/health", verify=False, timeout=5) as answer:
            return answer.text.strip() == "ok"
    except requests.RequestException:
        return False


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_from_install_to_purge(
    packages: Packages, machine: Machine, start_sender: Callable[..., Sender], tmp_path: Path
) -> None:
    told = machine.install(packages.debian)
    assert "wherry-receiver link" in told
    files = machine.root.folder / FILES
    owner = int(machine.run("id", "-u", "wherry"))
    assert (files.stat().st_uid, files.stat().st_mode & 0o777) == (owner, 0o750)
    assert machine.run("systemctl", "is-enabled", UNIT).strip() == "enabled"
    eventually(lambda: "Ready https://" in machine.journal(UNIT), WITHIN_S)

    port = free_port()
    settings = machine.root.folder / SETTINGS
    settings.write_text(settings.read_text().replace("port = 5151", f"port = {port}"))
    machine.run("systemctl", "restart", UNIT)
    eventually(lambda: answers(port), WITHIN_S)
    assert f"A receiver is running on port {port}" in machine.run("wherry-receiver", "check")
    link = machine.run("wherry-receiver", "link", "alice", "--host", "127.0.0.1").strip()
    assert (files / ".wherry" / "keys.json").stat().st_uid == owner
    server = parse_server(link, "")

    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(96 * MIB))
    with Relay(port) as relay:
        relay.shared_bytes_per_s = 12e6
        sender = start_sender(f"https://127.0.0.1:{relay.port}", key=server.key, pin=server.pin)
        sender.add(source)
        sender.wait_progress(16 * MIB)
        before = machine.shown(UNIT, "MainPID")
        machine.run("systemctl", "kill", "--signal=KILL", UNIT)
        eventually(lambda: machine.shown(UNIT, "NRestarts") == "1", WITHIN_S)
        assert machine.shown(UNIT, "MainPID") != before
        sender.wait_progress(32 * MIB)
        relay.shared_bytes_per_s = 1e6
        machine.install(next_version(packages.debian, tmp_path))
        assert not sender.one.state.finished
        relay.shared_bytes_per_s = None
        sender.wait_stored(WITHIN_S)
        sender.stop()
        assert relay.up_bytes < 1.6 * source.stat().st_size
    stored = files / "source.bin"
    assert blake3_of(stored) == blake3_of(source)
    assert stored.stat().st_uid == owner
    assert "Version: 1:" in machine.run("dpkg", "--status", "wherry-receiver")
    assert f"port = {port}" in settings.read_text()
    eventually(lambda: receipts(server)[0]["sha256"] is not None, WITHIN_S)

    journal = machine.journal(UNIT)
    assert journal.count("stored 'source.bin'") == 1
    assert cgroups_unavailable() or "of 256 MiB available (cgroup" in journal
    assert "Traceback" not in journal
    assert server.key not in journal

    machine.run("dpkg", "--remove", "wherry-receiver")
    assert not answers(port)
    assert not (machine.root.folder / "usr/lib/wherry-receiver").exists()
    assert settings.exists()
    told = machine.run("dpkg", "--purge", "wherry-receiver")
    assert "The received files stay in /var/lib/wherry." in told
    assert not settings.exists()
    assert [path.name for path in files.iterdir()] == ["source.bin"]
    stored.unlink()


def test_the_service_may_do_what_it_needs_and_nothing_else(
    packages: Packages, machine: Machine
) -> None:
    """A probe in its place: the same unit with another program."""
    machine.install(packages.debian)
    letter = machine.root.folder / "home" / "alice" / "letter"
    letter.parent.mkdir(parents=True)
    letter.write_text("dear Bob")
    program = machine.root.folder / "usr" / "local" / "bin" / "probe"
    program.write_text(f"#!/usr/bin/python3 -P\n{PROBE}")
    program.chmod(0o755)
    place = Path("run/systemd/system/probe.service")
    unit = (machine.root.folder / "usr/lib/systemd/system" / UNIT).read_text()
    unit = re.sub("^ExecStart=.*$", "ExecStart=/usr/local/bin/probe", unit, flags=re.M)
    written = machine.root.folder / "opt" / place.name
    written.write_text(unit.replace("Restart=always", "Restart=no"))
    machine.run("cp", f"/opt/{place.name}", f"/{place}")
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "start", "--wait", place.name)
    told = [line.partition(" ")[::2] for line in machine.journal(place.name).splitlines()]
    may = {name for answer, name in told if answer == "yes"}
    may_not = {name for answer, name in told if answer == "no"}
    assert may == MAY
    assert len(may_not) == PROBE.count("may(") - 1 - len(MAY)


def test_the_unit_is_right_and_tight(packages: Packages, machine: Machine) -> None:
    machine.install(packages.debian)
    assert machine.run("systemd-analyze", "verify", UNIT) == ""
    limit = f"--threshold={MOST_EXPOSURE}"
    machine.run("systemd-analyze", "security", "--no-pager", limit, UNIT)
