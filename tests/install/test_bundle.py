"""The frozen window: built, installed where there is no Python of ours, and used."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.big_files import MIB, blake3_of
from tests.gui.screen import Screen, screen
from tests.receiver_process import ROOT, ReceiverProcess
from tests.tus_sender import eventually

pytestmark = [
    pytest.mark.install,
    pytest.mark.skipif(sys.platform != "linux", reason="the package is Debian's"),
]
MOST_FOLDER_BYTES = 170 * MIB
WITHIN_S = 60.0
DESKTOP_FILE = Path("usr/share/applications/wherry.desktop")


@pytest.fixture(scope="session")
def package() -> Path:
    """The package; built anew unless an environment variable says that it is up to date."""
    if "WHERRY_KEEP_BUNDLE" not in os.environ:
        subprocess.run([ROOT / "packaging" / "bundle.sh"], check=True, capture_output=True)
    (found,) = (ROOT / "dist").glob("wherry_*.deb")
    return found


@pytest.fixture(scope="module")
def installed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package was unpacked in."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


def bare(display: Screen) -> Screen:
    """The same screen for a program that must not find this Python."""
    wanted = ("DISPLAY", "HOME", "QT_QPA_PLATFORM", "LC_ALL")
    kept = {name: display.environment[name] for name in wanted}
    return Screen({**kept, "PATH": "/usr/bin:/bin"})


def test_the_window_sends_to_the_receiver_that_it_starts_itself(
    installed: Path, home: Path, tmp_path: Path
) -> None:
    """It is named by its URL, as file managers do it."""
    source = tmp_path / "film with spaces – 映画.mkv"
    source.write_bytes(os.urandom(40 * MIB))
    stored = home / "Wherry" / source.name
    with screen(home) as display:
        program = bare(display).start(str(installed / "usr/bin/wherry"), source.as_uri())
        try:
            eventually(stored.exists, WITHIN_S)
            window = display.xdotool("search", "--sync", "--name", "^Wherry$").split()[0]
            display.xdotool("windowactivate", "--sync", window, "key", "alt+F4")
            assert program.wait(WITHIN_S) == 0
        finally:
            program.kill()
            program.communicate()
    assert blake3_of(stored) == blake3_of(source)
    history = sqlite3.connect(home / "Wherry" / ".wherry" / "history.db")
    try:
        assert history.execute("SELECT count(*) FROM received").fetchone() == (1,)
    finally:
        history.close()


def test_the_command_line_sends_too(
    installed: Path, home: Path, tmp_path: Path, receiver: ReceiverProcess
) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(os.urandom(MIB))
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "WHERRY_KEY": receiver.key}
    command = [str(installed / "usr/bin/wherry"), "send", "--to", receiver.url, str(source)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=WITHIN_S)
    assert blake3_of(receiver.stored()["a.bin"]) == blake3_of(source)


def test_the_package_is_no_larger_than_said_and_fits_the_desktop(
    package: Path, installed: Path
) -> None:
    folder = installed / "usr/lib/wherry"
    size_bytes = sum(one.lstat().st_size for one in folder.rglob("*"))
    print(f"folder {size_bytes / MIB:.0f} MiB, package {package.stat().st_size / MIB:.0f} MiB")
    assert size_bytes < MOST_FOLDER_BYTES
    if shutil.which("desktop-file-validate"):
        told = subprocess.run(
            ["desktop-file-validate", installed / DESKTOP_FILE], capture_output=True, text=True
        )
        assert (told.returncode, told.stdout) == (0, "")
    text = (installed / DESKTOP_FILE).read_text()
    assert "x-scheme-handler/wherry" in text
    assert "Exec=wherry %U" in text
    assert (installed / "usr/share/icons/hicolor/scalable/apps/wherry.svg").exists()
