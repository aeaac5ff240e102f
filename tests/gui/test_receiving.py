"""The page Receive: the receiver on and off, who sends, what was received, and the link."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QClipboard, QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.gui.buttons import ActionButton
from desktop.gui.destination_bar import LinkState
from desktop.gui.header import Page
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.gui.words import QtWords
from desktop.invitation import GUESTS, Invitation
from desktop.paths import Places
from desktop.receiver_trouble import TroubleKind
from desktop.servers import link_of, parse_server
from desktop.settings import Settings
from desktop.transfer.api import Api
from desktop.transfer.errors import TransferError
from desktop.transfer.events import ProblemKind, State
from tests.gui.conftest import (
    OpenProgram,
    close,
    digest,
    make_file,
    row,
    wait_for_moving,
    wait_for_receiver,
    wait_for_states,
)
from tests.receiver_process import ROOT, free_port

SENT_WITHIN_S = 60


@pytest.fixture
def shared_port(places: Places) -> int:
    """A port for others that nobody else uses."""
    places.make_folders()
    settings, port = Settings(places.settings), free_port()
    settings.set_port(port)
    settings.save()
    return port


def invite(qtbot: QtBot, program: Program) -> Invitation:
    """Turn the switch on as a user does, and wait for the link."""
    program.window.header.turn_to(Page.RECEIVE)
    program.window.receive.sharing.switch.click()
    return invitation_of(qtbot, program)


def invitation_of(qtbot: QtBot, program: Program) -> Invitation:
    sharing = program.receiving.sharing
    qtbot.waitUntil(lambda: sharing.invitation is not None)
    assert sharing.invitation is not None
    return sharing.invitation


def here(link: str) -> str:
    """Return the link as somebody on this machine can follow it, whatever networks there are."""
    parts = urlsplit(link)
    return parts._replace(netloc=f"127.0.0.1:{parts.port}").geturl()


def send(link: str, *files: Path, home: Path) -> list[dict[str, object]]:
    """`wherry send` in a process of its own; returns what it told of each file."""
    command = [sys.executable, "-m", "desktop", "send", "--json", "--to", link, *map(str, files)]
    environment = {"HOME": str(home), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, timeout=SENT_WITHIN_S
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def names(program: Program) -> list[str]:
    model = program.window.receive.received.model
    return [model.receipt_at(row).stored_name for row in range(model.rowCount())]


def test_others_send_by_the_link(
    qtbot: QtBot, open_program: OpenProgram, places: Places, shared_port: int, tmp_path: Path
) -> None:
    """TLS and the pin are real; what arrives is shown with who sent it."""
    program = open_program()
    invitation = invite(qtbot, program)
    link = urlsplit(invitation.link)
    values = parse_qs(link.query)
    assert values["pin"] == [invitation.fingerprint]
    assert link.port == shared_port
    file = make_file(tmp_path / "from" / "holiday.mov", 9_000_000)
    send(here(invitation.link), file, home=tmp_path)
    assert digest(places.received / "holiday.mov") == digest(file)
    page = program.window.receive
    qtbot.waitUntil(lambda: names(program) == ["holiday.mov"])
    assert page.received.model.receipt_at(0).sender == GUESTS
    assert "free" in page.receiver.free.text()


def test_a_link_with_another_pin_is_refused(
    qtbot: QtBot, open_program: OpenProgram, shared_port: int
) -> None:
    program = open_program()
    server = parse_server(here(invite(qtbot, program).link), "")
    wrong = parse_server(link_of(server).replace(server.pin, "ab" * 32), "")
    with Api(server) as api:
        assert api.status().service == "wherry"
    with Api(wrong) as api, pytest.raises(TransferError) as refused:
        api.status()
    assert refused.value.problem.kind is ProblemKind.CERTIFICATE
    assert str(shared_port) in server.url


def test_the_link_lasts_until_a_new_one_is_asked_for(
    qtbot: QtBot, open_program: OpenProgram, shared_port: int, clipboard: QClipboard
) -> None:
    first = open_program()
    before = invite(qtbot, first)
    first.window.receive.sharing.copy.click()
    assert clipboard.text() == before.link
    close(first)
    program = open_program()
    assert invitation_of(qtbot, program) == before
    card = program.window.receive.sharing
    assert card.switch.isChecked()
    card.renew.click()
    dialog = program.window.findChild(QDialog)
    assert dialog is not None
    dialog.accept()
    sharing = program.receiving.sharing
    qtbot.waitUntil(lambda: sharing.invitation != before)
    with Api(parse_server(here(before.link), "")) as api, pytest.raises(TransferError) as refused:
        api.status()
    assert refused.value.problem.kind is ProblemKind.KEY_WRONG


def test_uploads_go_on_while_the_receiver_is_opened_to_others(
    qtbot: QtBot, open_program: OpenProgram, places: Places, shared_port: int, tmp_path: Path
) -> None:
    """It starts anew on another port, with TLS, and back; nothing is sent twice from its start."""
    file = make_file(tmp_path / "from" / "a.bin", 700_000_000)
    program = open_program(file)
    wait_for_moving(qtbot, program)
    first = program.receiver.pid
    invite(qtbot, program)
    assert program.receiver.pid != first
    wait_for_moving(qtbot, program)
    told = row(program)
    assert told.resumed_from_bytes
    second = program.receiver.pid
    program.window.receive.sharing.switch.click()
    qtbot.waitUntil(
        lambda: program.receiver.is_ready and program.receiver.pid != second,
    )
    assert program.receiving.sharing.invitation is None
    wait_for_states(qtbot, program, State.STORED)
    stored = places.received / "a.bin"
    assert stored.stat().st_size == file.stat().st_size
    program.bridge.remove([told.id])
    assert digest(stored) == digest(file)


def test_turned_off_it_takes_nothing_and_stays_off(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    program = open_program()
    wait_for_receiver(qtbot, program)
    program.window.header.turn_to(Page.RECEIVE)
    program.window.receive.receiver.switch.click()
    qtbot.waitUntil(lambda: program.receiver.pid is None)
    program.bridge.add([make_file(tmp_path / "from" / "a.bin", 5000)])
    wait_for_states(qtbot, program, State.WAITING)
    close(program)
    again = open_program()
    qtbot.waitUntil(lambda: again.window.page.model.rowCount() == 1)
    assert again.receiver.pid is None
    assert again.window.header.page is Page.RECEIVE
    card = again.window.receive.receiver
    assert not card.switch.isChecked()
    assert "Turned off" in card.line.words.text()
    assert not again.window.receive.sharing.isEnabled()
    card.switch.click()
    wait_for_states(qtbot, again, State.STORED)
    assert (places.received / "a.bin").exists()


def test_a_port_in_use_is_told_and_another_one_helps(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from socket import create_server

    with create_server(("", 0)) as other:
        taken = other.getsockname()[1]
        places.make_folders()
        settings = Settings(places.settings)
        settings.set_port(taken)
        settings.save()
        program = open_program()
        wait_for_receiver(qtbot, program)
        told: list[object] = []
        program.receiver.troubled.connect(lambda trouble: told.append(trouble.kind))
        links: list[tuple[LinkState, str]] = []
        program.connection.own_changed.connect(lambda link: links.append((link.state, link.words)))
        program.window.header.turn_to(Page.RECEIVE)
        card = program.window.receive.sharing
        card.switch.click()
        qtbot.waitUntil(lambda: bool(told))
        assert told[0] is TroubleKind.PORT_IN_USE
        notice = program.window.receive.trouble
        assert notice.isVisible()
        assert any(str(taken) in words for state, words in links if state is LinkState.BROKEN)
        assert card.port.isVisible()
        assert str(taken) in card.told.text()
        elsewhere = tmp_path / "elsewhere"
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
        program.window.receive.receiver.change_folder.trigger()
        told_folder = f"Files will be stored in {QtWords().place(elsewhere)}."
        qtbot.waitUntil(lambda: told_folder in links[-1][1])
        offered = next(one for one in notice.findChildren(ActionButton) if "port" in one.text())
        offered.click()
        invitation = invitation_of(qtbot, program)
        assert urlsplit(invitation.link).port == card.port.value() != taken
        assert str(card.port.value()) in offered.text()
        assert notice.isHidden()


def test_what_was_received_can_be_opened_and_has_a_receipt(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    clipboard: QClipboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [make_file(tmp_path / "from" / name, 70_000) for name in ("a.bin", "setup.exe")]
    program = open_program(*files)
    wait_for_states(qtbot, program, State.STORED, State.STORED)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    program.window.header.turn_to(Page.RECEIVE)
    card = program.window.receive.received
    qtbot.waitUntil(lambda: card.model.rowCount() == 2)
    select(program, "a.bin")
    card.receipt.trigger()
    dialog = program.window.findChild(ReceiptDialog)
    assert isinstance(dialog, ReceiptDialog)
    qtbot.waitUntil(lambda: digest(files[0]) in dialog.text.toPlainText())
    dialog.copy.click()
    assert clipboard.text() == dialog.text.toPlainText()
    saved = tmp_path / "receipt.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    dialog.save.click()
    assert saved.read_text("utf-8") == dialog.text.toPlainText()
    dialog.accept()
    card.open_.trigger()
    assert opened == [str(places.received / "a.bin")]
    (places.received / "a.bin").unlink()
    card.open_.trigger()
    assert "no longer there" in card.said.text()
    assert len(opened) == 1
    select(program, "setup.exe")
    card.open_.trigger()
    qtbot.waitUntil(lambda: len(opened) == 2)
    assert opened[1] == str(places.received), "a program that somebody sent is not run"


def select(program: Program, name: str) -> None:
    card = program.window.receive.received
    card.table.setCurrentIndex(card.model.index(names(program).index(name), 0))


def test_who_sends_is_shown_while_it_comes(
    qtbot: QtBot, open_program: OpenProgram, shared_port: int, tmp_path: Path
) -> None:
    program = open_program()
    link = here(invite(qtbot, program).link)
    file = make_file(tmp_path / "from" / "large.bin", 4_000_000_000)
    command = [sys.executable, "-m", "desktop", "send", "--quiet", "--to", link]
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    sender = subprocess.Popen([*command, str(file)], cwd=tmp_path, env=environment)
    try:
        counts: list[int] = []
        program.receiving.arriving.connect(counts.append)
        nobody = program.window.receive.arriving.nobody
        qtbot.waitUntil(lambda: bool(counts) and nobody.isHidden())
        assert counts[-1] == 1
    finally:
        sender.terminate()
        sender.wait(SENT_WITHIN_S)


def test_links_are_read_back_as_they_were_written() -> None:
    link = "wherry://192.168.1.20:5151/?key=a-b_c&pin=" + "0f" * 32 + "&name=Bj%C3%B6rn+%26+Co"
    assert parse_server(link_of(parse_server(link, "")), "") == parse_server(link, "")
    assert QUrl(link).isValid()
