"""Renders every refusal as RFC 9457 problem+json, in one place."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from receiver.errors import REASONS, ReceiverError
from receiver.protocol import (
    H_OFFSET,
    H_TUS_RESUMABLE,
    H_TUS_VERSION,
    PROBLEM_TYPE,
    TUS_VERSION,
    Code,
)

_log = logging.getLogger(__name__)
_PLAIN_CODES = {404: Code.NOT_FOUND, 405: Code.METHOD_NOT_ALLOWED}


def install(app: Flask) -> None:
    """Make the application answer with problem documents, and with Tus-Resumable always."""
    app.register_error_handler(ReceiverError, refusal)
    app.register_error_handler(HTTPException, _plain_refusal)
    app.register_error_handler(Exception, _mistake)
    app.after_request(_mark)


def problem(error: ReceiverError) -> dict[str, Any]:
    """Return the problem document of a refusal."""
    document = {"code": error.code.value, "title": error.kind.title, "status": error.kind.status}
    if error.detail:
        document["detail"] = error.detail
    return {**document, **error.numbers}


def refusal(error: ReceiverError, members: Mapping[str, object] | None = None) -> Response:
    """Return the answer that a refusal is.

    Args:
        error: the refusal.
        members: what the problem document is to have besides.
    """
    kind = error.kind
    reason = REASONS.get(kind.status) or HTTP_STATUS_CODES.get(kind.status, "Refused")
    answer = Response(
        json.dumps({**problem(error), **(members or {})}),
        status=f"{kind.status} {reason}",
        content_type=PROBLEM_TYPE,
    )
    if error.retry_after_s is not None:
        answer.headers["Retry-After"] = str(error.retry_after_s)
    if kind.status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="wherry"'
    if error.code is Code.UNSUPPORTED_VERSION:
        answer.headers[H_TUS_VERSION] = TUS_VERSION
    if error.code is Code.OFFSET_MISMATCH:
        answer.headers[H_OFFSET] = str(error.numbers["offset"])
    _log.info("%s %s: %s %s", request.method, request.path, error.code, error.detail)
    return answer


def _plain_refusal(error: HTTPException) -> Response:
    code = _PLAIN_CODES.get(error.code or 500, Code.BAD_REQUEST)
    answer = refusal(ReceiverError(code, request.path))
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _mistake(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return refusal(ReceiverError(Code.INTERNAL, type(error).__name__))


def _mark(answer: Response) -> Response:
    if answer.status_code == 204:
        del answer.headers["Content-Type"]
    answer.headers[H_TUS_RESUMABLE] = TUS_VERSION
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
