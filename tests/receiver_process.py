"""A real receiver in its own process, for tests: started, killed and started again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping
from pathlib import Path

import requests

from receiver.protocol import PATH_STATUS, Status

ROOT = Path(__file__).resolve().parents[1]
KEY = "test-key-0123456789"
READY_WITHIN_S = 120.0


def free_port() -> int:
    """Return a TCP port of the loopback address that nothing listens on.

    It lies below those that systems give to outgoing connections: one of them must not take it
    while a receiver is down.
    """
    for port in random.sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


class ReceiverProcess:
    """`python -m receiver serve` on a folder and a port that stay the same over restarts."""

    def __init__(
        self,
        data: Path,
        *options: str,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
        prefix: tuple[str, ...] = (),
    ) -> None:
        self.data = data
        self.key = KEY
        self.port = port or free_port()
        self.output: deque[str] = deque(maxlen=2000)
        self._options = options
        self._environment = dict(environment or {})
        self._prefix = prefix
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._is_ready = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def start(self) -> ReceiverProcess:
        """Start it and wait for its Ready line."""
        command = [*self._prefix, sys.executable, "-X", "faulthandler", "-m", "receiver", "serve"]
        command += ["--data", str(self.data), "--port", str(self.port), *self._options]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "WHERRY_KEY": self.key, **self._environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._is_ready, told = False, threading.Event()
        self._reader = threading.Thread(target=self._read_output, args=(self._process, told))
        self._reader.start()
        if not told.wait(READY_WITHIN_S) or not self._is_ready:
            self.kill()
            raise AssertionError("the receiver did not start:\n" + "\n".join(self.output))
        return self

    def _read_output(self, process: subprocess.Popen[str], told: threading.Event) -> None:
        """Keep what it prints; tell when it is ready, or when it prints no more."""
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.output.append(line.rstrip("\n"))
                if line.startswith("Ready "):
                    self._is_ready = True
                    told.set()
        told.set()

    def _end(self, number: signal.Signals, timeout_s: float) -> int:
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(number)
        code = self._process.wait(timeout_s)
        if self._reader is not None:
            self._reader.join(timeout_s)
        self._process = None
        return code

    def kill(self) -> None:
        """kill -9, at once."""
        self._end(signal.SIGKILL, 10)

    def stop(self, timeout_s: float = 20) -> int:
        """SIGTERM, and wait; returns the exit code."""
        return self._end(signal.SIGTERM, timeout_s)

    def restart(self) -> None:
        """kill -9 and start again on the same folder and port."""
        self.kill()
        self.start()

    def status(self) -> Status:
        """Ask GET /status."""
        answer = requests.get(self.url + PATH_STATUS, headers=self.headers, timeout=(5, 10))
        answer.raise_for_status()
        return Status.from_json(answer.json())

    def stored(self) -> dict[str, Path]:
        """Return the stored files by their path below the folder; what is hidden left out."""
        return {
            str(path.relative_to(self.data)): path
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and not path.relative_to(self.data).parts[0].startswith(".")
        }
