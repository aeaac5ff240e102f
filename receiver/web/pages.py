"""GET /: the receiver's page for any browser, and the files it is made of.

They are the same for everybody and need no key; the page asks for one and sends it with each
request of its own.
"""

from __future__ import annotations

import functools
import gzip
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, request

FOLDER = Path(__file__).with_name("page")
PAGE = "page.html"
ASSETS = (
    "arriving.js",
    "backoff.js",
    "chart.js",
    "dom.js",
    "dropped.js",
    "hashing.js",
    "icon.svg",
    "live.js",
    "page.css",
    "page.js",
    "panel.js",
    "queue.js",
    "received.js",
    "sending.js",
    "server.js",
    "source.js",
    "tus.js",
    "unfinished.js",
    "upload.js",
    "words.js",
)
PATHS = frozenset({"/", *(f"/page/{name}" for name in ASSETS)})
"""What is answered without a key."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page, as it is and as it travels."""

    content: bytes
    packed: bytes
    content_type: str


@functools.cache
def read_asset(name: str) -> Asset:
    """Read and pack one file; only when it is first asked for, the start is not held up."""
    path = FOLDER / name
    content = path.read_bytes()
    return Asset(content, gzip.compress(content, mtime=0), _TYPES[path.suffix])


def make_blueprint() -> Blueprint:
    """Return the routes of the page."""
    blueprint = Blueprint("pages", __name__)
    for name in ASSETS:
        view = functools.partial(_answer, name)
        blueprint.add_url_rule(f"/page/{name}", name.replace(".", "_"), view)
    blueprint.add_url_rule("/", "page", functools.partial(_answer, PAGE))
    return blueprint


def _answer(name: str) -> Response:
    """Answer with a file; a browser that has it already is told so."""
    asset = read_asset(name)
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(asset.packed if packed else asset.content, content_type=asset.content_type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Frame-Options"] = "DENY"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]
