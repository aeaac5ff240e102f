"""Notices that the computer has slept: connections from before are dead and do not say so."""

from __future__ import annotations

import time
from collections.abc import Callable

ASLEEP_S = 5.0
"""A shorter sleep leaves connections alive."""


def time_with_sleep() -> float:
    """Seconds that go on while the computer sleeps: CLOCK_BOOTTIME, elsewhere the wall clock."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.time()


class SleepWatch:
    """Compares a clock that goes on in sleep with one that stands still.

    Args:
        running: goes on in sleep, or is the wall clock that somebody may set.
        standing: stands still in sleep.
    """

    def __init__(
        self,
        running: Callable[[], float] = time_with_sleep,
        standing: Callable[[], float] = time.monotonic,
    ) -> None:
        self._running = running
        self._standing = standing
        self._gap_s = running() - standing()

    def woke(self) -> bool:
        """Tell whether it has slept since the last call."""
        before, self._gap_s = self._gap_s, self._running() - self._standing()
        return self._gap_s - before > ASLEEP_S
