"""Interim answers: 104 (Upload Resumption Supported).

draft-ietf-httpbis-resumable-upload-12, 5, and its appendix "Draft Version Identification".
"""

from __future__ import annotations

import select
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.draft_sender import INTEROP, DraftSender, append_headers, blake3_field
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TIMEOUT_S, Answer, Line, TusSender, eventually

KIB = 1 << 10


def create_head(length: int, complete: bool = True) -> dict[str, str]:
    return {
        **INTEROP,
        "Upload-Complete": "?1" if complete else "?0",
        "Content-Length": str(length),
    }


def answers(line: Line) -> list[Answer]:
    """Read up to the final answer."""
    found = [line.read_answer()]
    while found[-1].status < 200:
        found.append(line.read_answer())
    return found


@pytest.mark.parametrize("version", ["6", "8", "9", "10"])
def test_the_address_comes_before_the_content(
    draft: DraftSender, tus: TusSender, version: str
) -> None:
    """5: Location and Upload-Limit at once; 4.2.2: all answers have the same Location."""
    with draft.line() as line:
        head = {**create_head(4), "Upload-Draft-Interop-Version": version}
        line.send_head("POST", "/files", head)
        first = line.read_answer()
        assert (first.status, first.reason) == (104, "Upload Resumption Supported")
        assert first.headers["upload-draft-interop-version"] == version
        assert "max-age=" in first.headers["upload-limit"]
        assert tus.offset(first.path) == 0
        line.send(b"data")
        last = line.read_answer()
    assert (last.status, last.headers["upload-complete"]) == (200, "?1")
    assert last.headers["location"] == first.headers["location"]


@pytest.mark.parametrize("version", ["", "3", "5", "7", "11", "nine", "9.0", '"9"', "9, 9", "-9"])
def test_who_speaks_another_version_gets_none(draft: DraftSender, version: str) -> None:
    """A server must not send 104 when the version is missing or mismatching."""
    with draft.line() as line:
        head = {**create_head(4), "Upload-Draft-Interop-Version": version}
        line.send_head("POST", "/files", {name: value for name, value in head.items() if value})
        line.send(b"data")
        assert line.read_answer().status == 200


def test_http_1_0_gets_none(draft: DraftSender) -> None:
    """RFC 9110, 15.2: a server must not send a 1xx response to an HTTP/1.0 client."""
    with draft.line() as line:
        line.send_head("POST", "/files", create_head(4), version="1.0")
        line.send(b"data")
        assert line.read_answer().status == 200


def test_a_tus_request_gets_none(draft: DraftSender) -> None:
    with draft.line() as line:
        head = {"Tus-Resumable": "1.0.0", "Upload-Length": "0", **create_head(0)}
        line.send_head("POST", "/files", head)
        assert line.read_answer().status == 201


def test_a_refusal_comes_alone(draft: DraftSender) -> None:
    """4.2.3, example D: what is not allowed has no upload resource."""
    with draft.line() as line:
        line.send_head("POST", "/files", {**create_head(4), "Upload-Length": "5"})
        assert line.read_answer().status == 400


def test_the_content_is_invited_all_the_same(draft: DraftSender) -> None:
    """5: the server must not omit the 100 response because it has sent a 104."""
    with draft.line() as line:
        line.send_head("POST", "/files", {**create_head(4), "Expect": "100-continue"})
        assert [line.read_answer().status for _ in range(2)] == [104, 100]
        line.send(b"data")
        assert line.read_answer().status == 200


def test_without_content_too(draft: DraftSender) -> None:
    """4.2.2: the server should announce the upload resource."""
    with draft.line() as line:
        line.send_head("POST", "/files", create_head(0, complete=False))
        first, last = answers(line)
    assert (first.status, last.status) == (104, 201)
    assert first.headers["location"] == last.headers["location"]


def test_requests_on_one_connection(draft: DraftSender) -> None:
    """RFC 9112, 9.3: interim answers belong to the request under way."""
    with draft.line() as line:
        for data in (b"first", b"second"):
            line.send_head("POST", "/files", create_head(len(data)))
            line.send(data)
            assert [one.status for one in answers(line)] == [104, 200]


def test_who_was_told_the_address_can_go_on_after_a_refusal(draft: DraftSender) -> None:
    """4.2.3, example C: thanks to the interim answer the client can resume the upload."""
    with draft.line() as line:
        head = {**create_head(4), "Content-Digest": blake3_field(b"other")}
        line.send_head("POST", "/files", head)
        line.send(b"data")
        first, last = answers(line)
    assert (last.status, last.offset, last.headers["upload-complete"]) == (460, 0, "?0")
    assert draft.append(first.path, 0, b"data", True).status == 200


def trickle(line: Line, sent: int, length: int) -> tuple[Answer, int]:
    """Send zeros in small pieces until an answer comes; returns it and how much was sent."""
    while not select.select([line.socket], [], [], 0.02)[0]:
        assert sent + KIB <= length, "no answer came"
        line.send(bytes(KIB))
        sent += KIB
    return line.read_answer(), sent


@pytest.mark.parametrize("killed", [False, True])
def test_progress_is_acknowledged(receiver: ReceiverProcess, killed: bool) -> None:
    """5: Upload-Offset, so that what is processed need not be kept nor sent again; 4.4.2: without
    Location. It holds even if the receiver is killed the moment after."""
    draft = DraftSender(receiver, INTEROP)
    length = 1 << 30
    path = draft.begin(length=length)
    line = draft.begin_append(path, 0, length, b"")
    last = sent = 0
    for _ in range(2):
        answer, sent = trickle(line, sent, length)
        assert answer.status == 104
        assert answer.headers["upload-draft-interop-version"] == "9"
        assert "location" not in answer.headers
        assert last < answer.offset <= sent
        last = answer.offset
    if killed:
        receiver.restart()
    line.close()
    assert last <= draft.offset(path) <= sent


def test_progress_of_a_creation_is_acknowledged(draft: DraftSender) -> None:
    """4.2.2: while the content is processed, the server may send multiple interim responses."""
    with draft.line() as line:
        length = 1 << 30
        line.send_head("POST", "/files", create_head(length, complete=False))
        first = line.read_answer()
        second, sent = trickle(line, 0, length)
    assert (first.status, second.status) == (104, 104)
    assert "location" not in second.headers
    assert 0 < second.offset <= sent
    eventually(lambda: draft.offset(first.path) == sent)


def test_checked_content_is_not_acknowledged_before_its_end(receiver: ReceiverProcess) -> None:
    """It counts whole or not at all, and 4.1.1: the offset must not decrease."""
    draft = DraftSender(receiver, INTEROP)
    paths = [draft.begin(length=1 << 30) for _ in range(2)]
    data = bytes(1 << 20)
    with draft.line() as checked, draft.line() as unchecked:
        head = append_headers(0, False, len(data))
        digest = {"Content-Digest": blake3_field(data)}
        checked.send_head("PATCH", paths[0], {**INTEROP, **head, **digest})
        unchecked.send_head("PATCH", paths[1], {**INTEROP, **head})
        sent = 0
        while not select.select([unchecked.socket], [], [], 0.02)[0]:
            for line in (checked, unchecked):
                line.send(bytes(KIB))
            sent += KIB
        assert unchecked.read_answer().status == 104
        checked.send(data[sent:])
        assert checked.read_answer().status == 204


def test_over_tls(start_receiver: Callable[..., ReceiverProcess]) -> None:
    receiver = start_receiver("--host", "0.0.0.0")
    with Line(receiver.port, receiver.key) as line:
        line.start_tls()
        line.send_head("POST", "/files", create_head(4))
        first = line.read_answer()
        assert first.status == 104
        assert first.headers["location"].startswith("https://")
        line.send(b"data")
        assert line.read_answer().status == 200


@pytest.mark.parametrize("size", [10, 5 << 20])
def test_curl_reads_them_and_ends_well(
    draft: DraftSender, shared_receiver: ReceiverProcess, tmp_path: Path, size: int
) -> None:
    """A client that knows nothing of 104 passes over it (RFC 9110, 15.2)."""
    (tmp_path / "content").write_bytes(bytes(size))
    name = f"by-curl-{size}.bin"
    command = ["curl", "--silent", "--show-error", "--include", "--max-time", str(TIMEOUT_S)]
    command += ["--data-binary", f"@{tmp_path / 'content'}", shared_receiver.url + "/files"]
    for header in (
        *(f"{key}: {value}" for key, value in {**INTEROP, **shared_receiver.headers}.items()),
        "Upload-Complete: ?1",
        "Content-Type: application/octet-stream",
        f'Content-Disposition: inline; filename="{name}"',
    ):
        command += ["--header", header]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [one for one in done.stdout.splitlines() if one.startswith("HTTP/")]
    assert lines[0] == "HTTP/1.1 104 Upload Resumption Supported"
    assert lines[-1] == "HTTP/1.1 200 OK"
    assert shared_receiver.stored()[name].read_bytes() == bytes(size)
