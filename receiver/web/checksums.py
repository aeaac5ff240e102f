"""Reads an Upload-Checksum header (tus 1.0.0, Checksum), of a request or of a part."""

from __future__ import annotations

from receiver.digests import DIGEST_BYTES
from receiver.errors import ReceiverError
from receiver.intake import Checksum
from receiver.protocol import H_CHECKSUM, WINDOW_ALGORITHMS, Code, parse_checksum


def parse_header(header: str | None) -> Checksum | None:
    """Return what the header says; None where there is none.

    Raises:
        ReceiverError: `bad_request` or `unsupported_digest`.
    """
    if header is None:
        return None
    try:
        algorithm, digest = parse_checksum(header)
    except ValueError as error:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_CHECKSUM}: {error}") from error
    if algorithm not in WINDOW_ALGORITHMS:
        raise ReceiverError(Code.UNSUPPORTED_DIGEST, algorithm)
    if len(digest) != DIGEST_BYTES[algorithm]:
        raise ReceiverError(Code.BAD_REQUEST, f"{len(digest)} bytes are no {algorithm} digest")
    return Checksum(algorithm, digest)
