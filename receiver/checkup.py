"""What `wherry-receiver check` looks at, and what to mend."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from receiver.memory import MIB, read_memory
from receiver.protocol import PATH_HEALTH
from receiver.space import default_keep_free, lies_in_memory, read_disk

LEAST_MEMORY_BYTES = 64 * MIB
LEAST_DISK_BYTES = 1 << 30
ANSWERS_WITHIN_S = 5.0
NAME = "Wherry"
BUILT = 1_790_000_000
"""Seconds since the epoch when this version was made; an earlier clock is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine or not, in words."""

    fine: bool
    words: str


def findings(data: Path, port: int) -> Iterator[Finding]:
    """Look at everything that a receiver needs.

    Args:
        data: its folder.
        port: where it would listen.
    """
    yield from _folder(data)
    yield _memory()
    yield _temporary()
    yield _clock()
    yield _port(port)


def _folder(data: Path) -> Iterator[Finding]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"wherry")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield Finding(False, f"The folder {data} cannot be written to: {error.strerror}.")
        return
    yield Finding(True, f"The folder {data} can be written to.")
    reading = read_disk(data)
    usable = reading.free_bytes - default_keep_free(reading.total_bytes)
    words = f"{usable // MIB} MiB can be received on its disk."
    if usable < LEAST_DISK_BYTES:
        words += " Make room there, or choose another folder by --data."
    yield Finding(usable >= LEAST_DISK_BYTES, words)
    if lies_in_memory(data):
        yield Finding(
            False, f"The folder {data} lies in memory (tmpfs): choose one on a disk by --data."
        )


def _memory() -> Finding:
    reading = read_memory()
    words = (
        f"{reading.available_bytes // MIB} of {reading.total_bytes // MIB} MiB of memory are "
        f"available ({reading.source})."
    )
    fine = reading.available_bytes >= LEAST_MEMORY_BYTES
    return Finding(fine, words if fine else f"{words} The receiver needs about 64 MiB.")


def _temporary() -> Finding:
    folder = tempfile.gettempdir()
    if lies_in_memory(Path(folder)):
        return Finding(
            True, f"{folder} lies in memory; received files never go there, a proxy's might."
        )
    return Finding(True, f"Temporary files are on a disk ({folder}).")


def _clock() -> Finding:
    fine = time.time() > BUILT
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    return Finding(fine, f"The clock says {now}." + ("" if fine else " That is wrong: set it."))


def _port(port: int) -> Finding:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return Finding(True, f"Port {port} is free.")
    except OSError as error:
        if _receiver_answers(port):
            return Finding(True, f"A receiver is running on port {port}, and answers.")
        return Finding(
            False, f"Port {port} cannot be used ({error.strerror}): choose another by --port."
        )


def _receiver_answers(port: int) -> bool:
    """Ask without a key, and whatever its certificate: this machine is on both ends."""
    unproven = ssl.create_default_context()
    unproven.check_hostname = False
    unproven.verify_mode = ssl.CERT_NONE
    for line in (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=ANSWERS_WITHIN_S, context=unproven),
        http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERS_WITHIN_S),
    ):
        with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", PATH_HEALTH)
            answer = line.getresponse()
            if answer.status == 200 and answer.getheader("Server", "").startswith(NAME):
                return True
    return False
