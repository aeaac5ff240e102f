"""The way to a server, looked at from the window: what is found, said, copied, and left behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.diagnosis import Check
from desktop.gui.buttons import Button
from desktop.gui.check_row import CheckRow
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.diagnosis_dialog import DiagnosisDialog
from desktop.gui.row_actions import RowAction
from desktop.gui.servers_dialog import ServersDialog
from desktop.gui.words import isolated
from desktop.transfer.api import Server
from desktop.transfer.events import ProblemKind
from tests.gui.conftest import OpenProgram, make_file, row
from tests.gui.gestures import drop
from tests.install.proxies import nginx_with
from tests.receiver_process import ReceiverProcess
from tests.transfer.sender import server_at

MIB = 1 << 20
SHORT_STALL_S = 1.5


@pytest.fixture
def short_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line need not be left silent for as long as people's are."""
    monkeypatch.setattr("desktop.examination.STALL_S", SHORT_STALL_S)


@pytest.fixture
def receiver(start_receiver: Callable[..., ReceiverProcess]) -> ReceiverProcess:
    return start_receiver("--behind-proxy")


@pytest.fixture
def narrow(tmp_path: Path, receiver: ReceiverProcess) -> Iterator[str]:
    """The address of an nginx that takes next to nothing."""
    passed = f"location / {{ proxy_pass {receiver.url}; }}"
    text = f"server {{ listen 80; client_max_body_size 1k; {passed} }}"
    with nginx_with(tmp_path / "nginx", text) as proxy:
        yield proxy.url


def office_at(url: str) -> Server:
    return dataclasses.replace(server_at(url), id=url, name="office")


def open_to(open_program: OpenProgram, url: str) -> Program:
    """Open the window with a server to send to, called "office"."""
    return open_program(to=office_at(url))


def dialog_of(qtbot: QtBot, program: Program) -> DiagnosisDialog:
    def shown() -> list[DiagnosisDialog]:
        return [one for one in program.window.findChildren(DiagnosisDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def wait_for_headline(qtbot: QtBot, dialog: DiagnosisDialog, words: str) -> None:
    def told() -> None:
        assert words in dialog.headline.text()

    qtbot.waitUntil(told)


def told(dialog: DiagnosisDialog, check: Check) -> str:
    return dialog.rows[check].accessibleDescription()


def test_a_saved_server_is_checked_with_keys_alone_and_all_is_well(
    qtbot: QtBot,
    open_program: OpenProgram,
    receiver: ReceiverProcess,
    clipboard: QClipboard,
    short_stall: None,
) -> None:
    program = open_program()
    program.destinations.add(office_at(receiver.url))
    qtbot.waitUntil(lambda: any(one.saved for one in program.destinations.all))
    program.dialogs.on_edit_wanted()
    (servers,) = program.window.findChildren(ServersDialog)
    servers.activateWindow()
    qtbot.waitUntil(servers.isActiveWindow)
    servers.check.setFocus()
    QTest.keyClick(servers.check, Qt.Key.Key_Space)
    dialog = dialog_of(qtbot, program)
    assert dialog.again.text() == "&Stop"
    wait_for_headline(qtbot, dialog, f"All is well on the way to {isolated('office')}.")
    assert told(dialog, Check.SIZES) == "Requests of 67 MB go through."
    dialog.copy.click()
    lines = clipboard.text().splitlines()
    assert sum(line.startswith("✓ ") for line in lines) == len(Check)
    assert receiver.status().uploads == ()
    assert receiver.status().disk.promised_bytes == 0


def test_a_row_that_a_proxy_holds_up_leads_to_the_lines_that_mend_it(
    qtbot: QtBot,
    open_program: OpenProgram,
    narrow: str,
    clipboard: QClipboard,
    tmp_path: Path,
) -> None:
    program = open_to(open_program, narrow)
    drop(program.window, make_file(tmp_path / "from" / "film.mov", 20 * MIB))

    def held_up() -> None:
        assert program.window.page.model.rowCount() == 1
        problem = row(program).problem
        assert problem is not None
        assert problem.kind is ProblemKind.PROXY

    qtbot.waitUntil(held_up)
    program.window.page.view.requested.emit(RowAction.DETAILS, (row(program).id,))
    (details,) = program.window.findChildren(DetailsDialog)
    (check,) = [one for one in details.findChildren(Button) if one.text().startswith("C&heck")]
    check.click()
    dialog = dialog_of(qtbot, program)
    wait_for_headline(qtbot, dialog, "1 thing on the way to")
    sizes = dialog.rows[Check.SIZES]
    assert "nginx/" in told(dialog, Check.SIZES)
    sizes.lines.copy.click()
    assert clipboard.text() == "client_max_body_size 0;\n"
    assert told(dialog, Check.STREAMING) == "Not looked at."
    dialog.copy.click()
    assert "          client_max_body_size 0;\n" in clipboard.text()


def test_who_cannot_be_reached_is_looked_at_from_the_top_of_the_page(
    qtbot: QtBot, open_program: OpenProgram, receiver: ReceiverProcess, short_stall: None
) -> None:
    program = open_to(open_program, receiver.url)
    bar = program.window.page.destination
    qtbot.waitUntil(lambda: bar.link.text() == "Connected")
    assert bar.check.isHidden()
    receiver.kill()
    qtbot.waitUntil(bar.check.isVisible)
    bar.check.click()
    dialog = dialog_of(qtbot, program)
    wait_for_headline(qtbot, dialog, "1 thing on the way to")
    assert "cannot be reached" in told(dialog, Check.REACH)
    receiver.start()
    dialog.again.click()
    wait_for_headline(qtbot, dialog, "All is well on the way to")


@pytest.mark.parametrize("by", ["stopping", "closing"])
def test_what_is_broken_off_leaves_nothing_behind(
    qtbot: QtBot, open_program: OpenProgram, receiver: ReceiverProcess, by: str
) -> None:
    program = open_to(open_program, receiver.url)
    program.dialogs.on_diagnosis_wanted(program.destinations.current.id)
    dialog = dialog_of(qtbot, program)
    reached = "answers, and takes the key"
    qtbot.waitUntil(lambda: reached in told(dialog, Check.REACH))
    if by == "stopping":
        dialog.again.click()
        assert dialog.headline.text() == "Stopped."
        assert told(dialog, Check.REFUSAL) == "Not looked at."
        assert dialog.again.text() == "Check &again"
    else:
        dialog.close_.click()

    def nothing_left() -> bool:
        status = receiver.status()
        return not status.uploads and not status.disk.promised_bytes

    qtbot.waitUntil(nothing_left)


def test_tab_leads_to_each_row_and_a_screen_reader_gets_its_words(
    qtbot: QtBot, open_program: OpenProgram, narrow: str
) -> None:
    program = open_to(open_program, narrow)
    program.dialogs.on_diagnosis_wanted(program.destinations.current.id)
    dialog = dialog_of(qtbot, program)
    wait_for_headline(qtbot, dialog, "1 thing on the way to")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    seen = []
    for _ in range(20):
        here = QApplication.focusWidget()
        assert here is not None
        if isinstance(here, CheckRow):
            speaker = QAccessible.queryAccessibleInterface(here)
            assert speaker is not None
            seen.append(speaker.text(QAccessible.Text.Name))
            assert speaker.text(QAccessible.Text.Description)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert set(seen) == {one.accessibleName() for one in dialog.rows.values()}
