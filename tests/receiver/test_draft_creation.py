"""draft-ietf-httpbis-resumable-upload-12, 4.2 Upload Creation.

A docstring that begins with a number quotes that section of the draft.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from receiver.assembly import KEYS_FILE
from receiver.keys import Keys
from receiver.protocol import UPLOAD_TYPE, parse_metadata
from tests.draft_sender import PARTIAL_TYPE, PROBLEMS, DraftSender
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, chunked

CHUNKED = {"Transfer-Encoding": "chunked"}


def test_all_in_one_request(draft: DraftSender, shared_receiver: ReceiverProcess) -> None:
    """4.2.2: with ?1 and all content processed, the answer is the one of the resource."""
    headers = {"Content-Disposition": 'inline; filename="whole.txt"'}
    answer = draft.create(b"0123456789", True, headers)
    assert (answer.status, answer.headers["upload-complete"], answer.offset) == (200, "?1", 10)
    receipt = json.loads(answer.body)
    assert (receipt["stored_name"], receipt["size_bytes"]) == ("whole.txt", 10)
    assert receipt["id"] == answer.path.rpartition("/")[2]
    assert shared_receiver.stored()["whole.txt"].read_bytes() == b"0123456789"


@pytest.mark.parametrize("data", [b"", b"0123"])
def test_a_part_of_it(draft: DraftSender, data: bytes) -> None:
    """4.2.2: with ?0 a 201 with Location, and Upload-Limit; Upload-Complete says ?0."""
    answer = draft.create(data, False, {"Upload-Length": "10"})
    assert (answer.status, answer.offset, answer.body) == (201, len(data), b"")
    assert answer.headers["upload-complete"] == "?0"
    assert answer.headers["location"].startswith("http://receiver.example/files/")
    assert "max-age=" in answer.headers["upload-limit"]
    assert draft.offset(answer.path) == len(data)


def test_an_empty_file(draft: DraftSender, shared_receiver: ReceiverProcess) -> None:
    """4.2.1: no content and ?1: the representation is empty."""
    answer = draft.create(b"", True, {"Content-Disposition": 'inline; filename="empty.txt"'})
    assert (answer.status, answer.headers["upload-complete"], answer.offset) == (200, "?1", 0)
    assert shared_receiver.stored()["empty.txt"].read_bytes() == b""


def test_a_length_of_0_does_not_complete(draft: DraftSender) -> None:
    """4.1.3: the offset could match the length, but the upload can still be incomplete."""
    path = draft.begin(length=0)
    assert draft.head(path).headers["upload-complete"] == "?0"
    assert draft.append(path, 0, complete=True).headers["upload-complete"] == "?1"


def test_a_reached_length_does_not_complete(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """4.1.3: length and offset do not determine whether an upload is complete."""
    path = draft.begin(b"0123", length=4, name="reached.txt")
    answer = draft.head(path)
    assert (answer.offset, answer.headers["upload-length"]) == (4, "4")
    assert answer.headers["upload-complete"] == "?0"
    assert "reached.txt" not in shared_receiver.stored()
    assert draft.append(path, 4, complete=True).status == 200
    assert shared_receiver.stored()["reached.txt"].read_bytes() == b"0123"


@pytest.mark.parametrize("complete", [True, False])
def test_content_in_chunks(draft: DraftSender, complete: bool) -> None:
    """4.1.3: the length may be known only when the content has ended."""
    with draft.line() as line:
        head = {"Upload-Complete": "?1" if complete else "?0", **CHUNKED}
        answer = line.ask("POST", "/files", head, chunked(b"0123", b"456"))
    assert (answer.status, answer.offset) == (200 if complete else 201, 7)
    assert ("upload-length" in draft.head(answer.path).headers) is complete


@pytest.mark.parametrize("value", ["", "1", "true", "?2", "?1, ?1", '"?1"', "??1", "(?1)"])
def test_what_is_no_boolean_counts_as_absent(draft: DraftSender, value: str) -> None:
    """4.1.2: other values must cause the entire header field to be ignored."""
    answer = draft.ask("POST", "/files", {"Upload-Complete": value}, b"data")
    assert (answer.status, answer.code) == (412, "unsupported_version")
    answer = draft.ask(
        "POST", "/files", {"Upload-Complete": value, "Content-Type": PARTIAL_TYPE}, b"data"
    )
    assert (answer.status, answer.code) == (400, "bad_request")


@pytest.mark.parametrize("value", ["?1;why=not", "  ?1 "])
def test_a_boolean_may_have_parameters(draft: DraftSender, value: str) -> None:
    """RFC 9651, 4.2: parameters and surrounding spaces are no failure."""
    assert draft.create(b"data", headers={"Upload-Complete": value}).status == 200


@pytest.mark.parametrize("value", ["-1", "10.0", '"10"', "1_0", "10, 10", "9" * 16, "٤", "ten"])
def test_a_length_that_is_none_counts_as_absent(draft: DraftSender, value: str) -> None:
    """4.1.3: other values must cause the entire header field to be ignored."""
    headers = {"Upload-Length": value.encode().decode("latin-1")}
    path = draft.create(b"data", headers=headers).path
    assert "upload-length" not in draft.head(path).headers


@pytest.mark.parametrize(("length", "complete"), [("5", True), ("3", True), ("3", False)])
def test_lengths_that_differ(draft: DraftSender, length: str, complete: bool) -> None:
    """4.1.3: both indicators in one request must match."""
    answer = draft.create(b"data", complete, {"Upload-Length": length})
    assert (answer.status, answer.code) == (400, "length_inconsistent")
    assert answer.problem["type"] == PROBLEMS + "inconsistent-upload-length"
    assert answer.headers["upload-complete"] == "?0"
    assert "location" not in answer.headers


def test_a_new_upload_begins_at_0(draft: DraftSender) -> None:
    assert draft.create(b"data", True, {"Upload-Offset": "0"}).status == 200
    assert draft.create(b"data", True, {"Upload-Offset": "4"}).code == "bad_request"


def test_chunks_beyond_the_length_leave_nothing(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """4.4.2: it is not sufficient to rely on Content-Length for enforcement."""
    before = {one.id for one in shared_receiver.status().uploads}
    head = {"Upload-Complete": "?0", "Upload-Length": "3", **CHUNKED}
    with draft.line() as line:
        answer = line.ask("POST", "/files", head, chunked(b"0123"))
    assert (answer.status, answer.code) == (400, "length_inconsistent")
    assert {one.id for one in shared_receiver.status().uploads} <= before


@pytest.mark.parametrize(
    ("disposition", "stored"),
    [
        ('inline; filename="plain name.txt"', "plain name.txt"),
        ("attachment; filename=token.txt", "token.txt"),
        ("inline; filename*=UTF-8''f%C3%BCr%20alle.txt", "für alle.txt"),
        ("inline; filename=\"x.txt\"; filename*=UTF-8''%E2%82%AC.txt", "€.txt"),
        ("inline; filename*=UTF-8''%E2%82%AC%20first.txt; filename=\"x.txt\"", "€ first.txt"),
        ("inline; filename*=iso-8859-1'en'%A3%20rates.txt", "£ rates.txt"),
        ('inline; filename="raw ü.txt"', "raw ü.txt"),
        ('inline; filename="../../etc/below.txt"', "below.txt"),
    ],
)
def test_the_name(
    draft: DraftSender, shared_receiver: ReceiverProcess, disposition: str, stored: str
) -> None:
    """4.2.1: Content-Disposition can transmit a file name (RFC 6266, 4.3; RFC 8187)."""
    headers = {"Content-Disposition": disposition.encode().decode("latin-1")}
    answer = draft.create(disposition.encode(), True, headers)
    assert answer.stored_name == stored
    assert shared_receiver.stored()[stored].read_bytes() == disposition.encode()


@pytest.mark.parametrize("disposition", ["", "inline", 'inline; filename=""', ";;;", "filename"])
def test_without_a_name(draft: DraftSender, disposition: str) -> None:
    headers = {"Content-Disposition": disposition}
    assert draft.create(disposition.encode(), True, headers).stored_name.startswith("unnamed")


def test_name_and_kind_are_told_to_a_tus_client(draft: DraftSender, tus: TusSender) -> None:
    """4.2.1: Content-Type indicates the media type of the representation."""
    headers = {
        "Content-Disposition": "inline; filename*=UTF-8''f%C3%BC.png",
        "Content-Type": "image/png; q=1",
    }
    path = draft.create(b"data", headers=headers).path
    metadata = parse_metadata(tus.head(path).headers["upload-metadata"])
    assert metadata == {"filename": "fü.png", "filetype": "image/png"}


def test_too_large(start_receiver: Callable[..., ReceiverProcess]) -> None:
    """4.1.4: max-size; a request that violates a limit is answered with all limits."""
    draft = DraftSender(start_receiver("--max-upload", "1M"))
    for headers, data in (({"Upload-Length": "1048577"}, b""), ({}, bytes((1 << 20) + 1))):
        answer = draft.create(data, headers=headers)
        assert (answer.status, answer.code) == (413, "too_large")
        assert "max-size=1048576" in answer.headers["upload-limit"]
    with draft.line() as line:
        body = chunked(bytes((1 << 20) + 1))
        answer = line.ask("POST", "/files", {"Upload-Complete": "?1", **CHUNKED}, body)
    assert (answer.status, answer.code) == (413, "too_large")
    assert draft.create(bytes(1 << 20), True).status == 200


def test_a_request_with_a_tus_version_is_tus(draft: DraftSender, tus: TusSender) -> None:
    """One set of routes: Tus-Resumable decides."""
    answer = tus.post({"Upload-Length": "4", "Upload-Complete": "?0"}, b"data")
    assert answer.status == 201
    assert draft.head(answer.path).headers["upload-complete"] == "?1"
    answer = tus.patch(tus.create(4), 0, b"data", headers={"Upload-Complete": "?0"})
    assert answer.status == 204
    assert UPLOAD_TYPE in draft.ask("OPTIONS", "/files").headers["accept-patch"]


def test_another_key_sees_nothing_of_it(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """11: the server should ensure that only authorized clients can access the resource."""
    keys = Keys(shared_receiver.data / ".wherry" / KEYS_FILE, None)
    stranger = DraftSender(shared_receiver, {"Authorization": f"Bearer {keys.make('bob')}"})
    path = draft.begin(b"0123", length=10)
    for answer in (
        stranger.head(path),
        stranger.append(path, 4, b"456789", True),
        stranger.ask("DELETE", path),
    ):
        assert answer.status == 404
    assert draft.offset(path) == 4
