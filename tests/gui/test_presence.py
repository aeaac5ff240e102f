"""A good citizen: closing asks, the tray and notifications tell, the computer stays awake."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QMessageBox, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.app import Program
from desktop.crashes import Crashes
from desktop.gui.about_dialog import AboutDialog
from desktop.gui.closing_dialog import ClosingDialog
from desktop.gui.crash_dialog import CrashDialog
from desktop.gui.header import Page
from desktop.keep_awake import KeepAwake
from desktop.notify import Notice, Notifier
from desktop.paths import Places
from desktop.settings import Settings
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    make_file,
    row,
    wait_for_moving,
    wait_for_states,
)
from tests.receiver_process import ROOT

ASKED_WITHIN_S = 30
BIG = 8_000_000_000
HERE = Path(__file__).parent


class Desktop:
    """The service of desktop_service.py on a bus of its own, and what it was asked for."""

    def __init__(self) -> None:
        service = f"echo $DBUS_SESSION_BUS_ADDRESS; exec {sys.executable} -u -m {_SERVICE}"
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", service],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.address = self._lines.get(timeout=ASKED_WITHIN_S).strip()
        assert self.asked() == ["ready"]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)

    def asked(self) -> list[str]:
        """Wait for the next call; its name and values. The window stands still."""
        return list(json.loads(self._lines.get(timeout=ASKED_WITHIN_S)))

    def is_silent(self) -> bool:
        """Tell whether nothing more was asked for."""
        return self._lines.empty()

    def click(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("click\n")
        self._process.stdin.flush()

    def end(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=ASKED_WITHIN_S)
        self._reader.join()
        self._process.stdout.close()


_SERVICE = "tests.gui.desktop_service"


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    made = Desktop()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
    yield made
    made.end()


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """The offscreen platform has no tray."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)


def question(program: Program) -> ClosingDialog:
    found = program.window.findChild(ClosingDialog)
    assert isinstance(found, ClosingDialog)
    return found


def opened(qtbot: QtBot, open_program: OpenProgram, tmp_path: Path) -> Program:
    """Return a program that is sending, and counts how often its window was closed for good."""
    program = open_program(make_file(tmp_path / "from" / "big.bin", BIG))
    wait_for_moving(qtbot, program)
    return program


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until the list that was kept is known, and does not move."""
    with qtbot.waitSignal(program.presence._settled.timeout):
        pass


def test_a_window_with_nothing_to_do_closes_at_once(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program(make_file(tmp_path / "from" / "a.bin", 100))
    wait_for_states(qtbot, program, State.STORED)
    with qtbot.waitSignal(program.window.closed):
        program.window.close()
    assert not program.window.isVisible()


def test_without_a_tray_closing_asks_whether_to_stop(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = opened(qtbot, open_program, tmp_path)
    program.window.close()
    assert program.window.isVisible()
    asked = question(program)
    assert asked.stay.isHidden()
    assert "1" in asked.headline.text()
    asked.cancel.click()
    assert program.window.isVisible()
    program.window.close()
    asked = question(program)
    asked.always.setChecked(True)
    with qtbot.waitSignal(program.window.closed):
        asked.stop.click()
    program.stop()
    again = open_program()
    qtbot.waitUntil(lambda: again.window.page.model.rowCount() == 1)
    wait_for_moving(qtbot, again)
    assert row(again).resumed_from_bytes
    with qtbot.waitSignal(again.window.closed):
        again.window.close()


@pytest.mark.usefixtures("tray")
def test_in_the_tray_it_goes_on(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path, places: Places
) -> None:
    program = opened(qtbot, open_program, tmp_path)
    icon = program.presence.tray.icon
    plain = icon.icon().cacheKey()
    qtbot.waitUntil(lambda: "MB/s" in icon.toolTip())
    program.window.close()
    asked = question(program)
    asked.always.setChecked(True)
    asked.stay.click()
    assert program.window.isHidden()
    stored = row(program).stored_bytes
    qtbot.waitUntil(
        lambda: row(program).stored_bytes > stored,
    )
    qtbot.waitUntil(lambda: icon.icon().cacheKey() != plain)
    menu = program.presence.tray
    menu.pause.trigger()
    wait_for_states(qtbot, program, State.PAUSED)
    assert not menu.pause.isEnabled()
    menu.go_on.trigger()
    wait_for_moving(qtbot, program)
    menu.open_.trigger()
    assert program.window.isVisible()
    program.window.close()
    assert program.window.isHidden()
    assert Settings(places.settings).closing() == "stay"
    with qtbot.waitSignal(program.window.closed):
        menu.quit.trigger()


def test_a_list_that_is_over_is_told_and_a_click_brings_the_window(
    qtbot: QtBot, open_program: OpenProgram, desktop: Desktop, tmp_path: Path
) -> None:
    program = open_program()
    settle(qtbot, program)
    program.window.hide()
    files = [make_file(tmp_path / "from" / f"{n}.bin", 2_000_000) for n in range(3)]
    program.bridge.add(files)
    told: list[str] = []

    def notified() -> bool:
        while not told and not desktop.is_silent():
            call = desktop.asked()
            told.extend(call if call[0] == "Notify" else ())
        return bool(told)

    qtbot.waitUntil(notified)
    assert told[4] == "Everything is stored"
    assert told[5].startswith("3 files")
    assert "this computer" in told[5]
    desktop.click()
    qtbot.waitUntil(program.window.isVisible)


def test_while_the_window_is_seen_nothing_is_told(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Notice] = []
    monkeypatch.setattr(Notifier, "tell", lambda _self, notice: told.append(notice))
    program = open_program()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    settle(qtbot, program)
    settled = program.presence._settled
    with qtbot.waitSignal(settled.timeout):
        program.bridge.add([make_file(tmp_path / "from" / "a.bin", 100)])
    assert told == []
    program.window.hide()
    with qtbot.waitSignal(settled.timeout):
        program.bridge.add([tmp_path / "from", make_file(tmp_path / "b.bin", 50)])
    assert len(told) == 1


@pytest.mark.usefixtures("no_desktop")
def test_what_no_desktop_takes_is_handed_to_the_tray(qtbot: QtBot) -> None:
    notifier = Notifier("Open")
    notice = Notice("Everything is stored", "3 files")
    with qtbot.waitSignal(notifier.unheard) as heard:
        notifier.tell(notice)
    assert heard.args == [notice]
    notifier.stop()


def test_the_computer_stays_awake_while_files_are_on_their_way(
    qtbot: QtBot, desktop: Desktop
) -> None:
    awake = KeepAwake(linger_ms=1)
    awake.want(True)
    asked = desktop.asked()
    assert asked[0] == "Inhibit"
    awake.want(False)
    qtbot.waitUntil(lambda: not awake.is_awake)
    assert desktop.asked()[0] == "UnInhibit"
    awake.stop()


@pytest.mark.usefixtures("no_desktop")
def test_uploads_ask_for_it(qtbot: QtBot, open_program: OpenProgram, tmp_path: Path) -> None:
    program = opened(qtbot, open_program, tmp_path)
    assert program.presence.keep_awake.is_awake


def test_mistakes_are_told_once_and_without_keys(
    qtbot: QtBot, open_program: OpenProgram, clipboard: QClipboard
) -> None:
    program = open_program()
    crashes: Crashes = program.crashes
    crashes.take(ValueError("wherry://nas:1/?key=S3cretS3cret&pin=00"), "a thread")
    window = program.window
    qtbot.waitUntil(lambda: window.findChild(CrashDialog) is not None)
    for _ in range(3):
        crashes.take(ValueError("again"), "the window")
    dialog = window.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    qtbot.waitUntil(lambda: dialog.details.toPlainText().startswith("4 "))
    assert len(window.findChildren(CrashDialog)) == 1
    text = dialog.details.toPlainText()
    assert "ValueError" in text and "PySide6" in text and "S3cret" not in text
    dialog.copy.click()
    assert clipboard.text() == text
    dialog.accept()


def test_a_mistake_in_a_slot_and_one_in_a_thread_are_written_down_and_survived(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """In a process of its own: the hooks are those of the whole interpreter."""
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, str(HERE / "crashing.py")],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["dialogs", "1"]
    log = next(home.rglob("wherry.log"))
    assert ".local/state" in str(log) or ".cache" in str(log)
    text = log.read_text("utf-8")
    assert "from a slot" in text and "from a thread" in text
    assert "S3cret" not in text


def test_another_language_is_chosen_in_the_menu(
    open_program: OpenProgram, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = open_program()
    named = {one.text(): one for one in program.menu.languages.actions()}
    assert {"English", "Deutsch", "العربية"} < set(named)
    named["Deutsch"].trigger()
    told = program.window.findChild(QMessageBox)
    assert told is not None
    told.done(0)
    monkeypatch.delenv(language.VARIABLE, raising=False)
    assert language.wanted(Settings(places.settings).language()) == "de"


def test_about_tells_all_versions(
    qtbot: QtBot, open_program: OpenProgram, clipboard: QClipboard
) -> None:
    program = open_program()
    program.menu.about.trigger()
    dialog = program.window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    dialog.copy.click()
    for name in ("Wherry 0.", "Python 3.", "Qt 6.", "PySide6 6.", "requests 2."):
        assert name in clipboard.text()
    dialog.accept()


def test_the_window_comes_back_as_it_was(open_program: OpenProgram) -> None:
    first = open_program()
    first.window.resize(720, 500)
    first.window.header.turn_to(Page.RECEIVE)
    first.window.close()
    first.stop()
    again = open_program().window
    assert (again.width(), again.height()) == (720, 500)
    assert again.header.page is Page.RECEIVE
