"""Several servers: added by their link, switched between, kept over a restart; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.destination import LOCAL_ID
from desktop.gui.add_server_dialog import AddServerDialog
from desktop.gui.destination_bar import LinkState
from desktop.gui.servers_dialog import ServersDialog
from desktop.gui.words import isolated
from desktop.paths import Places
from desktop.servers import parse_server
from desktop.transfer.events import State
from tests.gui.conftest import (
    MemoryKeyring,
    OpenProgram,
    close,
    digest,
    make_file,
    press,
    row,
    wait_for_moving,
    wait_for_receiver,
    wait_for_states,
)
from tests.gui.gestures import drag_over, drop, let_go
from tests.receiver_process import ReceiverProcess
from tests.transfer.test_servers import link_to

MIB = 1 << 20
LONG = 512 * MIB
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(start_receiver: Callable[..., ReceiverProcess]) -> ReceiverProcess:
    """A receiver somewhere else, with its own certificate."""
    return start_receiver("--host", "0.0.0.0")


def type_keys(qtbot: QtBot, window: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Press keys, each on what has the keyboard then."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, held)


def dialog_of(qtbot: QtBot, program: Program) -> AddServerDialog:
    """Wait for the dialog that adds a server."""
    qtbot.waitUntil(lambda: program.window.findChild(AddServerDialog) is not None)
    dialog = program.window.findChild(AddServerDialog)
    assert isinstance(dialog, AddServerDialog)
    return dialog


def wait_for_words(qtbot: QtBot, dialog: AddServerDialog, words: str) -> None:
    def told() -> bool:
        return words in dialog.verdict.headline.text()

    qtbot.waitUntil(told)


def add(qtbot: QtBot, program: Program, link: str, name: str) -> None:
    """Add a server by its link, and wait until it is connected to."""
    program.dialogs.open_with(link)
    dialog = dialog_of(qtbot, program)
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.name.setText(name)
    dialog.save.click()
    wait_for_connection(qtbot, program, name)


def wait_for_connection(qtbot: QtBot, program: Program, name: str) -> None:
    bar = program.window.page.destination

    def connected() -> None:
        assert bar.picker.text() == f"To: {name}"
        assert bar.link.text() == "Connected"

    qtbot.waitUntil(connected)


def pick(qtbot: QtBot, program: Program, heading: str) -> None:
    """Choose a server from the menu with the keyboard."""
    menu = program.window.page.destination.picker.menu_
    press(qtbot, program, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(menu.isVisible)
    for _ in menu.actions():
        active = menu.activeAction()
        if active is not None and active.text() == heading:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(menu.isHidden)


def test_a_server_is_added_with_keys_alone_and_gets_the_files(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    clipboard: QClipboard,
    tmp_path: Path,
) -> None:
    program = open_program()
    pick(qtbot, program, "&Add a server…")
    dialog = dialog_of(qtbot, program)
    assert not dialog.save.isEnabled()
    clipboard.setText(link_to(office))
    type_keys(qtbot, dialog, Qt.Key.Key_V, held=CONTROL)
    wait_for_words(qtbot, dialog, " GB free")
    dialog.name.setFocus()
    type_keys(qtbot, dialog, Qt.Key.Key_A, held=CONTROL)
    QTest.keyClicks(dialog.name, "office-server")
    type_keys(qtbot, dialog, Qt.Key.Key_Return, held=Qt.KeyboardModifier.NoModifier)
    wait_for_connection(qtbot, program, "office-server")
    file = make_file(tmp_path / "from" / "film.mov", 20 * MIB)
    drop(program.window, file)
    wait_for_states(qtbot, program, State.STORED)
    assert digest(office.stored()["film.mov"]) == digest(file)
    assert "office-server" in program.window.page.empty._target.text()


def test_switching_back_and_forth_loses_nothing(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    places: Places,
    tmp_path: Path,
) -> None:
    """What has begun waits where it is, says so, and goes on when its server is chosen again."""
    big = make_file(tmp_path / "from" / "big.bin", LONG)
    program = open_program()
    page = program.window.page
    add(qtbot, program, link_to(office), "office-server")
    pick(qtbot, program, "This computer")
    drop(program.window, big)
    wait_for_moving(qtbot, program)
    program.destinations.choose(f"https://127.0.0.1:{office.port}")
    wait_for_states(qtbot, program, State.WAITING)
    told = page.model.words.state(row(program))
    assert f"until you choose {isolated('this computer')} again" in told
    assert page.waiting.text.text() == f"1 file waits for {isolated('this computer')}"
    small = make_file(tmp_path / "from" / "small.bin", 3 * MIB)
    drop(program.window, small)
    wait_for_states(qtbot, program, State.WAITING, State.STORED)
    assert set(office.stored()) == {"small.bin"}
    page.waiting.switch.click()
    wait_for_states(qtbot, program, State.STORED, State.STORED)
    assert page.waiting.isHidden()
    assert row(program).resumed_from_bytes
    assert digest(places.received / "big.bin") == digest(big)
    assert digest(office.stored()["small.bin"]) == digest(small)
    pick(qtbot, program, "office-server")
    wait_for_connection(qtbot, program, "office-server")


def test_servers_choice_and_waiting_files_are_there_after_a_restart(
    qtbot: QtBot, open_program: OpenProgram, office: ReceiverProcess, tmp_path: Path
) -> None:
    first = open_program()
    add(qtbot, first, link_to(office), "office-server")
    drop(first.window, make_file(tmp_path / "from" / "big.bin", LONG))
    wait_for_moving(qtbot, first)
    close(first)
    second = open_program()
    wait_for_connection(qtbot, second, "office-server")
    wait_for_states(qtbot, second, State.STORED)
    assert row(second).resumed_from_bytes
    assert second.receiver.pid is None
    assert "big.bin" in office.stored()


def test_keys_stand_in_the_keyring_and_nowhere_else(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    places: Places,
    memory_keyring: MemoryKeyring,
) -> None:
    program = open_program()
    link = link_to(office)
    add(qtbot, program, link, "office-server")
    (key,) = parse_qs(urlsplit(link).query)["key"]
    assert memory_keyring.keys == {("wherry", f"https://127.0.0.1:{office.port}"): key}
    assert "office-server" in places.servers.read_text("utf-8")
    close(program)
    for file in places.settings.parents[1].rglob("*"):
        if file.is_file() and office.data not in file.parents:
            assert key.encode() not in file.read_bytes(), file
    assert not places.server_keys.exists()


def test_without_a_keyring_the_key_is_in_a_file_of_the_owner(
    qtbot: QtBot, open_program: OpenProgram, office: ReceiverProcess, places: Places
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    program = open_program(link=link_to(office))
    dialog = dialog_of(qtbot, program)
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.save.click()
    wait_for_words(qtbot, dialog, "Saved")
    assert "only you can read" in dialog.verdict.text.text()
    type_keys(qtbot, dialog, Qt.Key.Key_Escape, held=Qt.KeyboardModifier.NoModifier)
    assert places.server_keys.stat().st_mode & 0o777 == 0o600
    name = program.destinations.current.heading
    close(program)
    wait_for_connection(qtbot, open_program(), name)


def test_what_is_wrong_is_said_in_words(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """Half a link, a wrong key, a changed certificate, nobody there: each before it is saved."""
    program = open_program()
    link = link_to(office)
    program.dialogs.open_with(link[:-90])
    dialog = dialog_of(qtbot, program)
    wait_for_words(qtbot, dialog, "The link is not complete")
    dialog.fill("nas")
    wait_for_words(qtbot, dialog, "This is no address yet")
    dialog.fill(link.replace("key=", "key=x"))
    wait_for_words(qtbot, dialog, "does not accept the key")
    assert not dialog.save.isEnabled()
    pin = parse_server(link, "").pin
    dialog.fill(link.replace(pin, "ab" * 32))
    wait_for_words(qtbot, dialog, "does not prove")
    assert not dialog.save.isEnabled()
    office.stop()
    dialog.fill(link)
    wait_for_words(qtbot, dialog, "cannot be reached")
    assert dialog.save.text() == "&Save all the same"
    dialog.save.click()
    link_label = program.window.page.destination.link
    qtbot.waitUntil(lambda: "Not reachable, trying again" in link_label.text())
    office.start()
    wait_for_connection(qtbot, program, program.destinations.current.heading)


def test_a_certificate_that_changes_later_is_not_waved_through(
    qtbot: QtBot, open_program: OpenProgram, office: ReceiverProcess, tmp_path: Path
) -> None:
    program = open_program()
    add(qtbot, program, link_to(office), "office-server")
    office.stop()
    for name in ("certificate.pem", "certificate-key.pem"):
        (office.data / ".wherry" / name).unlink()
    office.start()
    told = program.window.page.destination.link
    qtbot.waitUntil(lambda: "does not prove" in told.text())
    drop(program.window, make_file(tmp_path / "from" / "a.txt", 10))
    wait_for_states(qtbot, program, State.FAILED)
    assert office.stored() == {}


@pytest.mark.parametrize("way", ["argument", "drop", "paste"])
def test_a_link_opens_the_dialog_filled_in(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    clipboard: QClipboard,
    way: str,
) -> None:
    link = link_to(office)
    program = open_program(link=link if way == "argument" else "")
    mime = QMimeData()
    if way == "drop":
        mime.setUrls([QUrl(link)])
        assert drag_over(program.window, mime)
        assert program.window.cover._text == "Let go to add this server"
        let_go(program.window, mime)
    elif way == "paste":
        clipboard.setText(f" {link}\n")
        press(qtbot, program, Qt.Key.Key_V, CONTROL)
    dialog = dialog_of(qtbot, program)
    assert dialog.place.text() == link
    wait_for_words(qtbot, dialog, " GB free")
    assert program.window.page.refused.isHidden()


def test_saved_servers_are_renamed_and_removed(
    qtbot: QtBot,
    open_program: OpenProgram,
    office: ReceiverProcess,
    memory_keyring: MemoryKeyring,
    tmp_path: Path,
) -> None:
    """A removed one leaves no key; the files that wait for it stay, and say for whom."""
    program = open_program()
    add(qtbot, program, link_to(office), "office-server")
    office.stop()
    drop(program.window, make_file(tmp_path / "from" / "a.bin", 5 * MIB))
    wait_for_states(qtbot, program, State.WAITING_NETWORK)
    pick(qtbot, program, "&Saved servers…")
    dialog = program.window.findChild(ServersDialog)
    assert isinstance(dialog, ServersDialog)
    type_keys(qtbot, dialog, Qt.Key.Key_R, held=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "nas")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    picker = program.window.page.destination.picker
    qtbot.waitUntil(lambda: picker.text() == "To: nas")
    type_keys(qtbot, dialog, Qt.Key.Key_M, held=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.verdict.headline.text() == "1 file waits for it.")
    type_keys(qtbot, dialog, Qt.Key.Key_M, held=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: picker.text() == "To: This computer")
    qtbot.waitUntil(lambda: not memory_keyring.keys)
    dialog.accept()
    waiting = program.window.page.waiting
    address = f"127.0.0.1:{office.port}"
    assert waiting.text.text() == f"1 file waits for {isolated(address)}"
    waiting.switch.click()
    again = dialog_of(qtbot, program)
    assert again.place.text() == f"https://{address}"
    assert again.key.isVisible()


def test_numbers_of_one_server_are_never_shown_as_those_of_another(
    qtbot: QtBot, open_program: OpenProgram, office: ReceiverProcess
) -> None:
    program = open_program()
    panel = program.window.panel
    wait_for_receiver(qtbot, program)
    qtbot.waitUntil(lambda: panel.age_s is not None)
    add(qtbot, program, link_to(office), "office-server")
    office.kill()
    qtbot.waitUntil(lambda: panel.is_old)
    program.destinations.choose(LOCAL_ID)
    qtbot.waitUntil(lambda: not panel.is_old)
    program.destinations.choose(f"https://127.0.0.1:{office.port}")
    assert panel.age.text() == "no numbers yet"
    assert panel.memory._told.text() == "–"
    link = program.window.page.destination.link
    qtbot.waitUntil(lambda: "Not reachable" in link.text())
    assert panel.age.text() == "no numbers yet"
    told: list[LinkState] = []
    program.connection.changed.connect(lambda link: told.append(link.state))
    program.destinations.choose(LOCAL_ID)
    assert told == [LinkState.CONNECTED]
