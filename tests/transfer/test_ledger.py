"""The ledger survives restarts, damage, and a second process that wants it too."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.transfer.events import Folder, Problem, ProblemKind, State, Transfer
from desktop.transfer.ledger import Deletion, Ledger, Record
from desktop.transfer.source import Identity
from receiver.protocol import Route
from tests.receiver_process import ROOT

OpenLedger = Callable[[], Ledger]
TO_VERSION_4 = "ALTER TABLE transfers DROP COLUMN drops; ALTER TABLE transfers DROP COLUMN asked;"


@pytest.fixture
def open_ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    ledgers: list[Ledger] = []

    def begin() -> Ledger:
        for one in ledgers:
            one.close()
        ledgers.append(Ledger(tmp_path / "folder" / "ledger.db"))
        return ledgers[-1]

    yield begin
    for one in ledgers:
        one.close()


def record(number: int, **fields: object) -> Record:
    values = {"id": number, "root": "/a/", "name": f"a/{number}", "size_bytes": 9}
    transfer = Transfer(**{**values, **fields})  # type: ignore[arg-type]
    return Record(transfer, Identity(9, 1, 2**64 - 1, 2**64 - 1), "local", "upload")


def test_what_is_saved_is_there_again(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    full = record(
        1,
        state=State.FAILED,
        stored_bytes=5,
        sent_bytes=5,
        route=Route.MEMORY,
        stored_name="other",
        problem=Problem(ProblemKind.NO_SPACE, "srv", needed_bytes=9, at=1.5, detail="x"),
    )
    full = full._replace(drops=3, asked=True)
    ledger.save([full, record(2)])
    assert open_ledger().records() == [full, record(2)]


def test_names_in_no_encoding_and_enormous_sizes_are_kept(open_ledger: OpenLedger) -> None:
    path = Path(os.fsdecode(b"/a/\xff\xfe"))
    kept = record(1, root="/a/", name=path.name, size_bytes=9)
    open_ledger().save([kept])
    again = open_ledger()
    assert again.records() == [kept]
    assert again.ids_of(path) == [1]


def test_a_row_is_replaced_by_a_later_one(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1)])
    ledger.save([record(1, state=State.PAUSED)])
    assert [one.transfer.state for one in ledger.records()] == [State.PAUSED]
    assert ledger.next_id() == 2
    ledger.remove([1])
    assert ledger.records() == []


def test_paths_are_found_newest_first_and_below_folders(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1), record(2), record(3, name="a/1")])
    assert ledger.ids_of(Path("/a/1")) == [3, 1]
    assert ledger.knows(Path("/a"))
    assert ledger.knows(Path("/a/2"))
    assert not ledger.knows(Path("/a/"[:-1] + "b"))
    assert not ledger.knows(Path("/a/22"))


def test_hold_back_pauses_only_what_is_unfinished(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1), record(2, state=State.STORED), record(3, state=State.FAILED)])
    ledger.hold_back()
    states = [one.transfer.state for one in ledger.records()]
    assert states == [State.PAUSED, State.STORED, State.FAILED]


def test_what_is_old_is_forgotten(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1)])
    ledger.forget_older_than(60)
    assert ledger.records()
    ledger.forget_older_than(-1)
    assert not ledger.records()


def test_deletions_are_remembered_for_each_server(open_ledger: OpenLedger) -> None:
    deletion = Deletion("local", "x", 1)
    open_ledger().add_deletion(deletion)
    ledger = open_ledger()
    assert ledger.deletions("local") == [deletion]
    assert ledger.deletions("other") == []
    ledger.drop_deletion(deletion)
    assert ledger.deletions("local") == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"this is no database" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(20000)),
    ],
)
def test_a_damaged_file_is_set_aside_and_reported(
    damage: Callable[[Path], object], open_ledger: OpenLedger
) -> None:
    ledger = open_ledger()
    ledger.save(record(number) for number in range(1, 200))
    ledger.close()
    damage(ledger.path)
    damaged = ledger.path.read_bytes()
    fresh = open_ledger()
    assert fresh.records() == []
    assert fresh.set_aside is not None
    assert fresh.set_aside.read_bytes() == damaged
    fresh.save([record(1)])
    assert open_ledger().set_aside is None


def test_a_ledger_of_a_later_version_is_not_overwritten(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert open_ledger().set_aside is not None


def test_a_row_that_makes_no_sense_costs_only_itself(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1), record(2)])
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.execute("UPDATE transfers SET state = 'dancing' WHERE id = 1")
    connection.commit()
    connection.close()
    again = open_ledger()
    assert [one.transfer.id for one in again.records()] == [2]
    assert again.next_id() == 3


def test_another_process_cannot_have_it_too(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    script = (
        "import sys, pathlib\n"
        "from desktop.transfer.ledger import Ledger\n"
        "try: Ledger(pathlib.Path(sys.argv[1]))\n"
        "except BlockingIOError: sys.exit(42)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(ledger.path)], cwd=ROOT)
    assert done.returncode == 42


def test_a_ledger_that_cannot_be_written_is_no_end(
    open_ledger: OpenLedger, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = open_ledger()
    ledger.close()
    ledger.save([record(1)])
    assert ledger.ids_of(Path("/a/1")) == []
    assert "could not be written" in caplog.text


def test_a_ledger_of_the_fourth_version_is_taken_over(open_ledger: OpenLedger) -> None:
    """Its files stay in the folders in which they were listed, and out of others."""
    ledger = open_ledger()
    ledger.save([record(1), record(2, folder=-7)])
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.executescript(f"{TO_VERSION_4} PRAGMA user_version = 4;")
    connection.close()
    again = open_ledger()
    assert again.set_aside is None
    assert again.records() == [record(1), record(2, folder=-7)]


def test_a_ledger_of_the_second_version_is_taken_over(open_ledger: OpenLedger) -> None:
    """It gets the mark that it did not have, and keeps it."""
    ledger = open_ledger()
    ledger.save([record(1)])
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.executescript(
        f"{TO_VERSION_4} DROP TABLE own; DROP TABLE folders;"
        "ALTER TABLE transfers DROP COLUMN folder; PRAGMA user_version = 2;"
    )
    connection.close()
    again = open_ledger()
    assert again.set_aside is None
    assert again.records() == [record(1, folder=-1)]
    assert again.mark not in ("", ledger.mark)
    assert open_ledger().mark == again.mark


def test_a_ledger_of_the_first_version_is_taken_over(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save([record(1), record(2, stored_name="b", place=7.0, already_stored=True)])
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.executescript(
        f"{TO_VERSION_4} DROP TABLE folders;"
        "ALTER TABLE transfers DROP COLUMN folder;"
        "ALTER TABLE transfers DROP COLUMN place;"
        "ALTER TABLE transfers DROP COLUMN already_stored;"
        "DROP TABLE own;"
        "PRAGMA user_version = 1;"
    )
    connection.close()
    again = open_ledger()
    assert again.set_aside is None
    kept = again.records()
    assert [one.transfer.place for one in kept] == [1.0, 2.0]
    assert kept[1].transfer.stored_name == "b"


def test_an_old_ledger_puts_together_what_came_in_one_folder(open_ledger: OpenLedger) -> None:
    """Files below a folder were rows by themselves before version 4."""
    ledger = open_ledger()
    names = ["trip/a", "trip/sub/b", "alone", "trip/c", "trip/a"]
    roots = ["/x/trip/", "/x/trip/", "/x/", "/y/trip/", "/x/trip/"]
    for number, (root, name) in enumerate(zip(roots, names, strict=True), 1):
        kept = record(number, root=root, name=name, place=float(number))
        server_id = "other" if number == 5 else "local"
        ledger.save([kept._replace(server_id=server_id)])
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.executescript(
        f"{TO_VERSION_4} DROP TABLE folders; ALTER TABLE transfers DROP COLUMN folder;"
        "PRAGMA user_version = 3;"
    )
    connection.close()
    again = open_ledger()
    assert again.set_aside is None
    assert [one.transfer.folder for one in again.records()] == [-1, -1, 0, -2, -3]
    assert again.folders() == [
        Folder(-3, Path("/x/trip"), "trip", 5.0),
        Folder(-2, Path("/y/trip"), "trip", 4.0),
        Folder(-1, Path("/x/trip"), "trip", 1.0),
    ]


def test_a_folder_is_kept_as_long_as_a_file_of_it(open_ledger: OpenLedger) -> None:
    ledger = open_ledger()
    ledger.save_folder(Folder(-1, Path("/a"), "a", 1.0))
    ledger.save_folder(Folder(-1, Path("/a"), "a", 7.5))
    ledger.save([record(1, folder=-1)])
    assert open_ledger().folders() == [Folder(-1, Path("/a"), "a", 7.5)]
    again = open_ledger()
    again.remove([1])
    assert again.folders() == []
