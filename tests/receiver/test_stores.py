"""The contract of a store (receiver/store.py), for every store there is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from receiver.disk_store import DiskStore
from receiver.protocol import Route
from receiver.store import PARTIAL, Place, StoredSmall, UploadInfo, UploadStore
from tests.receiver.memory_store import MemoryStore

Stored = Callable[[], dict[str, bytes]]
_numbers = itertools.count()


def new_info(name: str = "a.bin", size: int | None = 100, **more: object) -> UploadInfo:
    upload_id = f"{next(_numbers):032x}"
    return UploadInfo(upload_id, size, name, "", Route.STREAM, "owner", 1.0, **more)  # type: ignore[arg-type]


def append(store: UploadStore, info: UploadInfo, data: bytes, *, checked: bool = True) -> None:
    with store.window(info, checked) as window:
        window.write(memoryview(data))
        window.commit()


def content(store: UploadStore, info: UploadInfo) -> bytes:
    with store.reader(info.id) as file:
        return file.read() or b""


@pytest.fixture(params=["disk", "memory"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[UploadStore, Stored]]:
    """A store, and what stands under final names in it."""
    if request.param == "memory":
        memory = MemoryStore()
        yield memory, lambda: memory.stored
        return
    disk = DiskStore(tmp_path)
    yield (
        disk,
        lambda: {
            str(path.relative_to(tmp_path)): path.read_bytes()
            for path in tmp_path.rglob("*")
            if path.is_file() and ".wherry" not in path.parts
        },
    )
    disk.close()


@pytest.fixture
def store(made: tuple[UploadStore, Stored]) -> UploadStore:
    return made[0]


@pytest.fixture
def stored(made: tuple[UploadStore, Stored]) -> Stored:
    return made[1]


def test_an_upload_begins_empty_and_is_unfinished(store: UploadStore, stored: Stored) -> None:
    info = new_info()
    store.create(info)
    assert store.offset(info) == 0
    assert list(store.unfinished()) == [info]
    assert stored() == {}


@pytest.mark.parametrize("checked", [True, False])
def test_committed_bytes_move_the_offset(store: UploadStore, checked: bool) -> None:
    info = new_info()
    store.create(info)
    for piece in (b"one", b"two"):
        append(store, info, piece, checked=checked)
    assert store.offset(info) == 6
    assert content(store, info) == b"onetwo"


def test_what_is_taken_back_is_gone(store: UploadStore) -> None:
    info = new_info()
    store.create(info)
    append(store, info, b"kept")
    with store.window(info, True) as window:
        window.write(memoryview(b"wrong"))
        assert window.end == 9
        window.take_back()
        assert window.end == 4
        window.commit()
    assert store.offset(info) == 4
    append(store, info, b" too")
    assert content(store, info) == b"kept too"


def test_a_checked_window_that_is_left_counts_not_an_unchecked_one_does(store: UploadStore) -> None:
    checked, unchecked = new_info("c"), new_info("u")
    for info in (checked, unchecked):
        store.create(info)
        with store.window(info, info is checked) as window:
            window.write(memoryview(b"bytes"))
    assert [store.offset(checked), store.offset(unchecked)] == [0, 5]


def test_finished_under_its_name_and_then_under_the_next(
    store: UploadStore, stored: Stored
) -> None:
    names = []
    for data in (b"first", b"second"):
        info = new_info("folder/a.txt", len(data))
        store.create(info)
        append(store, info, data)
        done = store.finish(info)
        names.append(done.stored_name)
        assert done.mtime_ns is not None
        store.forget(info.id)
    assert names == ["folder/a.txt", "folder/a (1).txt"]
    assert stored() == {"folder/a.txt": b"first", "folder/a (1).txt": b"second"}
    assert list(store.unfinished()) == []


def test_deleted_leaves_nothing(store: UploadStore, stored: Stored) -> None:
    info = new_info()
    store.create(info)
    append(store, info, b"bytes")
    store.delete(info.id)
    assert list(store.unfinished()) == []
    assert stored() == {}


def test_what_is_learned_later_is_kept(store: UploadStore) -> None:
    info = new_info(size=None)
    store.create(info)
    known = UploadInfo(info.id, 5, info.name, "", Route.STREAM, "owner", 1.0)
    store.update(known)
    assert list(store.unfinished()) == [known]


def test_parts_are_joined_in_order(store: UploadStore, stored: Stored) -> None:
    parts = [new_info(f"p{number}", 3, concat=PARTIAL) for number in range(2)]
    for part, data in zip(parts, (b"abc", b"def"), strict=True):
        store.create(part)
        append(store, part, data)
    final = new_info("whole", 9, parts=tuple(part.id for part in parts))
    store.create(final)
    for _ in range(2):
        store.join(final, [parts[1], parts[0], parts[1]])
    store.finish(final)
    assert stored() == {"whole": b"defabcdef"}


def test_placed_parts_share_a_file(store: UploadStore, stored: Stored) -> None:
    whole = new_info("whole", 6, assembled=True)
    store.create(whole)
    late, early = (
        new_info("p", 3, concat=PARTIAL, place=Place(whole.id, start)) for start in (3, 0)
    )
    for part, data in ((late, b"def"), (early, b"abc")):
        store.create(part)
        append(store, part, data[:2])
        assert store.offset(part) == 2
        append(store, part, data[2:])
    assert store.offset(whole) == 0, "its size tells nothing"
    assert content(store, whole) == b"abcdef"
    store.finish(whole)
    assert stored() == {"whole": b"abcdef"}


def test_small_files_are_stored_as_a_group(store: UploadStore, stored: Stored) -> None:
    contents = {"a": b"one", "d/b": b"", "c": b"three"}
    files = [
        store.write_small(new_info(name, len(data)), data, blake3(data).digest())
        for name, data in contents.items()
    ]
    outcomes = store.store_small(files)
    named = [one.name for one in outcomes if isinstance(one, StoredSmall)]
    assert named == list(contents)
    assert stored() == contents
    assert list(store.unfinished()) == []


def test_a_small_file_that_is_there_already_is_not_stored_again(
    store: UploadStore, stored: Stored
) -> None:
    before = []
    for data in (b"one", b"two", b"one"):
        file = store.write_small(new_info("a", 3), data, blake3(data).digest())
        [outcome] = store.store_small([file])
        assert isinstance(outcome, StoredSmall)
        before.append(outcome.before)
    assert before == [False, False, True]
    assert stored() == {"a": b"one", "a (1)": b"two"}


@pytest.mark.parametrize(("first", "second"), [("a.txt", "A.TXT"), ("straße", "STRASSE")])
@pytest.mark.parametrize("small", [False, True])
def test_names_that_differ_only_in_case_are_kept_apart(
    store: UploadStore, stored: Stored, first: str, second: str, small: bool
) -> None:
    for name in (first, second):
        info = new_info(name, len(name))
        if small:
            data = name.encode().ljust(9)
            store.store_small([store.write_small(info, data, blake3(data).digest())])
        else:
            store.create(info)
            store.finish(info)
    names = {name.casefold() for name in stored()}
    assert len(names) == 2, stored().keys()
    assert set(stored()) >= {first}


STEPS = st.lists(st.tuples(st.binary(max_size=40), st.sampled_from(["commit", "back", "leave"])))


@given(steps=STEPS, checked=st.booleans())
def test_whatever_the_schedule_only_what_counts_is_there(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bytes, str]], checked: bool
) -> None:
    """Committed bytes count; those left behind only when they were not to be checked."""
    disk = DiskStore(tmp_path_factory.mktemp("store"))
    for store in (disk, MemoryStore()):
        info, expected = new_info(), b""
        store.create(info)
        for data, end in steps:
            with store.window(info, checked) as window:
                window.write(memoryview(data))
                if end == "back":
                    window.take_back()
                elif end == "commit":
                    window.commit()
            counts = end == "commit" or (end == "leave" and not checked)
            expected += data if counts else b""
            assert store.offset(info) == len(expected)
        assert content(store, info)[: len(expected)] == expected
    disk.close()
