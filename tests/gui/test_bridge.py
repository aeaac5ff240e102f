"""Between the engine's threads and the window: nothing is lost, and the pace is the window's."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.gui.listing import Listing, News
from desktop.monitor import Monitor
from desktop.sample import Sample
from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import (
    Changed,
    Event,
    Problem,
    ProblemKind,
    Refused,
    Removed,
    Scanned,
    State,
    Transfer,
)
from tests.receiver_process import ReceiverProcess

Told = Callable[[Event], None]


class Listener(QObject):
    """Lives in the GUI thread and writes down what it hears, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing()
        self.news: list[News] = []
        self.refused: list[Refused] = []
        self.samples: list[Sample] = []
        self.problems: list[Problem] = []
        self.strange_threads = 0

    def _note_thread(self) -> None:
        self.strange_threads += QThread.currentThread() is not self.thread()

    @Slot(object)
    def on_changed(self, news: News) -> None:
        self._note_thread()
        self.news.append(news)

    @Slot(object)
    def on_refused(self, refused: tuple[Refused, ...]) -> None:
        self.refused += refused

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        self._note_thread()
        self.samples.append(sample)

    @Slot(object)
    def on_failed(self, problem: Problem) -> None:
        self._note_thread()
        self.problems.append(problem)


def bridge_to(listener: Listener) -> tuple[Bridge, Told]:
    """Make a bridge without an engine; returns it and what an engine would tell its events to."""
    told: list[Told] = []

    def make(take: Told) -> Engine:
        told.append(take)
        return cast("Engine", None)

    bridge = Bridge(make, listener.listing)
    bridge.changed.connect(listener.on_changed)
    bridge.refused.connect(listener.on_refused)
    return bridge, told[0]


def transfer(number: int) -> Transfer:
    return Transfer(number, "/x/", f"{number}", 10_000_000_000, State.UPLOADING)


def on_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def wait_for_news(qtbot: QtBot, listener: Listener, count: int) -> None:
    qtbot.waitUntil(lambda: len(listener.news) == count)


def test_the_window_is_told_at_its_own_pace(qtbot: QtBot) -> None:
    """However much happens meanwhile; sums of more than 32 bits are whole."""
    listener = Listener()
    bridge, tell = bridge_to(listener)

    def work() -> None:
        for step in range(999):
            tell(Changed(transfer(step % 3 + 1)._replace(stored_bytes=5_000_000_000 + step)))

    on_a_thread(work)
    qtbot.waitUntil(lambda: bool(listener.news))
    (news,) = listener.news
    assert news.totals.stored_bytes == 15_000_000_000 + 996 + 997 + 998
    assert listener.strange_threads == 0
    bridge._pace.stop()


def test_nothing_is_lost_after_a_rest(qtbot: QtBot) -> None:
    listener = Listener()
    bridge, tell = bridge_to(listener)
    for number in range(1, 4):
        on_a_thread(partial(tell, Changed(transfer(number))))
        wait_for_news(qtbot, listener, number)
        qtbot.waitUntil(lambda: not bridge._pace.isActive())
    assert listener.listing.rows() == [1, 2, 3]


def test_what_was_removed_or_refused_is_told(qtbot: QtBot) -> None:
    listener = Listener()
    bridge, tell = bridge_to(listener)
    refused = Refused(Path("/gone"), Problem(ProblemKind.FILE_VANISHED))

    def work() -> None:
        tell(Changed(transfer(1)))
        tell(Changed(transfer(2)))
        tell(Removed((1,)))
        tell(refused)

    on_a_thread(work)
    qtbot.waitUntil(lambda: bool(listener.refused))
    assert listener.listing.rows() == [2]
    assert listener.news[-1].totals.files == 1
    assert listener.refused == [refused]
    qtbot.waitUntil(lambda: not bridge._pace.isActive())


def test_the_monitor_samples_and_tells_when_it_cannot(
    qtbot: QtBot, receiver: ReceiverProcess
) -> None:
    listener, monitor = Listener(), Monitor(interval_s=0.05)
    monitor.sampled.connect(listener.on_sampled)
    monitor.failed.connect(listener.on_failed)
    monitor.watch(Server("far", receiver.url, receiver.key, "office-server"))
    qtbot.waitUntil(lambda: len(listener.samples) >= 3)
    assert listener.samples[-1].status.memory.receiver_bytes > 1_000_000
    assert listener.samples[-1].age_s(time.monotonic()) < 3
    receiver.kill()
    qtbot.waitUntil(lambda: bool(listener.problems), timeout=10_000)
    assert listener.problems[0].kind is ProblemKind.UNREACHABLE
    receiver.start()
    before = len(listener.samples)
    qtbot.waitUntil(lambda: len(listener.samples) > before, timeout=10_000)
    monitor.stop()
    assert listener.strange_threads == 0


def test_the_monitor_ends_while_a_server_is_silent(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monitor = Monitor()
        port = silent.getsockname()[1]
        monitor.watch(Server("far", f"http://127.0.0.1:{port}", "key", "office-server"))
        line, _ = silent.accept()
        with line:
            assert line.recv(1000).startswith(b"GET /status")
            began = time.monotonic()
            monitor.stop()
            assert time.monotonic() - began < 3


def test_it_is_told_while_folders_are_looked_through(qtbot: QtBot) -> None:
    """Until all that was found has been handed over, of all that was added."""
    told: list[Told] = []
    engine = SimpleNamespace(add=lambda _paths: None)

    def make(take: Told) -> Engine:
        told.append(take)
        return cast("Engine", engine)

    listener = Listener()
    bridge = Bridge(make, listener.listing)
    bridge.changed.connect(listener.on_changed)
    heard: list[tuple[bool, int]] = []
    bridge.scanning.connect(lambda on: heard.append((on, len(listener.listing.rows()))))
    bridge.add([Path("/a")])
    bridge.add([Path("/b")])
    count = 750

    def work() -> None:
        told[0](Scanned(0))
        for number in range(1, count + 1):
            told[0](Changed(transfer(number)))
        told[0](Scanned(count))

    on_a_thread(work)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [(True, 0), (False, count)]
    bridge.add([Path("/c")])
    on_a_thread(partial(told[0], Scanned(0)))
    qtbot.waitUntil(lambda: heard[2:] == [(True, count), (False, count)])
    qtbot.waitUntil(lambda: not bridge._pace.isActive())
