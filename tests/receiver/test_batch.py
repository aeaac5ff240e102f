"""POST /batch: many small files in one request, a verdict each."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import pytest
from blake3 import blake3

from receiver.protocol import format_checksum, format_metadata
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, checksum_of

MIB = 1 << 20
BATCH = {"Content-Type": "multipart/form-data; boundary=limit"}


def part(name: str, data: bytes, checksum: str = "", metadata: str = "") -> bytes:
    lines = [f'Content-Disposition: form-data; name="file"; filename="{name}"']
    lines += [f"Upload-Checksum: {checksum}"] if checksum else []
    lines += [f"Upload-Metadata: {metadata}"] if metadata else []
    return b"--limit\r\n" + "\r\n".join([*lines, "", ""]).encode() + data + b"\r\n"


def send(receiver: ReceiverProcess, *parts: bytes) -> list[dict[str, Any]]:
    answer = TusSender(receiver).ask("POST", "/batch", BATCH, b"".join(parts) + b"--limit--\r\n")
    assert answer.status == 200, answer
    verdicts: list[dict[str, Any]] = json.loads(answer.body)
    return verdicts


def test_every_file_has_its_verdict_in_order(receiver: ReceiverProcess) -> None:
    files = {f"folder/file {number}.txt": os.urandom(number * 997) for number in range(50)}
    verdicts = send(
        receiver, *(part(name, data, checksum_of(data)) for name, data in files.items())
    )
    assert [one["stored_name"] for one in verdicts] == list(files)
    assert [one["size_bytes"] for one in verdicts] == [len(data) for data in files.values()]
    assert [one["blake3"] for one in verdicts] == [blake3(d).hexdigest() for d in files.values()]
    stored = {name: path.read_bytes() for name, path in receiver.stored().items()}
    assert stored == files
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []


def test_one_bad_file_does_not_spoil_the_others(receiver: ReceiverProcess) -> None:
    wrong = format_checksum("blake3", bytes(32))
    verdicts = send(
        receiver,
        part("first", b"one", checksum_of(b"one", "sha256")),
        part("damaged", b"two", wrong),
        part("large", bytes(MIB + 1)),
        part("unknown", b"three", "md5 AAAA"),
        part("a/" * 70 + "deep", b"four"),
        part("last", b"five", checksum_of(b"five", "crc32c")),
    )
    assert [one.get("code", "stored") for one in verdicts] == [
        "stored",
        "digest_mismatch",
        "too_large",
        "unsupported_digest",
        "bad_name",
        "stored",
    ]
    assert set(receiver.stored()) == {"first", "last"}


def test_a_file_may_bring_its_metadata(receiver: ReceiverProcess) -> None:
    metadata = format_metadata({"filename": "x", "relativePath": "d/ü.txt", "mtime": "1000000"})
    verdicts = send(receiver, part("ignored", b"data", metadata=metadata))
    assert verdicts[0]["stored_name"] == "d/ü.txt"
    assert receiver.stored()["d/ü.txt"].stat().st_mtime == 1000


def test_sent_again_nothing_is_stored_twice(receiver: ReceiverProcess) -> None:
    """A sender that got no answer sends the batch again; another content gets another name."""
    first = send(receiver, part("a.txt", b"one"), part("b.txt", b"two"))
    again = send(receiver, part("a.txt", b"one"), part("b.txt", b"three"))
    assert [one["stored_name"] for one in first] == ["a.txt", "b.txt"]
    assert [one["stored_name"] for one in again] == ["a.txt", "b (1).txt"]
    assert set(receiver.stored()) == {"a.txt", "b.txt", "b (1).txt"}
    assert [one["already_stored"] for one in first + again] == [False, False, True, False]
    assert again[0]["id"] == first[0]["id"], "it keeps its receipt"
    listed = json.loads(TusSender(receiver).ask("GET", "/received").body)
    assert len(listed) == 3


def test_each_file_has_a_receipt(receiver: ReceiverProcess) -> None:
    verdict = send(receiver, part("a.txt", b"one"))[0]
    answer = TusSender(receiver).ask("GET", f"/files/{verdict['id']}/receipt")
    receipt = json.loads(answer.body)
    assert (receipt["route"], receipt["sha256"]) == ("memory", hashlib.sha256(b"one").hexdigest())


def test_a_batch_that_is_cut_keeps_the_files_that_were_whole(receiver: ReceiverProcess) -> None:
    body = part("whole", b"one") + part("half", b"two")[:-3]
    with TusSender(receiver).line() as line:
        line.send_head("POST", "/batch", {**BATCH, "Content-Length": str(len(body) + 10)})
        line.send(body)
    from tests.tus_sender import eventually

    eventually(lambda: "whole" in receiver.stored())
    assert set(receiver.stored()) == {"whole"}


def test_a_batch_that_comes_slowly_holds_up_no_other(receiver: ReceiverProcess) -> None:
    body = part("first", b"one") + part("second", b"two") + b"--limit--\r\n"
    with TusSender(receiver).line() as slow:
        slow.send_head("POST", "/batch", {**BATCH, "Content-Length": str(len(body))})
        slow.send(body[:200])
        assert send(receiver, part("other", b"three"))[0]["stored_name"] == "other"
        slow.send(body[200:])
        verdicts = json.loads(slow.read_answer().body)
    assert [one["stored_name"] for one in verdicts] == ["first", "second"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({**BATCH, "Transfer-Encoding": "chunked"}, 400), ({"Content-Type": "text/plain"}, 415)],
)
def test_a_batch_says_its_length_and_type(
    receiver: ReceiverProcess, headers: dict[str, str], status: int
) -> None:
    body = b"0\r\n\r\n" if "Transfer-Encoding" in headers else b"x"
    assert TusSender(receiver).ask("POST", "/batch", headers, body).status == status


def test_a_batch_stays_within_the_budget(start_receiver: Any) -> None:
    """With no memory for a file of a batch, the sender is asked to come back."""
    receiver = start_receiver("--memory-budget", "2M")
    answer = TusSender(receiver).ask("POST", "/batch", BATCH, part("a", b"one") + b"--limit--\r\n")
    assert (answer.status, answer.code) == (503, "low_memory")
    assert int(answer.headers["retry-after"]) > 0
