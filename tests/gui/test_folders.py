"""A folder is one row that opens: seen, driven and sent as one, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.listing import FolderRow
from desktop.gui.queue_model import QueueModel
from desktop.gui.queue_view import QueueView
from desktop.gui.row_actions import RowAction, actions_for
from desktop.gui.row_layout import RowLayout
from desktop.gui.row_order import Group, Move
from desktop.gui.words import QtWords
from desktop.paths import Places
from desktop.transfer.events import Changed, Gathered, Problem, ProblemKind, State
from tests.gui.conftest import OpenProgram, agree, close, make_file
from tests.gui.listed import chosen_ids, folder, ids, inside, remove, tell, transfer

MIB = 1 << 20
LEFT, RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right
BUTTON = Qt.MouseButton.LeftButton
TRIP, DESK = folder(-1, "trip", 10.0), folder(-2, "desk", 20.0)


@pytest.fixture
def view(qtbot: QtBot) -> QueueView:
    """A list of a file, a folder of three, a folder of two, and a file."""
    words = QtWords()
    model = QueueModel(words)
    made = QueueView(model, words)
    qtbot.addWidget(made)
    made.resize(640, 700)
    trip = [Changed(inside(TRIP, number)) for number in (11, 12, 13)]
    desk = [Changed(inside(DESK, number)) for number in (21, 22)]
    ends = [Changed(transfer(number)) for number in (1, 30)]
    tell(model, Gathered(TRIP), Gathered(DESK), ends[0], *trip, *desk, ends[1])
    made.show()
    return made


def model_of(view: QueueView) -> QueueModel:
    model = view.model()
    assert isinstance(model, QueueModel)
    return model


def row(model: QueueModel, number: int) -> FolderRow:
    found = model.listing.row(number)
    assert isinstance(found, FolderRow)
    return found


def arrow(view: QueueView, number: int) -> QPoint:
    """Return where the arrow of a folder is."""
    model = model_of(view)
    found = model.row_of(number)
    assert found is not None
    rect = view.visualRect(model.index(found))
    indent = model.indent_of(found)
    return RowLayout.of(rect, view.font(), view.layoutDirection(), indent).arrow.center()


def test_folders_are_closed_at_first_and_open_by_their_arrow(view: QueueView) -> None:
    model = model_of(view)
    assert ids(model) == [1, -1, -2, 30]
    QTest.mouseClick(view.viewport(), BUTTON, pos=arrow(view, -2))
    assert ids(model) == [1, -1, -2, 21, 22, 30]
    QTest.mouseClick(view.viewport(), BUTTON, pos=arrow(view, -1))
    assert ids(model) == [1, -1, 11, 12, 13, -2, 21, 22, 30]
    QTest.mouseClick(view.viewport(), BUTTON, pos=arrow(view, -2))
    assert ids(model) == [1, -1, 11, 12, 13, -2, 30]


@pytest.mark.parametrize("mirrored", [False, True])
def test_keys_open_and_close_as_in_a_tree(view: QueueView, mirrored: bool) -> None:
    model, out, into = model_of(view), LEFT, RIGHT
    if mirrored:
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        out, into = into, out
    view.setCurrentIndex(model.index(1))

    def press(key: Qt.Key) -> int:
        QTest.keyClick(view, key)
        return ids(model)[view.currentIndex().row()]

    assert (press(out), model.is_open(-1)) == (-1, False)
    assert (press(into), model.is_open(-1)) == (-1, True)
    assert press(into) == 11
    assert press(into) == 11
    assert press(Qt.Key.Key_Down) == 12
    assert (press(out), model.is_open(-1)) == (-1, True)
    assert (press(out), model.is_open(-1)) == (-1, False)
    assert (press(Qt.Key.Key_Return), model.is_open(-1)) == (-1, True)
    QTest.mouseDClick(view.viewport(), BUTTON, pos=view.visualRect(model.index(1)).center())
    assert not model.is_open(-1)


def test_the_current_row_does_not_get_lost_in_a_folder_that_closes(view: QueueView) -> None:
    model = model_of(view)
    model.set_open(-1, is_open=True)
    view.setCurrentIndex(model.index(3))
    QTest.mouseClick(view.viewport(), BUTTON, pos=arrow(view, -1))
    assert chosen_ids(view) == [-1]
    model.set_open(-2, is_open=True)
    assert chosen_ids(view) == [-1]


def test_a_folder_says_how_far_it_is(view: QueueView) -> None:
    model, words = model_of(view), model_of(view).words
    assert words.state(row(model, -1)) == "Waiting its turn"
    moving = {"state": State.UPLOADING, "sent_bytes": 800, "stored_bytes": 500, "bytes_per_s": 50.0}
    done = {"state": State.STORED, "sent_bytes": 1000, "stored_bytes": 1000}
    broken = {"state": State.FAILED, "problem": Problem(ProblemKind.NO_PERMISSION)}
    tell(model, Changed(inside(TRIP, 11, **done)), Changed(inside(TRIP, 12, **moving)))
    one = row(model, -1)
    assert (one.size_bytes, one.sent_bytes, one.stored_bytes) == (3000, 1800, 1500)
    assert (one.bytes_per_s, one.eta_s) == (50.0, 30.0)
    assert words.state(one) == "1 of 3 stored"
    tell(model, Changed(inside(TRIP, 13, **broken)))
    assert words.failed(row(model, -1)) == "1 failed"
    assert actions_for(row(model, -1)) == (RowAction.TRY_AGAIN, RowAction.PAUSE, RowAction.CANCEL)
    told = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "trip, folder, closed, 3 files, 1 of 3 stored, 1 failed, 2 of 3 kB stored"
    tell(model, Changed(inside(TRIP, 12, **done)), Changed(inside(TRIP, 13, **done)))
    assert words.state(row(model, -1)) == "Stored"
    model.set_open(-1, is_open=True)
    remove(model, 11, 12, 13)
    assert ids(model) == [1, -2, 30]
    tell(model, Changed(inside(TRIP, 14)))
    assert ids(model) == [1, -1, 14, -2, 30]


def test_a_folder_that_waits_says_for_what(view: QueueView) -> None:
    model = model_of(view)
    away = Problem(ProblemKind.UNREACHABLE, "office-server")
    tell(model, Changed(inside(TRIP, 12, state=State.WAITING_NETWORK, problem=away)))
    told = model.words.state(row(model, -1))
    assert told == "Waiting for the network, trying again now"
    tell(model, Changed(inside(TRIP, 12, state=State.CANCELLED)))
    tell(model, Changed(inside(TRIP, 11, state=State.PAUSED)))
    tell(model, Changed(inside(TRIP, 13, state=State.PAUSED)))
    assert model.words.state(row(model, -1)) == "Paused · 1 cancelled"


def test_files_are_moved_within_their_folder_and_folders_as_a_whole(view: QueueView) -> None:
    model = model_of(view)
    model.set_open(-1, is_open=True)
    assert ids(model) == [1, -1, 11, 12, 13, -2, 30]
    assert Group(model, 13, [13]).up() == Move((13,), 11, 12)
    assert Group(model, 13, [13]).to_row(0) == Move((13,), None, 11)
    assert Group(model, 11, [11, 30]).to_row(7) == Move((11,), 13, None)
    assert Group(model, -2, [-2]).up() == Move((-2,), 1, -1)
    assert Group(model, 30, [30, 11]).to_row(3) == Move((30,), -1, -2)
    assert Group(model, 30, [30]).landing(3) == 5
    assert Group(model, -1, [-1, 12]).to_end() == Move((-1,), 30, None)
    tell(model, Gathered(folder(-1, "trip", 40.0)))
    assert ids(model) == [1, -2, 30, -1, 11, 12, 13]


def test_a_selected_folder_stands_for_its_files(view: QueueView) -> None:
    model = model_of(view)
    model.set_open(-1, is_open=True)
    view.selectAll()
    assert chosen_ids(view) == [-2, -1, 1, 30]


def test_only_the_arrow_is_painted_in_front_of_a_folder(view: QueueView) -> None:
    """Files stand in line with folders, and further in where they belong to one."""
    model = model_of(view)
    model.set_open(-1, is_open=True)
    picture = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    view.viewport().render(picture)
    starts = [first_ink(picture, view.visualRect(model.index(at)).center().y()) for at in range(4)]
    assert starts[1] < starts[0] < starts[2] == starts[3]


def first_ink(picture: QImage, y: int) -> int:
    """Return where a line of pixels first differs from its beginning."""
    ground = picture.pixelColor(QPoint(0, y))
    return next(x for x in range(picture.width()) if picture.pixelColor(QPoint(x, y)) != ground)


def page_ids(program: Program) -> list[int]:
    return ids(program.window.page.model)


def wait_for(qtbot: QtBot, program: Program, *states: State) -> FolderRow:
    """Wait until the files of the only folder are in these states, each in some number of them."""
    listing = program.window.page.listing

    def there() -> bool:
        found = listing.row(-1)
        return isinstance(found, FolderRow) and set(found.states) == set(states)

    qtbot.waitUntil(there)
    return row(program.window.page.model, -1)


def test_a_folder_is_sent_paused_and_cancelled_as_one_and_is_one_after_a_restart(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    for name in ("a.bin", "sub/b.bin", "sub/c.bin"):
        make_file(tmp_path / "from" / "trip" / name, 300 * MIB)
    program = open_program(tmp_path / "from" / "trip", make_file(tmp_path / "alone.bin", 2000))
    page = program.window.page
    qtbot.waitUntil(lambda: page_ids(program) == [-1, 4])
    qtbot.waitUntil(lambda: page.model.totals.stored_bytes > 0)
    page.view.selectRow(0)
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    paused = wait_for(qtbot, program, State.PAUSED)
    assert paused.stored_bytes > 0
    qtbot.waitUntil(lambda: page.listing.transfer(4).state is State.STORED)  # type: ignore[union-attr]
    close(program)
    again = open_program()
    qtbot.waitUntil(lambda: page_ids(again) == [-1, 4])
    assert wait_for(qtbot, again, State.PAUSED).path == tmp_path / "from" / "trip"
    page = again.window.page
    page.view.selectRow(0)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    agree(again)
    wait_for(qtbot, again, State.CANCELLED)
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    wait_for(qtbot, again, State.STORED)
    assert sorted(path.name for path in (places.received / "trip").rglob("*.bin")) == [
        "a.bin",
        "b.bin",
        "c.bin",
    ]
    make_file(tmp_path / "from" / "trip" / "d.bin", 1000)
    page.view.selectRow(1)
    again.window.paths_offered.emit((tmp_path / "from" / "trip",))
    qtbot.waitUntil(lambda: page.listing.count_in(-1) == 4)
    wait_for(qtbot, again, State.STORED)
    assert page_ids(again) == [-1, 4]
    assert chosen_ids(page.view) == [-1]
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page_ids(again) == [4])
