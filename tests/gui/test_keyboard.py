"""The keyboard alone does everything: keys go to what has the focus, as they do for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.chart_menu import SPANS_S
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.questions import Question
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    make_file,
    row,
    wait_for_moving,
    wait_for_states,
)

MIB = 1 << 20
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key: an open menu gets it, else what has the focus."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, held)


def go_to(widget: QWidget) -> None:
    """Go on with Tab until the focus is there, or somewhere in it."""
    for _ in range(60):
        here = QApplication.focusWidget()
        if here is not None and (here is widget or widget.isAncestorOf(here)):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {widget}")


def open_menu(widget: QWidget) -> None:
    """Press the menu key: a window system makes this event of it."""
    middle = widget.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, middle, widget.mapToGlobal(middle)))


def choose(text: str) -> None:
    """Choose an entry of the menu that is open, with the arrow keys."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(20):
        active = menu.activeAction()
        if active is not None and text in active.text().replace("&", ""):
            press(Qt.Key.Key_Return)
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"no {text} in {[one.text() for one in menu.actions()]}")


def dialog(qtbot: QtBot, program: Program, kind: type[QWidget]) -> QWidget:
    """Wait for a dialog that has the keyboard."""
    found: list[QWidget] = []

    def shown() -> bool:
        found[:] = [one for one in program.window.findChildren(kind) if one.isActiveWindow()]
        return len(found) == 1

    qtbot.waitUntil(shown)
    return found[0]


def at_the_keyboard(qtbot: QtBot, program: Program) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)


def test_files_are_added_sent_and_seen_to_with_keys(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [str(make_file(tmp_path / "from" / f"{n}.bin", 700 * MIB)) for n in "ab"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    program = open_program()
    page = program.window.page
    at_the_keyboard(qtbot, program)
    go_to(page.empty.first)
    press(Qt.Key.Key_Space)
    wait_for_moving(qtbot, program)
    go_to(page.view)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_End, SHIFT)
    press(Qt.Key.Key_Space)
    wait_for_states(qtbot, program, State.PAUSED, State.PAUSED)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: row(program, 1).name == "a.bin")
    press(Qt.Key.Key_Delete)
    dialog(qtbot, program, Question)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    wait_for_states(qtbot, program, State.PAUSED, State.CANCELLED)
    at_the_keyboard(qtbot, program)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_G, CONTROL)
    wait_for_states(qtbot, program, State.STORED, State.STORED)


def test_receipt_and_details_are_opened_with_keys(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "a.bin", 5000)
    program = open_program(file)
    wait_for_states(qtbot, program, State.STORED)
    view = program.window.page.view
    at_the_keyboard(qtbot, program)
    go_to(view)
    press(Qt.Key.Key_Home)
    open_menu(view)
    choose("Receipt")
    dialog(qtbot, program, ReceiptDialog)
    press(Qt.Key.Key_Escape)
    program.receiver.stop()
    program.bridge.add([make_file(tmp_path / "from" / "b.bin", 5000)])
    wait_for_states(qtbot, program, State.STORED, State.WAITING_NETWORK)
    at_the_keyboard(qtbot, program)
    go_to(view)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    dialog(qtbot, program, DetailsDialog)
    press(Qt.Key.Key_Escape)


def test_time_shown_and_server_are_chosen_with_keys(
    qtbot: QtBot, open_program: OpenProgram
) -> None:
    program = open_program()
    program.window.resize(1160, 800)
    at_the_keyboard(qtbot, program)
    panel, picker = program.window.panel, program.window.page.destination.picker
    go_to(panel.span)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert panel.throughput.chart._span_s == SPANS_S[1]
    go_to(panel.throughput.menu.button)
    press(Qt.Key.Key_Space)
    choose("Show 60 min")
    assert panel.memory.machine._span_s == SPANS_S[2]
    assert panel.span._group.checkedId() == 2
    go_to(panel.throughput.chart)
    press(Qt.Key.Key_Plus)
    assert panel.memory.receiver._span_s == SPANS_S[1]
    go_to(picker)
    press(Qt.Key.Key_Space)
    assert QApplication.activePopupWidget() is picker.menu_
    press(Qt.Key.Key_Escape)
    spoken = QAccessible.queryAccessibleInterface(picker)
    assert spoken.role() is QAccessible.Role.Button
