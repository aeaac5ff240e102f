"""An untrusted name to a safe relative path, and to the free names that may follow it.

The result is valid on Linux, macOS and Windows alike, so that the received folder can be shared:
no separators, no `..`, no control characters, no reserved names, at most 255 bytes a part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pathvalidate import sanitize_filename

MOST_BYTES = 255
MOST_PARTS = 64
MOST_PATH_BYTES = 1000
ROOM_FOR_NUMBER = len(" (99999)")
FALLBACK = "unnamed"
HIDDEN = ".wherry"
"""The receiver's own folder below the stored files; no upload may be called so."""

_SEPARATORS = re.compile(r"[/\\]")
_PLAIN = re.compile(
    r"(?!(?:con|prn|aux|nul|com|lpt|clock))[a-z0-9_][a-z0-9_ .,()+=@-]{0,127}(?<![ .])",
    re.ASCII | re.IGNORECASE,
)
"""Names that are safe as they stand, on every system; most are."""
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def safe_part(text: str) -> str:
    """Make one file or folder name of any text; never empty, never "." or "..".

    Args:
        text: what the sender gave; separators in it are replaced, not followed.
    """
    return text if _PLAIN.fullmatch(text) else _made_safe(text)


def _made_safe(text: str) -> str:
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _SEPARATORS.sub("_", text)))
    text = _cut(text.strip(" ").rstrip(". "), MOST_BYTES - ROOM_FOR_NUMBER)
    text = sanitize_filename(
        text,
        replacement_text="_",
        platform="universal",
        additional_reserved_names=["CONIN$", "CONOUT$"],
    )
    text = _cut(text, MOST_BYTES - ROOM_FOR_NUMBER)  # a reserved name has become longer
    return text.strip(" ").rstrip(". ") or FALLBACK


def _cut(name: str, most_bytes: int) -> str:
    """Shorten in the middle, before the suffixes, at a character's border; count UTF-8 bytes."""
    if len(name.encode()) <= most_bytes:
        return name
    stem, suffix = _split(name)
    suffix = suffix if len(suffix.encode()) <= 32 else ""
    room = most_bytes - len(suffix.encode())
    stem = (stem if suffix else name).encode()[:room].decode("utf-8", "ignore")
    return stem.rstrip(". ") + suffix


def _split(name: str) -> tuple[str, str]:
    """Split stem and suffix; ".tar.gz" and its like stay together."""
    path = PurePosixPath(name)
    suffix = path.suffix
    if path.with_suffix("").suffix == ".tar":
        suffix = ".tar" + suffix
    return name[: len(name) - len(suffix)], suffix


def relative_path(metadata: Mapping[str, str]) -> str:
    """Return `relativePath` of tus metadata; "" for a file without folders.

    Uppy writes "null" there when a file came without one.
    """
    told = metadata.get("relativePath", "")
    return "" if told == "null" and metadata.get("filename") else told


def safe_path(name: str, path_below: str = "") -> str:
    """Make the wanted path below the folder from tus metadata.

    Args:
        name: `filename`; only its last part counts.
        path_below: `relativePath`, with folders; when given, it decides.

    Returns:
        Parts joined by "/"; what would lead out of the folder is left out.

    Raises:
        ValueError: more than 64 folders deep, or longer than some system takes.
    """
    if path_below:
        parts = [part for part in _SEPARATORS.split(path_below) if part not in ("", ".", "..")]
    else:
        parts = [part for part in _SEPARATORS.split(name) if part not in ("", ".", "..")][-1:]
    if len(parts) > MOST_PARTS:
        raise ValueError(f"more than {MOST_PARTS} folders deep")
    parts = [safe_part(part) for part in parts] or [FALLBACK]
    if parts[0].casefold() == HIDDEN:
        parts[0] = parts[0].replace(".", "_", 1)
    path = "/".join(parts)
    if len(path.encode()) > MOST_PATH_BYTES:
        raise ValueError(f"longer than {MOST_PATH_BYTES} bytes")
    return path


def candidates(wanted: str) -> Iterator[str]:
    """Yield `wanted`, then "name (1).ext", "name (2).ext" and so on."""
    yield wanted
    folder, slash, name = wanted.rpartition("/")
    stem, suffix = _split(name)
    number = 0
    while True:
        number += 1
        yield f"{folder}{slash}{stem} ({number}){suffix}"
