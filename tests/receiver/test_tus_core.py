"""tus 1.0.0, Core: https://tus.io/protocols/resumable-upload#core-protocol.

A docstring that begins with a section's name quotes that section.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from receiver.protocol import UPLOAD_TYPE
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, patch_headers

REFUSALS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/nowhere", {}, 404),
    ("PUT", "/files", {}, 405),
    ("POST", "/files", {}, 400),
    ("HEAD", "/files/unknown", {}, 404),
    ("PATCH", "/files/unknown", patch_headers(0), 404),
    ("DELETE", "/files/unknown", {}, 404),
    ("POST", "/files", {"Tus-Resumable": "0.2.2"}, 412),
    ("GET", "/status/history?seconds=x", {}, 400),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REFUSALS)
def test_every_refusal_names_the_protocol_version(
    tus: TusSender, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """Tus-Resumable: must be included in every response, and that means errors too."""
    answer = tus.ask(method, path, headers)
    assert answer.status == status
    assert answer.headers["tus-resumable"] == "1.0.0"


@pytest.mark.parametrize("path", ["/status", "/health", "/", "/files/unknown/receipt"])
def test_every_other_answer_names_the_protocol_version(tus: TusSender, path: str) -> None:
    assert tus.ask("GET", path).headers["tus-resumable"] == "1.0.0"


def test_a_refused_key_still_names_the_protocol_version(tus: TusSender) -> None:
    tus.key = "not-the-key"
    answer = tus.post({"Upload-Length": "1"})
    assert answer.status == 401
    assert answer.headers["tus-resumable"] == "1.0.0"


def test_a_request_that_is_not_http_is_refused_with_the_version(tus: TusSender) -> None:
    with tus.line() as line:
        line.send(b"PATCH /files/x HTTP/1.1\r\nBad Header: 1\r\n\r\n")
        answer = line.read_answer()
    assert answer.status == 400
    assert answer.headers["tus-resumable"] == "1.0.0"


@pytest.mark.parametrize("method", ["POST", "PATCH", "HEAD", "DELETE"])
@pytest.mark.parametrize("version", ["0.2.2", "1.0", "2.0.0", "1.0.0, 2.0.0"])
def test_another_version_is_refused_and_nothing_is_done(
    tus: TusSender, method: str, version: str
) -> None:
    """Tus-Version: 412, the response includes Tus-Version, the request is not processed."""
    path = tus.create(4)
    headers = {**patch_headers(0), "Upload-Length": "4", "Tus-Resumable": version}
    answer = tus.ask(method, "/files" if method == "POST" else path, headers, b"")
    assert answer.status == 412
    assert answer.headers["tus-version"] == "1.0.0"
    if method != "HEAD":
        assert answer.code == "unsupported_version"
    assert tus.offset(path) == 0


def test_a_patch_without_a_version_is_refused(tus: TusSender) -> None:
    """Tus-Resumable: must be included in every request but OPTIONS."""
    path = tus.create(4)
    answer = tus.patch(path, 0, b"data", headers={"Tus-Resumable": ""})
    assert answer.status == 412
    assert tus.offset(path) == 0


@pytest.mark.parametrize("method", ["HEAD", "DELETE"])
def test_a_head_or_delete_without_a_version_is_served(tus: TusSender, method: str) -> None:
    """Both may come from a sender of the other protocol on the same routes."""
    path = tus.create(4)
    assert tus.ask(method, path, {"Tus-Resumable": ""}).status in (200, 204)


@pytest.mark.parametrize("path", ["/files", "/files/any-upload"])
@pytest.mark.parametrize("version", ["", "0.2.2"])
def test_options_tells_what_works_whatever_the_version(
    tus: TusSender, path: str, version: str
) -> None:
    """OPTIONS: 204 or 200 with Tus-Version; Tus-Resumable of the request is ignored."""
    answer = tus.ask("OPTIONS", path, {"Tus-Resumable": version})
    assert answer.status in (200, 204)
    assert answer.headers["tus-version"] == "1.0.0"
    extensions = answer.headers["tus-extension"].split(",")
    assert {"creation", "creation-with-upload", "termination", "checksum"} <= set(extensions)
    assert len(extensions) == len(set(extensions))


def test_options_tells_the_largest_upload(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """Tus-Max-Size: the maximum size of an upload in bytes; Creation, POST: 413 beyond it."""
    tus = TusSender(start_receiver("--max-upload", "1M"))
    assert tus.ask("OPTIONS", "/files").headers["tus-max-size"] == "1048576"
    answer = tus.post({"Upload-Length": "1048577"})
    assert answer.status == 413
    assert answer.problem["limit"] == 1 << 20
    assert tus.post({"Upload-Length": "1048576"}).status == 201


def test_head_gives_offset_and_length(tus: TusSender) -> None:
    """HEAD: Upload-Offset always, also when it is 0; Upload-Length when the size is known."""
    path = tus.create(10)
    answer = tus.head(path)
    assert answer.status == 200
    assert (answer.headers["upload-offset"], answer.headers["upload-length"]) == ("0", "10")
    tus.patch(path, 0, b"1234")
    assert tus.offset(path) == 4


def test_head_goes_on_after_the_upload_is_complete(tus: TusSender) -> None:
    """HEAD: Upload-Offset even if the upload is already considered completed."""
    answer = tus.head(tus.send(b"0123456789"))
    assert answer.status == 200
    assert (answer.offset, answer.headers["upload-length"]) == (10, "10")


def test_no_answer_about_an_upload_is_cached(tus: TusSender) -> None:
    """HEAD: Cache-Control: no-store."""
    path = tus.create(10)
    for answer in (tus.head(path), tus.patch(path, 0, b"0123456789"), tus.head(path)):
        assert answer.headers["cache-control"] == "no-store"
    assert tus.head("/files/unknown").headers["cache-control"] == "no-store"


def test_head_of_an_unknown_upload_has_no_offset(tus: TusSender) -> None:
    """HEAD: 404, 410 or 403 without Upload-Offset."""
    answer = tus.head("/files/unknown")
    assert answer.status == 404
    assert "upload-offset" not in answer.headers


def test_patch_adds_at_the_offset_and_answers_204(tus: TusSender) -> None:
    """PATCH: 204 with the new Upload-Offset, the sum of the old one and the bytes received."""
    path = tus.create(10)
    answer = tus.patch(path, 0, b"0123")
    assert (answer.status, answer.offset, answer.body) == (204, 4, b"")
    answer = tus.patch(path, 4, b"456789")
    assert (answer.status, answer.offset) == (204, 10)


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/plain"])
def test_patch_of_another_type_is_415(tus: TusSender, kind: str) -> None:
    """PATCH: all must use application/offset+octet-stream, otherwise 415."""
    path = tus.create(4)
    answer = tus.patch(path, 0, b"data", headers={"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_type")
    assert tus.offset(path) == 0


def test_the_type_may_have_parameters_and_capitals(tus: TusSender) -> None:
    """RFC 9110, 8.3.1: type and subtype are case-insensitive, parameters may follow."""
    kind = UPLOAD_TYPE.title() + "; charset=binary"
    assert tus.patch(tus.create(4), 0, b"data", headers={"Content-Type": kind}).status == 204


@pytest.mark.parametrize("offset", [0, 3, 5, 10, 11])
def test_patch_elsewhere_is_409_with_the_right_offset(tus: TusSender, offset: int) -> None:
    """PATCH: 409 when the offsets do not match, without modifying the upload."""
    path = tus.create(10)
    tus.patch(path, 0, b"0123")
    answer = tus.patch(path, offset, b"456789")
    assert (answer.status, answer.code) == (409, "offset_mismatch")
    assert answer.offset == answer.problem["offset"] == 4
    assert tus.offset(path) == 4


def test_a_wrong_offset_is_found_before_the_upload_is_found_complete(tus: TusSender) -> None:
    """A sender that lost the last answer learns the offset, and is not called forbidden."""
    path = tus.send(b"0123456789")
    answer = tus.patch(path, 4, b"456789")
    assert (answer.status, answer.offset) == (409, 10)
    answer = tus.patch(path, 10, b"more")
    assert (answer.status, answer.code) == (403, "already_stored")


@pytest.mark.parametrize("offset", ["", "-1", "1_0", "+1", " ", "0x4", "4.0", "٤", "9" * 30])
def test_an_offset_is_ascii_digits(tus: TusSender, offset: str) -> None:
    """Upload-Offset: must be a non-negative integer."""
    path = tus.create(10)
    with tus.line() as line:
        headers = {**patch_headers(0), "Upload-Offset": offset}
        encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
        answer = line.ask("PATCH", path, encoded, b"data")
    assert (answer.status, answer.code) == (400, "bad_request")
    assert tus.offset(path) == 0


@pytest.mark.parametrize("method", ["PATCH", "HEAD", "DELETE"])
def test_the_method_may_stand_in_a_header(tus: TusSender, method: str) -> None:
    """X-HTTP-Method-Override: interpreted as the method; the actual one is ignored."""
    path = tus.create(4)
    headers = {**patch_headers(0), "X-HTTP-Method-Override": method}
    answer = tus.ask("POST", path, headers, b"data" if method == "PATCH" else b"")
    assert answer.status == (200 if method == "HEAD" else 204)
    after = tus.head(path)
    assert after.status == (404 if method == "DELETE" else 200)
    if method == "PATCH":
        assert after.offset == 4
