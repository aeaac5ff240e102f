"""The real nginx and the real Caddy before a receiver, set up by what the receiver printed."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.receiver_process import ROOT, free_port

PATH = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
READY_WITHIN_S = 20.0

NGINX = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log warn;
worker_processes 1;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
}}
"""

CADDY = """
{{
    admin off
    http_port {http_port}
    https_port {port}
    skip_install_trust
    storage file_system {folder}/storage
}}
{sites}
"""


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs.

    Attributes:
        url: where senders reach it.
        port: of the loopback address.
        process: it, the parent of its workers.
        temporary: the folder where it would put bodies.
        authority: the certificate that vouches for it; None where it speaks plain HTTP.
        log: where it writes what goes wrong; nginx also notes there each body that it puts down.
    """

    url: str
    port: int
    process: subprocess.Popen[bytes]
    temporary: Path
    authority: Path | None
    log: Path

    @property
    def peak_bytes(self) -> int:
        """The most memory that it and its workers have ever held."""
        parent = psutil.Process(self.process.pid)
        return sum(_peak_bytes(one.pid) for one in (parent, *parent.children(recursive=True)))

    @property
    def spooled(self) -> list[str]:
        """What it has put down on disk of bodies, in words or by file name."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        files = [path.name for path in self.temporary.rglob("*") if path.is_file()]
        return [line for line in lines if "buffered to a temporary file" in line] + files


def _peak_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def printed_config(kind: str, domain: str, port: int) -> str:
    """Return what `wherry-receiver proxy-config` prints."""
    command = [sys.executable, "-m", "receiver", "proxy-config", kind, "--domain", domain]
    return subprocess.run(
        [*command, "--port", str(port)], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def nginx_with(folder: Path, server: str) -> Iterator[Proxy]:
    """Run nginx with a server section that says `listen 80;`; it gets a free port instead."""
    program = _program("nginx")
    (folder / "temporary").mkdir(parents=True)
    port = free_port()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "listen [::]:80;", ""
    )
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, servers=server, user=user))
    log = folder / "error.log"
    with _running([program, "-c", str(config), "-p", str(folder)], port, folder) as process:
        url = f"http://127.0.0.1:{port}"
        yield Proxy(url, port, process, folder / "temporary", None, log)


@contextmanager
def caddy_with(folder: Path, sites: str) -> Iterator[Proxy]:
    """Run Caddy with sites of the domain localhost, for which it makes a certificate itself."""
    program = _program("caddy")
    (folder / "temporary").mkdir(parents=True)
    port = free_port()
    config = folder / "Caddyfile"
    config.write_text(CADDY.format(folder=folder, port=port, http_port=free_port(), sites=sites))
    command = [program, "run", "--config", str(config), "--adapter", "caddyfile"]
    with _running(command, port, folder) as process:
        authority = folder / "storage" / "pki" / "authorities" / "local" / "root.crt"
        url = f"https://localhost:{port}"
        _wait_for_certificate(port, process, folder / "output")
        log = folder / "output"
        yield Proxy(url, port, process, folder / "temporary", authority, log)


@contextmanager
def printed_proxy(kind: str, folder: Path, port: int) -> Iterator[Proxy]:
    """Run a proxy with the set-up that the receiver prints for it."""
    start = nginx_with if kind == "nginx" else caddy_with
    with start(folder, printed_config(kind, "localhost", port)) as proxy:
        yield proxy


def _program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.skip(f"no {name} here")
    return found


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "TMPDIR": str(folder / "temporary"), "HOME": str(folder)}
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, env=environment, stdout=file, stderr=subprocess.STDOUT, cwd=folder
        )
    try:
        _wait_for(port, process, output)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes], output: Path) -> None:
    def connect() -> None:
        socket.create_connection(("127.0.0.1", port), 1).close()

    _try_until_it_works(connect, process, output)


def _wait_for_certificate(port: int, process: subprocess.Popen[bytes], output: Path) -> None:
    """Caddy listens a moment before it has made its certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE

    def shake_hands() -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            context.wrap_socket(line, server_hostname="localhost").close()

    _try_until_it_works(shake_hands, process, output)


def _try_until_it_works(
    action: Callable[[], None], process: subprocess.Popen[bytes], output: Path
) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            action()
        except OSError:
            assert process.poll() is None and time.monotonic() < until, output.read_text()
            time.sleep(0.02)
        else:
            return
