"""Small files are worked on for one request at a time, as long as its bytes are at hand.

Thousands of small steps in two threads mostly hand the interpreter to and fro: one request after
the other is faster for both. Nobody waits for a slow line, nor long for a fast one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from receiver.line_body import LineBody

HOLD_S = 0.25
"""After so long somebody else may go on first."""


class InTurn:
    """A body; with it, the turn to work on what is read, given up while that has to be waited for.

    Args:
        body: what is read.
        turn: held meanwhile.
    """

    def __init__(self, body: LineBody, turn: threading.Lock) -> None:
        self._body = body
        self._turn = turn
        self._until = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have the turn, whenever it is not given up."""
        self._begin()
        try:
            yield
        finally:
            self._turn.release()

    def _begin(self) -> None:
        self._turn.acquire()
        self._until = time.monotonic() + HOLD_S

    @property
    def received_bytes(self) -> int:
        return self._body.received_bytes

    @property
    def length_bytes(self) -> int | None:
        return self._body.length_bytes

    @property
    def complete(self) -> bool:
        return self._body.complete

    def readinto(self, buffer: memoryview) -> int:
        if self._body.at_hand and time.monotonic() < self._until:
            return self._body.readinto(buffer)
        self._turn.release()
        try:
            return self._body.readinto(buffer)
        finally:
            self._begin()

    def stop(self) -> None:
        self._body.stop()
