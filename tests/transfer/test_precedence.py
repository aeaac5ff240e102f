"""The window goes first: who waits for whom."""

from __future__ import annotations

from itertools import count
from threading import Event, Thread

from desktop.transfer.precedence import Precedence

PIECES = 200


def items_beside(precedence: Precedence) -> int:
    """Return how many items a busy thread goes through while this one works for a while."""
    begun, over, items = Event(), Event(), 0

    def go_through() -> None:
        nonlocal items
        for number in precedence.politely(count()):
            items = number
            sum(range(100))
            begun.set()
            if over.is_set():
                return

    thread = Thread(target=go_through)
    thread.start()
    begun.wait()
    before = items
    for _ in range(PIECES):
        sum(range(10_000))
    passed = items - before
    over.set()
    thread.join()
    return passed


def test_a_busy_thread_makes_room_while_the_window_works() -> None:
    precedence = Precedence()
    beside_the_others = items_beside(precedence)
    with precedence.first():
        alone = items_beside(precedence)
    assert alone < beside_the_others / 4


def test_what_is_gone_through_is_all_there_and_in_order() -> None:
    precedence = Precedence()
    with precedence.first():
        assert list(precedence.politely(range(5))) == [0, 1, 2, 3, 4]


def test_within_a_piece_of_the_windows_work_another_one_ends_nothing() -> None:
    precedence = Precedence()
    with precedence.first():
        with precedence.first():
            pass
        alone = items_beside(precedence)
    assert alone < items_beside(precedence) / 4
