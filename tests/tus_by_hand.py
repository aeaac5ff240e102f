"""A tus 1.0.0 sender of a few lines, written from the standard and not from Wherry's engine."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from blake3 import blake3

BLOCK_BYTES = 1 << 20
TIMEOUT_S = 120.0

Block = bytes | memoryview


class RefusedError(Exception):
    """The receiver answered with an error; the message has its status and body."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass
class Created:
    """An upload that the receiver has made: where it is, and what it said of it."""

    path: str
    offset: int
    headers: dict[str, str] = field(default_factory=dict)


class TusSender:
    """One connection to a receiver, kept alive."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        self._connection = HTTPConnection(
            parts.hostname or "", parts.port, timeout=TIMEOUT_S, blocksize=BLOCK_BYTES
        )
        self._headers = {"Authorization": f"Bearer {key}", "Tus-Resumable": "1.0.0"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def create(self, name: str, size_bytes: int) -> Created:
        """POST /files.

        Raises:
            RefusedError: it was not a 201.
        """
        encoded = base64.b64encode(name.encode()).decode()
        headers = {"Upload-Length": str(size_bytes), "Upload-Metadata": f"filename {encoded}"}
        answer = self._ask("POST", "/files", headers, None, expected=201)
        path = urlsplit(answer.headers["Location"]).path
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Created(path, int(found.get("upload-offset", "0")), found)

    def send(
        self, path: str, offset: int, blocks: Iterable[Block], size_bytes: int, checksum: str = ""
    ) -> int:
        """PATCH `size_bytes` of the file, which begin at `offset`; return the new offset.

        Args:
            checksum: an Upload-Checksum header, where one is wanted.

        Raises:
            RefusedError: it was not a 204.
        """
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(size_bytes),
            "Upload-Offset": str(offset),
        }
        if checksum:
            headers["Upload-Checksum"] = checksum
        answer = self._ask("PATCH", path, headers, blocks, expected=204)
        return int(answer.headers["Upload-Offset"])

    def offset_of(self, path: str) -> int:
        """HEAD: how much of the upload has arrived.

        Raises:
            RefusedError: it was not a 200.
        """
        answer = self._ask("HEAD", path, {}, None, expected=200)
        return int(answer.headers["Upload-Offset"])

    def send_file(self, file: Path, window_bytes: int) -> str:
        """Send a whole file in windows, each with its BLAKE3; return the upload's path."""
        size_bytes = file.stat().st_size
        upload = self.create(file.name, size_bytes)
        offset = upload.offset
        with file.open("rb") as source:
            while offset < size_bytes:
                source.seek(offset)
                window = source.read(window_bytes)
                checksum = base64.b64encode(blake3(window).digest()).decode()
                blocks = (memoryview(window)[at : at + BLOCK_BYTES] for at in _steps(window))
                offset = self.send(upload.path, offset, blocks, len(window), f"blake3 {checksum}")
        return upload.path

    def _ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Iterable[Block] | None,
        expected: int,
    ) -> HTTPResponse:
        self._connection.request(method, path, body, {**self._headers, **headers})
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            words = f"{method} {path}: {answer.status} {text[:500]!r}"
            raise RefusedError(answer.status, words)
        return answer


def _steps(window: bytes) -> range:
    return range(0, len(window), BLOCK_BYTES)
