"""What has been received: receipts, the list, files known already, the background digest."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import Any

import pytest
from blake3 import blake3

from receiver.protocol import format_repr_digest
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, eventually


def ask_json(tus: TusSender, path: str) -> Any:
    answer = tus.ask("GET", path)
    assert answer.status == 200, answer
    return json.loads(answer.body)


def test_a_receipt_tells_it_all(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.send(b"data" * 1000, "CON.txt")
    receipt = ask_json(tus, path + "/receipt")
    assert receipt["name"] == "CON.txt", "the name as the sender had it"
    assert receipt["stored_name"] in receiver.stored()
    assert receipt["size_bytes"] == 4000
    assert receipt["blake3"] == blake3(b"data" * 1000).hexdigest()
    assert receipt["sender"] == "owner"
    assert receipt["route"] == "memory"
    assert receipt["started"] <= receipt["ended"]
    assert receipt["bytes_per_s"] > 0


def test_sha256_comes_by_itself(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.send(b"x" * 100_000, "a")
    eventually(lambda: ask_json(tus, path + "/receipt")["sha256"])
    wanted = hashlib.sha256(b"x" * 100_000).hexdigest()
    assert ask_json(tus, path + "/receipt")["sha256"] == wanted


def test_received_files_are_listed_newest_first_in_pages(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    for number in range(5):
        tus.send(b"%d" % number, f"{number}.txt")
    first = ask_json(tus, "/received?limit=2")
    second = ask_json(tus, f"/received?limit=10&before={first[-1]['id']}")
    names = [one["stored_name"] for one in first + second]
    assert names == ["4.txt", "3.txt", "2.txt", "1.txt", "0.txt"]
    assert tus.ask("GET", "/received?limit=1_0").code == "bad_request"


def known(tus: TusSender, size: int, fingerprint: str) -> str | None:
    from tests.tus_sender import base64_of

    header = {"Upload-Metadata": f"fingerprint {base64_of(fingerprint)}"}
    answer = tus.post({"Upload-Length": str(size), **header})
    return answer.headers.get("wherry-known-digest")


def test_a_file_that_is_stored_already_is_known(receiver: ReceiverProcess) -> None:
    """By size and fingerprint; not once the stored file was changed or is gone."""
    tus = TusSender(receiver)
    path = tus.create(4, "a.txt", fingerprint="mark")
    assert tus.patch(path, 0, b"data").status == 204
    wanted = format_repr_digest(blake3(b"data").digest())
    assert known(tus, 4, "mark") == wanted
    assert known(tus, 5, "mark") is None
    assert known(tus, 4, "other") is None
    receiver.stored()["a.txt"].write_bytes(b"edit")
    assert known(tus, 4, "mark") is None
    receiver.stored()["a.txt"].unlink()
    assert known(tus, 4, "mark") is None


def test_the_same_content_under_the_same_name_is_stored_once(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    for data in (b"one", b"two", b"one", b"two", b"three"):
        tus.send(data, "a.txt")
    stored = {name: path.read_bytes() for name, path in receiver.stored().items()}
    assert stored == {"a.txt": b"one", "a (1).txt": b"two", "a (2).txt": b"three"}
    assert len(ask_json(tus, "/received")) == 5, "each upload has its receipt"


def test_what_was_edited_since_is_not_taken_for_the_same(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    tus.send(b"one", "a.txt")
    receiver.stored()["a.txt"].write_bytes(b"new")
    tus.send(b"one", "a.txt")
    stored = {name: path.read_bytes() for name, path in receiver.stored().items()}
    assert stored == {"a.txt": b"new", "a (1).txt": b"one"}


def test_a_damaged_list_is_made_anew_from_the_folder(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    tus.send(b"data", "a.txt")
    receiver.stop()
    database = receiver.data / ".wherry" / "history.db"
    database.write_bytes(b"this is no database, and never was one" * 100)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    receiver.start()
    listed = ask_json(tus, "/received")
    assert [one["stored_name"] for one in listed] == ["a.txt"]
    eventually(lambda: ask_json(tus, "/received")[0]["sha256"])
    assert ask_json(tus, "/received")[0]["blake3"] == blake3(b"data").hexdigest()
    aside = [path.name for path in database.parent.glob("history.db.damaged-*")]
    assert aside, "the damaged one is kept"


def test_a_list_that_cannot_be_written_does_not_hold_up_an_upload(
    receiver: ReceiverProcess,
) -> None:
    """Somebody else holds the database; the receipt is told from memory meanwhile."""
    tus = TusSender(receiver)
    tus.send(b"before", "before")
    with sqlite3.connect(receiver.data / ".wherry" / "history.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        path = tus.send(b"data", "a.txt")
        assert "repr-digest" in tus.head(path).headers
        other.rollback()
    other.close()
    tus.send(b"later", "later")
    assert len(ask_json(tus, "/received")) == 3


def test_what_a_crash_left_unlisted_is_listed_after_the_start(receiver: ReceiverProcess) -> None:
    """A small file has its name a moment before it has its row."""
    tus = TusSender(receiver)
    tus.send(b"listed", "a")
    receiver.kill()
    (receiver.data / "folder").mkdir()
    (receiver.data / "folder/b").write_bytes(b"not listed")
    receiver.start()
    eventually(lambda: {one["stored_name"] for one in listed(tus)} == {"a", "folder/b"})
    eventually(lambda: all(one["sha256"] for one in listed(tus)))


def listed(tus: TusSender) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask_json(tus, "/received")
    return found


@pytest.mark.parametrize("streamed", [True, False])
def test_what_is_there_without_a_row_is_not_stored_again(
    receiver: ReceiverProcess, streamed: bool
) -> None:
    """Whoever sends a file again because its answer was lost gets no second copy."""
    data = bytes(3000)
    (receiver.data / "a").write_bytes(data)
    tus = TusSender(receiver)
    if streamed:
        path = tus.create(3000, "a")
        tus.patch(path, 0, data[:1000])
        answer = tus.patch(path, 1000, data[1000:])
    else:
        answer = tus.post({"Upload-Length": "3000", "Upload-Metadata": "filename YQ=="}, data)
    assert answer.stored_name == "a"
    assert list(receiver.stored()) == ["a"]
    other = tus.create(3000, "a")
    assert tus.patch(other, 0, b"x" * 3000).stored_name == "a (1)"


def test_each_of_many_equal_files_is_known_by_its_name(receiver: ReceiverProcess) -> None:
    """A folder may hold hundreds of empty files."""
    tus = TusSender(receiver)
    for _ in range(2):
        for number in range(120):
            tus.create(0, f"empty {number}")
    assert len(receiver.stored()) == 120
