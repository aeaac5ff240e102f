"""Where files may go: what people paste to name a server, a pairing link or an address.

A pairing link, made by `wherry-receiver link`, brings the key and the pin of the certificate:
wherry://HOST:PORT/?key=KEY&pin=SHA256-OF-THE-CERTIFICATE&name=NAME.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from desktop.transfer.api import Server

_PIN = re.compile(r"[0-9a-f]{64}")


def parse_server(text: str, key: str) -> Server:
    """Return the server that a link or an address means.

    Args:
        text: a pairing link, or "https://HOST:PORT".
        key: for an address, which brings none.

    Raises:
        ValueError: it is neither, with words for whoever typed it.
    """
    try:
        parts = urlsplit(text.strip())
        usable = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        usable = False
    if usable and parts.scheme == "wherry":
        return _from_link(parts)
    if not usable or parts.scheme not in ("http", "https"):
        raise ValueError(f"{text!r} is not an address such as https://SERVER:5151.")
    origin = f"{parts.scheme}://{parts.netloc}"
    return Server(origin, origin + parts.path.rstrip("/"), key, parts.hostname or parts.netloc)


def _from_link(parts: SplitResult) -> Server:
    """A link with a pin is for TLS; one without is for a receiver behind no TLS of its own."""
    values = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
    pin = values.get("pin", "").lower().replace(":", "")
    if not values.get("key") or (pin and not _PIN.fullmatch(pin)):
        raise ValueError(
            "The link is not complete: copy it once more, from its beginning to its end."
        )
    origin = f"{'https' if pin else 'http'}://{parts.netloc}"
    return Server(origin, origin, values["key"], values.get("name") or parts.netloc, pin)
