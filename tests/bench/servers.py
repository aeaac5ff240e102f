"""The receivers under measurement, each a process of its own that is started and ended here."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.receiver_process import KEY, ROOT, free_port

READY = "Ready "
READY_WITHIN_S = 30.0
ENDED_WITHIN_S = 30.0


@dataclass(frozen=True)
class Server:
    """A receiver that is ready."""

    url: str
    data: Path
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        return self.process.pid


def wherry_command(data: Path, port: int) -> list[str]:
    """The command line of a real receiver."""
    place = ["--data", str(data), "--port", str(port)]
    return [sys.executable, "-m", "receiver", "serve", *place]


def naive_command(way: str, data: Path, port: int) -> list[str]:
    """The command line of a naive one; `way` is "whole" or "form"."""
    place = ["--data", str(data), "--port", str(port)]
    return [sys.executable, "-m", "tests.bench.naive", way, *place]


def _command(kind: str, data: Path, port: int) -> list[str]:
    if kind == "forced":
        return ["--data", str(data), "--port", str(port)]
    return wherry_command(data, port) if kind == "wherry" else naive_command(kind, data, port)


@contextmanager
def running(
    kind: str,
    data: Path,
    prefix: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[Server]:
    """Start a receiver and wait until it says that it is ready; end it afterwards.

    Args:
        kind: "wherry", "whole" or "form"; "forced" leaves the program to `prefix`.
        data: the folder that it stores in; made where missing.
        prefix: words before its command, such as those of a cgroup.
        environment: what it sees beside this process's own variables.
        options: further words of its command line.

    Raises:
        RuntimeError: it did not become ready.
    """
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = _command(kind, data, port)
    process = subprocess.Popen(
        [*prefix, *command, *options],
        cwd=ROOT,
        env={**os.environ, "WHERRY_KEY": KEY, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    reader, ready, output = _follow(process)
    try:
        ready.wait(READY_WITHIN_S)
        if not any(line.startswith(READY) for line in output):
            raise RuntimeError(f"the {kind} receiver did not start:\n" + "".join(output))
        yield Server(f"http://127.0.0.1:{port}", data, process)
    finally:
        _end(process)
        reader.join()


def _follow(
    process: subprocess.Popen[str],
) -> tuple[threading.Thread, threading.Event, list[str]]:
    """Read what a receiver prints, so that it never waits for a full pipe."""
    ready = threading.Event()
    output: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                output.append(line)
                if line.startswith(READY):
                    ready.set()
        ready.set()

    reader = threading.Thread(target=read, name="receiver-output")
    reader.start()
    return reader, ready, output


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(ENDED_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
