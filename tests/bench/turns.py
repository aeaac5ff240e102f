"""Ways that take turns, so that a slow minute of the machine meets all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from statistics import median

MORE_RUNS = 2
"""Of these works, beside the runs that are asked for: they are short."""

Way = Callable[[], float]
"""Does it once and gives the seconds it took."""


def in_turns(ways: Mapping[str, Way], runs: int) -> dict[str, list[float]]:
    """Let each way do it `runs` times, after once that does not count: fresh memory and fresh
    disk blocks cost extra."""
    times_s: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(1 + runs):
        for name, way in ways.items():
            os.sync()
            seconds = way()
            print(f"{turn}: {name}: {seconds:.2f} s", flush=True)
            if turn:
                times_s[name].append(seconds)
    return times_s


def against(times_s: Mapping[str, list[float]], name: str, other: str) -> str:
    """How many times as fast as another way one was, by their medians."""
    if not times_s.get(other):
        return ""
    return f"{median(times_s[other]) / median(times_s[name]):.2f} x"


def rate(times_s: list[float], size_bytes: int) -> str:
    """MB/s of the median."""
    return f"{size_bytes / 1e6 / median(times_s):.0f}"
