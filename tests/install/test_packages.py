"""What `make package` builds, installed and used where nothing of Wherry was before."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.servers import parse_server
from tests.big_files import MIB, blake3_of
from tests.cgroups import MemoryCgroup, cgroups_unavailable, memory_cgroup
from tests.install.debian_root import DebianRoot, debian_root
from tests.receiver_process import ROOT, free_port
from tests.relay import Relay
from tests.transfer.sender import Sender

pytestmark = pytest.mark.install
MOST_EXPOSURE = 20
"""Of 100, by `systemd-analyze security`; an ordinary service has 96."""

READY_WITHIN_S = 60.0
UNIT = Path("usr/lib/systemd/system/wherry-receiver.service")
SETTINGS = Path("etc/wherry/receiver.toml")
FILES = Path("var/lib/wherry")


@dataclass(frozen=True)
class Packages:
    """What was built."""

    wheel: Path
    single_file: Path
    debian: Path


@pytest.fixture(scope="session")
def packages() -> Packages:
    patterns = ("*.whl", "*.pyz", "wherry-receiver_*.deb")
    for old in (path for pattern in patterns for path in (ROOT / "dist").glob(pattern)):
        old.unlink()
    subprocess.run([ROOT / "packaging" / "package.sh"], check=True, capture_output=True)
    (wheel,), (single_file,), (debian,) = ((ROOT / "dist").glob(one) for one in patterns)
    return Packages(wheel, single_file, debian)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebianRoot]:
    with debian_root(tmp_path_factory.mktemp("debian") / "root") as made:
        if made.python != "{}.{}".format(*sys.version_info):
            pytest.skip(f"the packages are built for another Python than {made.python}")
        yield made


class Service:
    """A program that says when it is ready."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.output: list[str] = []
        self._told = threading.Event()
        self._process = subprocess.Popen(
            command,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        if not self._told.wait(READY_WITHIN_S) or not self.url:
            self.stop()
            raise AssertionError("it did not start:\n" + "\n".join(self.output))

    @property
    def url(self) -> str:
        ready = [line for line in self.output if line.startswith("Ready ")]
        return ready[0].removeprefix("Ready ") if ready else ""

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self.output.append(line.rstrip("\n"))
                if line.startswith("Ready "):
                    self._told.set()
        self._told.set()

    def line(self, start: str) -> str:
        """Return what it printed behind this beginning of a line."""
        (found,) = (line for line in self.output if line.startswith(start))
        return found.removeprefix(start).strip()

    def stop(self) -> int:
        """As systemd does it."""
        self._process.terminate()
        code = self._process.wait(20)
        self._reader.join()
        return code


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[Service]:
    service = Service(command, environment or {})
    try:
        yield service
    finally:
        service.stop()


def test_the_wheel_alone_brings_no_qt(packages: Packages, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    programs = tmp_path / "venv" / "bin"
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "--quiet", "install", str(packages.wheel)], check=True)
    listed = subprocess.run([*pip, "list"], check=True, capture_output=True, text=True).stdout
    assert "wherry" in listed
    assert "pyside" not in listed.lower()
    command = [str(programs / "wherry-receiver"), "serve", "--port", "0", "--data"]
    with running([*command, str(tmp_path / "files")]) as service:
        assert put(service, b"by the wheel") == "201"
    window = subprocess.run([programs / "wherry"], capture_output=True, text=True)
    assert window.returncode == 1
    assert "pip install 'wherry[desktop]'" in window.stderr


def put(service: Service, data: bytes, key: str = "") -> str:
    """Send by curl; returns the status."""
    done = subprocess.run(
        ["curl", "--silent", "--insecure", "--output", os.devnull, "--write-out", "%{http_code}",
         "--header", f"Authorization: Bearer {key or service.line('Key:')}",
         "--upload-file", "-", service.url + "put/file.bin"],
        input=data,
        check=True,
        capture_output=True,
    )  # fmt: skip
    return done.stdout.decode()


def test_the_single_file_receives_on_a_bare_system(packages: Packages, root: DebianRoot) -> None:
    """With TLS, for which it starts a second Python that must find the program too."""
    shutil.copy(packages.single_file, root.folder / "tmp" / "receiver.pyz")
    command = ["python3", "/tmp/receiver.pyz", "serve", "--port", "0", "--host", "0.0.0.0"]
    environment = {"HOME": "/tmp", "WHERRY_DATA": "/tmp/files"}
    with running(root.as_user("nobody:nogroup", command), environment) as service:
        assert put(service, b"by one file") == "201"
    assert (root.folder / "tmp" / "files" / "file.bin").read_bytes() == b"by one file"


def test_the_unit_is_right_and_tight(packages: Packages, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "--extract", packages.debian, tmp_path], check=True)
    unit = tmp_path / "wherry-receiver.service"
    program = tmp_path / "usr/bin/wherry-receiver"
    unit.write_text(
        (tmp_path / UNIT).read_text().replace("=/usr/bin/wherry-receiver", f"={program}")
    )
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if "wherry" in line]
    assert (done.returncode, told) == (0, [])
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}"]
    rated = subprocess.run([*command, unit], capture_output=True, text=True)
    assert rated.returncode == 0, rated.stdout


def service_of(root: DebianRoot) -> configparser.SectionProxy:
    """Return what the installed unit says of its service; lines that come twice count once."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(root.folder / UNIT)
    return unit["Service"]


@contextmanager
def as_systemd_starts_it(root: DebianRoot, group: MemoryCgroup | None) -> Iterator[Service]:
    """Run ExecStart as the unit's user, with its limit of memory where groups can be made."""
    unit = service_of(root)
    command = root.as_user(unit["User"], shlex.split(unit["ExecStart"]))
    with running([*(group.prefix if group else ()), *command]) as service:
        yield service


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


def test_the_debian_package_from_install_to_purge(
    packages: Packages, root: DebianRoot, start_sender: Callable[..., Sender], tmp_path: Path
) -> None:
    told = root.install(packages.debian)
    assert "wherry-receiver link" in told
    files = root.folder / FILES
    owner = int(root.run("id", "-u", "wherry"))
    assert (files.stat().st_uid, files.stat().st_mode & 0o777) == (owner, 0o750)
    wanted = root.folder / "etc/systemd/system/multi-user.target.wants/wherry-receiver.service"
    assert wanted.is_symlink()

    port = free_port()
    settings = root.folder / SETTINGS
    settings.write_text(settings.read_text().replace("port = 5151", f"port = {port}"))
    link = root.run("wherry-receiver", "link", "alice", "--host", "127.0.0.1").strip()
    assert f"127.0.0.1:{port}/" in link
    assert (files / ".wherry" / "keys.json").stat().st_uid == owner
    server = parse_server(link, "")

    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(96 * MIB))
    with ExitStack() as stack:
        group = None
        if cgroups_unavailable() is None:
            limit_bytes = int(service_of(root)["MemoryMax"].removesuffix("M")) * MIB
            group = stack.enter_context(memory_cgroup(limit_bytes))
        relay = stack.enter_context(Relay(port))
        relay.slow_bytes_per_s = 30e6
        with as_systemd_starts_it(root, group) as service:
            budget = service.line("Memory:")
            assert group is None or "of 256 MiB available (cgroup" in budget
            sender = start_sender(f"https://127.0.0.1:{relay.port}", key=server.key, pin=server.pin)
            sender.add(source)
            sender.wait_progress(16 * MIB)
            root.install(next_version(packages.debian, tmp_path))
        with as_systemd_starts_it(root, group):
            relay.slow_bytes_per_s = None
            sender.wait_stored(60)
            sender.stop()
        assert relay.up_bytes < 1.6 * source.stat().st_size
        assert group is None or group.kills == 0
    stored = files / "source.bin"
    assert blake3_of(stored) == blake3_of(source)
    assert stored.stat().st_uid == owner
    assert "Version: 1:" in root.run("dpkg", "--status", "wherry-receiver")
    assert f"port = {port}" in settings.read_text()

    root.run("dpkg", "--remove", "wherry-receiver")
    assert not (root.folder / "usr/lib/wherry-receiver").exists()
    assert settings.exists()
    told = root.run("dpkg", "--purge", "wherry-receiver")
    assert "The received files stay in /var/lib/wherry." in told
    assert not settings.exists()
    assert [path.name for path in files.iterdir()] == ["source.bin"]
