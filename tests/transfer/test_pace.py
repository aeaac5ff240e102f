"""Speed, backoff and the size of windows: arithmetic with a clock of its own."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as some

from desktop.transfer.backoff import MOST_S, Backoff
from desktop.transfer.events import ProblemKind
from desktop.transfer.rate import Rate
from desktop.transfer.window import (
    FIRST_BYTES,
    FIRST_PIECE_BYTES,
    LEAST_BEHIND_PROXY_BYTES,
    LEAST_BYTES,
    LEAST_ON_BAD_LINE_BYTES,
    LEAST_PIECE_BYTES,
    MIB,
    MOST_BYTES,
    MOST_PIECE_BYTES,
    WindowSize,
)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def measured(*steps: tuple[float, int]) -> tuple[Rate, Clock]:
    """A rate that was told of bytes after so many seconds each."""
    clock = Clock()
    rate = Rate(clock)
    for seconds, size_bytes in steps:
        clock.now += seconds
        rate.add(size_bytes)
    return rate, clock


def test_nothing_is_known_before_the_first_answer() -> None:
    rate, _ = measured()
    assert rate.bytes_per_s is None
    assert rate.eta_s(1000) is None


@given(some.lists(some.floats(0.01, 5), min_size=1), some.integers(1000, 10**9))
def test_an_even_speed_is_found_exactly(seconds: list[float], speed: int) -> None:
    rate, _ = measured(*((one, round(one * speed)) for one in seconds))
    assert rate.bytes_per_s is not None
    assert abs(rate.bytes_per_s - speed) <= 0.06 * speed
    eta_s = rate.eta_s(speed * 60)
    assert eta_s is not None
    assert abs(eta_s - 60) < 5


@given(some.lists(some.tuples(some.floats(0.01, 5), some.integers(1, 10**9)), min_size=1))
def test_the_average_lies_between_slowest_and_fastest(steps: list[tuple[float, int]]) -> None:
    speeds = [size_bytes / seconds for seconds, size_bytes in steps]
    rate, _ = measured(*steps)
    assert rate.bytes_per_s is not None
    assert min(speeds) * 0.999 <= rate.bytes_per_s <= max(speeds) * 1.001


def test_a_new_speed_is_followed_within_some_seconds() -> None:
    rate, _ = measured(*[(1.0, 100)] * 20, *[(1.0, 1000)] * 10)
    assert rate.bytes_per_s is not None
    assert rate.bytes_per_s > 900


def test_a_line_that_stands_still_has_no_speed_and_no_time_left() -> None:
    rate, clock = measured(*[(1.0, 100)] * 5)
    clock.now += 11
    assert rate.stalled
    assert rate.bytes_per_s is None
    assert rate.eta_s(100) is None


def test_slow_answers_are_not_taken_for_a_stall() -> None:
    rate, clock = measured((20.0, MIB), (20.0, MIB))
    clock.now += 25
    assert rate.bytes_per_s is not None


def test_backoff_doubles_up_to_its_most_and_begins_again() -> None:
    backoff = Backoff(chance=random.Random(1))
    ceilings = []
    for _ in range(10):
        ceilings.append(backoff.ceiling_s)
        assert 0 <= backoff.next_delay_s() <= ceilings[-1]
    assert ceilings[:4] == [0.5, 1.0, 2.0, 4.0]
    assert ceilings[-1] == MOST_S
    backoff.reset()
    assert backoff.ceiling_s == 0.5


@given(some.integers(0, 5000), some.integers(0, 2**32))
def test_no_delay_is_out_of_bounds(failures: int, seed: int) -> None:
    backoff = Backoff(chance=random.Random(seed))
    backoff.failures = failures
    assert 0 <= backoff.next_delay_s() <= MOST_S


def test_windows_begin_at_4_mib_and_follow_the_speed() -> None:
    size = WindowSize()
    assert size.next_bytes(10**12) == FIRST_BYTES
    size.took(FIRST_BYTES, 0.01)
    assert size.next_bytes(10**12) == 4 * FIRST_BYTES
    for _ in range(5):
        size.took(size.next_bytes(10**12), 0.01)
    assert size.next_bytes(10**12) == MOST_BYTES
    for _ in range(5):
        size.took(64 * MIB, 1000)
    assert size.next_bytes(10**12) == LEAST_BYTES
    size.took(MIB, 600)
    assert size.next_bytes(10**12) == LEAST_ON_BAD_LINE_BYTES
    size.took(LEAST_ON_BAD_LINE_BYTES, 1)
    size.took(4 * LEAST_ON_BAD_LINE_BYTES, 4)
    assert size.next_bytes(10**12) == LEAST_BYTES
    size.took(10 * MIB, 1.0)
    assert size.next_bytes(10**12) == 4 * MIB
    size.took(10 * MIB, 1.0)
    size.took(10 * MIB, 1.0)
    assert size.next_bytes(10**12) == 20 * MIB


windows = some.tuples(some.integers(1, 64 * MIB), some.floats(0, 1e4))


@given(some.lists(windows), some.integers(1, 10**13), some.integers(0, 10**9))
def test_a_window_keeps_every_limit(
    answers: list[tuple[int, float]], left_bytes: int, advised_bytes: int
) -> None:
    size = WindowSize()
    for size_bytes, seconds in answers:
        size.took(size_bytes, seconds)
        assert LEAST_PIECE_BYTES <= size.piece_bytes <= MOST_PIECE_BYTES
    window = size.next_bytes(left_bytes, advised_bytes)
    assert 1 <= window <= min(left_bytes, MOST_BYTES)
    assert not advised_bytes or window <= advised_bytes


def test_what_a_proxy_refuses_is_halved_and_stays_so() -> None:
    size = WindowSize()
    size.refused_by_proxy(FIRST_BYTES)
    assert size.next_bytes(10**12) == FIRST_BYTES // 2
    size.took(2 * MIB, 0.001)
    assert size.next_bytes(10**12) == FIRST_BYTES // 2
    for _ in range(20):
        size.refused_by_proxy(size.next_bytes(10**12))
    assert size.next_bytes(10**12) == LEAST_BEHIND_PROXY_BYTES


def test_what_a_breaking_line_loses_becomes_less() -> None:
    size = WindowSize()
    lost = []
    for _ in range(6):
        lost.append(size.next_bytes(10**12))
        size.failed(lost[-1], ProblemKind.UNREACHABLE)
    assert lost[:4] == [FIRST_BYTES, FIRST_BYTES // 4, FIRST_BYTES // 16, FIRST_BYTES // 64]
    assert lost[-1] == LEAST_ON_BAD_LINE_BYTES
    size.failed(lost[-1], ProblemKind.BUSY)
    size.took(LEAST_ON_BAD_LINE_BYTES, 0.01)
    assert size.next_bytes(10**12) == 4 * LEAST_ON_BAD_LINE_BYTES


def test_a_file_goes_whole_where_the_line_is_unknown_or_fast() -> None:
    size = WindowSize()
    assert size.carries_whole(500 * MIB)
    size.took(MIB, 1.0)
    assert size.carries_whole(20 * MIB)
    assert not size.carries_whole(500 * MIB)
    size.refused_by_proxy(16 * MIB)
    assert not size.carries_whole(20 * MIB)


def test_pieces_are_small_on_a_slow_line() -> None:
    size = WindowSize()
    assert size.piece_bytes == FIRST_PIECE_BYTES
    size.failed(FIRST_BYTES, ProblemKind.UNREACHABLE)
    assert size.piece_bytes == LEAST_PIECE_BYTES
    size.took(MIB, 100)
    assert size.piece_bytes == LEAST_PIECE_BYTES
    size.took(MIB, 0.001)
    assert size.piece_bytes == MOST_PIECE_BYTES
