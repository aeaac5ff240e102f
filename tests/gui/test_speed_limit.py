"""The speed limit: one press, seen as long as it is on, kept over a restart, and held."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.limit_button import RATES, LimitButton
from desktop.settings import Settings
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    close,
    make_file,
    row,
    wait_for_moving,
    wait_for_states,
)

MIB = 1 << 20


def button_of(program: Program) -> LimitButton:
    return program.window.page.summary.limit


def test_one_press_slows_all_down_and_another_lets_go(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program()
    button = button_of(program)
    button.restore(RATES[1], on=False)
    program.bridge.add([make_file(tmp_path / "from" / "big.bin", 900 * MIB)])
    wait_for_moving(qtbot, program)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.text() == "At most 1.0 MB/s"
    assert not button._bare
    limit = program.bridge._engine._board.limit
    assert limit.bytes_per_s == RATES[1]
    sent = program.window.page.model.totals.sent_ever_bytes
    qtbot.waitUntil(lambda: program.window.page.model.totals.sent_ever_bytes > sent + MIB)
    assert row(program).state is State.UPLOADING
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.text() == "Limit speed"
    assert limit.bytes_per_s is None
    wait_for_states(qtbot, program, State.STORED)


def test_the_limit_is_there_again_after_a_restart(
    open_program: OpenProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_program()
    monkeypatch.setattr(QInputDialog, "getDouble", lambda *_: (3.5, True))
    button_of(first)._on_other()
    close(first)
    second = open_program()
    assert button_of(second).on
    assert button_of(second).text() == "At most 3.5 MB/s"
    assert second.window.panel.throughput.chart._limit == ("", 3.5e6)


def test_other_rates_are_chosen_with_the_keyboard(open_program: OpenProgram) -> None:
    button = button_of(open_program())
    QTest.keyClick(button, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["No limit"]
    next(one for one in menu.actions() if "10 MB/s" in one.text()).trigger()
    menu.close()
    assert (button.on, button.bytes_per_s) == (True, 10e6)


@pytest.mark.parametrize("written", ["", "fast", "nan", "inf", "-1", "0"])
def test_a_strange_limit_in_the_settings_is_none(tmp_path: Path, written: str) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(f"[send]\nlimit={written}\nlimited=true\n", "utf-8")
    assert Settings(file).limit() is None
