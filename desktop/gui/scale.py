"""Round numbers for the axis of a chart. No widgets."""

from __future__ import annotations

import math

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


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
    step = next(one * power for one in _STEPS if one * power >= rough * (1 - 1e-9))
    lines = math.ceil(top / step - 1e-9)
    return tuple(step * number for number in range(1, lines + 1))
