"""Over TLS: a receiver with a certificate of its own that the link pins, beside sftp."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from receiver.identity import fingerprint, own_certificate
from tests.bench import senders
from tests.bench.servers import Server, running
from tests.bench.turns import MORE_RUNS, Way, against, in_turns, rate
from tests.bench.works import MEMORY_FOLDER, Section, Settings
from tests.big_files import GIB, blake3_of, make_big_file
from tests.receiver_process import KEY, free_port

FILE_BYTES = GIB
SFTP = "sftp to sshd"
WHERRY = "`wherry send` over TLS, certificate pinned, all digests"
SSHD = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile {folder}/pid
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
"""


def measure(settings: Settings) -> Section:
    """Send 1 GiB by each way in turn, from memory to memory."""
    source = settings.folder / "one.bin"
    digest = make_big_file(source, FILE_BYTES)
    ways: dict[str, Way] = {WHERRY: lambda: _wherry(source, digest)}
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd and shutil.which("sftp"):
        ways = {SFTP: lambda: _sftp(sshd, source, digest), **ways}
    times_s = in_turns(ways, settings.runs + MORE_RUNS)
    rows = tuple(
        (name, f"{median(found):.2f} s", rate(found, FILE_BYTES), against(times_s, name, SFTP))
        for name, found in times_s.items()
    )
    return Section(
        "Over TLS",
        "1 GiB over the loopback into a tmpfs, encrypted and authenticated by both. Medians; "
        f"runs: {settings.runs + MORE_RUNS}, in turn, after one that does not count.",
        ("way", "time", "MB/s", "speed against sftp"),
        rows,
        () if SFTP in times_s else ("sshd is not installed here, so there is nothing beside it.",),
    )


def _wherry(source: Path, digest: bytes) -> float:
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=MEMORY_FOLDER) as name:
        folder = Path(name)
        files = own_certificate(folder)
        pin = fingerprint(files.certificate).replace(":", "").lower()
        options = ("--tls", f"{files.certificate}:{files.key}")
        with running("wherry", folder / "data", options=options) as server:
            place = server.url.partition("://")[2]
            link = f"wherry://{place}/?key={KEY}&pin={pin}&name=bench"
            sent = senders.engine(Server(link, server.data, server.process), source)
        _check(sent.accepted, sent.words, folder / "data" / source.name, digest)
        return sent.seconds


def _sftp(sshd: str, source: Path, digest: bytes) -> float:
    with tempfile.TemporaryDirectory(prefix="wherry-bench-", dir=MEMORY_FOLDER) as name:
        folder = Path(name)
        with _sshd(sshd, folder) as port:
            batch = folder / "batch"
            batch.write_text(f"put {source} {folder / source.name}\n")
            words = ["-P", str(port), "-i", str(folder / "user"), "-b", str(batch)]
            for option in ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"):
                words += ["-o", option]
            began = time.monotonic()
            command = ["sftp", "-q", *words, "127.0.0.1"]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            seconds = time.monotonic() - began
        _check(ended.returncode == 0, ended.stderr, folder / source.name, digest)
        return seconds


def _check(accepted: bool, words: str, stored: Path, digest: bytes) -> None:
    if not accepted or blake3_of(stored) != digest:
        raise RuntimeError(words)


@contextmanager
def _sshd(program: str, folder: Path) -> Iterator[int]:
    port = free_port()
    for key in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
        subprocess.run(command, check=True)
    (folder / "sshd_config").write_text(SSHD.format(port=port, folder=folder))
    Path("/run/sshd").mkdir(exist_ok=True)
    command = [program, "-D", "-f", str(folder / "sshd_config")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise RuntimeError("sshd did not start")
