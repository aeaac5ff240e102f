"""What an answer tells of an upload, whichever of the two protocols its sender speaks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, g, request
from werkzeug.http import http_date

from receiver.errors import ReceiverError
from receiver.protocol import (
    H_EXPIRES,
    H_OFFSET,
    H_PARTS,
    H_PREFIX_DIGEST,
    H_REPR_DIGEST,
    H_STORED_NAME,
    PATH_FILES,
    Code,
    format_repr_digest,
)
from receiver.upload import View
from receiver.web.draft_fields import format_limit
from receiver.web.received import may_see

if TYPE_CHECKING:
    from receiver.web.application import Services


class Standing:
    """Tells where an upload stands, and who may know."""

    def __init__(self, services: Services) -> None:
        self._uploads = services.uploads
        self._expire_after_s = services.config.expire_after_s
        self._largest_bytes = services.config.max_upload_bytes

    def own(self, upload_id: str) -> str:
        """Let a key touch its own uploads only; others' look as if they were not there.

        Raises:
            ReceiverError: `upload_unknown`, `upload_expired`.
        """
        if not may_see(g.key, self._uploads.view(upload_id).sender):
            raise ReceiverError(Code.UPLOAD_UNKNOWN, upload_id)
        return upload_id

    def location(self, view: View) -> str:
        """The upload's absolute address."""
        return request.host_url.rstrip("/") + f"{PATH_FILES}/{view.info_id}"

    def mark(self, answer: Response, view: View) -> Response:
        """Add offset and expiry; of a stored upload, its digest and name."""
        if not view.awaits_parts:
            answer.headers[H_OFFSET] = str(view.offset)
        if view.receipt is None:
            answer.headers[H_EXPIRES] = http_date(
                time.time() - view.silent_s + self._expire_after_s
            )
            if view.parts_bytes is not None:
                answer.headers[H_PARTS] = str(view.parts_bytes)
            if view.prefix is not None:
                answer.headers[H_PREFIX_DIGEST] = format_repr_digest(view.prefix)
            return answer
        if view.receipt.blake3:
            answer.headers[H_REPR_DIGEST] = format_repr_digest(view.receipt.blake3)
        answer.headers[H_STORED_NAME] = quote(view.receipt.stored_name)
        return answer

    def limit(self, view: View | None) -> str:
        """Upload-Limit of an upload, or of those to be created (draft, 4.1.4)."""
        limits = {}
        if self._largest_bytes is not None:
            limits["max-size"] = self._largest_bytes
        if view is None:
            limits["max-age"] = int(self._expire_after_s)
        elif view.receipt is None:
            limits["max-age"] = max(0, int(self._expire_after_s - view.silent_s))
        return format_limit(limits)
