"""What goes together in one request, and what as a stream of its own."""

from __future__ import annotations

from desktop.transfer.entry import Entry
from desktop.transfer.ready import Ready

BATCH_BYTES = 8 << 20
BATCH_FILES = 500
HEAD_BYTES = 512
"""About what stands before a file in a batch."""


def take_turn(ready: Ready, most_bytes: int = BATCH_BYTES) -> list[Entry]:
    """Take from the line what one worker sends next: a file, or a batch of small ones.

    Args:
        ready: the line; its order is kept.
        most_bytes: so much may go into a batch, its first file in any case.
    """
    first = ready.pop_first()
    if first is None:
        return []
    taken = [first]
    if not first.fits_batch:
        return taken
    left_bytes = min(BATCH_BYTES, most_bytes) - weight_bytes(first)
    while len(taken) < BATCH_FILES and (following := ready.first()) is not None:
        left_bytes -= weight_bytes(following)
        if left_bytes < 0 or not following.fits_batch:
            break
        ready.discard(following)
        taken.append(following)
    return taken


def weight_bytes(entry: Entry) -> int:
    """What a file takes up in a batch."""
    return entry.transfer.size_bytes + HEAD_BYTES
