"""How many files are sent at a time: more where each connection is slow, and only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer import streams
from desktop.transfer.events import State
from desktop.transfer.streams import (
    FAST_BYTES_PER_S,
    FIRST_STREAMS,
    MOST_STREAMS,
    PERIOD_S,
    REST_S,
    SETTLE_S,
    Streams,
)
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender

SLOW = 4e6


class Line:
    """Files of one second on each stream; `rate` tells what so many of them carry together."""

    def __init__(self, rate: Callable[[int], float], fixed: int | None = None) -> None:
        self.now_s = 0.0
        self.rate = rate
        self.busy = 0.0
        self.streams = Streams(fixed, lambda: self.now_s, lambda: self.now_s * self.busy)

    def run(self, seconds: float, *, more_wait: bool = True, limited: bool = False) -> list[int]:
        """Send for so long; returns how many there were, each second."""
        seen = []
        until = self.now_s + seconds
        while self.now_s < until:
            while self.streams.in_hand < self.streams.wanted:
                self.streams.begin(more_wait=more_wait, limited=limited)
            self.now_s += 1.0
            self.streams.stored(int(self.rate(self.streams.in_hand)))
            seen.append(self.streams.in_hand)
            for _ in range(self.streams.in_hand):
                self.streams.end()
        return seen


def each_is_slow(count: int) -> float:
    return SLOW * count


def one_fills_it(count: int) -> float:
    return SLOW


def test_no_more_are_tried_while_the_program_itself_is_the_limit() -> None:
    line = Line(each_is_slow)
    line.busy = 0.9
    assert set(line.run(60)) == {FIRST_STREAMS}


@pytest.mark.parametrize(("busy", "held"), [(0.9, True), (0.2, False)])
def test_one_at_a_time_when_held_back_as_long_as_the_program_is_busy(
    busy: float, held: bool
) -> None:
    line = Line(each_is_slow)
    line.busy = busy
    line.now_s = 100.0
    line.streams.hold_back(True)
    assert not line.streams.is_held_back, "one always goes"
    line.streams.begin(more_wait=True, limited=False)
    line.now_s += SETTLE_S / 2
    assert line.streams.is_held_back, "until it is known"
    line.now_s += SETTLE_S
    assert line.streams.is_held_back is held
    line.streams.hold_back(False)
    assert not line.streams.is_held_back


def test_more_are_tried_and_stay_where_each_connection_is_slow() -> None:
    seen = Line(each_is_slow).run(6 * (PERIOD_S + SETTLE_S))
    assert seen[0] == FIRST_STREAMS
    assert seen == sorted(seen)
    assert seen[-1] == MOST_STREAMS


def test_a_try_that_is_of_no_use_is_taken_back_and_rests() -> None:
    line = Line(one_fills_it)
    trial_s = 2 * PERIOD_S + SETTLE_S + 2
    assert max(line.run(trial_s)) == 2 * FIRST_STREAMS
    assert set(line.run(REST_S - trial_s)) == {FIRST_STREAMS}
    assert max(line.run(trial_s + PERIOD_S)) == 2 * FIRST_STREAMS, "the line may have changed"


@pytest.mark.parametrize("circumstances", [{"more_wait": False}, {"limited": True}])
def test_where_nothing_can_be_told_nothing_is_tried(circumstances: dict[str, bool]) -> None:
    assert set(Line(each_is_slow).run(10 * PERIOD_S, **circumstances)) == {FIRST_STREAMS}


def test_a_fast_line_gets_no_more() -> None:
    line = Line(lambda count: FAST_BYTES_PER_S * count)
    assert set(line.run(10 * PERIOD_S)) == {FIRST_STREAMS}


def test_a_number_that_was_chosen_stays() -> None:
    assert set(Line(each_is_slow, fixed=3).run(10 * PERIOD_S)) == {3}


def test_a_small_server_gets_a_share_of_what_it_takes() -> None:
    line = Line(each_is_slow)
    line.streams.server_takes(4 * streams.SHARE)
    assert max(line.run(10 * PERIOD_S)) == 4


def test_a_busy_server_is_left_alone() -> None:
    line = Line(each_is_slow)
    line.run(6 * (PERIOD_S + SETTLE_S))
    line.streams.refused()
    assert set(line.run(REST_S - PERIOD_S)) == {FIRST_STREAMS}


def test_another_server_begins_anew() -> None:
    line = Line(each_is_slow)
    line.run(6 * (PERIOD_S + SETTLE_S))
    line.streams.start()
    assert line.run(2)[-1] == FIRST_STREAMS


def test_many_files_fill_a_slow_line(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: Callable[..., Sender],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "PERIOD_S", 1.0)
    monkeypatch.setattr(streams, "SETTLE_S", 0.0)
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(40):
        (folder / f"IMG_{number:04}.jpg").write_bytes(bytes([number]) * (2 * MIB))
    relay.slow_bytes_per_s = 3 * MIB
    sender = start_sender(relay.url, streams=None)
    sender.add(folder)
    sender.wait_stored(120)
    assert most_at_once(sender) > FIRST_STREAMS
    assert len(receiver.stored()) == 40


def most_at_once(sender: Sender) -> int:
    """How many were uploading at the same time, however late that is looked at."""
    most, uploading = 0, set[int]()
    for change in sender.changes:
        one = change.transfer
        (uploading.add if one.state is State.UPLOADING else uploading.discard)(one.id)
        most = max(most, len(uploading))
    return most
