"""Little memory, many senders and hostile ones: never killed, never above what it printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from receiver.protocol import UPLOAD_TYPE
from tests.cgroups import memory_cgroup
from tests.faults.campaign import Row, Settings
from tests.receiver_process import ROOT, ReceiverProcess
from tests.tus_sender import Line, TusSender

MIB = 1 << 20
LIMITS_MIB = (1024, 256, 128)
CROWD = 64
CROWD_FILE_MIB = 24
MOST_UPLOAD = 2 << 30
PARTS = 1_000_000
PARTS_AT_ONCE = 5_000
REFUSED_BYTES = 3 << 30
ENDLESS_BYTES = MOST_UPLOAD + (64 << 20)
PATIENCE_S = 900


def run(settings: Settings) -> Sequence[Row]:
    """For each limit: a crowd, and beside it everything that wants memory."""
    return [_limited(settings.folder / str(limit), limit) for limit in LIMITS_MIB]


def _limited(folder: Path, limit_mib: int) -> Row:
    with memory_cgroup(limit_mib * MIB) as group:
        receiver = ReceiverProcess(folder, "--max-upload", str(MOST_UPLOAD), prefix=group.prefix)
        receiver.start()
        try:
            pid, done = receiver.pid, _everything(receiver)
            wrong = [words for words in done if words]
            status = receiver.status()
            most_mib, peak_mib = _printed_mib(receiver), status.memory.receiver_peak_bytes / MIB
            if peak_mib > most_mib:
                wrong.append(f"{peak_mib:.0f} MiB resident, {most_mib} were printed")
            if group.kills or receiver.pid != pid:
                wrong.append("it was killed for want of memory")
        finally:
            receiver.kill()
    what = (
        f"{limit_mib} MiB: {CROWD} senders at once, bodies of 3 GiB refused, a form of a million "
        f"parts, headers of 4 MiB, a chunked body without end ({peak_mib:.0f} MiB resident at most)"
    )
    return Row(what, "1 time", tuple(wrong))


def _printed_mib(receiver: ReceiverProcess) -> int:
    """What the receiver said at its start that it would use at most."""
    found = re.search(r"At most about (\d+) MiB used", "\n".join(receiver.output))
    assert found, receiver.output
    return int(found[1])


def _everything(receiver: ReceiverProcess) -> list[str]:
    """Do it all at once; returns what went wrong, "" for each that went right."""
    results: list[str] = []

    def note(work: Callable[[ReceiverProcess], str]) -> None:
        try:
            results.append(work(receiver))
        except Exception as error:  # noqa: BLE001
            results.append(f"{work.__name__}: {error!r}")

    works = (_crowd, _refused, _refused, _form, _headers, _endless)
    threads = [threading.Thread(target=note, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _crowd(receiver: ReceiverProcess) -> str:
    command = [sys.executable, "-m", "tests.bench.crowd", receiver.url]
    command += ["--count", str(CROWD), "--size-mib", str(CROWD_FILE_MIB)]
    environment = {**os.environ, "WHERRY_KEY": receiver.key}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S
    )
    return "" if ended.returncode == 0 else f"the crowd: {ended.stdout} {ended.stderr[-300:]}"


def _refused(receiver: ReceiverProcess) -> str:
    """A body beyond the largest upload, sent without asking."""
    with Line(receiver.port, receiver.key) as line:
        headers = {"Content-Length": str(REFUSED_BYTES)}
        line.send_head("PUT", "/put/too-large", headers)
        with suppress(ConnectionError, TimeoutError):
            for _ in range(REFUSED_BYTES // MIB):
                line.send(bytes(MIB))
            return "a body of 3 GiB was read to its end"
    return ""


def _form(receiver: ReceiverProcess) -> str:
    """A form of a million parts without a file."""
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    with Line(receiver.port, receiver.key) as line:
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Content-Length": str(len(part) * PARTS),
        }
        line.send_head("POST", "/form", headers)
        with suppress(ConnectionError):
            for _ in range(PARTS // PARTS_AT_ONCE):
                line.send(part * PARTS_AT_ONCE)
        with suppress(ConnectionError):
            answer = line.read_answer()
            if answer.status >= 500 and answer.status != 503:
                return f"the form: {answer.status}"
    return ""


def _headers(receiver: ReceiverProcess) -> str:
    for _ in range(20):
        with Line(receiver.port, receiver.key) as line, suppress(ConnectionError):
            line.send(b"GET /status HTTP/1.1\r\nHost: x\r\nX-Large: " + b"a" * (4 * MIB))
            status = line.read_answer().status
            if status not in (400, 413, 431):
                return f"headers of 4 MiB: {status}"
    return ""


def _endless(receiver: ReceiverProcess) -> str:
    """A chunked body that goes on beyond the largest upload."""
    path = TusSender(receiver).post({"Upload-Defer-Length": "1"}).path
    with Line(receiver.port, receiver.key) as line:
        headers = {
            "Transfer-Encoding": "chunked",
            "Tus-Resumable": "1.0.0",
            "Content-Type": UPLOAD_TYPE,
            "Upload-Offset": "0",
        }
        line.send_head("PATCH", path, headers)
        with suppress(ConnectionError, TimeoutError):
            for _ in range(ENDLESS_BYTES // MIB):
                line.send(b"100000\r\n" + bytes(MIB) + b"\r\n")
            return "a chunked body went on beyond the largest upload"
    return ""
