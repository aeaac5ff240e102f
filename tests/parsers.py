"""Every parser of ours that takes raw bytes of a stranger, with what it must keep to, and seeds.

A parser here is a function of some bytes. It may refuse them in the way that its callers expect;
whatever else it raises is a fault of ours.
"""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import SimpleNamespace

from werkzeug.datastructures import EnvironHeaders

from desktop.instance import Request as SecondStart
from desktop.servers import parse_server
from receiver.errors import ReceiverError
from receiver.header_section import read_framing, read_headers
from receiver.line_body import LineBody
from receiver.names import HIDDEN
from receiver.protocol import (
    Status,
    format_checksum,
    format_metadata,
    parse_checksum,
    parse_length,
    parse_metadata,
    parse_repr_digest,
)
from receiver.serve import Request
from receiver.web.checksums import parse_header
from receiver.web.creations import parse_creation
from receiver.web.draft_fields import DraftFields, content_digests, file_name, whole_digests
from receiver.web.multipart import Form
from tests.receiver.in_process import ScriptedBody

MOST_LINES = 200
MOST_HEAD_BYTES = 32 * 1024
FIELDS = ("Upload-Complete", "Upload-Offset", "Upload-Length", "Upload-Draft-Interop-Version")
DIGESTS = ("Content-Digest", "Repr-Digest")


@dataclass(frozen=True, slots=True)
class Parser:
    """One of them.

    Attributes:
        parse: takes bytes; an AssertionError tells that it broke what it promises.
        refusals: what it may raise.
        seeds: bytes from which a search for others begins.
    """

    parse: Callable[[bytes], None]
    refusals: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]

    def try_on(self, data: bytes) -> None:
        """Parse, and let nothing out but a fault."""
        with suppress(*self.refusals):
            self.parse(data)


class _Lines:
    """Lines of a text, at most so many: what is read from comes to an end."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)
        self._count = 0

    def readline(self) -> bytes:
        self._count += 1
        line = self._file.readline(8192)
        if not line or self._count > MOST_LINES:
            raise ValueError("the end")
        return line


def _headers(names: Iterable[str], data: bytes) -> EnvironHeaders:
    """A request's headers, each with the same value."""
    return EnvironHeaders({f"HTTP_{name.upper().replace('-', '_')}": _text(data) for name in names})


def _text(data: bytes) -> str:
    """A header's value as the WSGI server gives it."""
    return data.decode("latin-1")


def _header_section(data: bytes) -> None:
    headers: dict[bytes, bytes] = {}
    read_headers(_Lines(data), headers)
    framing = read_framing(dict(headers), http_1_1=True)
    assert framing.body_bytes >= 0
    for name, value in headers.items():
        assert name.isascii() and not set(name + value) & {0, 10, 13}, (name, value)


def _chunked(data: bytes) -> None:
    """The bytes come over a real connection, and then its end."""
    here, there = socket.socketpair()
    with here, there, there.makefile("rb") as raw:
        here.settimeout(5)
        there.settimeout(5)
        here.sendall(data[:60_000])
        here.shutdown(socket.SHUT_WR)
        reader = _Reader(raw)
        line = SimpleNamespace(
            conn=SimpleNamespace(rfile=reader, socket=there),
            chunked_read=True,
            body_bytes=0,
            uninvited=False,
            invite_body=lambda: None,
        )
        body = LineBody(line)
        buffer = memoryview(bytearray(1000))
        while body.readinto(buffer):
            pass
        assert body.received_bytes <= len(data)
        assert not body.complete or (b"0" in data and b"\r\n\r\n" in data)


def _request_head(data: bytes) -> None:
    """A whole head, as the server reads it from a connection that ends after it."""
    here, there = socket.socketpair()
    with here, there, there.makefile("rb") as raw:
        there.settimeout(5)
        here.sendall(data[:60_000])
        here.shutdown(socket.SHUT_WR)
        answer = io.BytesIO()
        server = SimpleNamespace(
            max_request_header_size=MOST_HEAD_BYTES,
            max_request_body_size=0,
            protocol="HTTP/1.1",
            ready=True,
            ssl_adapter=None,
        )
        line = SimpleNamespace(rfile=_Reader(raw), wfile=answer, socket=there)
        request = Request(server, line)
        request.parse_request()
        told = answer.getvalue()
        refused = told.startswith((b"HTTP/1.1 4", b"HTTP/1.1 505"))
        assert refused or not told, told
        assert not (refused and request.ready), told


class _Reader:
    """A buffered file as cheroot's: what is in memory is asked for by itself."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.raw = file.raw

    def has_data(self) -> bool:
        return True

    def read1(self, size: int) -> bytes:
        return self._file.read1(size)

    def readline(self, size: int) -> bytes:
        return self._file.readline(size)


def _metadata(data: bytes) -> None:
    pairs = parse_metadata(_text(data))
    assert parse_metadata(format_metadata(pairs)) == pairs


def _length(data: bytes) -> None:
    text = _text(data)
    assert 0 <= parse_length(text) < 1 << 63
    assert text.isascii() and text.isdigit()


def _checksum(data: bytes) -> None:
    text = _text(data)
    parse_header(text)
    algorithm, digest = parse_checksum(text)
    assert parse_checksum(format_checksum(algorithm, digest)) == (algorithm, digest)


def _repr_digest(data: bytes) -> None:
    parse_repr_digest(_text(data))


def _creation(data: bytes) -> None:
    name = parse_creation(_text(data), 1, "somebody", "name").name
    path = PurePosixPath(name)
    assert not path.is_absolute() and "\\" not in name, name
    assert not set(path.parts) & {"..", "."} and path.parts[0] != HIDDEN, name
    assert all(ord(one) >= 32 for one in name), name


def _named_creation(data: bytes) -> None:
    name = data.decode("utf-8", "surrogateescape")
    for pairs in ({"filename": name}, {"relativePath": name}, {"name": name, "type": "x"}):
        _creation(format_metadata(pairs).encode("latin-1"))


def _draft_fields(data: bytes) -> None:
    fields = DraftFields.of(_headers(FIELDS, data))
    for value in (fields.offset, fields.length, fields.interop):
        assert value is None or value >= 0


def _draft_digests(data: bytes) -> None:
    headers = _headers(DIGESTS, data)
    for found in (content_digests(headers), whole_digests(headers)):
        assert all(len(digest) == 32 for digest in found.values())


def _disposition(data: bytes) -> None:
    file_name(_text(data))


def _multipart(data: bytes) -> None:
    pieces = [data[start : start + 50] for start in range(0, len(data), 50)]
    taken = 0
    for part in Form(ScriptedBody(pieces, len(data)), "b").files():
        part.header("Upload-Checksum")
        buffer = memoryview(bytearray(64))
        while count := part.readinto(buffer):
            taken += count
    assert taken <= len(data)


def _status(data: bytes) -> None:
    """What the window reads of whatever answers at a receiver's address."""
    Status.from_json(json.loads(data))


def _link(data: bytes) -> None:
    parse_server(data.decode("utf-8", "replace"), "key")


def _second_start(data: bytes) -> None:
    SecondStart.parse(data)


_FORM = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
_DIGEST = b"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
PARSERS: dict[str, Parser] = {
    "header section": Parser(
        _header_section,
        (ValueError,),
        (
            b"Host: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
            b"A: b\r\nTransfer-Encoding: chunked\r\na: c\r\n\r\n",
        ),
    ),
    "request head": Parser(
        _request_head,
        (),
        (
            b"POST /files?a=b HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n\r\n",
            b"GET http://[::1]:5/%2e%2e/x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            b"\r\nOPTIONS * HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        ),
    ),
    "chunked body": Parser(
        _chunked,
        (),
        (
            b"5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
            b"0\r\n\r\n",
            b"00a \r\n0123456789\r\n0\r\n",
        ),
    ),
    "multipart form": Parser(
        _multipart,
        (ReceiverError,),
        (
            _FORM,
            _FORM.replace(b"filename=", b"filename*=UTF-8''"),
            _FORM.replace(b"\r\n\r\nx", b"\r\nUpload-Checksum: sha1 x\r\n\r\n" + b"y" * 200),
        ),
    ),
    "metadata": Parser(
        _metadata, (ValueError,), (b"filename YQ==,mtime MTA=", b"is_secret,b , c /w==", b"")
    ),
    "creation": Parser(
        _creation,
        (ReceiverError,),
        (b"filename Li4veA==", b"relativePath YS8uLi9i,filename YQ==,mtime MTA=,transfer eA=="),
    ),
    "name": Parser(
        _named_creation,
        (ReceiverError,),
        (b"../x", b"C:\\con", b".wherry/keys.json", "\u202ecod.exe\u00e9".encode(), b"a/./b\x00"),
    ),
    "checksum": Parser(
        _checksum, (ReceiverError, ValueError), (b"sha256 " + _DIGEST, b"crc32c AAAAAA==")
    ),
    "repr-digest": Parser(
        _repr_digest, (), (b"blake3=:" + _DIGEST + b":", b"sha-256=:x:, blake3=::")
    ),
    "length": Parser(_length, (ValueError,), (b"0", b"9223372036854775807", b"1_0")),
    "draft fields": Parser(
        _draft_fields, (), (b"?1", b"12", b"?0;a=b", b"999999999999999", b'"x"')
    ),
    "draft digests": Parser(
        _draft_digests,
        (ReceiverError,),
        (b"sha-256=:" + _DIGEST + b":", b"blake3=:eA==:, sha-256=1;q", b"a=(1 2);b"),
    ),
    "content-disposition": Parser(
        _disposition,
        (),
        (
            b"attachment; filename*=UTF-8''%e2%82%ac",
            b'inline; filename="a\\"b"; filename*=x',
            "inline; filename=\u00e9".encode(),
        ),
    ),
    "status": Parser(
        _status,
        (ValueError,),
        (b'{"service": "wherry", "uploads": [{"id": "x"}], "disk": {"free_bytes": 1}}', b"[]"),
    ),
    "link": Parser(
        _link,
        (ValueError,),
        (b"wherry://host:1/?key=k&pin=" + b"ab" * 32 + b"&name=n", b"https://[::1]:5/x", b"nas"),
    ),
    "second start": Parser(
        _second_start, (ValueError,), (b'{"paths": ["2f61"], "link": "", "token": ""}',)
    ),
}
