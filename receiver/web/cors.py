"""Cross-origin requests (Fetch standard, "CORS protocol") for the origins that are allowed.

An answer without these headers, errors included, cannot be read by a page of another origin;
`*` would not cover Authorization, so every header is named.
"""

from __future__ import annotations

from flask import Flask, Response, request

METHODS = "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE"
SENT = (
    "Authorization, Content-Type, Content-Disposition, Upload-Offset, Upload-Length, "
    "Upload-Defer-Length, Upload-Metadata, Upload-Checksum, Upload-Concat, Upload-Complete, "
    "Upload-Draft-Interop-Version, Content-Digest, Repr-Digest, "
    "Tus-Resumable, X-HTTP-Method-Override, X-Requested-With, X-Request-ID"
)
EXPOSED = (
    "Location, Upload-Offset, Upload-Length, Upload-Defer-Length, Upload-Metadata, "
    "Upload-Expires, Upload-Concat, Upload-Complete, Upload-Limit, "
    "Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, "
    "Tus-Checksum-Algorithm, Repr-Digest, Retry-After, "
    "Wherry-Route, Wherry-Stored-Name, Wherry-Known-Digest"
)
PREFLIGHT_AGE_S = 86_400


def install(app: Flask, origins: tuple[str, ...]) -> None:
    """Let pages of these origins talk to the application.

    Args:
        app: the application.
        origins: such as "https://example.org"; no wildcard.
    """

    @app.after_request
    def mark(answer: Response) -> Response:
        if not origins:
            return answer
        answer.headers.add("Vary", "Origin")
        origin = request.headers.get("Origin", "")
        if origin in origins:
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Expose-Headers"] = EXPOSED
            if request.method == "OPTIONS":
                answer.headers["Access-Control-Allow-Methods"] = METHODS
                answer.headers["Access-Control-Allow-Headers"] = SENT
                answer.headers["Access-Control-Max-Age"] = str(PREFLIGHT_AGE_S)
        return answer
