"""The two receivers that most tutorials show, behind the same WSGI server as Wherry.

    python -m tests.bench.naive {whole,form} --data DIR --port N

`whole` collects the body in memory and then writes it; `form` lets Flask's form parser spool it
to TMPDIR and then saves it.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from types import FrameType

from cheroot import wsgi
from flask import Flask, request

THREADS = 16
TIMEOUT_S = 60


def whole(folder: Path) -> Flask:
    """Receive a body with `request.get_data()`."""
    app = Flask(__name__)

    @app.put("/<name>")
    def receive(name: str) -> tuple[str, int]:
        body = request.get_data()
        (folder / name).write_bytes(body)
        return "stored\n", 201

    return app


def form(folder: Path) -> Flask:
    """Receive a form's file with `request.files[...].save()`."""
    app = Flask(__name__)

    @app.post("/<name>")
    def receive(name: str) -> tuple[str, int]:
        request.files["file"].save(folder / name)
        return "stored\n", 201

    return app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["whole", "form"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    app = {"whole": whole, "form": form}[options.way](options.data)
    server = wsgi.Server(("127.0.0.1", options.port), app, numthreads=THREADS, timeout=TIMEOUT_S)

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    server.prepare()
    print(f"Ready http://127.0.0.1:{options.port}", flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
