"""Reads what a sender says of the file it wants to send, from an Upload-Metadata header."""

from __future__ import annotations

from receiver.errors import ReceiverError
from receiver.names import relative_path, safe_path
from receiver.protocol import H_METADATA, Code, parse_length, parse_metadata
from receiver.upload import Creation


def parse_creation(header: str, size_bytes: int | None, sender: str, name: str = "") -> Creation:
    """Return the wish.

    Args:
        header: Upload-Metadata, as it came.
        size_bytes: of the whole file, if known.
        sender: the name of the key.
        name: the file's name where the metadata has none.

    Raises:
        ReceiverError: `bad_request` or `bad_name`.
    """
    try:
        metadata = parse_metadata(header)
    except ValueError as error:
        raise ReceiverError(Code.BAD_REQUEST, f"{H_METADATA}: {error}") from error
    called, path_below = metadata.get("filename", name), relative_path(metadata)
    try:
        wanted = safe_path(called, path_below)
    except ValueError as error:
        raise ReceiverError(Code.BAD_NAME, str(error)) from error
    return Creation(
        size_bytes,
        wanted,
        header,
        sender,
        path_below or called or wanted,
        _mtime_ns(metadata.get("mtime", "")),
        metadata.get("fingerprint", ""),
        is_marked=bool(metadata.get("transfer")),
    )


def _mtime_ns(text: str) -> int | None:
    """Read `mtime`, milliseconds since the epoch; what is no such number is left out."""
    try:
        milliseconds = parse_length(text)
    except ValueError:
        return None
    return milliseconds * 1_000_000 if milliseconds < 1 << 43 else None
