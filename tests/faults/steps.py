"""At each single step on the disk: killed there, or the disk fails there.

strace(1) makes the fault at the n-th call of a kind, in the real receiver.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.campaign import Row, Settings
from tests.faults.writers import Writer, broken_promises
from tests.receiver_process import ReceiverProcess

CALLS = ("fsync", "fdatasync", "syncfs", "linkat", "link", "rename", "renameat2", "unlink")
CALLS_THAT_FAIL = (*CALLS[:-1], "pwrite64", "write", "mkdir", "ftruncate")
FAULTS = {
    "killed at": ("signal=SIGKILL", CALLS),
    "error EIO at": ("error=EIO", CALLS_THAT_FAIL),
    "error ENOSPC at": ("error=ENOSPC", CALLS_THAT_FAIL),
}
DISK_FAILS = (500, 507)
EACH_UP_TO = 8
STEP = 7


def run(settings: Settings) -> Sequence[Row]:
    """For each kind of call: the fault at its first, its second and so on, while files come in."""
    if shutil.which("strace") is None:
        raise RuntimeError("strace is needed: apt-get install strace")
    return [_fault(settings, words, *kind) for words, kind in FAULTS.items()]


def _fault(settings: Settings, words: str, fault: str, calls: Sequence[str]) -> Row:
    lost: list[str] = []
    done = stored = 0
    for call in calls:
        for number in _numbers(settings.times or 60):
            folder = settings.folder / f"{fault}-{call}-{number}"
            happened, names, wrong = _once(folder, call, f"{fault}:when={number}", settings.seed)
            shutil.rmtree(folder)
            lost += [f"{words} {call} number {number}: {one}" for one in wrong]
            if not happened:
                break
            done, stored = done + 1, stored + names
    what = f"{words} the n-th {', '.join(calls)}; {stored} files acknowledged"
    return Row(what, f"{done} times", tuple(lost))


def _numbers(most: int) -> Iterator[int]:
    """1 to 8, then every seventh."""
    yield from range(1, EACH_UP_TO)
    yield from range(EACH_UP_TO, most, STEP)


def _once(folder: Path, call: str, fault: str, seed: int) -> tuple[bool, int, list[str]]:
    """Make one fault; returns whether it came, how many files were called stored, what is wrong."""
    data, log = folder / "received", folder / "strace.log"
    shutil.copytree(_used_folder(folder.parent), data)
    tracer = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}")
    plain = ReceiverProcess(data)
    traced = ReceiverProcess(data, prefix=(*tracer, "-e", f"inject={call}:{fault}"))
    try:
        traced.start()
    except AssertionError:
        return _has_come(log), 0, _check(plain, None)
    writer = Writer(traced, 0, seed, tolerated=DISK_FAILS)
    try:
        writer.once()
    finally:
        _kill_with_tracer(traced)
    return _has_come(log), len(writer.told.stored), _check(plain, writer)


def _used_folder(parent: Path) -> Path:
    """A receiver's folder that has been used before, so that each fault meets the same calls."""
    folder = parent / "used"
    if not folder.exists():
        receiver = ReceiverProcess(folder)
        receiver.start()
        receiver.stop()
    return folder


def _kill_with_tracer(traced: ReceiverProcess) -> None:
    """End the receiver itself: strace, when it is killed, lets it go on."""
    subprocess.run(["pkill", "-KILL", "-P", str(traced.pid)], check=False)
    traced.kill()


def _has_come(log: Path) -> bool:
    text = log.read_text()
    return "(INJECTED)" in text or ("killed by SIGKILL" in text and " = ?" in text)


def _check(receiver: ReceiverProcess, writer: Writer | None) -> list[str]:
    receiver.start()
    try:
        if writer is None:
            return []
        return writer.refused + broken_promises(receiver, writer.told)
    finally:
        receiver.kill()
