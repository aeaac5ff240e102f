"""Senders that remember what has been acknowledged: offsets, and files that were called stored."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

import requests
from blake3 import blake3
from requests_toolbelt import MultipartEncoder

from tests.faults.campaign import left_over, received_names
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, TusSender, base64_of, checksum_of, eventually

MIB = 1 << 20
WINDOW_BYTES = 700_000
BATCH_FILES = 20
LISTED_WITHIN_S = 30.0


@dataclass
class Acknowledged:
    """What a receiver has promised, and what it may have besides.

    Attributes:
        offsets: by path of the upload: how many bytes are acknowledged, and its name.
        stored: names of files that were called stored.
        contents: by name: the bytes of everything that was begun.
    """

    offsets: dict[str, tuple[int, str]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    contents: dict[str, bytes] = field(default_factory=dict)


class Writer(threading.Thread):
    """Uploads in every way until the receiver is gone, or `finish`; never tries again.

    Args:
        receiver: where to.
        number, seed: decide what it sends.
        tolerated: statuses of refusals that may come, such as those of a disk that fails.

    Attributes:
        told: what was acknowledged.
        refused: answers that should not have come.
    """

    def __init__(
        self, receiver: ReceiverProcess, number: int, seed: int, tolerated: tuple[int, ...] = ()
    ) -> None:
        super().__init__(name=f"writer-{number}")
        self._tolerated = tolerated
        self._ended = threading.Event()
        self._receiver = receiver
        self._tus = TusSender(receiver)
        self._number = number
        self._chance = random.Random(f"{seed}-{number}")
        self._count = 0
        self.told = Acknowledged()
        self.refused: list[str] = []

    def run(self) -> None:
        ways = (self._windows, self._windows, self._at_once, self._batch, self._put)
        try:
            while not self.refused and not self._ended.is_set():
                self._chance.choice(ways)()
        except (OSError, requests.RequestException):
            return

    def finish(self) -> None:
        """End after the file that is under way."""
        self._ended.set()

    def once(self) -> None:
        """Upload in each way once, on this thread."""
        try:
            for way in (self._windows, self._at_once, self._batch, self._put, self._windows):
                way()
        except (OSError, requests.RequestException):
            return

    def _new(self, size_bytes: int) -> tuple[str, bytes]:
        self._count += 1
        name = f"w{self._number}/d{self._count % 3}/file {self._count}"
        data = self.told.contents[name] = self._chance.randbytes(size_bytes)
        return name, data

    def _fine(self, answer: Answer, status: int) -> bool:
        if answer.status not in (status, *self._tolerated):
            self.refused.append(f"{answer.status} instead of {status}: {answer.body[:300]!r}")
        return answer.status == status

    def _windows(self) -> None:
        name, data = self._new(self._chance.randint(0, 3 * MIB))
        metadata = f"relativePath {base64_of(name)}"
        answer = self._tus.post({"Upload-Length": str(len(data)), "Upload-Metadata": metadata})
        if not self._fine(answer, 201):
            return
        path = answer.path
        self.told.offsets[path] = 0, name
        checked = self._count % 2 == 0
        for offset in range(0, len(data), WINDOW_BYTES):
            window = data[offset : offset + WINDOW_BYTES]
            checksum = checksum_of(window) if checked else None
            answer = self._tus.patch(path, offset, window, checksum)
            if not self._fine(answer, 204):
                return
            self.told.offsets[path] = answer.offset, name
        self.told.stored.add(name)

    def _at_once(self) -> None:
        name, data = self._new(self._chance.randint(0, 300_000))
        metadata = f"relativePath {base64_of(name)}"
        length = {"Upload-Length": str(len(data)), "Upload-Metadata": metadata}
        if self._fine(self._tus.post(length, data), 201):
            self.told.stored.add(name)

    def _put(self) -> None:
        name, data = self._new(self._chance.randint(0, MIB))
        if self._fine(self._tus.ask("PUT", "/put/" + quote(name), {}, data), 201):
            self.told.stored.add(name)

    def _batch(self) -> None:
        files = [self._new(self._chance.randint(0, 20_000)) for _ in range(BATCH_FILES)]
        fields = [
            (
                "file",
                (name, data, "application/octet-stream", {"Upload-Checksum": checksum_of(data)}),
            )
            for name, data in files
        ]
        form = MultipartEncoder(fields)
        answer = requests.post(
            f"{self._receiver.url}/batch",
            data=form,
            headers={**self._receiver.headers, "Content-Type": form.content_type},
            timeout=30,
        )
        if answer.status_code not in (200, *self._tolerated):
            self.refused.append(f"batch: {answer.status_code} {answer.text[:300]}")
        if answer.status_code != 200:
            return
        for (name, _), verdict in zip(files, answer.json(), strict=True):
            if "stored_name" in verdict:
                self.told.stored.add(name)
            elif verdict["status"] not in self._tolerated:
                self.refused.append(f"batch: {verdict}")


def broken_promises(receiver: ReceiverProcess, told: Acknowledged) -> list[str]:
    """Hold a receiver that came back to what it had acknowledged; send on what is unfinished.

    Returns:
        What was lost, in words: stored files that are gone or differ, acknowledged bytes that are
        asked for again, files that nobody sent like that; what is listed, promised or left over
        and should not be.
    """
    lost = []
    tus = TusSender(receiver)
    for path, (offset, name) in told.offsets.items():
        if (words := _broken_offset(tus, path, offset, told.contents[name])) is not None:
            lost.append(f"{name}: {words}")
    stored = receiver.stored()
    lost += [f"{name} was stored and is gone" for name in sorted(told.stored - stored.keys())]
    for name, file in stored.items():
        if name not in told.contents:
            lost.append(f"{name} is there, and nobody sent it")
        elif blake3(told.contents[name]).digest() != blake3(file.read_bytes()).digest():
            lost.append(f"{name} has other bytes")
    return lost + _wrong_books(receiver, tus)


def _wrong_books(receiver: ReceiverProcess, tus: TusSender) -> list[str]:
    """What is listed, promised and hidden, against what is there once all else is cancelled."""
    for one in receiver.status().uploads:
        tus.delete(f"/files/{one.id}")

    def unlisted() -> set[str]:
        return receiver.stored().keys() ^ set(received_names(receiver))

    with suppress(AssertionError):
        eventually(lambda: not unlisted(), LISTED_WITHIN_S)
    wrong = [f"{name} is in the folder or on the list, not both" for name in sorted(unlisted())]
    return wrong + left_over(receiver)


def _broken_offset(tus: TusSender, path: str, offset: int, data: bytes) -> str | None:
    head = tus.head(path)
    if head.status != 200:
        return f"the upload is gone ({head.status})" if offset else None
    if head.offset < offset:
        return f"{offset} bytes were acknowledged, {head.offset} are there"
    if "repr-digest" not in head.headers:
        answer = tus.patch(path, head.offset, data[head.offset :])
        if answer.status != 204:
            return f"it cannot go on: {answer.status}"
    return None
