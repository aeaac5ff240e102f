"""Faults made at the border to the operating system: the n-th call fails, or ends the process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from blake3 import blake3

from receiver import durable
from receiver.errors import ReceiverError
from receiver.history import History
from receiver.intake import Checksum
from receiver.names import HIDDEN
from tests.receiver.in_process import Parts, ScriptedBody

CALLS = ("write", "fsync", "fdatasync", "ftruncate", "truncate", "replace", "link", "unlink",
         "mkdir", "utime")  # fmt: skip
DISK_STEPS: tuple[tuple[Any, str], ...] = tuple((os, one) for one in CALLS if hasattr(os, one))
STEPS = (*DISK_STEPS, (History, "add"))
WINDOW = 100_003
DATA = bytes(range(251)) * ((3 * WINDOW) // 251)
NAME = "folder/file.bin"
TRIES = 8


@contextmanager
def before_each_step(
    happen: Callable[[int], None], steps: tuple[tuple[Any, str], ...] = STEPS
) -> Iterator[None]:
    """Call `happen` with the number of the step, from 1 on, before each call of `steps`."""
    count = 0
    originals = [(owner, name, getattr(owner, name)) for owner, name in steps]

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **keywords: Any) -> Any:
            nonlocal count
            count += 1
            happen(count)
            return original(*args, **keywords)

        return call

    for owner, name, original in originals:
        setattr(owner, name, counted(original))
    try:
        yield
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


def send_on(parts: Parts, upload: str, windows: int = 100) -> None:
    """Send from the offset on, a checked window after an unchecked one; what is refused, again.

    Raises:
        ReceiverError: it was refused again and again.
    """
    for number in range(windows):
        view = parts.view(upload)
        if view.receipt is not None:
            return
        window = DATA[view.offset : view.offset + WINDOW]
        checksum = Checksum("blake3", blake3(window).digest()) if number % 2 else None
        body = ScriptedBody([window[:7_000], window[7_000:]] if window else [], len(window))
        for _ in range(TRIES):
            try:
                parts.append(upload, view.offset, body, checksum)
            except ReceiverError as error:
                if error.kind.try_again:
                    break
                raise
            else:
                break


def stored_files(folder: Path) -> dict[str, bytes]:
    """Name and content of every file that is not hidden."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != HIDDEN
    }


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / HIDDEN / "uploads").iterdir())


def refuse_links() -> None:
    """Make this process's file systems be such that have no hard links."""

    def link(*args: object, **keywords: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    os.link = link


def run_until_step(folder: Path, last: int) -> None:
    """Upload `DATA`, or bring up what is there; end the process without a word before a step."""

    def happen(number: int) -> None:
        if number == last:
            os._exit(3)

    known = (folder / HIDDEN).exists()
    with Parts(folder) as parts, before_each_step(happen):
        if not known:
            send_on(parts, parts.create(len(DATA), NAME))
        for upload in parts.recover():
            parts.catch_up(upload)
            send_on(parts, upload)


def copy(source: Path, target: Path) -> Path:
    """Copy a folder as it is; what is one file by two names stays so."""
    subprocess.run(["cp", "-a", source, target], check=True)
    return target


def crash_at_each_step(folder: Path, before: Path | None = None) -> None:
    """Crash once at each step, each time in a new process and a folder of its own: 1, 2, 3 ...

    Args:
        folder: where those folders are made.
        before: a folder that each of them begins as; None begins with nothing.
    """
    number = 1
    while True:
        if before is not None:
            copy(before, folder / str(number))
        child = os.fork()
        if not child:
            run_until_step(folder / str(number), number)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == 0:
            return
        assert code == 3, f"step {number} ended with {code}"
        number += 1


if __name__ == "__main__":
    if sys.argv[1] != "links":
        refuse_links()
    if sys.argv[1] == "no-exclusive-renames":
        durable._renameat2 = None
    crash_at_each_step(*(Path(one) for one in sys.argv[2:]))
