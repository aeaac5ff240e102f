"""The window as a screen reader gets it from outside, over AT-SPI."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.assistive import Node, State, desktop_of, session_bus
from tests.gui.conftest import make_file
from tests.gui.screen import Screen, screen

ENDED_WITHIN_S = 30
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")

pytestmark = pytest.mark.skipif(
    not (LAUNCHER.exists() and shutil.which("dbus-daemon")),
    reason="a screen reader's bus needs dbus and at-spi2-core",
)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Screen]:
    home = tmp_path / "home"
    home.mkdir()
    with screen(home) as made, session_bus(made.environment) as environment:
        yield replace(made, environment=environment)


def test_a_screen_reader_finds_names_roles_values_and_presses(
    qtbot: QtBot, display: Screen, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "wedding.mov", 5_000_000)
    folder = make_file(tmp_path / "from" / "trip" / "a.jpg", 2_000_000).parent
    program = display.start(sys.executable, "-m", "desktop", str(file), str(folder))
    try:
        with desktop_of(display.environment) as desktop:
            window = wait_for(qtbot, desktop, "frame", "Wherry")
            wait_for(qtbot, window, "tree item", "wedding.mov, Stored, 5.0 of 5.0 MB stored")
            told = "trip, folder, closed, 1 file, Stored, 2.0 of 2.0 MB stored"
            trip = wait_for(qtbot, window, "tree item", told)
            assert trip.state == State.EXPANDABLE | State.COLLAPSED
            open_and_close(qtbot, display, window, trip)
            wait_for(qtbot, window, "label", "Summary: 2 of 2 files")
            memory = wait_for(qtbot, window, "progress bar", "Memory of the server in use")
            qtbot.waitUntil(lambda: 0 < memory.value <= 1000)
            wait_for(qtbot, window, "chart", "Throughput over time")
            hour = wait_for(qtbot, window, "radio button", "60 min")
            assert not hour.checked
            hour.press()
            qtbot.waitUntil(lambda: hour.checked)
            wait_for(qtbot, window, "push button", "Clear finished").press()
            gone = partial(window.find, "tree item", "wedding.mov")
            qtbot.waitUntil(lambda: gone() is None)
    finally:
        program.terminate()
        program.communicate(timeout=ENDED_WITHIN_S)
    assert program.returncode == 0


def open_and_close(qtbot: QtBot, display: Screen, window: Node, folder: Node) -> None:
    """Open a folder by the keyboard, and close it; the keyboard's row and its states are told."""
    held = State.EXPANDABLE | State.FOCUSED | State.SELECTED
    display.xdotool("search", "--onlyvisible", "--name", "Wherry", "windowactivate", "--sync")
    wait_for(qtbot, window, "tree", "Files in the list").take_focus()
    display.xdotool("key", "End")
    wait_for_state(qtbot, folder, held | State.COLLAPSED)
    display.xdotool("key", "Right")
    wait_for_state(qtbot, folder, held | State.EXPANDED)
    wait_for(qtbot, window, "tree item", "trip/a.jpg, Stored")
    assert "trip, folder, open, 1 file" in folder.name
    display.xdotool("key", "Left")
    wait_for_state(qtbot, folder, held | State.COLLAPSED)
    assert window.find("tree item", "a.jpg") is None


def wait_for_state(qtbot: QtBot, node: Node, wanted: State) -> None:
    qtbot.waitUntil(lambda: node.state == wanted)


def wait_for(qtbot: QtBot, below: Node, role: str, name: str) -> Node:
    found: list[Node] = []

    def look() -> bool:
        node = below.find(role, name)
        found[:] = [] if node is None else [node]
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]
