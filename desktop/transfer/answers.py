"""From an HTTP answer, or none, to one of the three outcomes in errors.py.

One table maps the receiver's codes; words are never looked at.
"""

from __future__ import annotations

import dataclasses
import email.utils
import json
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import requests

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
from desktop.transfer.events import Problem, ProblemKind
from receiver.protocol import H_TUS_RESUMABLE, PROBLEM_TYPE, Code

MOST_PROBLEM_BYTES = 64 * 1024
CERTIFICATE_SIGNS = ("CERTIFICATE_VERIFY_FAILED", "Fingerprint", "doesn't match")
"""How OpenSSL and urllib3 say that it is the certificate; they have no class of error for it."""

PROXY_STATUSES = (413, 500, 502, 503, 504, 520, 522, 524)


class _Row(NamedTuple):
    kind: ProblemKind
    outcome: type[TransferError]


_BUG = _Row(ProblemKind.BUG, BugError)
_BUSY = _Row(ProblemKind.BUSY, TryAgainError)
_GONE = _Row(ProblemKind.UPLOAD_GONE, UploadGoneError)
_KEY_WRONG = _Row(ProblemKind.KEY_WRONG, UserMustActError)
_STORED = _Row(ProblemKind.BUG, AlreadyStoredError)

TABLE: dict[str, _Row] = {
    Code.KEY_MISSING: _Row(ProblemKind.KEY_MISSING, UserMustActError),
    Code.KEY_WRONG: _KEY_WRONG,
    Code.TOO_MANY_TRIES: _Row(ProblemKind.TOO_MANY_TRIES, TryAgainError),
    Code.NO_SPACE: _Row(ProblemKind.NO_SPACE, TryAgainError),
    Code.TOO_LARGE: _Row(ProblemKind.TOO_LARGE, UserMustActError),
    Code.LOW_MEMORY: _Row(ProblemKind.LOW_MEMORY, TryAgainError),
    Code.BUSY: _BUSY,
    Code.OFFSET_MISMATCH: _Row(ProblemKind.BUG, OffsetMismatchError),
    Code.DIGEST_MISMATCH: _Row(ProblemKind.DIGEST_MISMATCH, WindowRefusedError),
    Code.UPLOAD_UNKNOWN: _GONE,
    Code.UPLOAD_EXPIRED: _GONE,
    Code.UPLOAD_LOCKED: _BUSY,
    Code.ALREADY_STORED: _STORED,
    Code.STORE_FAILED: _Row(ProblemKind.STORE_FAILED, TryAgainError),
    Code.INTERNAL: _Row(ProblemKind.STORE_FAILED, TryAgainError),
}

WITHOUT_BODY: dict[int, _Row] = {
    401: _KEY_WRONG,
    403: _STORED,
    404: _GONE,
    410: _GONE,
    423: _BUSY,
    429: TABLE[Code.TOO_MANY_TRIES],
    500: TABLE[Code.STORE_FAILED],
    503: _BUSY,
    507: TABLE[Code.NO_SPACE],
}
"""For HEAD, whose answer has no body to read the code from."""


def make_problem(kind: ProblemKind, where: str = "", detail: str = "", **numbers: Any) -> Problem:
    """Make a problem of now; `numbers` are fields of `Problem`."""
    return Problem(kind, where, at=time.time(), detail=detail, **numbers)


def unreachable(error: Exception, where: str, address: str) -> TryAgainError:
    """No answer came: the line was cut, nobody listens, or it took too long."""
    detail = f"{address}: {type(error).__name__}: {error}"
    return TryAgainError(make_problem(ProblemKind.UNREACHABLE, where, detail))


def untrusted(error: Exception, where: str, address: str) -> TransferError:
    """The server's certificate is not the one that was expected; a line that broke may pass."""
    detail = f"{address}: {type(error).__name__}: {error}"
    if any(sign in str(error) for sign in CERTIFICATE_SIGNS):
        return UserMustActError(make_problem(ProblemKind.CERTIFICATE, where, detail))
    return unreachable(error, where, address)


def not_wherry(answer: requests.Response, where: str) -> TryAgainError:
    """Something answered, but not a Wherry receiver. It may pass: a portal that wants a login."""
    return TryAgainError(make_problem(ProblemKind.NOT_WHERRY, where, describe(answer)))


def refusal(answer: requests.Response, where: str) -> TransferError:
    """Make the outcome of an answer that is not the one that was hoped for."""
    fields = _problem_fields(answer)
    if fields is not None:
        row = TABLE.get(str(fields.get("code")), _BUG)
    elif answer.request.method == "HEAD" and H_TUS_RESUMABLE in answer.headers:
        fields, row = {}, WITHOUT_BODY.get(answer.status_code, _BUG)
    elif answer.status_code in PROXY_STATUSES:
        problem = make_problem(ProblemKind.PROXY, where, describe(answer))
        return TryAgainError(problem, retry_after_s(answer))
    else:
        return not_wherry(answer, where)
    return _outcome(row, make_problem(row.kind, where, describe(answer, fields)), fields, answer)


def verdict(document: Mapping[str, Any], where: str, address: str) -> TransferError:
    """Make the outcome of one file of a batch from the problem document in the answer.

    Args:
        document: the receiver's.
        where: the name of the machine.
        address: what was called, for Details.
    """
    row = TABLE.get(str(document.get("code")), _BUG)
    told = (str(document[name]) for name in ("status", "code", "detail") if document.get(name))
    return row.outcome(
        _numbered(make_problem(row.kind, where, "; ".join([address, *told])), document)
    )


def _outcome(
    row: _Row, problem: Problem, fields: Mapping[str, Any], answer: requests.Response
) -> TransferError:
    problem = _numbered(problem, fields)
    if issubclass(row.outcome, TryAgainError):
        return row.outcome(problem, retry_after_s(answer))
    return row.outcome(problem)


def _numbered(problem: Problem, fields: Mapping[str, Any]) -> Problem:
    return dataclasses.replace(
        problem,
        needed_bytes=_number(fields, "needed"),
        free_bytes=_number(fields, "free"),
        promised_bytes=_number(fields, "promised"),
        limit_bytes=_number(fields, "limit"),
    )


def _number(fields: Mapping[str, Any], name: str) -> int | None:
    value = fields.get(name)
    return value if type(value) is int else None


def _problem_fields(answer: requests.Response) -> Mapping[str, Any] | None:
    if not answer.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
        return None
    if answer.request.method == "HEAD":
        return None
    try:
        fields = json.loads(answer.content[:MOST_PROBLEM_BYTES])
    except ValueError:
        return None
    return fields if isinstance(fields, dict) else None


def retry_after_s(answer: requests.Response) -> float | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds, or a date; None where there is none."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, when.timestamp() - time.time())


def describe(answer: requests.Response, fields: Mapping[str, Any] | None = None) -> str:
    """Put an answer into one technical line for Details; never contains the key."""
    told = [f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.reason}"]
    told += [str(fields[name]) for name in ("code", "detail") if fields and fields.get(name)]
    passed = [name for name in ("Server", "Via") if name in answer.headers]
    told += [f"{name}: {answer.headers[name]}" for name in passed]
    return "; ".join(told)
