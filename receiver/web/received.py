"""GET /received and GET /files/ID/receipt: what has been stored, and its receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, jsonify, request

from receiver.errors import ReceiverError
from receiver.history import receipt_json
from receiver.keys import Key
from receiver.protocol import PATH_FILES, PATH_RECEIVED, Code, parse_length

if TYPE_CHECKING:
    from receiver.web.application import Services

PAGE_MOST = 1000
PAGE_DEFAULT = 100


def make_blueprint(services: Services) -> Blueprint:
    """Return the routes of the receipts."""
    blueprint = Blueprint("received", __name__)

    @blueprint.get(PATH_RECEIVED)
    def received() -> Response:
        try:
            limit = min(parse_length(request.args.get("limit", str(PAGE_DEFAULT))), PAGE_MOST)
        except ValueError as error:
            raise ReceiverError(Code.BAD_REQUEST, f"limit: {error}") from error
        sender = None if g.key.admin else g.key.name
        page = services.history.page(limit, request.args.get("before"), sender)
        return jsonify([receipt_json(one) for one in page])

    @blueprint.get(f"{PATH_FILES}/<upload_id>/receipt")
    def receipt(upload_id: str) -> Response:
        found = services.history.find(upload_id)
        if found is None or not may_see(g.key, found.sender):
            raise ReceiverError(Code.UPLOAD_UNKNOWN, upload_id)
        return jsonify(receipt_json(found))

    return blueprint


def may_see(key: Key, sender: str) -> bool:
    """Tell whether a key may see what a sender sent."""
    return key.admin or key.name == sender
