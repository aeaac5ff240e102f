"""The built-in receiver cannot start, is in the way, or is to work elsewhere."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.gui.destination_bar import LinkState
from desktop.gui.details_dialog import DetailsDialog
from desktop.paths import Places
from desktop.receiver_trouble import Trouble, TroubleKind, trouble_of
from desktop.transfer.events import State
from tests.gui.conftest import (
    OpenProgram,
    make_file,
    wait_for_receiver,
    wait_for_states,
)
from tests.receiver_process import ROOT, ReceiverProcess


def test_a_folder_that_is_a_file_is_told_and_another_one_helps(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    places.received.write_text("a file")
    file = make_file(tmp_path / "from" / "a.bin", 5000)
    program = open_program(file)
    notice = program.window.page.trouble
    qtbot.waitUntil(notice.isVisible)
    assert str(places.received) in notice.headline.text()
    assert "Choose another" in notice.text.text()
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    program.window.page.actions_.change_folder.trigger()
    wait_for_states(qtbot, program, State.STORED)
    assert notice.isHidden()
    assert (elsewhere / "a.bin").exists()
    assert str(elsewhere) in program.window.page.destination.link.text()


def test_a_folder_in_use_is_told_and_solves_itself(
    qtbot: QtBot,
    open_program: OpenProgram,
    start_receiver: Callable[..., ReceiverProcess],
    places: Places,
) -> None:
    other = start_receiver(data=places.received)
    program = open_program()
    notice = program.window.page.trouble
    qtbot.waitUntil(notice.isVisible)
    assert "Another receiver is already using this folder" in notice.text.text()
    program.window.page.actions_.trouble_details.trigger()
    dialog = program.window.findChild(QDialog)
    assert isinstance(dialog, DetailsDialog)
    assert str(places.received) in dialog.details.toPlainText()
    dialog.accept()
    other.stop()
    wait_for_receiver(qtbot, program)
    assert notice.isHidden()


def test_the_folder_changes_while_files_are_sent(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = open_program()
    wait_for_receiver(qtbot, program)
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    told: list[LinkState] = []
    program.connection.changed.connect(lambda link: told.append(link.state))
    program.window.page.actions_.change_folder.trigger()
    program.bridge.add([make_file(tmp_path / "from" / "a.bin", 5000)])
    wait_for_states(qtbot, program, State.STORED)
    assert (elsewhere / "a.bin").exists()
    assert LinkState.BROKEN not in told


NOBODY = 65534


@pytest.fixture
def not_root() -> Iterator[None]:
    """Let root, who may write anywhere, be somebody else for a moment."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(was)


@pytest.mark.usefixtures("not_root")
@pytest.mark.parametrize("below", ["", "new/folder"])
def test_a_folder_that_must_not_be_written_to(below: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "closed"
        folder.mkdir(mode=0o500)
        assert trouble_of(folder / below, "").kind is TroubleKind.NOT_WRITABLE


def test_a_fine_folder_leaves_the_cause_open(tmp_path: Path) -> None:
    told = trouble_of(tmp_path / "not" / "there yet", "its last words")
    assert told == Trouble(TroubleKind.UNKNOWN, tmp_path / "not" / "there yet", "its last words")


def test_the_receiver_of_a_killed_window_is_ended(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    window = start_window(places)
    qtbot.waitUntil(places.receiver_record.exists)
    (receiver,) = psutil.Process(window.pid).children()
    window.send_signal(signal.SIGKILL)
    window.wait()
    assert receiver.is_running()
    program = open_program(make_file(tmp_path / "from" / "a.txt", 10))
    wait_for_states(qtbot, program, State.STORED)
    assert not receiver.is_running() or receiver.status() == psutil.STATUS_ZOMBIE


def start_window(places: Places) -> subprocess.Popen[bytes]:
    """Start the window in a process of its own, on the same places."""
    fields = dataclasses.asdict(places)
    where = ", ".join(f"{name}=Path({str(path)!r})" for name, path in fields.items())
    code = (
        "from pathlib import Path; from desktop import app; from desktop.paths import Places; "
        f"app.places_of_user = lambda: Places({where}); app.run([], None)"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
