"""Makes the Flask application from what it serves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from receiver.admission import Admission
from receiver.batch import Batches
from receiver.config import Config
from receiver.history import History
from receiver.keys import Keys
from receiver.protocol import PATH_HEALTH
from receiver.space import DiskSpace
from receiver.telemetry import Telemetry, Traffic
from receiver.uploads import Uploads
from receiver.web import answers, batch, cors, metrics, pages, plain, received, status, tus


@dataclass(frozen=True, slots=True)
class Services:
    """All that a request may need."""

    config: Config
    keys: Keys
    history: History
    batches: Batches
    uploads: Uploads
    admission: Admission
    space: DiskSpace
    traffic: Traffic
    telemetry: Telemetry
    data_in_memory: bool
    temporary_in_memory: bool
    started: float = field(default_factory=time.monotonic)


def create_app(services: Services) -> Flask:
    """Return the application; it keeps nothing that `services` does not hold."""
    app = Flask("receiver", static_folder=None)
    app.url_map.merge_slashes = False
    app.before_request(lambda: _check_key(services))
    if services.config.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    answers.install(app)
    cors.install(app, services.config.allow_origins)
    app.register_blueprint(tus.make_blueprint(services))
    app.register_blueprint(plain.make_blueprint(services))
    app.register_blueprint(batch.make_blueprint(services))
    app.register_blueprint(received.make_blueprint(services))
    app.register_blueprint(status.make_blueprint(services))
    app.register_blueprint(metrics.make_blueprint(services))
    app.register_blueprint(pages.make_blueprint())
    return app


def _check_key(services: Services) -> None:
    """Everything needs a key but the health check, the page itself and a CORS preflight."""
    if request.path == PATH_HEALTH or request.path in pages.PATHS or request.method == "OPTIONS":
        return
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    offered = text.strip() if kind.lower() == "bearer" else None
    g.key = services.keys.check(offered, request.remote_addr or "")
