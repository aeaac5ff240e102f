"""A crash at any step, from the creation to the receipt: what was accepted is there again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from blake3 import blake3

from receiver.intake import Checksum
from tests.receiver.faults import DATA, NAME, copy, leftovers, send_on, stored_files
from tests.receiver.in_process import Parts, ScriptedBody
from tests.receiver_process import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are made by fork")
FEWEST_STEPS = 20


def crash(folder: Path, links: str = "links", before: Path | None = None) -> list[Path]:
    """Crash an upload, or a recovery, at each of its steps; returns the folders, in order."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.receiver.faults", links, str(folder)]
    subprocess.run([*command, *([str(before)] if before else [])], cwd=ROOT, check=True)
    return sorted(folder.iterdir(), key=lambda path: int(path.name))


@pytest.fixture(scope="module", params=["links", "no-links", "no-exclusive-renames"])
def crashed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders that a crashed receiver left, one for each step; do not change them."""
    folders = crash(tmp_path_factory.mktemp("crashed"), request.param)
    assert len(folders) > FEWEST_STEPS
    return folders


@pytest.fixture
def folders(crashed: list[Path], tmp_path: Path) -> Iterator[Path]:
    """A copy of each, one after the other, to be changed."""
    return (copy(one, tmp_path / one.name) for one in crashed)


def go_on(folder: Path) -> bool:
    """Start anew in a folder and send the rest; False when the upload had not been accepted."""
    with Parts(folder) as parts:
        for upload in parts.recover():
            view = parts.view(upload)
            assert view.offset == parts.offset_on_disk(upload)
            partial = parts.bytes_on_disk(upload)
            assert partial[: view.offset] == DATA[: view.offset]
            assert parts.promised_bytes == len(DATA) - view.offset
            parts.catch_up(upload)
            send_on(parts, upload)
        assert parts.promised_bytes == 0
        receipts = parts.history.page(10, None, None)
        assert [one.blake3 for one in receipts] in ([], [blake3(DATA).digest()])
        assert leftovers(folder) == []
        return bool(receipts)


def test_after_a_crash_at_any_step_the_upload_goes_on(
    request: pytest.FixtureRequest, folders: Iterator[Path]
) -> None:
    """Exactly one stored file, whole; no part and no promise left; the receipt is there.

    Where there are neither hard links nor renames that do not replace, a name cannot be taken in
    one step: between two of them a crash leaves an empty file beside the whole one.
    """
    accepted, with_stump = 0, 0
    for folder in folders:
        if go_on(folder):
            stump = stored_files(folder) == {NAME: b"", "folder/file (1).bin": DATA}
            assert stump or stored_files(folder) == {NAME: DATA}, folder.name
            accepted += 1
            with_stump += stump
        else:
            assert stored_files(folder) == {}
            assert not accepted, "an upload that had been accepted is lost"
    assert accepted > FEWEST_STEPS
    assert with_stump == (request.node.callspec.params["crashed"] == "no-exclusive-renames")


def test_an_empty_append_may_come_before_the_rest_is_mended(folders: Iterator[Path]) -> None:
    """Its sender is back at once, and asks with a checksum of nothing whether all is there."""
    nothing = Checksum("blake3", blake3().digest())
    for folder in folders:
        with Parts(folder) as parts:
            for upload in parts.recover():
                parts.append(upload, parts.view(upload).offset, ScriptedBody([], 0), nothing)
        if go_on(folder):
            assert DATA in stored_files(folder).values(), folder.name


def test_a_name_that_was_taken_meanwhile_is_left_to_its_owner(folders: Iterator[Path]) -> None:
    """Somebody puts a file of that name there between the crash and the next start."""
    for folder in folders:
        if stored_files(folder):
            continue
        (folder / NAME).parent.mkdir(exist_ok=True)
        (folder / NAME).write_bytes(b"another's")
        expected = {NAME: b"another's"}
        if go_on(folder):
            expected["folder/file (1).bin"] = DATA
        assert stored_files(folder) == expected, folder.name


def test_a_crash_at_any_step_of_the_recovery_does_no_harm(
    crashed: list[Path], tmp_path: Path
) -> None:
    """The second crash comes while the first is being mended, where the name was taken last."""
    for before in crashed[-6:-1]:
        for folder in crash(tmp_path / before.name, before=before):
            assert go_on(folder)
            assert stored_files(folder) == {NAME: DATA}, f"{before.name}, then {folder.name}"
