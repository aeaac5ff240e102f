"""The table of errors: code, HTTP status, words for people, and whether trying again helps.

A `ReceiverError` IS the answer; receiver/web/answers.py renders it as RFC 9457 problem+json.
"""

from __future__ import annotations

from dataclasses import dataclass

from receiver.protocol import Code


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: HTTP status, title for people, and whether a sender may try again by itself."""

    status: int
    title: str
    try_again: bool = False


TABLE: dict[Code, Kind] = {
    Code.KEY_MISSING: Kind(401, "This receiver asks for a key"),
    Code.KEY_WRONG: Kind(401, "The key is not valid here"),
    Code.TOO_MANY_TRIES: Kind(429, "Too many wrong keys from this address", True),
    Code.NO_SPACE: Kind(507, "Not enough space on the receiver's disk", True),
    Code.TOO_LARGE: Kind(413, "The file is larger than this receiver takes"),
    Code.LOW_MEMORY: Kind(503, "The receiver is short of memory", True),
    Code.BUSY: Kind(503, "The receiver is taking as many uploads as it can", True),
    Code.OFFSET_MISMATCH: Kind(409, "The receiver has another number of bytes", True),
    Code.DIGEST_MISMATCH: Kind(460, "The bytes were damaged on their way", True),
    Code.UPLOAD_UNKNOWN: Kind(404, "There is no such upload"),
    Code.UPLOAD_EXPIRED: Kind(410, "The upload was given up and has been removed"),
    Code.UPLOAD_LOCKED: Kind(423, "Somebody else is sending this upload", True),
    Code.FINAL_UPLOAD: Kind(403, "This upload is made of parts and takes no bytes itself"),
    Code.ALREADY_STORED: Kind(403, "The file is stored already"),
    Code.LENGTH_EXCEEDED: Kind(413, "More bytes than were announced"),
    Code.LENGTH_INCONSISTENT: Kind(400, "What is said of the length does not agree"),
    Code.BAD_REQUEST: Kind(400, "The request cannot be understood"),
    Code.BAD_NAME: Kind(400, "The file's name cannot be used"),
    Code.UNSUPPORTED_DIGEST: Kind(400, "This kind of digest is not known here"),
    Code.UNSUPPORTED_VERSION: Kind(412, "Another version of the tus protocol is needed"),
    Code.UNSUPPORTED_TYPE: Kind(415, "Another content type is needed"),
    Code.NOT_FOUND: Kind(404, "There is nothing at this address"),
    Code.METHOD_NOT_ALLOWED: Kind(405, "This address does not take that method"),
    Code.STORE_FAILED: Kind(500, "The receiver could not write to its disk", True),
    Code.INTERNAL: Kind(500, "The receiver made a mistake", True),
}

REASONS = {460: "Checksum Mismatch", 507: "Insufficient Storage", 423: "Locked"}
"""Reason phrases that the standard library's table lacks or that differ between its versions."""


class ReceiverError(Exception):
    """A refusal with its code.

    Args:
        code: a row of `TABLE`.
        detail: what exactly, for the log and for "Details".
        retry_after_s: seconds for Retry-After; None sends no such header.
        numbers: bytes that matter to the sender, added to the problem document.
    """

    def __init__(
        self, code: Code, detail: str = "", *, retry_after_s: int | None = None, **numbers: int
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.retry_after_s = retry_after_s
        self.numbers = numbers

    @property
    def kind(self) -> Kind:
        """The row of the table."""
        return TABLE[self.code]
