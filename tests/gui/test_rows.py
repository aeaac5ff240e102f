"""What is asked for with rows: receipts, the question before cancelling, the file's place."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.questions import Question
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.gui.row_actions import RowAction
from desktop.paths import Places
from desktop.receipts import receipt_of
from desktop.transfer.api import Api
from desktop.transfer.events import State
from tests.gui.assistive import session_bus
from tests.gui.conftest import (
    OpenProgram,
    agree,
    digest,
    make_file,
    row,
    wait_for_moving,
    wait_for_states,
)
from tests.receiver_process import ROOT

MIB = 1 << 20


def ask(program: Program, action: RowAction, *ids: int) -> None:
    program.window.page.requested.emit(action, ids)


def receipt_dialog(qtbot: QtBot, program: Program) -> ReceiptDialog:
    """Wait for the dialog, with the second digest in it."""

    def shown() -> bool:
        found = program.window.findChildren(ReceiptDialog)
        return len(found) == 1 and found[0].receipt.sha256 is not None

    qtbot.waitUntil(shown)
    return program.window.findChildren(ReceiptDialog)[0]


def test_a_stored_file_has_a_receipt_to_copy_and_to_save(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    clipboard: QClipboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = make_file(tmp_path / "from" / "wedding.mov", 3 * MIB)
    program = open_program(file)
    wait_for_states(qtbot, program, State.STORED)
    ask(program, RowAction.RECEIPT, row(program).id)
    dialog = receipt_dialog(qtbot, program)
    text = dialog.text.toPlainText()
    assert digest(file) in text
    assert str(places.received / file.name) in text
    QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert clipboard.text() == text
    saved = tmp_path / "receipt.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert saved.read_text("utf-8") == text
    dialog.close()


def test_a_file_that_was_stored_before_is_found_by_its_name(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "from" / "film.mov", 3 * MIB)
    program = open_program(file)
    wait_for_states(qtbot, program, State.STORED)
    first = row(program)
    program.bridge.add([file])
    wait_for_states(qtbot, program, State.STORED, State.STORED)
    again = row(program, 1)
    assert again.already_stored
    server = program.destinations._local
    assert server is not None
    with Api(server) as api:
        found = receipt_of(again, api)
        assert found is not None
        assert found.id == first.upload_id
        assert receipt_of(again._replace(stored_name="other.mov", upload_id=None), api) is None


def test_a_receipt_that_cannot_be_had_is_said(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program(make_file(tmp_path / "a.bin", 1000))
    wait_for_states(qtbot, program, State.STORED)
    program.receiver.stop()
    ask(program, RowAction.RECEIPT, row(program).id)
    dialogs = partial(program.window.findChildren, DetailsDialog)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "unreachable" in dialogs()[0].details.toPlainText()
    dialogs()[0].close()


def test_before_something_is_lost_the_window_asks(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    """What has not begun is cancelled without a question."""
    files = [make_file(tmp_path / "from" / f"{n}.bin", 600 * MIB) for n in range(3)]
    program = open_program(*files)
    wait_for_moving(qtbot, program)
    program.bridge.pause([1, 2, 3])
    wait_for_states(qtbot, program, *[State.PAUSED] * 3)
    begun = [one for one in program.window.page.listing.transfers() if one.stored_bytes]
    ask(program, RowAction.CANCEL, 1, 2, 3)
    question = the_question(program)
    told = "upload of" if len(begun) == 1 else f"{len(begun)} uploads"
    assert told in question.windowTitle() + " ".join(words_of(question))
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert State.CANCELLED not in program.window.page.model.totals.states
    ask(program, RowAction.CANCEL, 1, 2, 3)
    agree(program)
    wait_for_states(qtbot, program, *[State.CANCELLED] * 3)


def the_question(program: Program) -> Question:
    shown = [one for one in program.window.findChildren(Question) if one.isVisible()]
    assert len(shown) == 1
    return shown[0]


def words_of(question: Question) -> list[str]:
    return [label.text() for label in question.findChildren(QLabel)]


FILE_MANAGER = """
import sys
from jeepney import MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
with open_dbus_connection() as bus:
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.FileManager1"))
    print("ready", flush=True)
    while True:
        asked = bus.receive()
        if asked.header.message_type is MessageType.method_call:
            print(*asked.body[0], flush=True)
            bus.send(new_method_return(asked))
            break
"""


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is how Linux asks its file manager")
def test_the_file_manager_is_asked_to_select_the_file(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = open_program(make_file(tmp_path / "from" / "wedding & 会議.mov", 1000))
    wait_for_states(qtbot, program, State.STORED)
    with session_bus({}) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        manager = subprocess.Popen(
            [sys.executable, "-c", FILE_MANAGER], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert manager.stdout is not None
        assert manager.stdout.readline() == "ready\n"
        ask(program, RowAction.SHOW, row(program).id)
        shown, _ = manager.communicate(timeout=30)
    assert shown.strip() == (places.received / "wedding & 会議.mov").as_uri()
