"""A batch is made durable in one go, and a disk that fails then is not overlooked."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from receiver import group_sync
from receiver.disk_store import DiskStore
from receiver.protocol import Route
from receiver.store import SmallFile, StoredSmall, UploadInfo

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="syncfs(2) is Linux's")
MANY = group_sync.LEAST_FILES


class Disk:
    """Stands where syncfs(2) is called: counts the calls, fails when told."""

    def __init__(self) -> None:
        self.calls = 0
        self.fails = False

    def __call__(self, descriptor: int) -> int:
        self.calls += 1
        return -1 if self.fails else 0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk()
    monkeypatch.setattr(group_sync, "_load_syncfs", lambda: made)
    monkeypatch.setattr(group_sync, "filesystem_of", lambda folder: "ext4")
    return made


@pytest.fixture
def store(disk: Disk, tmp_path: Path) -> Iterator[DiskStore]:
    made = DiskStore(tmp_path / "received")
    yield made
    made.close()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The descriptors that were synced one by one."""
    made: list[int] = []
    original = os.fdatasync

    def call(descriptor: int) -> None:
        made.append(descriptor)
        original(descriptor)

    monkeypatch.setattr(os, "fdatasync", call)
    return made


def write(store: DiskStore, count: int, start: int = 0) -> list[SmallFile]:
    return [
        store.write_small(
            UploadInfo(f"{number:032x}", 1, f"f{number}", "", Route.MEMORY, "", 0.0),
            b"x",
            blake3(b"x").digest(),
        )
        for number in range(start, start + count)
    ]


def names(outcomes: Any) -> list[str | None]:
    return [one.name for one in outcomes if isinstance(one, StoredSmall)]


def test_many_files_wait_for_the_disk_once(disk: Disk, store: DiskStore, synced: list[int]) -> None:
    files = write(store, MANY)
    assert names(store.store_small(files)) == [file.info.name for file in files]
    assert (disk.calls, synced) == (1, [])


def test_few_files_are_synced_by_themselves(
    disk: Disk, store: DiskStore, synced: list[int]
) -> None:
    store.store_small(write(store, MANY - 1))
    assert (disk.calls, len(synced)) == (0, MANY - 1)


def test_after_a_failure_each_file_written_before_it_is_synced(
    disk: Disk, store: DiskStore, synced: list[int]
) -> None:
    """The failure is told to one group, and may be the other's."""
    first, second = write(store, MANY), write(store, MANY, MANY)
    disk.fails = True
    assert len(names(store.store_small(first))) == MANY
    disk.fails = False
    assert len(names(store.store_small(second))) == MANY
    assert len(synced) == 2 * MANY
    store.store_small(write(store, MANY, 2 * MANY))
    assert len(synced) == 2 * MANY, "what was written after it is a group again"


def test_a_file_whose_bytes_are_lost_is_not_stored(
    disk: Disk, store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write(store, MANY)
    disk.fails = True
    original = os.fdatasync
    lost: list[int] = []

    def call(descriptor: int) -> None:
        if not lost:
            lost.append(descriptor)
            raise OSError(errno.EIO, "lost")
        original(descriptor)

    monkeypatch.setattr(os, "fdatasync", call)
    outcomes = store.store_small(files)
    assert isinstance(outcomes[0], OSError)
    assert names(outcomes) == [file.info.name for file in files[1:]]
    assert not (store.folder / files[0].info.name).exists()
