"""Keeps keys out of what is written down or shown to whoever helps."""

from __future__ import annotations

import re

HIDDEN = "•••"
_SECRETS = re.compile(
    r"""(?P<before>
          \bkey=['"]?                        # a pairing link, or a record with a key in it
        | \bWHERRY_KEY=
        | \bBearer[ ]
        | \bKey:[ ]                          # the first key, as the receiver prints it
        )
        (?P<secret>[A-Za-z0-9._~+/=-]{6,})""",
    re.VERBOSE,
)


def without_keys(text: str) -> str:
    """Return the text with every key in it blotted out."""
    return _SECRETS.sub(lambda found: found["before"] + HIDDEN, text)
