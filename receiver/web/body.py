"""Finds the body of the request that is being answered, and the way to answer beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import request

from receiver.errors import ReceiverError
from receiver.line_body import LineBody
from receiver.protocol import Code
from receiver.serve import ENVIRON_BODY, ENVIRON_INTERIM
from receiver.upload import Body

PROXIED = "werkzeug.proxy_fix.orig"
"""Stands in the environment of a request that ProxyFix has seen to."""


def read_whole(body: Body, memory: memoryview) -> memoryview:
    """Read a whole body into memory.

    Args:
        body: what is read.
        memory: where to.

    Raises:
        ReceiverError: `too_large` when there is more, `bad_request` when the line was cut.
    """
    filled = 0
    while not body.complete:
        if filled == len(memory):
            raise ReceiverError(
                Code.TOO_LARGE, f"at most {filled} bytes are taken so", limit=filled
            )
        count = body.readinto(memory[filled:])
        if not count and not body.complete:
            raise ReceiverError(Code.BAD_REQUEST, "the line was cut in the middle of the body")
        filled += count
    return memory[:filled]


def request_body() -> LineBody:
    """Return the body of this request; nothing of it has been read yet."""
    return cast(LineBody, request.environ[ENVIRON_BODY])


def send_interim(status: str, headers: Mapping[str, str]) -> bool:
    """Send an answer before the final one (RFC 9110, 15.2); False when the sender takes none.

    Nothing is sent through a proxy: nginx passes an interim answer on as the final one.

    Args:
        status: such as "104 Upload Resumption Supported".
        headers: its header section.
    """
    if PROXIED in request.environ:
        return False
    return cast(bool, request.environ[ENVIRON_INTERIM](status, headers))
