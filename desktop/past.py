"""What a server remembers of the last hour, as columns on our own clock. No Qt, no network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KEPT_S = 3600
"""Seconds that a receiver remembers."""

_COLUMNS = (
    "time",
    "bytes_per_s",
    "memory_total_bytes",
    "memory_available_bytes",
    "page_cache_bytes",
    "receiver_bytes",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One second of a server's past.

    Attributes:
        at_s: when, in seconds of `time.monotonic` on this computer.
        bytes_per_s: what it received.
        total_bytes, available_bytes, cache_bytes, receiver_bytes: its memory.
    """

    at_s: float
    bytes_per_s: float
    total_bytes: int
    available_bytes: int
    cache_bytes: int
    receiver_bytes: int


def read_past(data: object, ahead_s: float) -> tuple[Moment, ...]:
    """Read the answer of GET /status/history: one array a column, oldest first.

    Args:
        data: what `json.loads` gave.
        ahead_s: what our monotonic clock is ahead of the server's own clock, seconds.

    Raises:
        ValueError: a column is missing, of another length, or not all numbers.
    """
    given: Mapping[str, object] = data if isinstance(data, dict) else {}
    columns = [_numbers(given.get(name), name) for name in _COLUMNS]
    if len({len(column) for column in columns}) != 1:
        raise ValueError("the columns differ in length")
    moments = [
        Moment(at + ahead_s, float(rate), int(total), int(available), int(cache), int(receiver))
        for at, rate, total, available, cache, receiver in zip(*columns, strict=True)
    ]
    return tuple(sorted(moments, key=lambda moment: moment.at_s))


def _numbers(column: object, name: str) -> Sequence[float]:
    if not isinstance(column, list):
        raise ValueError(f"{name} is missing")
    if not all(type(value) in (int, float) and math.isfinite(value) for value in column):
        raise ValueError(f"{name} is not all numbers")
    return column
