"""Names that some system takes for the same are taken together, whoever made them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from blake3 import blake3

from receiver import taken_names
from receiver.disk_store import DiskStore
from receiver.taken_names import TakenNames
from tests.receiver.test_stores import new_info


def test_what_somebody_else_puts_there_is_seen(tmp_path: Path) -> None:
    taken = TakenNames()
    with taken.claim(tmp_path, "one") as (free,):
        assert free
        (tmp_path / "one").touch()
    (tmp_path / "Zwei").touch()
    os.utime(tmp_path, ns=(1, 1))  # the folder's time may be too coarse to show it
    with taken.claim(tmp_path, "zwei") as (free,):
        assert not free


def test_a_name_is_free_again_when_taking_it_failed(tmp_path: Path) -> None:
    taken = TakenNames()
    with pytest.raises(OSError, match="full"), taken.claim(tmp_path, "one"):
        raise OSError("full")
    with taken.claim(tmp_path, "ONE") as (free,):
        assert free


def test_a_claim_outlives_another_listing(tmp_path: Path) -> None:
    taken = TakenNames()
    with taken.claim(tmp_path, "plan") as (free,):
        assert free
        os.utime(tmp_path, ns=(2, 2))
        with taken.claim(tmp_path, "PLAN") as (second,):
            assert not second


def test_many_folders_do_not_pile_up_listings(tmp_path: Path) -> None:
    taken = TakenNames()
    for number in range(3 * taken_names.FOLDERS_KEPT):
        folder = tmp_path / str(number)
        folder.mkdir()
        with taken.claim(folder, "x") as (free,):
            assert free
    assert len(taken._listings) == taken_names.FOLDERS_KEPT


def test_a_folder_in_another_case_is_the_same_folder(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    for name in ("Photos/2026/a", "photos/2026/b", "PHOTOS/2026/A"):
        data = name.encode()
        store.store_small([store.write_small(new_info(name, 13), data, blake3(data).digest())])
    store.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == [".wherry", "Photos"]
    assert sorted(one.name for one in (tmp_path / "Photos/2026").iterdir()) == ["A (1)", "a", "b"]


def test_two_at_once_never_get_names_that_clash(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    start = threading.Barrier(8)

    def finish(number: int) -> None:
        start.wait()
        for turn in range(20):
            name = f"F{turn}/{'pP'[number % 2]}lan"
            info = new_info(name, 0)
            store.create(info)
            store.finish(info)

    threads = [threading.Thread(target=finish, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    for folder in tmp_path.glob("F*"):
        assert len({one.name.casefold() for one in folder.iterdir()}) == 8
    assert len(list(tmp_path.glob("F*"))) == 20
