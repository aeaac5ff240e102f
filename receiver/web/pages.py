"""GET /: the receiver's page for any browser."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response

PAGE = Path(__file__).with_name("page.html")


def make_blueprint() -> Blueprint:
    """Return the page's route; the page itself asks for the key."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def page() -> Response:
        answer = Response(PAGE.read_bytes(), content_type="text/html; charset=utf-8")
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Frame-Options"] = "DENY"
        return answer

    return blueprint
