"""draft-ietf-httpbis-resumable-upload-12: offset retrieval, cancellation, limits.

A docstring that begins with a number quotes that section of the draft.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from receiver.protocol import format_metadata
from tests.draft_sender import DraftSender, append_headers
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, eventually

WEEK_S = 7 * 24 * 3600


def limits(header: str) -> dict[str, int]:
    """Read an Upload-Limit header of integers."""
    return {name: int(value) for name, value in (part.split("=") for part in header.split(", "))}


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_where_an_upload_stands(draft: DraftSender, method: str) -> None:
    """4.3.2: Upload-Offset, Upload-Complete, Upload-Length, Upload-Limit; not cached."""
    path = draft.begin(b"0123", length=10)
    answer = draft.ask(method, path)
    assert (answer.status, answer.body) == (204, b"")
    found = {name: answer.headers[name] for name in ("upload-offset", "upload-length")}
    assert found == {"upload-offset": "4", "upload-length": "10"}
    assert answer.headers["upload-complete"] == "?0"
    assert answer.headers["cache-control"] == "no-store"
    assert 0 < limits(answer.headers["upload-limit"])["max-age"] <= WEEK_S


def test_the_length_is_told_once_it_is_known(draft: DraftSender) -> None:
    """4.3.2: Upload-Length, unless the client has not supplied one."""
    path = draft.begin(b"0123")
    assert "upload-length" not in draft.head(path).headers
    draft.append(path, 4, b"45", headers={"Upload-Length": "10"})
    assert draft.head(path).headers["upload-length"] == "10"


def test_where_a_complete_upload_stands(draft: DraftSender) -> None:
    """4.3.2: Upload-Complete tells whether a final answer was produced; without limits, 4.1.4:
    min-size=0."""
    path = draft.create(b"0123", True).path
    answer = draft.head(path)
    assert (answer.status, answer.offset) == (204, 4)
    assert answer.headers["upload-complete"] == "?1"
    assert answer.headers["upload-length"] == "4"
    assert answer.headers["upload-limit"] == "min-size=0"


def test_both_protocols_are_told_of_one_upload(draft: DraftSender, tus: TusSender) -> None:
    """HEAD answers with both sets of headers, whoever asks and whoever created it."""
    paths = (draft.begin(b"0123", length=10), tus.create(10, "both.bin"))
    for path in paths:
        for answer in (draft.head(path), tus.head(path)):
            wanted = {"upload-offset", "upload-length", "upload-complete", "upload-limit"}
            assert wanted | {"upload-expires", "tus-resumable"} <= set(answer.headers)
        assert tus.head(path).status == 200
    assert draft.head(paths[1]).headers["upload-metadata"] == format_metadata(
        {"filename": "both.bin"}
    )


def test_an_unknown_upload(draft: DraftSender) -> None:
    for method in ("HEAD", "GET", "DELETE", "PATCH"):
        answer = draft.ask(method, "/files/unknown", append_headers(0, True))
        assert answer.status == 404
        assert "upload-offset" not in answer.headers


def test_the_offset_holds_although_somebody_was_sending(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """4.6: the next append must be accepted at the offset that is told: who sends is cut off."""
    path = draft.begin(length=1000)
    arrived = shared_receiver.status().traffic.received_bytes
    line = draft.begin_append(path, 0, 1000, bytes(300))
    eventually(lambda: shared_receiver.status().traffic.received_bytes == arrived + 300)
    assert draft.offset(path) == 300
    assert draft.append(path, 300, bytes(700), True).status == 200
    assert line.read_answer().status == 400
    line.close()


def test_cancelled(draft: DraftSender) -> None:
    """4.5.2: upon DELETE the upload resource is deactivated."""
    path = draft.begin(b"0123", length=10)
    assert draft.ask("DELETE", path).status == 204
    assert draft.head(path).status == 404


def test_cancelled_while_somebody_sends(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """4.5.2: in-flight requests are terminated before the answer."""
    path = draft.begin(length=1000)
    arrived = shared_receiver.status().traffic.received_bytes
    line = draft.begin_append(path, 0, 1000, bytes(300))
    eventually(lambda: shared_receiver.status().traffic.received_bytes == arrived + 300)
    assert draft.ask("DELETE", path).status == 204
    assert line.read_answer().status == 400
    assert line.hung_up()
    line.close()
    assert draft.head(path).status == 404


def test_what_is_stored_is_not_cancelled(draft: DraftSender) -> None:
    """What was delivered belongs to who received it."""
    path = draft.create(b"0123", True).path
    answer = draft.ask("DELETE", path)
    assert (answer.status, answer.code) == (403, "already_stored")
    assert draft.head(path).headers["upload-complete"] == "?1"


@pytest.mark.parametrize("path", ["/files", "/files/any-upload"])
def test_options_tells_the_limits(draft: DraftSender, path: str) -> None:
    """4.1.4: an answer to OPTIONS must include Upload-Limit; RFC 5789, 3.1: Accept-Patch."""
    answer = draft.ask("OPTIONS", path)
    assert answer.status == 204
    assert limits(answer.headers["upload-limit"]) == {"max-age": WEEK_S}
    assert "application/partial-upload" in answer.headers["accept-patch"].split(", ")


def test_limits_are_those_of_the_receiver(start_receiver: Callable[..., ReceiverProcess]) -> None:
    """4.1.4: those announced by OPTIONS should not be less restrictive than those applied."""
    draft = DraftSender(start_receiver("--max-upload", "3M", "--expire-after", "90s"))
    announced = limits(draft.ask("OPTIONS", "/files").headers["upload-limit"])
    assert announced == {"max-size": 3 << 20, "max-age": 90}
    created = draft.create(headers={"Upload-Length": "10"})
    for answer in (created, draft.head(created.path)):
        applied = limits(answer.headers["upload-limit"])
        assert applied["max-size"] == 3 << 20
        assert 60 < applied["max-age"] <= 90


def test_a_limit_that_no_field_can_hold(start_receiver: Callable[..., ReceiverProcess]) -> None:
    """RFC 9651, 3.3.1: an Integer has at most 15 digits."""
    draft = DraftSender(start_receiver("--max-upload", "4000T"))
    header = draft.ask("OPTIONS", "/files").headers["upload-limit"]
    assert limits(header)["max-size"] == 999_999_999_999_999


def test_a_page_of_another_site_may_use_it(start_receiver: Callable[..., ReceiverProcess]) -> None:
    """Fetch, CORS protocol: the draft's fields are allowed, and exposed."""
    site = "https://example.org"
    draft = DraftSender(start_receiver("--allow-origin", site), {"Origin": site})
    answer = draft.ask("OPTIONS", "/files", {"Access-Control-Request-Method": "PATCH"})
    allowed = answer.headers["access-control-allow-headers"].split(", ")
    wanted = {"Upload-Complete", "Upload-Draft-Interop-Version", "Content-Digest", "Repr-Digest"}
    assert wanted <= set(allowed)
    exposed = draft.create().headers["access-control-expose-headers"].split(", ")
    assert {"Upload-Complete", "Upload-Limit", "Location"} <= set(exposed)
