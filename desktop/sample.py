"""One reading of a server's numbers, and how old it is."""

from __future__ import annotations

from dataclasses import dataclass

from receiver.protocol import Status

OLD_AFTER_S = 3.0
"""A number older than this is never shown as now."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What /status said.

    Attributes:
        status: the numbers.
        received_at: when the answer came, seconds of `time.monotonic`.
        round_trip_s: seconds from the question to the answer.
    """

    status: Status
    received_at: float
    round_trip_s: float

    def age_s(self, now: float) -> float:
        """Return how old the numbers are at most: they were taken after the question was put."""
        return max(0.0, now - self.received_at + self.round_trip_s)
