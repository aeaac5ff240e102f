"""Through a real nginx with its defaults: bodies of at most 1 MiB, collected before they go on."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.transfer.events import ProblemKind
from tests.receiver_process import ReceiverProcess, free_port
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

CONFIG = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass {target}; }}
    }}
}}
"""


@pytest.fixture
def behind_nginx(receiver: ReceiverProcess, tmp_path: Path) -> Iterator[str]:
    """The URL of an nginx in front of the receiver."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("no nginx here")
    port = free_port()
    folder = tmp_path / "nginx"
    folder.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    config = CONFIG.format(folder=folder, port=port, target=receiver.url, user=user)
    (folder / "nginx.conf").write_text(config)
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < until


def test_windows_shrink_to_what_the_proxy_lets_by(
    behind_nginx: str,
    receiver: ReceiverProcess,
    start_sender: Callable[..., Sender],
    make_file: Callable[..., Path],
) -> None:
    path = make_file(12 * MIB)
    sender = start_sender(behind_nginx)
    sender.add(path)
    sender.wait_stored()
    problems = [one.transfer.problem for one in sender.changes if one.transfer.problem]
    assert {problem.kind for problem in problems} == {ProblemKind.PROXY}
    assert "nginx" in problems[0].detail
    assert len({problem.at for problem in problems}) == 2
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(path)
