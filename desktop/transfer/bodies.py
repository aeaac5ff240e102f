"""The bodies of requests: of a file, or of what is in memory; piece by piece, of a known length."""

from __future__ import annotations

import os
import select
import socket
import sys
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from desktop.transfer.answers import make_problem
from desktop.transfer.errors import FileChangedError
from desktop.transfer.events import ProblemKind
from desktop.transfer.source import file_error

READ_BYTES = 512 * 1024
"""What is read and handed to the line at a time: it stays in the processor's cache in between."""


class Watch(Protocol):
    """Who wants to know of the pieces of a body as they are handed to the line."""

    def before_piece(self) -> int:
        """Return the most bytes to hand over next; raises to end the request."""

    def handed(self, position: int) -> None:
        """Note that the file has been handed over up to `position`."""


class FilePiece:
    """A piece of an open file that has not been read yet.

    Over a plain line the system itself takes it from the page cache (sendfile(2)): half the work
    of reading it into memory of ours and handing that over.

    Args:
        file, start, length: which piece, bytes.
        buffer: what it is read into elsewhere; one for many pieces costs less than one for each.
    """

    def __init__(self, file: BinaryIO, start: int, length: int, buffer: memoryview) -> None:
        self._file = file
        self._start = start
        self._length = length
        self._buffer = buffer

    def __len__(self) -> int:
        return self._length

    def send_over(self, line: socket.socket) -> None:
        """Hand all of it to a connection.

        Raises:
            FileChangedError: the file ends before the piece does.
            UserMustActError: it cannot be read. Never an OSError: that would look like the line's.
            OSError: the line is broken, or takes nothing within its timeout.
        """
        sent = self._send_unread(line) if _can_send_unread(line) else 0
        while sent < self._length:
            block = self._read(sent, self._buffer[: self._length - sent])
            line.sendall(block)
            sent += len(block)

    def _send_unread(self, line: socket.socket) -> int:
        """Have the system send it; returns how far it came. What it cannot send is read, which
        tells whether the file or the line is to blame."""
        sent = 0
        source, target = self._file.fileno(), line.fileno()
        while sent < self._length:
            try:
                count = os.sendfile(target, source, self._start + sent, self._length - sent)
            except BlockingIOError:
                _await_room(line)
            except ConnectionError:
                raise
            except OSError:
                break
            else:
                if not count:
                    raise _ends_early()
                sent += count
        return sent

    def _read(self, skip: int, buffer: memoryview) -> memoryview:
        try:
            self._file.seek(self._start + skip)
            count = self._file.readinto(buffer)  # type: ignore[attr-defined]
        except OSError as error:
            raise file_error(error) from error
        if not count:
            raise _ends_early()
        return buffer[:count]


def _can_send_unread(line: socket.socket) -> bool:
    """Not where bytes are encrypted on their way; macOS and Windows do it in ways of their own."""
    return type(line) is socket.socket and sys.platform == "linux"


def _await_room(line: socket.socket) -> None:
    patience_s = line.gettimeout()
    poll = select.poll()
    poll.register(line, select.POLLOUT)
    if not poll.poll(None if patience_s is None else patience_s * 1000):
        raise TimeoutError("the line took nothing for too long")


def _ends_early() -> FileChangedError:
    return FileChangedError(make_problem(ProblemKind.FILE_CHANGED, detail="it ends early"))


class Body:
    """A part of a file, as `requests` takes it: piece by piece, and a length known before.

    It has no `read`: see `connection.py` for what becomes of its pieces.
    """

    def __init__(self, file: BinaryIO, start: int, length: int, watch: Watch) -> None:
        self._file = file
        self._start = start
        self._length = length
        self._watch = watch

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[FilePiece]:
        """Yield the pieces; each has been handed over when the next one is asked for."""
        position, end = self._start, self._start + self._length
        buffer = memoryview(bytearray(min(READ_BYTES, self._length)))
        while position < end:
            length = min(end - position, self._watch.before_piece())
            piece = FilePiece(self._file, position, length, buffer)
            yield piece
            position += len(piece)
            self._watch.handed(position)


class MemoryBody:
    """Bytes that are in memory, as `requests` takes them: piece by piece; see `Body`."""

    def __init__(self, data: bytes | bytearray, watch: Watch) -> None:
        self._data = memoryview(data)
        self._watch = watch

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[memoryview]:
        position = 0
        while position < len(self._data):
            piece = self._data[position : position + self._watch.before_piece()]
            yield piece
            position += len(piece)
            self._watch.handed(position)
