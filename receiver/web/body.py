"""Finds the body of the request that is being answered."""

from __future__ import annotations

from typing import cast

from flask import request

from receiver.serve import ENVIRON_BODY
from receiver.upload import Body


def request_body() -> Body:
    """Return the body of this request; nothing of it has been read yet."""
    return cast(Body, request.environ[ENVIRON_BODY])
