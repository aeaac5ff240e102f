"""A damaged list, a full or write-protected disk of the sender: told, and files are sent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.paths import Places
from desktop.transfer.events import State
from tests.gui.conftest import OpenProgram, digest, make_file, wait_for_states


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system on which nothing fits any more."""
    if sys.platform != "linux":
        pytest.skip("small file systems are made by tmpfs, which only Linux has")
    point = tmp_path / "full"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(point)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    with pytest.raises(OSError, match="No space"):
        (point / "filler").write_bytes(bytes(128 * 1024))
    yield point
    subprocess.run(["umount", "--lazy", str(point)], check=True)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[: len(content) // 2], id="cut short"),
        pytest.param(lambda content: b"garbage" * 1000, id="garbage"),
        pytest.param(lambda content: content[:200] + bytes(8000) + content[8200:], id="a hole"),
    ],
)
def test_a_damaged_list_is_put_aside_and_told(
    qtbot: QtBot,
    open_program: OpenProgram,
    places: Places,
    tmp_path: Path,
    damage: Callable[[bytes], bytes],
) -> None:
    file = make_file(tmp_path / "from" / "a.bin", 50_000)
    first = open_program(file)
    wait_for_states(qtbot, first, State.STORED)
    first.window.close()
    first.stop()
    places.ledger.write_bytes(damage(places.ledger.read_bytes()))
    again = open_program(file)
    notice = again.window.page.unkept
    assert notice.isVisible()
    assert "damaged" in notice.headline.text()
    assert "transfers.sqlite3.damaged-1" in notice.text.text()
    wait_for_states(qtbot, again, State.STORED)


def test_an_empty_file_is_an_empty_list(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path
) -> None:
    places.make_folders()
    places.ledger.touch()
    program = open_program(make_file(tmp_path / "from" / "a.bin", 50_000))
    wait_for_states(qtbot, program, State.STORED)
    assert not program.window.page.unkept.isVisible()


def test_with_a_full_disk_files_are_sent_and_the_list_is_said_not_to_be_kept(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path, full_disk: Path
) -> None:
    """Nothing of the program's own can be written: list, settings, record of the receiver."""
    own = ("settings", "ledger", "log", "receiver_record", "servers", "server_keys")
    for name in own:
        object.__setattr__(places, name, full_disk / name / getattr(places, name).name)
    file = make_file(tmp_path / "from" / "a.bin", 3_000_000)
    program = open_program(file)
    notice = program.window.page.unkept
    assert notice.isVisible()
    assert "cannot be kept" in notice.headline.text()
    wait_for_states(qtbot, program, State.STORED)
    assert digest(places.received / "a.bin") == digest(file)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 5000, b"[window", b"[a]\nlanguage=\xff"])
def test_damaged_settings_are_as_none(
    qtbot: QtBot, open_program: OpenProgram, places: Places, tmp_path: Path, content: bytes
) -> None:
    places.make_folders()
    places.settings.write_bytes(content)
    program = open_program(make_file(tmp_path / "from" / "a.bin", 50_000))
    wait_for_states(qtbot, program, State.STORED)
