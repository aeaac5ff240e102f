"""tus 1.0.0, Creation and Creation With Upload.

https://tus.io/protocols/resumable-upload#creation
"""

from __future__ import annotations

import os
import signal

import pytest

from receiver.protocol import UPLOAD_TYPE, format_metadata, parse_repr_digest
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, base64_of, checksum_of, chunked, eventually


def test_a_creation_answers_with_an_absolute_address(tus: TusSender) -> None:
    """POST: 201 with Location; one client cannot follow a path, so it is absolute."""
    answer = tus.ask("POST", "/files", {"Upload-Length": "10", "Host": "files.example:8080"})
    assert answer.status == 201
    assert answer.headers["location"].startswith("http://files.example:8080/files/")
    assert tus.head(answer.path).status == 200


def test_without_a_host_the_address_is_the_one_that_was_called(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """RFC 1945: HTTP/1.0 has no Host header."""
    with tus.line() as line:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
        answer = line.ask("POST", "/files", headers, version="1.0")
    assert answer.headers["location"].startswith(f"{shared_receiver.url}/files/")


def test_addresses_cannot_be_guessed(tus: TusSender) -> None:
    first, second = tus.create(1), tus.create(1)
    assert first != second
    assert len(first.rpartition("/")[2]) == 32


@pytest.mark.parametrize("length", ["", "-1", "1_0", "0x10", "1.5", "١", "9223372036854775808"])
def test_a_length_is_ascii_digits(tus: TusSender, length: str) -> None:
    """Upload-Length: must be a non-negative integer, and POST must include it."""
    headers = {"Upload-Length": length.encode().decode("latin-1")}
    assert tus.post(headers).code == "bad_request"


def test_a_length_that_no_disk_holds_is_refused_with_numbers(tus: TusSender) -> None:
    answer = tus.post({"Upload-Length": str(2**63 - 1)})
    assert (answer.status, answer.code) == (507, "no_space")
    assert answer.problem["needed"] == 2**63 - 1


METADATA = [
    f"filename {base64_of('report.pdf')}",
    f"filename {base64_of('naïve 漢字.txt')},filetype {base64_of('text/plain')}",
    f"is_confidential,filename {base64_of('a.txt')}",
    f"is_confidential ,filename {base64_of('b.txt')}",
    f"filename {base64_of('spaced.txt')}, filetype {base64_of('text/plain')}",
    "filename /w==",
    f"only-a-key,{chr(33)}odd~key {base64_of('x')}",
]


@pytest.mark.parametrize("metadata", METADATA)
def test_metadata_comes_back_as_it_came(tus: TusSender, metadata: str) -> None:
    """Upload-Metadata: HEAD must include its value as specified during the creation."""
    path = tus.post({"Upload-Length": "1", "Upload-Metadata": metadata}).path
    assert tus.head(path).headers["upload-metadata"] == metadata
    tus.patch(path, 0, b"x")
    assert tus.head(path).headers["upload-metadata"] == metadata


def test_an_upload_without_metadata_works(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    path = tus.send(b"nameless")
    answer = tus.head(path)
    assert "upload-metadata" not in answer.headers
    assert (shared_receiver.data / answer.stored_name).read_bytes() == b"nameless"


@pytest.mark.parametrize(
    "header", ["a YQ==,a YQ==", "a ?", "a b c", "a,,b", "ä YQ==", "a YQ=="[:3]]
)
def test_metadata_that_breaks_the_rules_is_refused(tus: TusSender, header: str) -> None:
    """Upload-Metadata: keys not empty and unique, values Base64."""
    answer = tus.post({"Upload-Length": "1", "Upload-Metadata": header})
    assert (answer.status, answer.code) == (400, "bad_request")


@pytest.mark.parametrize("body", [b"", chunked()])
def test_an_empty_file_is_complete_at_once(
    tus: TusSender, shared_receiver: ReceiverProcess, body: bytes
) -> None:
    """A client that has no bytes to send never sends a PATCH."""
    name = f"empty-{len(body)}.txt"
    headers = {"Upload-Length": "0", "Upload-Metadata": f"filename {base64_of(name)}"}
    if body:
        headers |= {"Transfer-Encoding": "chunked", "Content-Type": UPLOAD_TYPE}
    answer = tus.post(headers, body)
    assert answer.status == 201
    assert answer.offset == 0
    assert parse_repr_digest(answer.headers["repr-digest"])
    assert shared_receiver.stored()[name].read_bytes() == b""
    assert tus.head(answer.path).headers["repr-digest"] == answer.headers["repr-digest"]


def test_a_creation_may_bring_the_first_bytes(tus: TusSender) -> None:
    """Creation With Upload: the response includes the Upload-Offset of what was accepted."""
    answer = tus.post({"Upload-Length": "10"}, b"0123")
    assert (answer.status, answer.offset) == (201, 4)
    assert tus.patch(answer.path, 4, b"456789").offset == 10


def test_a_creation_may_bring_the_whole_file(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    metadata = f"filename {base64_of('all-at-once.txt')}"
    headers = {"Upload-Length": "10", "Upload-Metadata": metadata}
    answer = tus.post({**headers, "Upload-Checksum": checksum_of(b"0123456789")}, b"0123456789")
    assert (answer.status, answer.offset) == (201, 10)
    assert "repr-digest" in answer.headers
    assert shared_receiver.stored()["all-at-once.txt"].read_bytes() == b"0123456789"


def test_a_creation_may_bring_its_bytes_in_chunks(tus: TusSender) -> None:
    headers = {"Upload-Length": "10", "Transfer-Encoding": "chunked"}
    answer = tus.post(headers, chunked(b"012", b"3456789"))
    assert (answer.status, answer.offset) == (201, 10)


def test_a_creation_with_a_body_of_another_type_is_415(tus: TusSender) -> None:
    """Creation With Upload: must include Content-Type: application/offset+octet-stream."""
    answer = tus.post({"Upload-Length": "4", "Content-Type": "text/plain"}, b"data")
    assert answer.status == 415


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Upload-Length": "2"}, b"data", 413),
        ({"Upload-Length": "2", "Transfer-Encoding": "chunked"},
         chunked(b"data"), 413),
        ({"Upload-Length": "4", "Upload-Checksum": checksum_of(b"tada")}, b"data", 460),
    ],
)  # fmt: skip
def test_a_refused_creation_leaves_nothing_behind(
    tus: TusSender,
    shared_receiver: ReceiverProcess,
    headers: dict[str, str],
    body: bytes,
    status: int,
) -> None:
    """Its sender has no address to go on at, so no promise and no partial file may stay."""
    before = shared_receiver.status()
    folder = shared_receiver.data / ".wherry" / "uploads"
    files = set(folder.iterdir())
    assert tus.post({"Content-Type": UPLOAD_TYPE, **headers}, body).status == status
    after = shared_receiver.status()
    assert len(after.uploads) == len(before.uploads)
    assert after.disk.promised_bytes == before.disk.promised_bytes
    assert set(folder.iterdir()) == files


def test_a_creation_sent_again_finds_what_it_has_begun(receiver: ReceiverProcess) -> None:
    """Its answer was lost; also after a restart of the receiver."""
    tus = TusSender(receiver)
    mark = {"filename": "a.bin", "transfer": "ledger-1-0"}
    path = tus.create(1000, **mark)
    assert tus.patch(path, 0, b"begun").status == 204
    again = tus.post({"Upload-Length": "1000", "Upload-Metadata": format_metadata(mark)})
    assert (again.path, again.offset) == (path, 5)
    receiver.restart()
    assert tus.create(1000, **mark) == path
    assert receiver.status().disk.promised_bytes == 995


def test_another_transfer_begins_an_upload_of_its_own(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    mark = {"filename": "a.bin", "transfer": "ledger-1-0"}
    path = tus.create(1000, **mark)
    assert tus.patch(path, 0, b"begun").status == 204
    body = {"Upload-Length": "1000", "Upload-Metadata": format_metadata(mark)}
    others = [
        tus.create(1001, **mark),
        tus.create(1000, **{**mark, "transfer": "ledger-2-0"}),
        tus.create(1000, filename="a.bin"),
        tus.create(1000, filename="a.bin"),
        tus.post(body, b"of its own").path,
    ]
    assert len({path, *others}) == 6
    assert tus.offset(path) == 5


def test_a_creation_whose_sender_is_gone_leaves_nothing(receiver: ReceiverProcess) -> None:
    """It was killed: the one that follows it may be through before this one has its turn."""
    tus = TusSender(receiver)
    mark = {"filename": "a.bin", "transfer": "ledger-1-0"}
    with tus.line() as line:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "1000"}
        os.kill(receiver.pid, signal.SIGSTOP)
        line.send_head("POST", "/files", {**headers, "Upload-Metadata": format_metadata(mark)})
    os.kill(receiver.pid, signal.SIGCONT)
    eventually(lambda: any("was cancelled" in words for words in receiver.output))
    status = receiver.status()
    assert (status.uploads, status.disk.promised_bytes) == ((), 0)
