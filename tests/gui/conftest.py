"""Fixtures of the window's tests: nothing of the user's own is touched, nothing is left over."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import psutil
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from desktop import language
from desktop.app import Program
from desktop.garbage import GarbageCollector
from desktop.gui.questions import Question
from desktop.gui.theme import Scheme, Theme
from desktop.paths import Places
from desktop.transfer.api import Server
from desktop.transfer.events import State, Transfer


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test; what is in it can be looked at."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.keys: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.keys[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.keys[service, username]


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """The keyring of whoever runs the tests is not touched."""
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


OpenProgram = Callable[..., Program]

PATIENCE_MS = 30_000
_HERE = Path(__file__).parent
_OFFSCREEN = ("This plugin does not support", "No such signal .*systemTrayWindowChanged")
_RESET = r"Exception ignored in. <ssl\.SSLSocket [^>]*laddr=\([^)]*\)>"
"""A socket that is reset before its first byte is left to the collector by Python's ssl."""


class PatientBot(QtBot):
    """Waits as long as a machine with much else to do may need, unless it is told otherwise."""

    def waitUntil(  # noqa: N802 - as pytest-qt has it
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 - as pytest-qt has it
        self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """As pytest-qt's own, but patient."""
    return PatientBot(request)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt fail these tests, but for those about what the offscreen platform cannot."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN))
            item.add_marker(pytest.mark.filterwarnings(f"ignore:{_RESET}"))


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> Theme:
    """One palette and one number format for all tests, whatever the system has."""
    language.install(qapp, "en")
    QLocale.setDefault(QLocale("en_US"))
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture(scope="package", autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """Garbage is collected on the GUI thread, as in the program."""
    made = GarbageCollector(qapp)
    yield
    made.stop()


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Every thread and process of a test is gone at its end."""
    threads = set(threading.enumerate())
    children = set(psutil.Process().children(recursive=True))
    yield
    left = [one for one in threading.enumerate() if one not in threads]
    assert not left, f"threads left over: {left}"
    running = set(psutil.Process().children(recursive=True)) - children
    assert not running, f"processes left over: {running}"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Settings, list and received files of a user without any."""
    inner = {name: tmp_path / name for name in ("config", "data", "state", "log")}
    return Places.within(**inner, home=tmp_path)


@pytest.fixture
def open_program(qtbot: QtBot, places: Places) -> Iterator[OpenProgram]:
    """A factory of programs with a window that is shown; closed at the end of the test."""
    opened: list[Program] = []

    def open_one(*paths: Path, to: Server | None = None, link: str = "") -> Program:
        program = Program(places, to)
        opened.append(program)
        program.start(paths, link)
        return program

    yield open_one
    for program in opened:
        close(program)


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """The clipboard, emptied afterwards: what Python has put there must not outlive it."""
    board = qapp.clipboard()
    yield board
    board.clear()


def close(program: Program) -> None:
    """Close the window as a user does, and end what works behind it."""
    program.window.close()
    program.stop()


def make_file(path: Path, size_bytes: int) -> Path:
    """Make a file whose beginning, middle and end differ and cannot be guessed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size_bytes)
        for place in (0, size_bytes // 2, max(0, size_bytes - 4096)):
            file.seek(place)
            file.write(os.urandom(min(4096, size_bytes - place)))
    return path


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def row(program: Program, number: int = 0) -> Transfer:
    found = program.window.page.model.at(number)
    assert isinstance(found, Transfer)
    return found


def states(program: Program) -> list[State]:
    return [one.state for one in program.window.page.listing.transfers()]


def wait_for_states(qtbot: QtBot, program: Program, *wanted: State) -> None:
    """Wait until the files are in these states, and the window knows."""

    def check() -> None:
        assert states(program) == list(wanted)
        assert +program.window.page.model.totals.states == Counter(wanted)

    qtbot.waitUntil(check)


def wait_for_moving(qtbot: QtBot, program: Program, number: int = 0) -> None:
    """Wait until the server has a part of a row's file and takes more of it."""

    def moving() -> None:
        assert program.window.page.model.rowCount() > number
        one = row(program, number)
        assert one.state is State.UPLOADING and 0 < one.stored_bytes < one.size_bytes, one

    qtbot.waitUntil(moving)


def wait_for_receiver(qtbot: QtBot, program: Program) -> None:
    """Wait until the built-in receiver is ready."""
    receiver = program.receiver
    qtbot.waitUntil(lambda: receiver.is_ready)


def press(qtbot: QtBot, program: Program, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key combination of the window, which has to be the active one for that."""
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    QTest.keyClick(window, key, held)


def agree(program: Program) -> None:
    """Answer the question that the window asks."""
    (question,) = [one for one in program.window.findChildren(Question) if one.isVisible()]
    QTest.keyClick(question.agree, Qt.Key.Key_Space)
