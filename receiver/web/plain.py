"""Plain ways in, for curl and for pages without script: PUT /put/PATH and POST /form.

Bodies are streamed to their place as tus uploads are. There is no way to go on after a cut, so
what arrived of a cut body is dropped: no stump ever stands under a final name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g, jsonify, request

from receiver.admission import Grant
from receiver.errors import ReceiverError
from receiver.history import receipt_json
from receiver.names import safe_path
from receiver.protocol import PATH_FORM, PATH_PUT, Code, Route, format_metadata
from receiver.upload import Body, Creation, View
from receiver.web.answers import problem
from receiver.web.body import request_body
from receiver.web.multipart import Part, request_form

if TYPE_CHECKING:
    from receiver.web.application import Services


def make_blueprint(services: Services) -> Blueprint:
    """Return the plain routes."""
    blueprint = Blueprint("plain", __name__)
    routes = _Routes(services)
    path = f"{PATH_PUT}/<path:name>"
    blueprint.add_url_rule(path, "put", routes.put, methods=["PUT"])
    blueprint.add_url_rule(PATH_FORM, "form", routes.form, methods=["POST"])
    return blueprint


class _Routes:
    def __init__(self, services: Services) -> None:
        self._uploads = services.uploads
        self._admission = services.admission

    def put(self, name: str) -> Response:
        """Take a plain body; a partial one (RFC 9110, 14.5) is refused."""
        if "Content-Range" in request.headers:
            raise ReceiverError(Code.BAD_REQUEST, "Content-Range is not taken here")
        body = request_body()
        view = self._take(name, body, body.length_bytes, None)
        answer = jsonify(_receipt(view))
        answer.status_code = 201
        return answer

    def form(self) -> Response:
        """Take each file part; one that fails does not spoil the others."""
        body = request_body()
        form = request_form(body)
        answers: list[dict[str, Any]] = []
        errors: list[ReceiverError] = []
        with self._admission.body("form", None, body) as grant:
            half = Grant(Route.STREAM, grant.block_bytes // 2)
            for part in form.files():
                try:
                    answers.append(_receipt(self._take(part.name, part, None, half)))
                except ReceiverError as error:
                    errors.append(error)
                    answers.append(problem(error))
        if not answers:
            raise ReceiverError(Code.BAD_REQUEST, "there is no file in the form")
        status = errors[0].kind.status if len(errors) == len(answers) else 200
        return Response(json.dumps(answers), status, content_type="application/json")

    def _take(
        self, name: str, body: Body | Part, size_bytes: int | None, grant: Grant | None
    ) -> View:
        view = self._uploads.create(_creation(name, size_bytes))
        if view.receipt is not None:
            return view
        try:
            view = self._uploads.append(view.info_id, 0, body, None, grant=grant)
            return view if size_bytes is not None else self._uploads.conclude(view.info_id)
        except BaseException:
            self._uploads.discard(view.info_id)
            raise


def _creation(name: str, size_bytes: int | None) -> Creation:
    try:
        wanted = safe_path(name, name)
    except ValueError as error:
        raise ReceiverError(Code.BAD_NAME, str(error)) from error
    metadata = format_metadata({"relativePath": name})
    return Creation(size_bytes, wanted, metadata, g.key.name, name, at_once=True)


def _receipt(view: View) -> dict[str, Any]:
    assert view.receipt is not None
    return receipt_json(view.receipt)
