"""The senders: curl in three ways, and Wherry's own engine; all outside the receiver's cgroup."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import tus
from tests.bench.sampling import Sampler
from tests.bench.servers import Server
from tests.receiver_process import KEY, ROOT
from tests.tus_sender import patch_headers

TIMEOUT_S = 900
CURL = ("curl", "--silent", "--show-error", "--output", os.devnull, "--write-out", "%{http_code}")


@dataclass(frozen=True)
class Sent:
    """How a sender ended: seconds until it had its answer, whether that was yes, and its words;
    its CPU seconds and its peak resident set."""

    seconds: float
    accepted: bool
    words: str
    cpu_s: float = 0.0
    peak_bytes: int = 0


Feed = Callable[[Server, Path], Sent]


def curl_put(server: Server, file: Path) -> Sent:
    """curl -T: the file as the body."""
    return _run([*CURL, "--upload-file", str(file), f"{server.url}/{file.name}"])


def curl_form(server: Server, file: Path) -> Sent:
    """curl -F: the file in a form."""
    return _run([*CURL, "--form", f"file=@{file}", f"{server.url}/{file.name}"])


def curl_tus(server: Server, file: Path) -> Sent:
    """POST /files, then the whole file in one PATCH by curl."""
    began = time.monotonic()
    try:
        with tus.connect(server.url, KEY) as line:
            path = tus.create(line, file.name, file.stat().st_size).path
    except (tus.RefusedError, OSError) as error:
        return Sent(time.monotonic() - began, False, str(error))
    headers = {"Authorization": f"Bearer {KEY}", **patch_headers(0)}
    options = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    url = server.url + path
    sent = _run([*CURL, "--request", "PATCH", "--upload-file", str(file), *options, url])
    return dataclasses.replace(sent, seconds=time.monotonic() - began)


def engine(server: Server, file: Path, options: tuple[str, ...] = ()) -> Sent:
    """`wherry send`, all digests on, with a ledger of its own that has never seen the file."""
    home = server.data.with_name(server.data.name + "-sender")
    variables = {
        "HOME": home,
        "XDG_DATA_HOME": home,
        "XDG_STATE_HOME": home,
        "XDG_CONFIG_HOME": home,
    }
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "desktop", "send", "--to", server.url, *options, str(file)]
    return _run(command, {name: str(path) for name, path in variables.items()})


def _run(command: list[str], variables: dict[str, str] | None = None) -> Sent:
    """Run a sender to its end; what it used is what the system counted for it (wait4(2))."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "WHERRY_KEY": KEY, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        late = threading.Timer(TIMEOUT_S, process.kill)
        late.start()
        with Sampler(process.pid) as sampler:
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.monotonic() - began
        late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        words = output.read().strip()
    is_curl = command[0] == "curl"
    accepted = process.returncode == 0 and (not is_curl or words.startswith("2"))
    cpu_s = used.ru_utime + used.ru_stime
    return Sent(seconds, accepted, words, cpu_s, sampler.peak_bytes)
