"""The window on a real screen, with what a desktop has beside it: light and dark, notifications."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.theme import Role, Scheme
from desktop.gui.words import isolated
from tests.gui.assistive import session_bus
from tests.gui.conftest import make_file
from tests.gui.screen import Screen, screen
from tests.gui.test_real_screen import (
    ENDED_WITHIN_S,
    PICTURES,
    Source,
    close,
    is_active,
    opened,
    window_of,
)
from tests.receiver_process import ROOT


@contextmanager
def portal(display: Screen) -> Iterator[subprocess.Popen[str]]:
    service = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.portal_service"],
        cwd=ROOT,
        env=dict(display.environment),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert service.stdout is not None
    assert service.stdout.readline() == "ready\n"
    try:
        yield service
    finally:
        service.communicate(timeout=ENDED_WITHIN_S)


@pytest.mark.parametrize("desktop", ["", "XFCE"])
def test_the_window_follows_the_desktop_from_light_to_dark_and_back(
    qtbot: QtBot, tmp_path: Path, desktop: str
) -> None:
    """Also on a desktop that Qt does not know."""
    with screen(tmp_path) as made, session_bus(made.environment) as environment:
        display = replace(made, environment={**environment, "XDG_CURRENT_DESKTOP": desktop})
        with portal(display) as service, opened(display) as (program, source):
            wherry = window_of(qtbot, display, "^Wherry$")
            display.xdotool("windowactivate", "--sync", wherry)
            for name in ("light", "dark", "light"):
                assert service.stdin is not None
                service.stdin.write(f"{name}\n")
                service.stdin.flush()
                wait_for_ground(qtbot, source, Scheme(name), f"{desktop or 'plain'}-{name}.png")
            close(qtbot, display, program, wherry)


def wait_for_ground(qtbot: QtBot, source: Source, scheme: Scheme, name: str) -> None:
    """Wait until most of the screen has one of the two grounds of a palette."""
    wanted = [theme.palette(scheme).color(role) for role in (Role.Window, Role.Base)]

    def there() -> bool:
        source.shot(name)
        picture = QImage(str(PICTURES / name)).scaled(100, 100)
        pixels = [QColor(picture.pixel(x, y)) for x in range(100) for y in range(100)]
        return sum(one in wanted for one in pixels) > len(pixels) // 3

    qtbot.waitUntil(there)


class Dunst:
    """A notification daemon as people have it."""

    def __init__(self, display: Screen) -> None:
        self._environment = dict(display.environment)
        self._process = subprocess.Popen(
            ["dunst"], env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def told(self, *words: str) -> str:
        """Return what its hand says; nothing before it is there."""
        done = subprocess.run(
            ["dunstctl", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(ENDED_WITHIN_S)


def test_the_end_of_the_list_is_told_and_a_click_on_it_opens_the_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "wedding.mov", 8_000_000)
    settings = tmp_path / ".config" / "wherry" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[send]\nlimit=1000000\nlimited=true\n")
    with screen(tmp_path) as made, session_bus(made.environment) as environment:
        display = replace(made, environment=environment)
        with closing(Dunst(display)) as dunst:
            qtbot.waitUntil(lambda: dunst.told("count", "displayed") == "0")
            _see_the_end(qtbot, display, dunst, file)


def _see_the_end(qtbot: QtBot, display: Screen, dunst: Dunst, file: Path) -> None:
    with opened(display, str(file)) as (_, source):
        wherry = window_of(qtbot, display, "^Wherry$")
        display.xdotool("windowminimize", "--sync", wherry)
        qtbot.waitUntil(lambda: dunst.told("count", "displayed") == "1")
        source.shot("notification.png")
        dunst.told("action", "0")
        qtbot.waitUntil(lambda: is_active(display, wherry))
        dunst.told("close-all")
        (told,) = json.loads(dunst.told("history"))["data"][0]
        assert told["summary"]["data"] == "Everything is stored"
        assert told["body"]["data"] == f"1 file is stored on {isolated('this computer')}."
