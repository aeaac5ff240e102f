"""From the engine's threads to the window: owns the engine, and sets the pace of what is shown.

The engine's events are put together here, one latest `Transfer` for each file, and handed over
in the GUI thread at most ten times a second, very many of them in portions with time for the
window in between. The byte rate never drives a repaint.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import Changed, Event, Refused, Removed, Scanned, Transfer

PACE_MS = 100
PORTION_MS = 8
MOST_AT_ONCE = 250
"""Transfers that the window takes without stopping for them."""

EngineFactory = Callable[[Callable[[Event], None]], Engine]


class Bridge(QObject):
    """Lives in the GUI thread; only `take` is called from others.

    Signals:
        changed: a tuple of `Transfer`, each the latest of its file.
        removed: a tuple of transfer ids.
        refused: a tuple of `Refused`.
        scanning: whether folders are being looked through for files that are not on the list yet.
    """

    changed = Signal(object)
    removed = Signal(object)
    refused = Signal(object)
    scanning = Signal(bool)
    _woken = Signal()

    def __init__(self, make_engine: EngineFactory, parent: QObject | None = None) -> None:
        """Take what makes the engine around the function that it is to tell its events to."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._latest: dict[int, Transfer] = {}
        self._gone: list[int] = []
        self._refusals: list[Refused] = []
        self._scans = self._scanned = 0
        self._waking = False
        self._pace = QTimer(self)
        self._pace.setInterval(PACE_MS)
        self._pace.timeout.connect(self._on_pace)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._engine = make_engine(self.take)

    def take(self, event: Event) -> None:
        """Keep an event of the engine for the next hand-over; called on its threads."""
        with self._lock:
            self._keep(event)
            wake, self._waking = not self._waking, True
        if wake:
            self._woken.emit()

    def _keep(self, event: Event) -> None:
        if isinstance(event, Changed):
            self._latest[event.transfer.id] = event.transfer
        elif isinstance(event, Removed):
            for gone in event.ids:
                self._latest.pop(gone, None)
            self._gone += event.ids
        elif isinstance(event, Refused):
            self._refusals.append(event)
        else:
            assert isinstance(event, Scanned)
            self._scanned += 1

    @Slot()
    def _on_woken(self) -> None:
        """The first event after a rest is shown at once, the others at the pace."""
        self._pace.start()
        self._hand_over()

    @Slot()
    def _on_pace(self) -> None:
        busy = self._hand_over()
        if not busy:
            self._pace.stop()
        with self._lock:
            wanted = PORTION_MS if self._latest else PACE_MS
        if wanted != self._pace.interval():
            self._pace.setInterval(wanted)

    def _hand_over(self) -> bool:
        """Emit what has been kept; returns whether there was anything."""
        with self._lock:
            latest = self._take_some()
            gone, self._gone = self._gone, []
            refusals, self._refusals = self._refusals, []
            done = self._scanned > 0 and self._scanned == self._scans and not self._latest
            busy = bool(latest or gone or refusals or done)
            self._waking = busy
        if latest:
            self.changed.emit(latest)
        if gone:
            self.removed.emit(tuple(gone))
        if refusals:
            self.refused.emit(tuple(refusals))
        if done:
            self._end_scans()
        return busy

    def _end_scans(self) -> None:
        with self._lock:
            self._scans = self._scanned = 0
        self.scanning.emit(False)

    def _take_some(self) -> tuple[Transfer, ...]:
        """Take at most so many that the window does not stop for them; the rest follows."""
        if len(self._latest) <= MOST_AT_ONCE:
            latest, self._latest = self._latest, {}
            return tuple(latest.values())
        ids = list(islice(self._latest, MOST_AT_ONCE))
        return tuple(self._latest.pop(one) for one in ids)

    def start(self) -> None:
        """Let the engine work off its list."""
        self._engine.start()

    def stop(self) -> None:
        """Stop the engine and wait for its threads; where each file stands is kept."""
        self._engine.stop()
        self._pace.stop()

    @Slot(object)
    def use(self, server: Server | None) -> None:
        self._engine.use(server)

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        with self._lock:
            self._scans += 1
            begins = self._scans == 1
        if begins:
            self.scanning.emit(True)
        self._engine.add(paths)

    def limit(self, bytes_per_s: float | None) -> None:
        """Hold all uploads together to this speed; None for no limit."""
        self._engine.limit(bytes_per_s)

    def pause(self, ids: Sequence[int]) -> None:
        self._engine.pause(ids)

    def go_on(self, ids: Sequence[int]) -> None:
        self._engine.go_on(ids)

    def cancel(self, ids: Sequence[int]) -> None:
        self._engine.cancel(ids)

    def retry(self, ids: Sequence[int]) -> None:
        self._engine.retry(ids)

    def remove(self, ids: Sequence[int]) -> None:
        self._engine.remove(ids)

    @Slot(object, object, object)
    def move(self, ids: Sequence[int], after: int | None, before: int | None) -> None:
        self._engine.move(ids, after, before)

    @Slot()
    def clear_finished(self) -> None:
        self._engine.clear_finished()
