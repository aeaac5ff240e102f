"""POST /batch: many small files in one request, in memory within the budget, a verdict each."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g

from receiver.admission import PART_MOST_BYTES
from receiver.batch import Taken, Verdict
from receiver.errors import ReceiverError
from receiver.intake import checked_blake3
from receiver.protocol import H_CHECKSUM, H_METADATA, PATH_BATCH, Code, format_metadata
from receiver.upload import Creation
from receiver.web.answers import problem
from receiver.web.body import request_body
from receiver.web.checksums import parse_header
from receiver.web.creations import parse_creation
from receiver.web.multipart import Part, request_form
from receiver.web.turn import InTurn

if TYPE_CHECKING:
    from receiver.web.application import Services


def make_blueprint(services: Services) -> Blueprint:
    """Return the batch's route."""
    blueprint = Blueprint("batch", __name__)
    turn = threading.Lock()

    @blueprint.post(PATH_BATCH)
    def batch() -> Response:
        body = request_body()
        if body.length_bytes is None:
            raise ReceiverError(Code.BAD_REQUEST, "a batch needs its Content-Length")
        in_turn = InTurn(body, turn)
        form = request_form(in_turn)
        taken: list[Taken | ReceiverError] = []
        sender = g.key.name
        with (
            services.batches.room(body.length_bytes),
            services.admission.memory("batch", 2 * PART_MOST_BYTES, body),
        ):
            try:
                with in_turn.held():
                    for part in form.files():
                        taken.append(_take(services, part, sender))
            finally:
                services.traffic.count(body.length_bytes)
                answers = _store(services, taken)
        return Response(json.dumps(answers), content_type="application/json")

    return blueprint


def _take(services: Services, part: Part, sender: str) -> Taken | ReceiverError:
    """Take one part whole, verify it, write it; an error is its verdict."""
    try:
        content = part.content(PART_MOST_BYTES)
        digest = checked_blake3(content, parse_header(part.header(H_CHECKSUM)))
        return services.batches.write(_wanted(part, len(content), sender), content, digest)
    except ReceiverError as error:
        return error


def _wanted(part: Part, size_bytes: int, sender: str) -> Creation:
    """Read what the sender says of one part; it may have an Upload-Metadata header of its own."""
    header = part.header(H_METADATA) or format_metadata({"relativePath": part.name})
    return parse_creation(header, size_bytes, sender, part.name)


def _store(services: Services, taken: list[Taken | ReceiverError]) -> list[dict[str, Any]]:
    """Store what was written; put the verdicts in the order of the parts."""
    verdicts = iter(services.batches.store([one for one in taken if isinstance(one, Taken)]))
    return [
        problem(one) if isinstance(one, ReceiverError) else _answer(next(verdicts)) for one in taken
    ]


def _answer(verdict: Verdict) -> dict[str, Any]:
    if verdict.receipt is None:
        assert verdict.error is not None
        return problem(verdict.error)
    receipt = verdict.receipt
    return {
        "id": receipt.id,
        "stored_name": receipt.stored_name,
        "size_bytes": receipt.size_bytes,
        "blake3": (receipt.blake3 or b"").hex(),
        "already_stored": verdict.before,
    }
