"""What is thrown away is destroyed on the GUI thread, whichever thread makes the garbage."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from pytestqt.qtbot import QtBot


class Cycle:
    """Reachable only from itself; tells which thread destroys it."""

    def __init__(self, told: list[threading.Thread]) -> None:
        self.itself = self
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.current_thread())


def test_no_other_thread_collects(qtbot: QtBot) -> None:
    told: list[threading.Thread] = []

    def make_garbage() -> None:
        for _ in range(50_000):
            Cycle(told)

    Cycle(told)
    with ThreadPoolExecutor() as threads:
        for one in [threads.submit(make_garbage) for _ in range(2)]:
            one.result()
    assert not told, "a thread that is not the window's collected"
    qtbot.waitUntil(lambda: len(told) == 100_001)
    assert set(told) == {threading.main_thread()}
