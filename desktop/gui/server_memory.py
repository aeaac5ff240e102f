"""Who has the server's memory, worked out from its status. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

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
        memory, budget = status.memory, status.budget
        total = memory.total_bytes
        available = min(memory.available_bytes, total)
        receiver = min(memory.receiver_bytes, total)
        others = max(0, total - available - receiver)
        room = max(0, total - receiver - others)
        cache = min(memory.page_cache_bytes, room)
        most = receiver + max(0, budget.limit_bytes - budget.used_bytes)
        return cls(receiver, others, cache, room - cache, total, min(most, total))
