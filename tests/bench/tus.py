"""tus 1.0.0 over one connection that stays open, for senders that measure."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from receiver.protocol import PATH_FILES, format_metadata
from tests.tus_sender import Answer, Line, patch_headers

TIMEOUT_S = 300.0
VERSION = {"Tus-Resumable": "1.0.0"}


class RefusedError(Exception):
    """The receiver answered with an error; the message has its status and body."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.body[:500]!r}")
        self.status = answer.status


def connect(url: str, key: str) -> Line:
    """Open a connection to a receiver on this computer."""
    line = Line(urlsplit(url).port or 80, key)
    line.socket.settimeout(TIMEOUT_S)
    return line


def create(line: Line, name: str, size_bytes: int) -> Answer:
    """POST /files; the answer has path and route.

    Raises:
        RefusedError: it was not a 201.
    """
    headers = {"Upload-Length": str(size_bytes)}
    headers["Upload-Metadata"] = format_metadata({"filename": name})
    return _expect(201, line.ask("POST", PATH_FILES, {**VERSION, **headers}))


def send(
    line: Line, path: str, offset: int, window: bytes, headers: Mapping[str, str] | None = None
) -> int:
    """PATCH one window; return the new offset.

    Raises:
        RefusedError: it was not a 204.
    """
    return _expect(
        204, line.ask("PATCH", path, {**patch_headers(offset), **(headers or {})}, window)
    ).offset


def offset_of(line: Line, path: str) -> int:
    """HEAD: how much of the upload has arrived.

    Raises:
        RefusedError: it was not a 200.
    """
    return _expect(200, line.ask("HEAD", path, VERSION)).offset


def _expect(status: int, answer: Answer) -> Answer:
    if answer.status != status:
        raise RefusedError(answer)
    return answer
