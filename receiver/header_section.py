"""The header section of a request, read strictly (RFC 9112, 5 and 6.3).

What two servers could read in two ways is refused, or a second request could hide in a body.
Knows no server and no socket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from receiver.protocol import parse_length

_HEADER = re.compile(rb"([!#$%&'*+.^`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*\r\n", re.DOTALL)
_FORBIDDEN = re.compile(rb"[\x00\r\n]")
_ONCE = {b"Content-Length", b"Transfer-Encoding", b"Host", b"Authorization", b"Content-Type"}


class Lines(Protocol):
    """Gives line after line."""

    def readline(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Framing:
    """How long the body is (0 when it is chunked), and whether its sender waits for a 100."""

    body_bytes: int
    waits: bool


def read_headers(file: Lines, headers: dict[bytes, bytes]) -> None:
    """Read up to the empty line; repeated headers are joined by commas (RFC 9110, 5.3).

    Args:
        file: stands after the request line.
        headers: filled; names in title case.

    Raises:
        ValueError: a line is malformed, or a header is repeated that must not be.
    """
    while (line := file.readline()) != b"\r\n":
        match = _HEADER.fullmatch(line)
        if not match or _FORBIDDEN.search(match[2]):
            raise ValueError("Malformed header line.")
        name, value = match[1].title(), match[2]
        if name in headers:
            if name in _ONCE:
                raise ValueError("A header is repeated that must not be.")
            value = headers[name] + b", " + value
        headers[name] = value


def read_framing(headers: dict[bytes, bytes], http_1_1: bool) -> Framing:
    """Read how the body is framed; takes the expectation out of the headers.

    Args:
        headers: as `read_headers` gave them.
        http_1_1: the request is HTTP/1.1; an older one cannot expect anything (RFC 9110, 10.1.1).

    Raises:
        ValueError: the framing is ambiguous.
    """
    coding = headers.get(b"Transfer-Encoding")
    if coding is not None:
        if b"Content-Length" in headers or coding.lower() != b"chunked":
            raise ValueError("The body's length is ambiguous.")
        if not http_1_1:
            raise ValueError("HTTP/1.0 has no chunked bodies.")
    try:
        body_bytes = parse_length(headers.get(b"Content-Length", b"0").decode("latin-1"))
    except ValueError as error:
        raise ValueError("Malformed Content-Length.") from error
    expectation = headers.pop(b"Expect", b"")
    has_body = coding is not None or body_bytes > 0
    return Framing(body_bytes, http_1_1 and has_body and expectation.lower() == b"100-continue")
