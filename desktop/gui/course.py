"""How values went over time: kept second by second, and summed up for long spans. No widgets."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SAME_S = 0.75
"""Moments that lie closer together are one and the same, seen twice."""

_MOST_BUCKETS = 4000


@dataclass(frozen=True, slots=True)
class Point:
    """The values of all series at a moment; None where a value is not known."""

    at_s: float
    values: tuple[float | None, ...]

    @property
    def sum(self) -> float:
        return sum(value or 0.0 for value in self.values)


class Course:
    """Points in the order of time, at most `kept_s` seconds of them."""

    def __init__(self, kept_s: float, *, stacked: bool = False) -> None:
        """`stacked` values are parts of one sum: of a bucket the moment with the most is kept."""
        self._kept_s = kept_s
        self._stacked = stacked
        self._points: list[Point] = []
        self._times: list[float] = []
        self._bucket_s = 0.0
        self._buckets: dict[int, Point] = {}

    def __len__(self) -> int:
        return len(self._points)

    @property
    def last(self) -> Point | None:
        return self._points[-1] if self._points else None

    def add(self, point: Point) -> None:
        """Append a point; one that is older than the last is put where it belongs."""
        if self._times and point.at_s < self._times[-1]:
            self.merge([point])
            return
        self._points.append(point)
        self._times.append(point.at_s)
        self._forget_old()

    def merge(self, past: Iterable[Point]) -> None:
        """Fill gaps with what somebody else remembers; where we have a point, ours stays."""
        missing = [point for point in past if not self._has(point.at_s)]
        if not missing:
            return
        self._points = sorted([*self._points, *missing], key=lambda point: point.at_s)
        self._times = [point.at_s for point in self._points]
        self._buckets.clear()
        self._forget_old()

    def _has(self, at_s: float) -> bool:
        place = bisect_left(self._times, at_s)
        near = self._times[max(0, place - 1) : place + 1]
        return any(abs(time - at_s) < _SAME_S for time in near)

    def _forget_old(self) -> None:
        gone = bisect_left(self._times, self._times[-1] - self._kept_s)
        if gone:
            del self._points[:gone]
            del self._times[:gone]

    def clear(self) -> None:
        self._points.clear()
        self._times.clear()
        self._buckets.clear()

    def since(self, start_s: float) -> Sequence[Point]:
        """Return the points from a moment on."""
        return self._points[bisect_left(self._times, start_s) :]

    def peaks(self, start_s: float, bucket_s: float) -> Sequence[Point]:
        """Return one point for each `bucket_s` seconds: the highest values in it.

        Buckets begin at multiples of their length, so that a line does not tremble while it moves;
        those that are over are kept from one call to the next.
        """
        if not self._points:
            return []
        if bucket_s != self._bucket_s or len(self._buckets) > _MOST_BUCKETS:
            self._bucket_s = bucket_s
            self._buckets.clear()
        first = math.floor(max(start_s, self._times[0]) / bucket_s)
        last = math.floor(self._times[-1] / bucket_s)
        found = (self._bucket(number, number == last) for number in range(first, last + 1))
        return [point for point in found if point is not None]

    def _bucket(self, number: int, is_open: bool) -> Point | None:
        if not is_open and number in self._buckets:
            return self._buckets[number]
        start = number * self._bucket_s
        first = bisect_left(self._times, start)
        inside = self._points[first : bisect_left(self._times, start + self._bucket_s)]
        if not inside:
            return None
        peak = Point(
            inside[-1].at_s if is_open else start + self._bucket_s / 2, self._highest(inside)
        )
        if not is_open:
            self._buckets[number] = peak
        return peak

    def _highest(self, inside: Sequence[Point]) -> tuple[float | None, ...]:
        if self._stacked:
            return max(inside, key=lambda point: point.sum).values
        columns = zip(*(point.values for point in inside), strict=True)
        return tuple(
            max((value for value in column if value is not None), default=None)
            for column in columns
        )
