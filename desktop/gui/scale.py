"""Round numbers for the axis of a chart. No widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FINE_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""For a single line, which would else leave half of the room empty."""


def ticks(highest: float, count: int = 3, least: float = 1.0) -> tuple[float, ...]:
    """Return at most `count` + 1 round values from above 0 up to one not below `highest`.

    Args:
        highest: the largest value that the axis must hold.
        count: about how many lines suit the height.
        least: the smallest top of the axis, so that nothing at all stays a flat line.
    """
    top = max(highest, least)
    rough = top / max(1, count)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(
        one * power
        for one in (_STEPS if count > 1 else _FINE_STEPS)
        if one * power >= rough * (1 - 1e-9)
    )
    lines = math.ceil(top / step - 1e-9)
    return tuple(step * number for number in range(1, lines + 1))


@dataclass(frozen=True, slots=True)
class Axis:
    """The lines of an axis above 0, and its top; that is one of them unless a limit is near."""

    lines: tuple[float, ...]
    top: float


def axis_for(highest: float, limit: float | None, count: int, least: float) -> Axis:
    """Return an axis that holds all values.

    Where none of them exceeds the limit, the axis ends just above it: the limit has a line of its
    own, and the room is there for the values.
    """
    if limit is not None and highest <= limit:
        top = limit * 1.02
        return Axis(tuple(one for one in ticks(top, count, least) if one < top * 0.9), top)
    lines = ticks(max(highest, limit or 0.0) * 1.02, count, least)
    return Axis(lines, lines[-1])
