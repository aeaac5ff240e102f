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
from tests.install.debian_root import debian_root, needed_by
from tests.receiver_process import ROOT, ReceiverProcess
from tests.tus_sender import eventually

pytestmark = [
    pytest.mark.install,
    pytest.mark.skipif(sys.platform != "linux", reason="the package is Debian's"),
]
MOST_FOLDER_BYTES = 110 * MIB
WITHIN_S = 60.0
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
MENUS = (
    "file-manager/actions/send-with-wherry.desktop",
    "kio/servicemenus/send-with-wherry.desktop",
    "nemo/actions/send-with-wherry.nemo_action",
    "Thunar/sendto/wherry.desktop",
)
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


def test_on_a_bare_debian_the_window_sends_to_the_receiver_that_it_starts_itself(
    package: Path, tmp_path: Path
) -> None:
    """With the packages that ours asks for, and no others; the file is named by its URL."""
    with debian_root(tmp_path / "root", *needed_by(package)) as root, screen(tmp_path) as display:
        root.install(package)
        root.run("adduser", "--disabled-password", "--gecos", "", "--quiet", "alice")
        home = root.folder / "home" / "alice"
        source = home / "film with spaces – 映画.mkv"
        source.write_bytes(os.urandom(40 * MIB))
        source.chmod(0o644)
        stored = home / "Wherry" / source.name
        kept = {name: display.environment[name] for name in ("DISPLAY", "QT_QPA_PLATFORM")}
        here = Screen({**kept, "HOME": "/home/alice", "LANG": "C.UTF-8", "PATH": PATH})
        url = Path("/home/alice", source.name).as_uri()
        program = here.start(*root.as_user("alice", ["wherry", url]))
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
        root.run("dpkg", "--purge", "wherry")
        assert not (root.folder / "usr/lib/wherry").exists()


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
    share = installed / "usr" / "share"
    for menu in MENUS:
        assert "Exec=wherry %F" in (share / menu).read_text()
    text = (installed / DESKTOP_FILE).read_text()
    assert "x-scheme-handler/wherry" in text
    assert "Exec=wherry %U" in text
    assert (installed / "usr/share/icons/hicolor/scalable/apps/wherry.svg").exists()
