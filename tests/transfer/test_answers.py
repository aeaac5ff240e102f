"""From HTTP answers to the three outcomes: try again, the user must act, a bug."""

from __future__ import annotations

import json
import time
from email.utils import formatdate

import pytest
import requests

from desktop.transfer.answers import TABLE, refusal, retry_after_s
from desktop.transfer.errors import (
    AlreadyStoredError,
    BugError,
    OffsetMismatchError,
    TransferError,
    TryAgainError,
    UploadGoneError,
    UserMustActError,
    WindowRefusedError,
)
from desktop.transfer.events import ProblemKind
from receiver.errors import TABLE as RECEIVERS_TABLE
from receiver.protocol import PROBLEM_TYPE, TUS_VERSION, Code


def answer(
    status: int, body: bytes = b"", method: str = "PATCH", **headers: str
) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.reason = "Reason"
    made._content = body
    made.headers.update({key.replace("_", "-"): value for key, value in headers.items()})
    made.request = requests.Request(method, "http://server/files/1").prepare()
    return made


def problem(status: int, code: str, **fields: object) -> requests.Response:
    body = json.dumps({"code": code, "title": "words", **fields}).encode()
    return answer(status, body, Content_Type=PROBLEM_TYPE)


@pytest.mark.parametrize(
    ("code", "outcome", "kind"),
    [
        (Code.KEY_MISSING, UserMustActError, ProblemKind.KEY_MISSING),
        (Code.KEY_WRONG, UserMustActError, ProblemKind.KEY_WRONG),
        (Code.TOO_MANY_TRIES, TryAgainError, ProblemKind.TOO_MANY_TRIES),
        (Code.NO_SPACE, TryAgainError, ProblemKind.NO_SPACE),
        (Code.TOO_LARGE, UserMustActError, ProblemKind.TOO_LARGE),
        (Code.LOW_MEMORY, TryAgainError, ProblemKind.LOW_MEMORY),
        (Code.BUSY, TryAgainError, ProblemKind.BUSY),
        (Code.OFFSET_MISMATCH, OffsetMismatchError, ProblemKind.BUG),
        (Code.DIGEST_MISMATCH, WindowRefusedError, ProblemKind.DIGEST_MISMATCH),
        (Code.UPLOAD_UNKNOWN, UploadGoneError, ProblemKind.UPLOAD_GONE),
        (Code.UPLOAD_EXPIRED, UploadGoneError, ProblemKind.UPLOAD_GONE),
        (Code.UPLOAD_LOCKED, TryAgainError, ProblemKind.BUSY),
        (Code.ALREADY_STORED, AlreadyStoredError, ProblemKind.BUG),
        (Code.STORE_FAILED, TryAgainError, ProblemKind.STORE_FAILED),
        (Code.BAD_NAME, BugError, ProblemKind.BUG),
        (Code.LENGTH_EXCEEDED, BugError, ProblemKind.BUG),
        (Code.UNSUPPORTED_VERSION, BugError, ProblemKind.BUG),
        ("something_new", BugError, ProblemKind.BUG),
    ],
)
def test_codes(code: str, outcome: type[TransferError], kind: ProblemKind) -> None:
    made = refusal(problem(418, code), "srv")
    assert type(made) is outcome
    assert made.problem.kind is kind
    assert made.problem.where == "srv"
    assert code in made.problem.detail


def test_what_the_receiver_calls_worth_trying_again_is_tried_again() -> None:
    for code, row in RECEIVERS_TABLE.items():
        if row.try_again:
            assert issubclass(TABLE[code].outcome, TryAgainError), code


def test_numbers_are_taken_and_nonsense_is_not() -> None:
    made = refusal(problem(507, Code.NO_SPACE, needed=5, free=3, promised="x", limit=True), "srv")
    assert made.problem.needed_bytes == 5
    assert made.problem.free_bytes == 3
    assert made.problem.promised_bytes is None
    assert made.problem.limit_bytes is None


@pytest.mark.parametrize("status", [413, 502, 503, 504, 524])
def test_what_is_not_ours_comes_from_a_proxy(status: int) -> None:
    made = refusal(answer(status, b"<html>", Content_Type="text/html", Via="1.1 gate"), "srv")
    assert type(made) is TryAgainError
    assert made.problem.kind is ProblemKind.PROXY
    assert "Via: 1.1 gate" in made.problem.detail


@pytest.mark.parametrize("status", [200, 204, 301, 302, 400, 401, 403, 404, 407, 511])
def test_anything_else_that_is_not_ours_is_no_receiver(status: int) -> None:
    made = refusal(answer(status, b"<html>", Content_Type="text/html"), "srv")
    assert made.problem.kind is ProblemKind.NOT_WHERRY


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, ProblemKind.KEY_WRONG),
        (404, ProblemKind.UPLOAD_GONE),
        (410, ProblemKind.UPLOAD_GONE),
        (423, ProblemKind.BUSY),
        (503, ProblemKind.BUSY),
        (418, ProblemKind.BUG),
    ],
)
def test_head_has_only_its_status(status: int, kind: ProblemKind) -> None:
    ours = answer(status, method="HEAD", Tus_Resumable=TUS_VERSION)
    assert refusal(ours, "srv").problem.kind is kind


def test_a_head_that_a_proxy_answered_says_nothing_of_the_upload() -> None:
    made = refusal(answer(404, method="HEAD"), "srv")
    assert made.problem.kind is ProblemKind.NOT_WHERRY


def test_a_problem_document_that_is_none() -> None:
    broken = answer(502, b"{not json", Content_Type=PROBLEM_TYPE)
    assert refusal(broken, "srv").problem.kind is ProblemKind.PROXY
    listed = answer(400, b"[1]", Content_Type=PROBLEM_TYPE)
    assert refusal(listed, "srv").problem.kind is ProblemKind.NOT_WHERRY


def test_retry_after_in_both_forms() -> None:
    assert retry_after_s(answer(503, Retry_After="17")) == 17.0
    assert retry_after_s(answer(503, Retry_After="soon")) is None
    assert retry_after_s(answer(503, Retry_After="-3")) is None
    assert retry_after_s(answer(503)) is None
    later = retry_after_s(answer(503, Retry_After=formatdate(time.time() + 60, usegmt=True)))
    assert later is not None
    assert 50 < later <= 60
    assert retry_after_s(answer(503, Retry_After=formatdate(0, usegmt=True))) == 0.0
