"""The bodies of requests: of a file, or of what is in memory; piece by piece, of a known length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from desktop.transfer.source import read_block

READ_BYTES = 512 * 1024
"""What is read and handed to the line at a time: it stays in the processor's cache in between."""


class Watch(Protocol):
    """Who wants to know of the pieces of a body as they are handed to the line."""

    def before_piece(self) -> int:
        """Return the most bytes to hand over next; raises to end the request."""

    def handed(self, position: int) -> None:
        """Note that the file has been handed over up to `position`."""


def _unheeded(position: int, block: memoryview) -> None:
    """Do nothing with what was read."""


class Body:
    """A part of a file, as `requests` takes it: piece by piece, and a length known before.

    Args:
        file: it is read from, wherever it stands.
        start, length: which part, bytes.
        watch: told of the pieces.
        heed: called with each piece and where in the file it lies, before it is handed over. What
            is hashed there is still in the processor's cache when the system copies it.
    """

    def __init__(
        self,
        file: BinaryIO,
        start: int,
        length: int,
        watch: Watch,
        heed: Callable[[int, memoryview], None] = _unheeded,
    ) -> None:
        self._file = file
        self._start = start
        self._length = length
        self._watch = watch
        self._heed = heed

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[memoryview]:
        """Yield the pieces; each has been handed over when the next one is asked for.

        Raises:
            FileChangedError, UserMustActError: see `read_block`.
        """
        buffer = memoryview(bytearray(min(READ_BYTES, self._length)))
        position, end, granted = self._start, self._start + self._length, 0
        while position < end:
            granted = granted or self._watch.before_piece()
            piece = read_block(self._file, position, buffer[: min(granted, end - position)])
            self._heed(position, piece)
            yield piece
            granted -= len(piece)
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
