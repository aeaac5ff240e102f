"""What `make package` builds, installed and used where nothing of Wherry was before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.install.conftest import Packages
from tests.install.debian_root import DebianRoot

pytestmark = pytest.mark.install
READY_WITHIN_S = 60.0


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
