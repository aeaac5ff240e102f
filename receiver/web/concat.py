"""Reads Upload-Concat (tus 1.0.0, Concatenation) and Wherry-Place."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

from receiver.errors import ReceiverError
from receiver.protocol import H_CONCAT, H_PLACE, PATH_FILES, Code, parse_length
from receiver.store import PARTIAL, Place

PARTS_MOST = 1000
_UPLOAD_PATH = re.compile(re.escape(PATH_FILES) + r"/([0-9a-f]{32})")
_PLACE = re.compile(r"([0-9a-f]{32}) ([0-9]+)")


def final_parts(headers: Headers) -> list[str] | None:
    """Return the ids of the parts of a final upload; None for a request that is for none.

    Args:
        headers: of a creation; the parts are absolute URLs or paths, the same one perhaps twice.

    Raises:
        ReceiverError: `bad_request`.
    """
    header = headers.get(H_CONCAT, "")
    if header in ("", PARTIAL):
        return None
    kind, _, addresses = header.partition(";")
    matches = [_UPLOAD_PATH.fullmatch(urlsplit(one).path) for one in addresses.split()]
    if kind != "final" or not matches or len(matches) > PARTS_MOST or None in matches:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_CONCAT} cannot be understood")
    return [match[1] for match in matches if match]


def part_place(headers: Headers) -> Place | None:
    """Return where a part is to be written; None when it is kept by itself.

    Raises:
        ReceiverError: `bad_request`.
    """
    header = headers.get(H_PLACE)
    if header is None:
        return None
    match = _PLACE.fullmatch(header.strip())
    if not match or headers.get(H_CONCAT) != PARTIAL:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_PLACE} cannot be understood")
    try:
        return Place(match[1], parse_length(match[2]))
    except ValueError as error:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_PLACE}: {error}") from error
