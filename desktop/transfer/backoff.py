"""How long to wait before the next try: exponential, with full jitter.

The delay is drawn evenly between 0 and a ceiling that doubles with each failure, so that many
senders that lost the same server do not come back in step. See "Exponential Backoff And Jitter",
AWS Architecture Blog, 2015.
"""

from __future__ import annotations

import random

FIRST_S = 0.5
MOST_S = 30.0


class Backoff:
    """Counts the failures in a row.

    Args:
        first_s: ceiling of the first delay.
        most_s: no delay is longer.
        chance: the source of jitter.
    """

    def __init__(
        self,
        first_s: float = FIRST_S,
        most_s: float = MOST_S,
        chance: random.Random | None = None,
    ) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._chance = chance or random.Random()
        self.failures = 0

    @property
    def ceiling_s(self) -> float:
        """The longest that the next delay can be."""
        doublings = min(self.failures, 32)
        return min(self._most_s, self._first_s * 2.0**doublings)

    def next_delay_s(self) -> float:
        """Count one more failure and draw the delay before the next try."""
        delay_s = self._chance.uniform(0.0, self.ceiling_s)
        self.failures += 1
        return delay_s

    def reset(self) -> None:
        """Count from zero again, after any progress."""
        self.failures = 0
