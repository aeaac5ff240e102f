"""After kill -9 and a new start everything accepted is there again, and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from receiver import disk_store, registry
from receiver.batch import Batches
from receiver.intake import Checksum
from receiver.names import HIDDEN
from receiver.protocol import format_metadata, parse_repr_digest
from receiver.upload import Creation
from tests.receiver.in_process import Parts, ScriptedBody
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, eventually

MIB = 1 << 20


def uploads_folder(receiver: ReceiverProcess) -> Path:
    return receiver.data / ".wherry" / "uploads"


def identity(path: str) -> str:
    return path.rpartition("/")[2]


def test_everything_accepted_is_there_again(receiver: ReceiverProcess) -> None:
    """Unfinished ones with offset, length, metadata and promise; stored ones with their digest."""
    tus = TusSender(receiver)
    begun = tus.create(5 * MIB, "begun.bin", note="x")
    tus.patch(begun, 0, bytes(MIB))
    empty = tus.create(7, "not-begun.bin")
    stored = tus.send(b"stored", "stored.bin")
    before = {path: tus.head(path).headers for path in (begun, empty, stored)}
    receiver.restart()
    for path, headers in before.items():
        after = tus.head(path).headers
        for name in ("upload-offset", "upload-length", "upload-metadata", "repr-digest"):
            assert after.get(name) == headers.get(name), (path, name)
    status = receiver.status()
    assert sorted(one.name for one in status.uploads) == ["begun.bin", "not-begun.bin"]
    assert status.disk.promised_bytes == 4 * MIB + 7
    tus.patch(begun, MIB, bytes(4 * MIB))
    tus.patch(empty, 0, b"content")
    assert receiver.stored().keys() == {"begun.bin", "not-begun.bin", "stored.bin"}


def test_a_whole_digest_that_spans_restarts_is_right(receiver: ReceiverProcess) -> None:
    """Bytes on disk from before the restart are read again for it."""

    tus, data = TusSender(receiver), os.urandom(3 * MIB)
    path = tus.create(len(data))
    for step in range(3):
        tus.patch(path, step * MIB, data[step * MIB : (step + 1) * MIB])
        if step < 2:
            receiver.restart()
    assert parse_repr_digest(tus.head(path).headers["repr-digest"]) == blake3(data).digest()


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda record: b"",
    lambda record: record[: len(record) // 2],
    lambda record: b"[]",
    lambda record: b'["id"]',
    lambda record: b"null",
    lambda record: b"\xff\xfe",
    lambda record: record.replace(b'"stream"', b'"pigeon"').replace(b'"memory"', b'"pigeon"'),
    lambda record: json.dumps({**json.loads(record), "size_bytes": "many"}).encode(),
    lambda record: json.dumps({**json.loads(record), "unheard": 1}).encode(),
    lambda record: json.dumps({**json.loads(record), "id": "0" * 32}).encode(),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_is_set_aside_and_not_lost(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Its bytes may be all that is left of a file; the others go on."""
    with Parts(tmp_path) as parts:
        broken, sound = parts.create(10, "broken.bin"), parts.create(10, "sound.bin")
        parts.append(broken, 0, ScriptedBody([b"01234"], 5))
    uploads = tmp_path / ".wherry" / "uploads"
    record = uploads / f"{broken}.info"
    damaged = damage(record.read_bytes())
    record.write_bytes(damaged)
    with Parts(tmp_path) as parts:
        assert parts.recover() == [sound]
        assert parts.promised_bytes == 10
    aside = tmp_path / ".wherry" / "damaged"
    assert (aside / f"{broken}.info").read_bytes() == damaged
    assert (aside / f"{broken}.part").read_bytes() == b"01234"
    assert {path.stem for path in uploads.iterdir()} == {sound}


def test_stray_files_are_swept(tmp_path: Path) -> None:
    """A .part without record was never accepted; temporary files are of no use any more."""
    with Parts(tmp_path) as parts:
        kept = parts.create(10)
    uploads = tmp_path / ".wherry" / "uploads"
    for name in ("stray.part", "stray.info.new", "stray.upto", "garbage", f"{kept}.upto.new"):
        (uploads / name).write_bytes(b"x")
    (uploads / "folder").mkdir()
    with Parts(tmp_path) as parts:
        assert parts.recover() == [kept]
    assert {path.name for path in uploads.iterdir()} == {
        f"{kept}.part",
        f"{kept}.info",
        "folder",
    }


def test_a_damaged_list_of_files_is_made_anew_from_the_folder(receiver: ReceiverProcess) -> None:
    """The list is never the truth about bytes; uploads go on without it."""
    tus = TusSender(receiver)
    tus.send(b"one", "one.txt")
    begun = tus.create(6, "two.txt")
    tus.patch(begun, 0, b"two")
    receiver.kill()
    database = receiver.data / ".wherry" / "history.db"
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.write_bytes(b"this is no database" * 1000)
    receiver.start()
    assert tus.patch(begun, 3, b"two").status == 204
    names = {one["stored_name"] for one in json.loads(tus.ask("GET", "/received").body)}
    assert names == {"one.txt", "two.txt"}


def test_a_list_of_files_that_cannot_be_written_does_not_hold_up_uploads(
    receiver: ReceiverProcess,
) -> None:
    """Another program holds the database: the file is stored all the same."""
    tus = TusSender(receiver)
    other = sqlite3.connect(receiver.data / ".wherry" / "history.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        path = tus.create(4, "held.txt")
        with tus.begin_patch(path, 0, 4, b"data") as line:
            assert line.read_answer().status == 204
    finally:
        other.close()
    assert receiver.stored()["held.txt"].read_bytes() == b"data"
    assert "repr-digest" in tus.head(path).headers
    receiver.restart()
    eventually(lambda: "repr-digest" in tus.head(path).headers)
    assert list(receiver.stored()) == ["held.txt"]


def test_abandoned_uploads_are_removed_and_busy_ones_left_alone(tmp_path: Path) -> None:
    """Looking for the abandoned must not cut off who is sending."""
    with Parts(tmp_path) as parts:
        abandoned, busy = parts.create(10), parts.create(10)

        def look(number: int) -> None:
            if number == 1:
                parts.expire(silent_s=0.2)

        eventually(lambda: parts.silent_s(abandoned) > 0.2)
        body = ScriptedBody([b"01", b"23", b"45", b"67", b"89"], 10, look)
        view = parts.append(busy, 0, body)
        assert view.receipt is not None
        with pytest.raises(Exception, match="upload_expired"):
            parts.view(abandoned)
        assert parts.promised_bytes == 0


def test_the_janitor_stores_what_could_not_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All bytes are there, and the sender thinks so too: nobody will ask again."""
    monkeypatch.setattr("receiver.janitor.LOOKS_EVERY_S", 0.05)
    with Parts(tmp_path) as parts:
        upload = parts.create(4, "late.txt")
        finish = parts.store.finish

        def fail(*arguments: Any) -> Any:
            raise OSError(28, "no space")

        monkeypatch.setattr(parts.store, "finish", fail)
        with pytest.raises(Exception, match="no_space"):
            parts.append(upload, 0, ScriptedBody([b"data"], 4))
        assert parts.view(upload).receipt is None
        monkeypatch.setattr(parts.store, "finish", finish)
        janitor = parts.janitor()
        janitor.start()
        try:
            eventually(lambda: parts.view(upload).receipt is not None)
        finally:
            janitor.stop()
        assert (tmp_path / "late.txt").read_bytes() == b"data"


def test_what_came_another_way_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that was restarted sends a small file anew; what it had begun before goes."""
    monkeypatch.setattr(registry, "REPEATED_AFTER_S", 0.0)
    mark = format_metadata({"fingerprint": "f", "transfer": "ledger-1-0"})
    other = format_metadata({"fingerprint": "f", "transfer": "ledger-2-0"})
    with Parts(tmp_path) as parts:
        batches = Batches(parts.store, parts.space, parts.history)
        before = Creation(4, "a.bin", mark, "tester", is_marked=True)
        batches.take(before, b"data", blake3(b"data").digest())
        (tmp_path / "a.bin").unlink()
        begun, theirs, unmarked = (
            parts.uploads.create(Creation(4, "a.bin", metadata, "tester")).info_id
            for metadata in (mark, other, "")
        )
        parts.uploads.registry.drop_repeated()
        assert parts.promised_bytes == 12
        batches.take(before, b"data", blake3(b"data").digest())
        parts.uploads.registry.drop_repeated()
        assert [one.info.id for one in parts.uploads.registry.running()] == [theirs, unmarked]
        assert begun not in (theirs, unmarked)
        assert parts.promised_bytes == 8


@pytest.mark.parametrize("days", [400, -400])
def test_a_clock_that_is_set_expires_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    with Parts(tmp_path) as parts:
        waiting = parts.create(10)
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + days * 24 * 3600)
        parts.expire(silent_s=3600)
        body = ScriptedBody([b"0123456789"], 10)
        assert parts.append(waiting, 0, body).receipt is not None


def test_what_no_sync_has_brought_to_the_disk_counts_until_the_machine_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may have the size of a file, and zeros for its bytes."""
    with Parts(tmp_path) as parts:
        parts.recover()
        begun, fresh, checked = (parts.create(10) for _ in range(3))
        parts.append(begun, 0, ScriptedBody([b"012"], 3))
        parts.append(
            checked, 0, ScriptedBody([b"012"], 3), Checksum("blake3", blake3(b"012").digest())
        )
        for upload in (begun, fresh):
            with (tmp_path / HIDDEN / "uploads" / f"{upload}.part").open("ab") as file:
                file.write(bytes(4))
    for boot, offsets in (("", [7, 4, 3]), ("another", [3, 0, 3]), ("another", [3, 0, 3])):
        if boot:
            monkeypatch.setattr(disk_store, "boot_id", lambda: "another")
        with Parts(tmp_path) as parts:
            parts.recover()
            assert [parts.view(one).offset for one in (begun, fresh, checked)] == offsets
