"""A reading that is good for a moment.

Reading procfs takes dozens of short calls, and among many busy threads each of them waits for its
turn. So one thread reads at a time, and the others take what was read last.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Calls `read` when the last value is older than `age_s`.

    Args:
        read: gives the value now.
        age_s: for how long it is good; while another thread reads, an older one is given.
        clock: seconds, monotonic.
    """

    def __init__(
        self, read: Callable[[], T], age_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._age_s = age_s
        self._clock = clock
        self._reading = threading.Lock()
        self._last: tuple[float, T] | None = None

    def __call__(self) -> T:
        """Return the value."""
        last = self._last
        if last is not None and self._clock() - last[0] <= self._age_s:
            return last[1]
        if self._reading.acquire(blocking=last is None):
            try:
                value = self._read()
                self._last = (self._clock(), value)
                return value
            finally:
                self._reading.release()
        assert last is not None
        return last[1]
