"""Events: states at once and in order, mere progress about ten times a second."""

from __future__ import annotations

import threading
import time

import pytest

from desktop.transfer.events import Changed, Event, Removed, Scanned, State, Transfer
from desktop.transfer.outbox import Outbox


def transfer(number: int, stored_bytes: int = 0, state: State = State.UPLOADING) -> Transfer:
    return Transfer(number, "/", "a", 10**9, state, stored_bytes=stored_bytes)


class Listener:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.told = threading.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self.told.set()


def test_progress_is_thinned_out_and_the_last_figure_is_told() -> None:
    listener = Listener()
    outbox = Outbox(listener)
    outbox.start()
    began = time.monotonic()
    told = 0
    while time.monotonic() - began < 0.5:
        told += 1
        outbox.tell_progress(transfer(1, told))
    outbox.stop(5)
    assert told > 100
    assert len(listener.events) <= 8
    assert listener.events[-1] == Changed(transfer(1, told))


def test_what_was_removed_makes_no_more_progress() -> None:
    listener = Listener()
    outbox = Outbox(listener)
    outbox.tell_progress(transfer(1, 5))
    outbox.tell(Removed((1,)))
    outbox.start()
    outbox.stop(5)
    assert listener.events == [Removed((1,))]


def test_states_overtake_no_one_and_drop_older_progress() -> None:
    listener = Listener()
    outbox = Outbox(listener)
    outbox.tell(Changed(transfer(1)))
    outbox.tell_progress(transfer(1, 5))
    outbox.tell_progress(transfer(2, 5))
    outbox.tell(Changed(transfer(1, 10, State.STORED)), Scanned(2))
    outbox.start()
    outbox.stop(5)
    assert listener.events == [
        Changed(transfer(1)),
        Changed(transfer(1, 10, State.STORED)),
        Scanned(2),
        Changed(transfer(2, 5)),
    ]


def test_a_state_is_told_at_once() -> None:
    listener = Listener()
    outbox = Outbox(listener)
    outbox.start()
    outbox.tell_progress(transfer(1, 1))
    assert listener.told.wait(5)
    listener.told.clear()
    outbox.tell_progress(transfer(1, 2))
    outbox.tell(Changed(transfer(1, 2, State.PAUSED)))
    assert listener.told.wait(5)
    assert listener.events[-1] == Changed(transfer(1, 2, State.PAUSED))
    outbox.stop(5)


def test_a_listener_that_fails_is_logged_and_told_the_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    events: list[Event] = []

    def fail_first(event: Event) -> None:
        events.append(event)
        if len(events) == 1:
            raise RuntimeError("the listener has a fault")

    outbox = Outbox(fail_first)
    outbox.start()
    outbox.tell(Scanned(1), Scanned(2))
    outbox.stop(5)
    assert events == [Scanned(1), Scanned(2)]
    assert "the listener has a fault" in caplog.text
