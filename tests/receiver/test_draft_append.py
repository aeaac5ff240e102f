"""draft-ietf-httpbis-resumable-upload-12, 4.4 Upload Append.

A docstring that begins with a number quotes that section of the draft.
"""

from __future__ import annotations

import json

import pytest

from receiver.protocol import UPLOAD_TYPE
from tests.draft_sender import PROBLEMS, DraftSender, append_headers
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, chunked

CHUNKED = {"Transfer-Encoding": "chunked"}


def test_parts_one_after_the_other(draft: DraftSender, shared_receiver: ReceiverProcess) -> None:
    """4.4.2: with ?0 a 2xx with Upload-Complete: ?0; with ?1 the answer of the resource."""
    path = draft.begin(b"0123", name="parts.txt")
    answer = draft.append(path, 4, b"456")
    assert (answer.status, answer.offset, answer.body) == (204, 7, b"")
    assert answer.headers["upload-complete"] == "?0"
    answer = draft.append(path, 7, b"89", complete=True)
    assert (answer.status, answer.offset, answer.path) == (200, 9, path)
    assert answer.headers["upload-complete"] == "?1"
    assert json.loads(answer.body)["stored_name"] == "parts.txt"
    assert shared_receiver.stored()["parts.txt"].read_bytes() == b"012345689"


def test_the_end_may_come_alone(draft: DraftSender, shared_receiver: ReceiverProcess) -> None:
    """4.4.1: a request without content completes what was processed before."""
    path = draft.begin(b"0123", name="alone.txt")
    assert draft.append(path, 4, complete=True).status == 200
    assert shared_receiver.stored()["alone.txt"].read_bytes() == b"0123"


def test_the_length_comes_with_the_last_part(draft: DraftSender) -> None:
    """4.1.3: with ?1, the length is the offset and the content's length together."""
    path = draft.begin(b"0123")
    with draft.line() as line:
        head = {**append_headers(4, True), "Upload-Length": "6", **CHUNKED}
        answer = line.ask("PATCH", path, head, chunked(b"45"))
    assert (answer.status, answer.offset) == (200, 6)


@pytest.mark.parametrize("offset", [0, 3, 5, 10])
@pytest.mark.parametrize("complete", [True, False])
def test_elsewhere(draft: DraftSender, offset: int, complete: bool) -> None:
    """4.4.2: 409 with Upload-Complete: ?0 and the right Upload-Offset; 7.1: the problem type."""
    path = draft.begin(b"0123", length=10)
    answer = draft.append(path, offset, b"456789", complete)
    assert (answer.status, answer.code, answer.offset) == (409, "offset_mismatch", 4)
    assert answer.headers["upload-complete"] == "?0"
    assert answer.problem["type"] == PROBLEMS + "mismatching-upload-offset"
    assert answer.problem["expected-offset"] == 4
    assert answer.problem["provided-offset"] == offset
    assert draft.offset(path) == 4


def test_elsewhere_on_a_complete_upload(draft: DraftSender) -> None:
    """4.1.2: Upload-Complete can be false in answer to an invalid operation on a complete one."""
    path = draft.create(b"0123", True).path
    answer = draft.append(path, 2, b"23", True)
    assert (answer.status, answer.offset) == (409, 4)
    assert answer.headers["upload-complete"] == "?0"


@pytest.mark.parametrize("offset", ["", "-1", "4.0", '"4"', "4, 4", "0x4", "four"])
def test_an_offset_that_is_none_counts_as_absent(draft: DraftSender, offset: str) -> None:
    """4.1.1: other values must cause the entire field to be ignored; 4.4.1: it must be there."""
    path = draft.begin(b"0123", length=10)
    answer = draft.append(path, 4, b"456789", True, {"Upload-Offset": offset})
    assert (answer.status, answer.code) == (400, "bad_request")
    assert draft.offset(path) == 4


@pytest.mark.parametrize("kind", [UPLOAD_TYPE, "application/octet-stream", "text/plain", ""])
def test_another_type(draft: DraftSender, kind: str) -> None:
    """4.4.2: with the media type application/partial-upload; RFC 5789, 2.2: 415, Accept-Patch."""
    path = draft.begin(b"0123", length=10)
    answer = draft.append(path, 4, b"456789", True, {"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_type")
    assert "application/partial-upload" in answer.headers["accept-patch"]
    assert draft.offset(path) == 4


def test_the_type_may_have_parameters_and_capitals(draft: DraftSender) -> None:
    """RFC 9110, 8.3.1."""
    path = draft.begin(b"0123")
    kind = {"Content-Type": "Application/Partial-Upload; charset=binary"}
    assert draft.append(path, 4, b"45", headers=kind).status == 204


def test_whether_it_is_the_end_must_be_said(draft: DraftSender) -> None:
    """4.4.1: the request must include Upload-Complete; what cannot be parsed is none."""
    path = draft.begin(b"0123", length=6)
    for value in ("", "yes"):
        answer = draft.append(path, 4, b"45", headers={"Upload-Complete": value})
        assert (answer.status, answer.code) == (400, "bad_request")
    assert draft.offset(path) == 4


def test_in_version_6_silence_is_the_end(draft: DraftSender) -> None:
    """-05, 6: if it is not the end, Upload-Complete must be set to false."""
    path = draft.begin(b"0123", length=6)
    headers = {"Upload-Complete": "", "Upload-Draft-Interop-Version": "6"}
    with draft.line() as line:
        given = {**append_headers(4, True), **headers}
        line.send_head(
            "PATCH", path, {k: v for k, v in given.items() if v} | {"Content-Length": "2"}
        )
        line.send(b"45")
        answer = line.read_answer()
    assert (answer.status, answer.headers["upload-complete"]) == (200, "?1")


def test_a_complete_upload_takes_no_more(draft: DraftSender) -> None:
    """4.1.2: after this point, no more representation data can be appended."""
    path = draft.create(b"0123", True).path
    for data, complete in ((b"45", True), (b"45", False), (b"", False)):
        answer = draft.append(path, 4, data, complete)
        assert (answer.status, answer.code) == (403, "already_stored")
        assert answer.problem["type"] == PROBLEMS + "completed-upload"
        assert answer.headers["upload-complete"] == "?0"
    assert draft.offset(path) == 4


def test_a_lost_answer_is_given_again(draft: DraftSender) -> None:
    """4.4.2: the server can choose to replay the final response."""
    path = draft.begin(b"0123", name="again.txt")
    first = draft.append(path, 4, b"45", complete=True)
    again = draft.append(path, 6, complete=True)
    assert again.status == first.status
    assert json.loads(again.body)["id"] == json.loads(first.body)["id"]
    for name in ("upload-complete", "upload-offset", "location", "repr-digest"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("length", "data", "complete"),
    [("9", b"456789", False), ("11", b"456789", False), ("", b"4567", True), ("9", b"45678", True)],
)
def test_another_length(draft: DraftSender, length: str, data: bytes, complete: bool) -> None:
    """4.1.3: the length must stay consistent; 7.2: the problem type. The upload stays."""
    path = draft.begin(b"0123", length=10)
    answer = draft.append(path, 4, data, complete, {"Upload-Length": length})
    assert (answer.status, answer.code) == (400, "length_inconsistent")
    assert answer.problem["type"] == PROBLEMS + "inconsistent-upload-length"
    assert answer.headers["upload-complete"] == "?0"
    assert draft.append(path, 4, b"456789", True).status == 200


@pytest.mark.parametrize(("length", "complete"), [("7", True), ("3", False)])
def test_a_first_length_that_cannot_be(draft: DraftSender, length: str, complete: bool) -> None:
    """4.1.3: both indicators must match; what has arrived cannot be more than all."""
    path = draft.begin(b"0123")
    answer = draft.append(path, 4, b"45", complete, {"Upload-Length": length})
    assert (answer.status, answer.code) == (400, "length_inconsistent")
    assert draft.append(path, 4, b"45", True).status == 200


def test_chunks_that_end_too_early(draft: DraftSender) -> None:
    """4.1.3, with ?1: what is known only at the end is compared then; what arrived stays."""
    path = draft.begin(b"0123", length=10)
    with draft.line() as line:
        answer = line.ask("PATCH", path, {**append_headers(4, True), **CHUNKED}, chunked(b"45"))
    assert (answer.status, answer.code) == (400, "length_inconsistent")
    assert draft.offset(path) == 6
    assert draft.append(path, 6, b"6789", True).status == 200


@pytest.mark.parametrize("complete", [True, False])
def test_past_the_length_the_upload_is_dead(draft: DraftSender, complete: bool) -> None:
    """4.4.2: rejecting the request, marking the upload resource invalid; not with 413, which by
    4.7 invites to try again."""
    for body, head in ((b"4567890", {}), (chunked(b"456", b"7890"), CHUNKED)):
        path = draft.begin(b"0123", length=10)
        with draft.line() as line:
            answer = line.ask("PATCH", path, {**append_headers(4, complete), **head}, body)
        assert (answer.status, answer.code) == (400, "length_inconsistent")
        assert answer.problem["type"] == PROBLEMS + "inconsistent-upload-length"
        assert draft.head(path).status == 404
        assert draft.append(path, 4, b"456789", True).status == 404


def test_the_method_may_stand_in_a_header(draft: DraftSender) -> None:
    """As with tus: for senders that know no PATCH."""
    path = draft.begin(b"0123")
    headers = {**append_headers(4, True), "X-HTTP-Method-Override": "PATCH"}
    assert draft.ask("POST", path, headers, b"45").status == 200


def test_one_upload_two_protocols(
    draft: DraftSender, tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """Begun with tus, gone on with by the draft, and the other way round."""
    path = tus.create(10, "tus-first.txt")
    assert tus.patch(path, 0, b"0123").offset == 4
    assert draft.append(path, 4, b"456").status == 204
    assert draft.append(path, 7, b"789", True).status == 200
    assert shared_receiver.stored()["tus-first.txt"].read_bytes() == b"0123456789"
    path = draft.begin(b"0123", length=10, name="draft-first.txt")
    assert tus.patch(path, 4, b"456").offset == 7
    assert tus.patch(path, 7, b"789").status == 204
    assert shared_receiver.stored()["draft-first.txt"].read_bytes() == b"0123456789"


def test_the_draft_holds_an_upload_of_tus_open(draft: DraftSender, tus: TusSender) -> None:
    """4.1.2: complete is what its sender marks so, whatever was reached."""
    path = tus.create(6)
    assert draft.append(path, 0, b"012345").headers["upload-complete"] == "?0"
    assert "repr-digest" not in tus.head(path).headers
    assert tus.patch(path, 6, b"").status == 204
    assert draft.head(path).headers["upload-complete"] == "?1"
