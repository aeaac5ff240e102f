"""Who has the server's memory, worked out from its status. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.past import Moment
from receiver.protocol import Status


@dataclass(frozen=True, slots=True)
class MemoryParts:
    """Parts that add up to the whole; bytes.

    Attributes:
        receiver: resident set of this receiver.
        others: everything else that cannot be had for the asking.
        cache: page cache, given back when somebody needs it.
        free: used by nobody.
        total: what the machine or its container may use.
        most: what this receiver may come to: itself, and its whole budget for uploads.
    """

    receiver: int
    others: int
    cache: int
    free: int
    total: int
    most: int

    @classmethod
    def of(cls, status: Status) -> MemoryParts:
        """Work out what a server says of now."""
        memory, budget = status.memory, status.budget
        return cls._reckon(
            memory.total_bytes,
            memory.available_bytes,
            memory.page_cache_bytes,
            memory.receiver_bytes,
            budget.limit_bytes - budget.used_bytes,
        )

    @classmethod
    def of_past(cls, moment: Moment) -> MemoryParts:
        """Work out what a server remembers; its budget is not told."""
        return cls._reckon(
            moment.total_bytes,
            moment.available_bytes,
            moment.cache_bytes,
            moment.receiver_bytes,
            0,
        )

    @classmethod
    def _reckon(
        cls, total: int, available: int, cached: int, resident: int, unused: int
    ) -> MemoryParts:
        receiver = min(resident, total)
        others = max(0, total - min(available, total) - receiver)
        room = max(0, total - receiver - others)
        cache = min(cached, room)
        most = min(receiver + max(0, unused), total)
        return cls(receiver, others, cache, room - cache, total, most)
