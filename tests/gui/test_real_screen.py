"""The program as people start it, on a real X server: drag, drop, keyboard, and close."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.transfer.events import State
from desktop.transfer.ledger import Ledger
from tests.gui.conftest import digest, make_file
from tests.gui.drag_source import PLACE
from tests.gui.screen import Screen, screen
from tests.receiver_process import ROOT

PICTURES = ROOT / "build" / "screenshots"
SOURCE = str(Path(__file__).with_name("drag_source.py"))
ENDED_WITHIN_S = 30


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Screen]:
    home = tmp_path / "home"
    home.mkdir()
    with screen(home) as made:
        yield made


def test_a_second_start_brings_the_window_back(
    qtbot: QtBot, display: Screen, tmp_path: Path
) -> None:
    """From under another window, and from the task bar."""
    file = make_file(tmp_path / "from" / "a.bin", 5000)
    with opened(display) as (program, _):
        wherry = window_of(qtbot, display, "^Wherry$")
        other = window_of(qtbot, display, "^Drag source$")
        for away in (("windowactivate", "--sync", other), ("windowminimize", "--sync", wherry)):
            display.xdotool(*away)
            second = display.start(sys.executable, "-m", "desktop", str(file))
            assert second.wait(ENDED_WITHIN_S) == 0
            second.communicate()
            qtbot.waitUntil(partial(is_active, display, wherry))
        stored = tmp_path / "home" / "Wherry" / file.name
        qtbot.waitUntil(stored.exists)
        close(qtbot, display, program, wherry)


def close(qtbot: QtBot, display: Screen, program: subprocess.Popen[str], wherry: str) -> None:
    """Close the window; as long as it asks, for something is under way yet, say no."""

    def is_closed() -> bool:
        with suppress(subprocess.CalledProcessError):
            display.xdotool(*("windowactivate", "--sync", wherry, "key", "Escape", "key", "alt+F4"))
        with suppress(subprocess.TimeoutExpired):
            program.wait(5)
        return program.poll() is not None

    qtbot.waitUntil(is_closed, timeout=1000 * ENDED_WITHIN_S)
    assert program.returncode == 0


@contextmanager
def opened(
    display: Screen, *words: str, files: tuple[Path, ...] = ()
) -> Iterator[tuple[subprocess.Popen[str], Source]]:
    """The window, and the other program beside it; both are ended afterwards."""
    program = display.start(sys.executable, "-m", "desktop", *words)
    source = Source(display, *files)
    try:
        yield program, source
    finally:
        program.terminate()
        program.communicate()
        source.end()


def is_active(display: Screen, window: str) -> bool:
    try:
        return display.xdotool("getactivewindow") == window
    except subprocess.CalledProcessError:
        return False


class Source:
    """The other program, with files to drag."""

    def __init__(self, display: Screen, *files: Path) -> None:
        command = [sys.executable, SOURCE, *(str(file) for file in files)]
        self._process = subprocess.Popen(
            command,
            env=dict(display.environment),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._read()

    def _read(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def shot(self, name: str) -> QImage:
        """Keep a picture of the screen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        assert self._process.stdin is not None
        self._process.stdin.write(f"shot {PICTURES / name}\n")
        self._process.stdin.flush()
        self._read()
        return QImage(str(PICTURES / name))

    def end(self) -> None:
        self._process.communicate(timeout=ENDED_WITHIN_S)


def window_of(qtbot: QtBot, display: Screen, title: str) -> str:
    """Wait for a visible window with this title; returns its X id."""
    found: list[str] = []

    def look() -> bool:
        try:
            found[:] = display.xdotool("search", "--onlyvisible", "--name", title).split()
        except subprocess.CalledProcessError:
            return False
        return bool(found)

    qtbot.waitUntil(look)
    return found[-1]


def middle_of(display: Screen, window: str) -> tuple[int, int]:
    lines = display.xdotool("getwindowgeometry", "--shell", window).splitlines()
    values = dict(line.split("=") for line in lines)
    x, y, width, height = (int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
    return x + width // 2, y + height // 2


def drag(
    display: Screen,
    start: tuple[int, int],
    end: tuple[int, int],
    held: Callable[[], None],
) -> None:
    """Drag with the mouse in small steps; `held` runs before the button is let go."""
    display.xdotool("mousemove", str(start[0]), str(start[1]), "mousedown", "1")
    steps = 12
    for step in range(1, steps + 1):
        x = start[0] + (end[0] - start[0]) * step // steps
        y = start[1] + (end[1] - start[1]) * step // steps
        display.xdotool("mousemove", "--sync", str(x), str(y))
    held()
    display.xdotool("mouseup", "1")


def test_a_file_is_dragged_from_another_program(
    qtbot: QtBot, display: Screen, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "wedding & 会議.mov", 60 << 20)
    with opened(display, files=(file,)) as (program, source):
        wherry = window_of(qtbot, display, "^Wherry$")
        other = window_of(qtbot, display, "^Drag source$")
        qtbot.waitUntil(lambda: middle_of(display, other) > PLACE)  # moved there by now
        middle = middle_of(display, wherry)
        beside = QRect(middle[0] - 300, middle[1] - 150, 200, 300)
        before = source.shot("before-the-drag.png").copy(beside)

        def is_covered() -> bool:
            """A program that lets go before the window has said yes drops nothing."""
            return source.shot("held-over-the-window.png").copy(beside) != before

        drag(display, middle_of(display, other), middle, held=lambda: qtbot.waitUntil(is_covered))
        stored = tmp_path / "home" / "Wherry" / file.name
        qtbot.waitUntil(stored.exists)
        assert digest(stored) == digest(file)
        source.shot("dropped.png")
        close(qtbot, display, program, wherry)
    ledger = Ledger(next((tmp_path / "home").rglob("transfers.sqlite3")))
    assert [one.transfer.state for one in ledger.records()] == [State.STORED]
    ledger.close()
