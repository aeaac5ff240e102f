"""What has been acknowledged is on disk: bytes are synced, and so are the names that lead to them.

A power cut cannot be made here; that each promise is kept by a sync, in the right order, can be
seen. POSIX: a file's bytes are durable after fsync of the file, its name after that of its folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.receiver.faults import DATA, WINDOW, send_on
from tests.receiver.in_process import Parts, ScriptedBody
from tests.receiver.test_failing_disk import window

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the calls differ elsewhere")


@dataclass
class Ledger:
    """The inodes of what was changed and has not been synced since."""

    bytes_at_risk: set[int] = field(default_factory=set)
    names_at_risk: set[int] = field(default_factory=set)
    removals_at_risk: set[int] = field(default_factory=set)
    named_too_early: list[str] = field(default_factory=list)

    def wrote(self, descriptor: int) -> None:
        self.bytes_at_risk.add(os.fstat(descriptor).st_ino)

    def synced(self, descriptor: int) -> None:
        for at_risk in (self.bytes_at_risk, self.names_at_risk, self.removals_at_risk):
            at_risk.discard(os.fstat(descriptor).st_ino)

    def named(self, source: Path, target: Path) -> None:
        if source.stat().st_ino in self.bytes_at_risk:
            self.named_too_early.append(target.name)
        self.names_at_risk.add(target.parent.stat().st_ino)

    def made(self, folder: Path) -> None:
        self.names_at_risk.add(folder.parent.stat().st_ino)

    def removed(self, path: Path) -> None:
        self.removals_at_risk.add(path.parent.stat().st_ino)

    @property
    def at_risk(self) -> tuple[object, ...]:
        """What a power cut could take; removals are left out, they may come back."""
        found = (self.bytes_at_risk, self.names_at_risk, self.named_too_early)
        return tuple(one for one in found if one)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    made = Ledger()

    def note_before(name: str, note: Callable[..., None], arguments: int) -> None:
        original = getattr(os, name)

        def call(*args: Any, **keywords: Any) -> Any:
            note(*args[:arguments])
            return original(*args, **keywords)

        monkeypatch.setattr(os, name, call)

    note_before("write", made.wrote, 1)
    note_before("fsync", made.synced, 1)
    note_before("fdatasync", made.synced, 1)
    note_before("replace", made.named, 2)
    note_before("link", made.named, 2)
    note_before("mkdir", made.made, 1)
    note_before("unlink", made.removed, 1)
    return made


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with Parts(tmp_path / "received") as made:
        yield made


def test_an_accepted_upload_is_on_disk(parts: Parts, ledger: Ledger) -> None:
    parts.create(10)
    assert not ledger.at_risk


@pytest.mark.parametrize("checked", [True, False])
def test_an_acknowledged_window_is_on_disk(parts: Parts, ledger: Ledger, checked: bool) -> None:
    upload = parts.create(len(DATA))
    for step in range(2):
        data, checksum = window(step * WINDOW)
        parts.append(
            upload, step * WINDOW, ScriptedBody([data], len(data)), checksum if checked else None
        )
        assert not ledger.at_risk


def test_what_bounded_checked_windows_is_gone_for_good_before_an_unchecked_one_counts(
    parts: Parts, ledger: Ledger
) -> None:
    """If a power cut brought it back, bytes that were acknowledged would not count any more."""
    upload = parts.create(len(DATA))
    for step in range(2):
        data, checksum = window(step * WINDOW)
        body = ScriptedBody([data], len(data))
        parts.append(upload, step * WINDOW, body, checksum if step == 0 else None)
        assert not ledger.at_risk
        assert not ledger.removals_at_risk


def test_a_stored_file_is_on_disk_and_so_is_its_name(parts: Parts, ledger: Ledger) -> None:
    """Its bytes before it has the name; the folders above it too."""
    upload = parts.create(len(DATA), "new/folders/file.bin")
    send_on(parts, upload)
    assert parts.view(upload).receipt is not None
    assert not ledger.at_risk


def test_an_empty_file_is_on_disk(parts: Parts, ledger: Ledger) -> None:
    upload = parts.create(0, "empty.bin")
    assert parts.view(upload).receipt is not None
    assert not ledger.at_risk
