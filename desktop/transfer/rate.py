"""The speed of stored bytes: an exponential average over answers that come at uneven times.

Each answer of the server brings some bytes after some seconds; older answers count less, by
exp(-age / TIME_CONSTANT_S). As long as little time has passed the average is divided by the
weight gathered so far, so the first figure is right and not too small.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

TIME_CONSTANT_S = 3.0
STALLED_AFTER_S = 10.0
STALLED_AFTER_INTERVALS = 3.0


class Rate:
    """Average bytes per second.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.start()

    def start(self) -> None:
        """Begin to measure now; what was measured before is forgotten."""
        self._last_at = self._clock()
        self._interval_s = 0.0
        self._average = 0.0
        self._weight = 0.0

    def add(self, size_bytes: int) -> None:
        """Note that `size_bytes` more are stored since the last call."""
        now = self._clock()
        self._interval_s = max(now - self._last_at, 1e-6)
        self._last_at = now
        kept = math.exp(-self._interval_s / TIME_CONSTANT_S)
        self._average = kept * self._average + (1 - kept) * size_bytes / self._interval_s
        self._weight = kept * self._weight + (1 - kept)

    @property
    def stalled(self) -> bool:
        """Nothing was stored for much longer than it took before."""
        patience_s = max(STALLED_AFTER_S, STALLED_AFTER_INTERVALS * self._interval_s)
        return self._clock() - self._last_at > patience_s

    @property
    def bytes_per_s(self) -> float | None:
        """The average; None before the first answer and when nothing moves."""
        if self._weight <= 0 or self._average <= 0 or self.stalled:
            return None
        return self._average / self._weight

    def eta_s(self, left_bytes: int) -> float | None:
        """Seconds until `left_bytes` more are stored; None when nothing moves."""
        speed = self.bytes_per_s
        return None if speed is None else left_bytes / speed
