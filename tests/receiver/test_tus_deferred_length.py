"""tus 1.0.0, Creation Defer Length: https://tus.io/protocols/resumable-upload#upload-defer-length.

A docstring that begins with a section's name quotes that section.
"""

from __future__ import annotations

import pytest

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, chunked

DEFERRED = {"Upload-Defer-Length": "1"}


def test_head_tells_that_the_length_is_unknown_until_it_is_known(tus: TusSender) -> None:
    """Upload-Defer-Length: HEAD includes it, and no Upload-Length, while the length is unknown."""
    path = tus.post(DEFERRED).path
    assert tus.patch(path, 0, b"1234").offset == 4
    unknown = tus.head(path).headers
    assert (unknown["upload-defer-length"], unknown.get("upload-length")) == ("1", None)
    assert tus.patch(path, 4, b"5", headers={"Upload-Length": "9"}).offset == 5
    known = tus.head(path).headers
    assert (known.get("upload-defer-length"), known["upload-length"]) == (None, "9")


def test_the_length_may_come_with_the_last_bytes_or_after_them(receiver: ReceiverProcess) -> None:
    """Upload-Defer-Length: the Client must set the length in a PATCH once it is known."""
    tus = TusSender(receiver)
    named = {**DEFERRED, "Upload-Metadata": "filename YQ=="}
    for late in (False, True):
        path = tus.post(named).path
        tus.patch(path, 0, b"later " if late else b"early ")
        tus.patch(path, 6, b"last", headers={} if late else {"Upload-Length": "10"})
        if late:
            assert tus.patch(path, 10, b"", headers={"Upload-Length": "10"}).status == 204
        assert tus.head(path).headers["upload-length"] == "10"
    stored = [(receiver.data / name).read_bytes() for name in ("a", "a (1)")]
    assert stored == [b"early last", b"later last"]
    assert receiver.status().disk.promised_bytes == 0


@pytest.mark.parametrize("value", ["0", "2", "", "true", "1, 1"])
def test_only_1_defers_a_length(tus: TusSender, value: str) -> None:
    """Upload-Defer-Length: must be 1, otherwise 400."""
    assert tus.ask("POST", "/files", {"Upload-Defer-Length": value or " "}).code == "bad_request"


def test_a_creation_says_one_thing_only(tus: TusSender) -> None:
    """POST: either Upload-Length or Upload-Defer-Length: 1."""
    assert tus.post({**DEFERRED, "Upload-Length": "5"}).code == "bad_request"


@pytest.mark.parametrize("other", ["8", "4", "3", "١", "-9"])
def test_a_length_once_said_stays(tus: TusSender, other: str) -> None:
    """Upload-Defer-Length: once it has been set it must not be changed."""
    path = tus.post(DEFERRED).path
    tus.patch(path, 0, b"1234", headers={"Upload-Length": "9"})
    headers = {"Upload-Length": other.encode().decode("latin-1")}
    assert tus.patch(path, 4, b"5", headers=headers).code == "bad_request"
    head = tus.head(path)
    assert (head.offset, head.headers["upload-length"]) == (4, "9")


def test_a_length_below_what_is_there_is_refused(tus: TusSender) -> None:
    path = tus.post(DEFERRED).path
    tus.patch(path, 0, b"1234")
    assert tus.patch(path, 4, b"", headers={"Upload-Length": "3"}).code == "bad_request"
    assert tus.head(path).headers["upload-defer-length"] == "1"


def test_the_largest_upload_bounds_late_lengths_and_bytes_without_any(
    receiver: ReceiverProcess,
) -> None:
    """Tus-Max-Size holds for a length that comes late, and for bytes in chunks before it does."""
    limited = ReceiverProcess(receiver.data.parent / "limited", "--max-upload", "1000")
    limited.start()
    try:
        tus = TusSender(limited)
        path = tus.post(DEFERRED).path
        assert tus.patch(path, 0, b"", headers={"Upload-Length": "1001"}).code == "too_large"
        assert tus.patch(path, 0, bytes(1001)).code == "too_large"
        headers = {"Transfer-Encoding": "chunked", "Content-Length": ""}
        answer = tus.patch(path, 0, chunked(bytes(1001)), headers=headers)
        assert answer.code == "too_large"
        assert tus.offset(path) <= 1000
        assert not (limited.data / "unnamed").exists()
    finally:
        limited.kill()


def test_an_unknown_length_survives_a_restart(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    path = tus.post({**DEFERRED, "Upload-Metadata": "filename Yg=="}).path
    tus.patch(path, 0, b"before ")
    receiver.restart()
    assert tus.head(path).headers["upload-defer-length"] == "1"
    assert tus.patch(path, 7, b"after", headers={"Upload-Length": "12"}).status == 204
    assert (receiver.data / "b").read_bytes() == b"before after"
