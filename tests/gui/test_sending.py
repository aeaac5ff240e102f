"""The real window with its real receiver: what goes in is stored, whatever the way in."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.row_actions import RowAction
from desktop.gui.row_layout import RowLayout
from desktop.local_receiver import BEHIND
from desktop.paths import Places
from desktop.transfer.api import Server
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    agree,
    close,
    digest,
    make_file,
    press,
    row,
    wait_for_moving,
    wait_for_receiver,
    wait_for_states,
)
from tests.gui.gestures import drag_over, drop, let_go, urls
from tests.receiver_process import ReceiverProcess

MIB = 1 << 20
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = 512 * MIB


def test_a_dropped_file_is_stored(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "wedding & 会議.mov", 40 * MIB)
    program = open_program()
    drop(program.window, file)
    wait_for_states(qtbot, program, State.STORED)
    assert digest(places.received / file.name) == digest(file)
    told = program.window.page.model.words.state(row(program))
    assert told == "Stored"
    assert program.window.page.summary.line.text().startswith("1 of 1 file, 42 of 42 MB")


def test_a_dropped_folder_is_stored_with_its_folders(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    folder = tmp_path / "from" / "holiday"
    files = [make_file(folder / "day 1" / f"{n}.jpg", 3000 + n) for n in range(3)]
    program = open_program()
    drop(program.window, folder)
    wait_for_states(qtbot, program, *[State.STORED] * 3)
    for file in files:
        stored = places.received / "holiday" / "day 1" / file.name
        assert digest(stored) == digest(file)


def test_while_something_is_held_over_it_the_window_says_so(open_program: OpenProgram) -> None:
    window = open_program().window
    assert window.cover.isHidden()
    assert drag_over(window, urls([Path("/tmp/x")]))
    assert not window.cover.isHidden()
    let_go(window, QMimeData())
    assert window.cover.isHidden()


def test_the_first_picture_comes_before_the_receiver_is_ready(
    qtbot: QtBot, open_program: OpenProgram
) -> None:
    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            self.painted = self.painted or event.type() is QEvent.Type.Paint
            return super().eventFilter(watched, event)

    watch = Watch()
    program = open_program()
    program.window.installEventFilter(watch)
    receiver = program.receiver
    qtbot.waitUntil(lambda: watch.painted)
    assert not receiver.is_ready
    assert program.window.page.destination.link.text() == "Starting…"
    wait_for_receiver(qtbot, program)


@pytest.mark.parametrize("as_text", [False, True], ids=["files", "text"])
def test_what_is_pasted_is_stored(
    qtbot: QtBot,
    open_program: OpenProgram,
    clipboard: QClipboard,
    places: Places,
    tmp_path: Path,
    as_text: bool,
) -> None:
    file = make_file(tmp_path / "from" / "a b.txt", 2000)
    program = open_program()
    mime = QMimeData()
    mime.setText(f"\n{file}\nnot a path\n")
    clipboard.setMimeData(mime if as_text else urls([file]))
    press(qtbot, program, Qt.Key.Key_V, CONTROL)
    wait_for_states(qtbot, program, State.STORED)
    assert digest(places.received / file.name) == digest(file)


def test_arguments_are_stored(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    files = [make_file(tmp_path / "from" / name, 5000) for name in ("one", "two")]
    program = open_program(*files)
    wait_for_states(qtbot, program, State.STORED, State.STORED)
    assert {digest(places.received / one.name) for one in files} == {digest(one) for one in files}


def test_the_buttons_add_files_and_a_folder(
    qtbot: QtBot,
    open_program: OpenProgram,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = make_file(tmp_path / "from" / "one.txt", 100)
    folder = make_file(tmp_path / "folder" / "two.txt", 200).parent
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    program = open_program()
    QTest.mouseClick(program.window.page.empty.first, Qt.MouseButton.LeftButton)
    wait_for_states(qtbot, program, State.STORED)
    press(qtbot, program, Qt.Key.Key_O, CONTROL, Qt.KeyboardModifier.ShiftModifier)
    wait_for_states(qtbot, program, State.STORED, State.STORED)
    found = program.window.page.model.at(1)
    assert found is not None and found.path == folder
    assert program.window.page.listing.transfers()[1].name == "folder/two.txt"


def test_what_cannot_be_sent_is_named_until_it_is_dismissed(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program()
    notice = program.window.page.refused
    drop(program.window, tmp_path / "vanished.bin")
    qtbot.waitUntil(notice.isVisible)
    assert "vanished.bin" in notice.text.text()
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/film.mp4")])
    assert drag_over(program.window, mime)
    let_go(program.window, mime)
    assert notice.headline.text().startswith("2 things")
    assert "film.mp4" in notice.text.text()
    notice.dismiss.click()
    assert notice.isHidden()


def test_a_killed_receiver_is_started_again_and_the_upload_goes_on(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "big.bin", LONG)
    program = open_program(file)
    wait_for_moving(qtbot, program)
    receiver = program.receiver
    first = receiver.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: not receiver.is_ready)
    assert "started again" in program.window.page.destination.link.text()
    wait_for_states(qtbot, program, State.STORED)
    assert receiver.pid != first
    assert row(program).resumed_from_bytes
    assert digest(places.received / file.name) == digest(file)


def test_a_closed_window_goes_on_the_next_time(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "big.bin", LONG)
    first = open_program(file)
    wait_for_moving(qtbot, first)
    first.window.resize(777, 555)
    close(first)
    second = open_program()
    assert second.window.size().width() == 777
    wait_for_states(qtbot, second, State.STORED)
    assert row(second).resumed_from_bytes
    assert digest(places.received / file.name) == digest(file)


def test_keys_pause_go_on_cancel_and_try_again(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "big.bin", LONG)
    program = open_program(file)
    view = program.window.page.view
    wait_for_moving(qtbot, program)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Space)
    wait_for_states(qtbot, program, State.PAUSED)
    QTest.keyClick(view, Qt.Key.Key_Space)
    wait_for_moving(qtbot, program)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    agree(program)
    wait_for_states(qtbot, program, State.CANCELLED)
    assert not (places.received / file.name).exists()
    QTest.keyClick(view, Qt.Key.Key_Space)
    wait_for_states(qtbot, program, State.STORED)
    assert digest(places.received / file.name) == digest(file)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    wait_for_states(qtbot, program)
    assert program.window.page.empty.isVisible()


def click(qtbot: QtBot, program: Program, action: RowAction, count: int, number: int) -> None:
    view = program.window.page.view
    index = program.window.page.model.index(0)
    layout = RowLayout.of(view.visualRect(index), view.font(), view.layoutDirection())
    place: QPoint = layout.button(number, count).center()
    assert view.action_at(place) == (0, action)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )


def test_the_buttons_of_a_row_pause_go_on_and_cancel(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program(make_file(tmp_path / "from" / "big.bin", LONG))
    wait_for_moving(qtbot, program)
    click(qtbot, program, RowAction.PAUSE, 2, 0)
    wait_for_states(qtbot, program, State.PAUSED)
    click(qtbot, program, RowAction.GO_ON, 2, 0)
    wait_for_moving(qtbot, program)
    click(qtbot, program, RowAction.CANCEL, 2, 1)
    agree(program)
    wait_for_states(qtbot, program, State.CANCELLED)


def test_all_are_paused_go_on_and_are_cleared(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    files = [make_file(tmp_path / "from" / f"{n}.bin", LONG // 2) for n in range(3)]
    program = open_program(*files)
    wait_for_moving(qtbot, program)
    press(qtbot, program, Qt.Key.Key_P, CONTROL)
    wait_for_states(qtbot, program, *[State.PAUSED] * 3)
    press(qtbot, program, Qt.Key.Key_G, CONTROL)
    wait_for_states(qtbot, program, *[State.STORED] * 3)
    press(qtbot, program, Qt.Key.Key_L, CONTROL)
    wait_for_states(qtbot, program)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no nice values")
def test_the_window_goes_before_its_receiver(open_program: OpenProgram, qtbot: QtBot) -> None:
    program = open_program()
    qtbot.waitUntil(lambda: program.receiver.is_ready)
    receiver = psutil.Process(program.receiver.pid)
    assert receiver.name().startswith("python")
    assert receiver.nice() == min(19, psutil.Process().nice() + BEHIND)


def test_another_server_gets_the_files(
    qtbot: QtBot,
    open_program: OpenProgram,
    start_receiver: Callable[..., ReceiverProcess],
    tmp_path: Path,
) -> None:
    far = start_receiver()
    file = make_file(tmp_path / "from" / "report.pdf", 3 * MIB)
    program = open_program(file, to=Server("far", far.url, far.key, "office-server"))
    assert program.receiver.pid is None
    wait_for_states(qtbot, program, State.STORED)
    assert digest(far.stored()["report.pdf"]) == digest(file)
    link = program.window.page.destination.link
    qtbot.waitUntil(lambda: link.text() == "Connected")
    far.kill()
    qtbot.waitUntil(lambda: "Not reachable" in link.text())
    assert "trying again" in link.text()
