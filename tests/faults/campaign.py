"""What a campaign of faults is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from blake3 import blake3

from receiver.names import HIDDEN
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import eventually

SETTLED_WITHIN_S = 90.0


@dataclass(frozen=True)
class Settings:
    """How often the fault is made (None: as often as is usual), from what seed, and where."""

    times: int | None
    seed: int
    folder: Path


@dataclass(frozen=True)
class Row:
    """One line of the table: what was done, how often, and what was lost or wrong by it."""

    what: str
    how_often: str
    lost: tuple[str, ...]


Campaign = Callable[[Settings], Sequence[Row]]


def digest_of(path: Path) -> str:
    """The BLAKE3 of a file, 64 hexadecimal digits."""
    return blake3(max_threads=1).update_mmap(path).hexdigest()


def wrong_in(receiver: ReceiverProcess, expected: dict[str, str]) -> tuple[str, ...]:
    """Compare what is stored with what was sent; say in words what differs.

    Every file once, with its bytes; nothing unfinished or promised left; the list of received files
    agrees with the folder. (A file that was sent twice is listed twice, and stored once.)

    Args:
        receiver: a receiver to which nobody sends any more.
        expected: digests by path below the folder.
    """
    listed = set(received_names(receiver))
    stored = receiver.stored().keys()
    wrong = differences(receiver, expected)
    wrong += [f"{name} is not listed" for name in sorted(stored - listed)]
    wrong += [f"{name} is listed only" for name in sorted(listed - stored)]
    return (*wrong, *left_over(receiver))


def differences(receiver: ReceiverProcess, expected: dict[str, str]) -> list[str]:
    """Compare the stored files alone with what was sent: digests by path below the folder."""
    stored = {name: digest_of(path) for name, path in receiver.stored().items()}
    wrong = [f"{name} is missing" for name in sorted(expected.keys() - stored.keys())]
    wrong += [f"{name} is there too" for name in sorted(stored.keys() - expected.keys())]
    return wrong + [
        f"{name} has other bytes"
        for name in sorted(expected.keys() & stored.keys())
        if expected[name] != stored[name]
    ]


def left_over(receiver: ReceiverProcess) -> list[str]:
    """Say what is unfinished, or promised, on a receiver to which nobody sends any more."""
    status = receiver.status()
    left = [f"the upload {one.name} is unfinished" for one in status.uploads]
    if status.disk.promised_bytes:
        left.append(f"{status.disk.promised_bytes} bytes are promised")
    hidden = receiver.data / HIDDEN / "uploads"
    return left + [f"{path.name} is left over" for path in hidden.iterdir()]


def received_names(receiver: ReceiverProcess) -> list[str]:
    """The stored names in the receiver's own list, all pages of it."""
    names: list[str] = []
    before: dict[str, str] = {}
    while True:
        answer = requests.get(
            f"{receiver.url}/received",
            params={"limit": "500", **before},
            headers=receiver.headers,
            timeout=30,
        )
        answer.raise_for_status()
        page = answer.json()
        if not page:
            return names
        names += [one["stored_name"] for one in page]
        before = {"before": page[-1]["id"]}


@contextmanager
def settled(receiver: ReceiverProcess) -> Iterator[ReceiverProcess]:
    """Start the receiver anew, as after a night, and wait a while until it has ended
    what it had begun; `left_over` tells what it has not."""
    receiver.stop()
    last = ReceiverProcess(receiver.data)
    last.start()
    try:
        with suppress(AssertionError):
            eventually(lambda: not last.status().uploads, SETTLED_WITHIN_S)
        yield last
    finally:
        last.kill()
