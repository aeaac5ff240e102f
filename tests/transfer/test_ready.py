"""Whose turn it is: always the first in the list's order, however it came to be that."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from desktop.transfer.entry import Entry
from desktop.transfer.events import Folder, Transfer
from desktop.transfer.ready import Ready, turns
from desktop.transfer.source import Identity

steps = some.lists(
    some.one_of(
        some.tuples(some.just("add"), some.integers(0, 5), some.integers(0, 3)),
        some.tuples(some.just("take"), some.just(0), some.just(0)),
        some.tuples(some.just("move"), some.integers(0, 5), some.integers(0, 40)),
        some.tuples(some.just("move folder"), some.integers(0, 5), some.integers(1, 3)),
        some.tuples(some.just("leave"), some.just(0), some.integers(0, 40)),
    ),
    max_size=60,
)


@given(steps)
def test_the_first_in_the_list_is_next(done: list[tuple[str, int, int]]) -> None:
    """Files come by themselves and in folders, in order and not; they and folders are moved."""
    folders = {-one: Folder(-one, Path(f"/{one}"), str(one), float(one)) for one in (1, 2, 3)}
    entries: dict[int, Entry] = {}
    ready = Ready("server", folders, entries)
    for what, place, which in done:
        entry = entries.get(which)
        if what == "add":
            number = len(entries) + 1
            transfer = Transfer(number, "/", "a", 5, place=float(place), folder=-which)
            entries[number] = Entry(transfer, Identity(5, 0), "server")
            ready.add(entries[number])
        elif what == "move" and entry is not None and entry in ready:
            ready.discard(entry)
            entry.transfer = entry.transfer._replace(place=float(place))
            ready.add(entry)
        elif what == "move folder":
            old = folders[-which]
            folders[-which] = Folder(old.id, old.path, old.name, float(place))
            ready.folder_moved(folders[-which])
        elif what == "leave" and entry is not None:
            ready.discard(entry)
        elif what == "take":
            expected = min(ready, key=turns(folders), default=None)
            assert ready.pop_first() is expected
    left = sorted(ready, key=turns(folders))
    assert ready.need_bytes == 5 * len(left) == 5 * len(ready)
    assert [ready.pop_first() for _ in left] == left
    assert ready.pop_first() is None
