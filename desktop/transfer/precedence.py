"""The window goes first: threads of the engine make room for it while it works. No Qt.

One thread runs Python at a time, and all that want to take turns. Beside three busy ones a picture
of 16 ms would take 64. So the window says when it is at work, and whoever goes through many files
asks, with each of them, whether to wait a moment.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_MOMENT_S = 0.002

T = TypeVar("T")


class Precedence:
    """`first` is for the window's thread, all else for the engine's."""

    def __init__(self) -> None:
        self._taken = False

    @contextlib.contextmanager
    def first(self) -> Iterator[None]:
        """Have the others make room meanwhile."""
        before, self._taken = self._taken, True
        try:
            yield
        finally:
            self._taken = before

    def give_way(self) -> None:
        """Wait a moment while the window is at work, and only one: it may need what is held."""
        if self._taken:
            time.sleep(_MOMENT_S)

    def politely(self, items: Iterable[T]) -> Iterator[T]:
        """Go through these, giving way before each."""
        for one in items:
            self.give_way()
            yield one
