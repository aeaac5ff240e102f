"""The program is started while its window is open: the window takes over what was given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.instance import Request, address_of, hand_over
from desktop.paths import Places
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    digest,
    make_file,
    wait_for_states,
)
from tests.receiver_process import ROOT

ENDED_WITHIN_S = 60


class Home:
    """Somebody who starts the program, with a home folder and nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        self._environment = {
            **kept,
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def start(self, *words: str, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "desktop", *words]
        return subprocess.Popen(command, cwd=cwd, env=self._environment)

    def has_window(self) -> bool:
        """Tell whether a window listens."""
        socket = QLocalSocket()
        file = self.folder / ".local" / "state" / "wherry" / "window.socket"
        socket.connectToServer(address_of(file))
        return socket.waitForConnected(100)

    @property
    def log(self) -> str:
        return "".join(file.read_text("utf-8") for file in self.folder.rglob("wherry.log"))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "home"
    folder.mkdir()
    yield Home(folder)


def test_a_second_start_hands_its_files_over(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    """Paths are those of the folder that it was started in; the window stays the only one."""
    files = [make_file(tmp_path / "from" / name, 70_000) for name in ("a b.bin", "会議.bin")]
    window = home.start()
    try:
        qtbot.waitUntil(home.has_window)
        for file in files:
            second = home.start(file.name, cwd=file.parent)
            assert second.wait(ENDED_WITHIN_S) == 0
        stored = [home.folder / "Wherry" / file.name for file in files]
        qtbot.waitUntil(lambda: all(one.exists() for one in stored))
        assert [digest(one) for one in stored] == [digest(one) for one in files]
        assert window.poll() is None
    finally:
        window.send_signal(signal.SIGTERM)
        assert window.wait(ENDED_WITHIN_S) == 0
    told = [line for line in home.log.splitlines() if "This plugin does not" not in line]
    assert "WARNING" not in "".join(told)


def test_two_starts_at_the_same_moment_are_one_window(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    files = [make_file(tmp_path / "from" / f"{n}.bin", 5000) for n in range(2)]
    starts = [home.start(str(file)) for file in files]
    try:
        stored = [home.folder / "Wherry" / file.name for file in files]
        qtbot.waitUntil(lambda: all(one.exists() for one in stored))
        qtbot.waitUntil(lambda: [one.poll() for one in starts].count(None) == 1)
    finally:
        for one in starts:
            one.send_signal(signal.SIGTERM)
        assert [one.wait(ENDED_WITHIN_S) for one in starts] == [0, 0]


def test_a_socket_left_by_a_killed_window_is_in_nobodys_way(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    killed = home.start()
    qtbot.waitUntil(home.has_window)
    killed.kill()
    killed.wait()
    file = make_file(tmp_path / "from" / "a.bin", 5000)
    window = home.start(str(file))
    try:
        stored = home.folder / "Wherry" / "a.bin"
        qtbot.waitUntil(stored.exists)
        assert home.start().wait(ENDED_WITHIN_S) == 0
    finally:
        window.send_signal(signal.SIGTERM)
        assert window.wait(ENDED_WITHIN_S) == 0


def is_over(socket: QLocalSocket) -> bool:
    return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState


def test_what_knocks_and_is_no_second_start_is_sent_away(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    program = open_program(make_file(tmp_path / "from" / "a.bin", 100))
    wait_for_states(qtbot, program, State.STORED)
    for line in (b"\n", b"[1]\n", b'{"paths": [5], "link": "", "token": ""}\n'):
        socket = QLocalSocket()
        socket.connectToServer(program.door.address)
        assert socket.waitForConnected()
        socket.write(line)
        qtbot.waitUntil(partial(is_over, socket))
        assert bytes(socket.readAll().data()) == b""
    assert program.window.page.model.rowCount() == 1


def test_without_a_window_nobody_takes_anything(tmp_path: Path) -> None:
    assert not hand_over(tmp_path / "window.socket", Request())


@pytest.mark.parametrize("name", ["a", "会議 \udcff", "a\nb"])
def test_any_path_is_handed_over(name: str) -> None:
    request = Request((Path("/from") / name,), "wherry://nas:1/?key=k", "token")
    line = request.line()
    assert line.count(b"\n") == 1
    assert Request.parse(line) == request
