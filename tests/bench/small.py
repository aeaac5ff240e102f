"""A small file: what it costs to take it in memory, one file after another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from blake3 import blake3

from tests.bench import tus
from tests.bench.sampling import resident_bytes
from tests.bench.servers import Server, running
from tests.bench.works import Section, Settings
from tests.big_files import GIB, MIB, blake3_of
from tests.cgroups import cgroups_unavailable, memory_cgroup
from tests.receiver_process import KEY
from tests.tus_sender import Line

FILE_BYTES = 4 * MIB
UPLOADS = 60
BOUNDARY = "the-boundary-of-this-form"


@dataclass
class Taker:
    """A receiver that is running, how it is fed, and how long each upload took."""

    label: str
    server: Server
    send: Callable[[str, bytes], str]
    times_s: list[float] = field(default_factory=list)
    route: str = ""


def measure(settings: Settings) -> Section:
    """Send a file of 4 MiB to each receiver in turn, over connections that stay open."""
    reason = cgroups_unavailable()
    if reason:
        raise SystemExit(reason)
    body = os.urandom(FILE_BYTES)
    with ExitStack() as stack:
        takers = [_start(stack, settings.folder, kind) for kind in ("whole", "form", "wherry")]
        for number in range(UPLOADS):
            for taker in takers:
                _time(taker, f"small-{number}.bin", body)
        rows = tuple(_row(taker, takers[-1]) for taker in takers)
    return Section(
        "A file of 4 MiB, taken in memory",
        f"{UPLOADS} uploads each, in turn, over one open connection each; receivers in a cgroup "
        "of 1 GiB. Wherry's are two requests (create, then the bytes) and end with an fsync and a "
        "digest; the others' end with the file in the page cache.",
        ("receiver", "median", "90 % within", "against Wherry", "peak resident"),
        rows,
    )


def _start(stack: ExitStack, folder: Path, kind: str) -> Taker:
    group = stack.enter_context(memory_cgroup(GIB))
    server = stack.enter_context(running(kind, folder / kind, group.prefix))
    if kind == "wherry":
        line = stack.enter_context(tus.connect(server.url, KEY))
        return Taker("Wherry", server, lambda name, body: _by_tus(line, name, body))
    connection = HTTPConnection(urlsplit(server.url).netloc, blocksize=MIB)
    stack.callback(connection.close)
    if kind == "whole":
        label = "`request.get_data()`, then write"
        return Taker(label, server, lambda name, body: _by_put(connection, name, body))
    label = "`request.files[...].save()`"
    return Taker(label, server, lambda name, body: _by_form(connection, name, body))


def _time(taker: Taker, name: str, body: bytes) -> None:
    began = time.perf_counter()
    taker.route = taker.send(name, body)
    taker.times_s.append(time.perf_counter() - began)
    if blake3_of(taker.server.data / name) != blake3(body).digest():
        raise RuntimeError(f"{taker.label} has damaged the file")


def _by_tus(line: Line, name: str, body: bytes) -> str:
    created = tus.create(line, name, len(body))
    tus.send(line, created.path, 0, body)
    return created.headers["wherry-route"]


def _by_put(connection: HTTPConnection, name: str, body: bytes) -> str:
    connection.request("PUT", f"/{name}", body)
    return _stored(connection)


def _by_form(connection: HTTPConnection, name: str, body: bytes) -> str:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    parts = [head.encode(), body, f"\r\n--{BOUNDARY}--\r\n".encode()]
    length = str(sum(len(part) for part in parts))
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    connection.request("POST", f"/{name}", parts, {"Content-Type": kind, "Content-Length": length})
    return _stored(connection)


def _stored(connection: HTTPConnection) -> str:
    answer = connection.getresponse()
    answer.read()
    if answer.status != 201:
        raise RuntimeError(f"refused with {answer.status}")
    return ""


def _row(taker: Taker, wherry: Taker) -> tuple[str, ...]:
    middle = median(taker.times_s)
    route = f" (route: {taker.route})" if taker.route else ""
    return (
        taker.label + route,
        f"{middle * 1000:.1f} ms",
        f"{quantiles(taker.times_s, n=10)[-1] * 1000:.1f} ms",
        f"{middle / median(wherry.times_s):.2f} x the time",
        f"{resident_bytes(taker.server.pid, 'VmHWM') / MIB:.1f} MiB",
    )
