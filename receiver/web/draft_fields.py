"""Header fields of the IETF draft "Resumable Uploads for HTTP" (see draft.py), and its digests.

They are Structured Fields (RFC 9651). One that cannot be parsed, or has a value of another kind,
counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, cast

from http_sf import DictionaryType, StructuredFieldError, StructuredType, parse, ser
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header

from receiver.digests import DIGEST_BYTES
from receiver.errors import ReceiverError
from receiver.protocol import H_LENGTH, H_OFFSET, H_REPR_DIGEST, Code

H_COMPLETE = "Upload-Complete"
H_LIMIT = "Upload-Limit"
H_INTEROP = "Upload-Draft-Interop-Version"
H_CONTENT_DIGEST = "Content-Digest"
PARTIAL_TYPE = "application/partial-upload"

LARGEST_INTEGER = 999_999_999_999_999
"""Of a Structured Field (RFC 9651, 3.3.1)."""
ALGORITHMS = {"blake3": "blake3", "sha-256": "sha256"}
"""By their name in a digest field (RFC 9530, 7.2; blake3 is not registered); preferred first."""
_EXTENDED_NAME = re.compile(r";\s*(filename\*\s*=\s*[^\s;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What one request says; None where it says nothing.

    Attributes:
        complete: its content is the end of the upload.
        offset: where the content begins, in bytes.
        length: of the whole upload, in bytes.
        interop: the version of the draft that the sender speaks.
    """

    complete: bool | None = None
    offset: int | None = None
    length: int | None = None
    interop: int | None = None

    @classmethod
    def of(cls, headers: Headers) -> Self:
        """Read the fields of a request."""
        complete = _item(headers, H_COMPLETE)
        return cls(
            complete if isinstance(complete, bool) else None,
            _count(headers, H_OFFSET),
            _count(headers, H_LENGTH),
            _count(headers, H_INTEROP),
        )


def _parsed(headers: Headers, name: str, kind: str) -> StructuredType | None:
    text = headers.get(name)
    if text is None:
        return None
    try:
        return parse(text.encode("utf-8", "replace"), tltype=kind)
    except StructuredFieldError:
        return None


def _item(headers: Headers, name: str) -> object:
    parsed = _parsed(headers, name, "item")
    return None if parsed is None else cast(tuple[object, object], parsed)[0]


def _count(headers: Headers, name: str) -> int | None:
    value = _item(headers, name)
    return value if type(value) is int and value >= 0 else None


def _digests(headers: Headers, name: str) -> dict[str, bytes]:
    """Read the digests of a known kind from a digest field (RFC 9530), by the receiver's names.

    Raises:
        ReceiverError: `bad_request`, when one has not the length of such a digest.
    """
    parsed = _parsed(headers, name, "dictionary")
    members = cast(Mapping[str, tuple[object, object]], parsed or {})
    found: dict[str, bytes] = {}
    for field, algorithm in ALGORITHMS.items():
        value = members[field][0] if field in members else None
        if not isinstance(value, bytes):
            continue
        if len(value) != DIGEST_BYTES[algorithm]:
            raise ReceiverError(
                Code.BAD_REQUEST, f"{name}: {len(value)} bytes are no {field} digest"
            )
        found[algorithm] = value
    return found


def content_digests(headers: Headers) -> dict[str, bytes]:
    """What the content of this request must hash to; see `_digests`."""
    return _digests(headers, H_CONTENT_DIGEST)


def whole_digests(headers: Headers) -> dict[str, bytes]:
    """What the whole upload must hash to, from the request that creates it; see `_digests`."""
    return _digests(headers, H_REPR_DIGEST)


def file_name(header: str) -> str:
    """Find the file's name in Content-Disposition (RFC 6266, 4.3); "" where there is none.

    `filename*` is preferred. A plain `filename` in raw UTF-8, which many senders write, is read
    as such, anything else as ISO-8859-1.
    """
    extended = _EXTENDED_NAME.search(header)
    if extended:
        name = parse_options_header(f"inline; {extended[1]}")[1].get("filename", "")
        if name:
            return name
    name = parse_options_header(header)[1].get("filename", "")
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def format_complete(complete: bool) -> str:
    """Write Upload-Complete."""
    return ser(complete)


def format_limit(limits: Mapping[str, int]) -> str:
    """Write Upload-Limit; without any limit it says that nothing is too small (draft, 4.1.4)."""
    found: DictionaryType = {name: min(size, LARGEST_INTEGER) for name, size in limits.items()}
    return ser(found or {"min-size": 0})
