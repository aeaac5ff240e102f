"""The order of the list: rows go where they are dragged, and are sent in that order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.queue_model import QueueModel
from desktop.gui.queue_view import QueueView
from desktop.gui.row_order import Gap, gap_at
from desktop.gui.words import QtWords
from tests.gui.conftest import OpenProgram, make_file
from tests.gui.listed import chosen_ids, ids, show, transfer

ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
MIB = 1 << 20


@pytest.mark.parametrize(
    ("row", "moved", "gap"),
    [
        (0, {2}, Gap(None, 0)),
        (2, {2}, Gap(1, 3)),
        (3, {2}, Gap(1, 3)),
        (5, {1, 4}, Gap(3, None)),
        (-1, {0, 1}, Gap(None, 2)),
        (9, {0}, Gap(4, None)),
    ],
)
def test_the_gap_is_between_rows_that_stay(row: int, moved: set[int], gap: Gap) -> None:
    assert gap_at(row, moved, 5) == gap


def test_rows_follow_their_places_whatever_moves(qtbot: QtBot) -> None:
    """Selection and current row stay with their transfers."""
    chance, model = random.Random(5), QueueModel(QtWords())
    places = {number: float(number) for number in range(60)}
    show(model, *(transfer(number, place=place) for number, place in places.items()))
    marked = [QPersistentModelIndex(model.index(row)) for row in range(0, 60, 7)]
    marks = [ids(model)[index.row()] for index in marked]
    for _ in range(50):
        for number in chance.sample(range(60), chance.randrange(1, 9)):
            places[number] = chance.random() * 60
        show(model, *(transfer(number, place=place) for number, place in places.items()))
        assert ids(model) == sorted(places, key=lambda number: (places[number], number))
        assert [ids(model)[index.row()] for index in marked] == marks


@pytest.fixture
def waiting(qtbot: QtBot, open_program: OpenProgram, tmp_path: Path) -> Iterator[Program]:
    """A window whose five files wait, for nobody takes them yet."""
    program = open_program()
    program.bridge.use(None)
    page = program.window.page
    program.bridge.add([make_file(tmp_path / "from" / f"{n}.bin", 2 * MIB) for n in range(1, 6)])
    qtbot.waitUntil(lambda: page.model.rowCount() == 5)
    yield program


def order(program: Program) -> list[int]:
    return ids(program.window.page.model)


def press_alt(view: QueueView, key: Qt.Key) -> None:
    QTest.keyClick(view, key, ALT)


def test_the_keyboard_changes_the_order(qtbot: QtBot, waiting: Program) -> None:
    view = waiting.window.page.view
    view.setFocus()
    view.selectRow(3)
    press_alt(view, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: order(waiting) == [1, 2, 4, 3, 5])
    assert chosen_ids(view) == [4]
    press_alt(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: order(waiting) == [4, 1, 2, 3, 5])
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press_alt(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: order(waiting) == [2, 4, 1, 3, 5])
    press_alt(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: order(waiting) == [2, 3, 5, 4, 1])


def middle(view: QueueView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def test_rows_are_dragged(qtbot: QtBot, waiting: Program) -> None:
    view = waiting.window.page.view
    drag(view, middle(view, 4), middle(view, 0) - QPoint(0, 20))
    qtbot.waitUntil(lambda: order(waiting) == [5, 1, 2, 3, 4])
    view.selectRow(0)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(view.viewport(), LEFT, control, middle(view, 2))
    drag(view, middle(view, 2), middle(view, 4) + QPoint(0, 20))
    qtbot.waitUntil(lambda: order(waiting) == [1, 3, 4, 5, 2])
    assert chosen_ids(view) == [2, 5]
    drag(view, middle(view, 0), middle(view, 4), escape=True)
    QTest.mouseClick(view.viewport(), LEFT, pos=middle(view, 4))
    assert chosen_ids(view) == [2]
    assert order(waiting) == [1, 3, 4, 5, 2]


def drag(view: QueueView, start: QPoint, end: QPoint, *, escape: bool = False) -> None:
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(viewport, start + (end - start) * step / 4)
        QApplication.processEvents()
    if escape:
        QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, LEFT, pos=end)
