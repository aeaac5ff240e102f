"""From the engine's threads to the window: owns the engine, and sets the pace of what is shown.

What the engine tells of files goes into the listing, on the engine's thread. The window is told at
most ten times a second that there is something new, and looks for itself. The byte rate never
drives a repaint.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.gui.listing import Listing
from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import Event, Refused, Scanned

PACE_MS = 100

EngineFactory = Callable[[Callable[[Event], None]], Engine]


class Bridge(QObject):
    """Lives in the GUI thread; only `take` is called from others.

    Signals:
        changed: the `News` of the listing.
        refused: a tuple of `Refused`.
        scanning: whether folders are being looked through for files that are not on the list yet.
    """

    changed = Signal(object)
    refused = Signal(object)
    scanning = Signal(bool)
    _woken = Signal()

    def __init__(
        self, make_engine: EngineFactory, listing: Listing, parent: QObject | None = None
    ) -> None:
        """Make the bridge.

        Args:
            make_engine: makes the engine around the function that it is to tell its events to.
            listing: is told of files.
            parent: as for any QObject.
        """
        super().__init__(parent)
        self._lock = threading.Lock()
        self._listing = listing
        self._refusals: list[Refused] = []
        self._scans = self._scanned = 0
        self._pace = QTimer(self)
        self._pace.setInterval(PACE_MS)
        self._pace.timeout.connect(self._on_pace)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._engine = make_engine(self.take)

    def take(self, event: Event) -> None:
        """Keep an event of the engine for the next hand-over; called on its threads."""
        if isinstance(event, Refused | Scanned):
            with self._lock:
                if isinstance(event, Refused):
                    self._refusals.append(event)
                self._scanned += isinstance(event, Scanned)
            wake = self._listing.wake()
        else:
            wake = self._listing.take(event)
        if wake:
            self._woken.emit()

    @Slot()
    def _on_woken(self) -> None:
        """The first event after a rest is shown at once, the others at the pace."""
        self._pace.start()
        self._hand_over()

    @Slot()
    def _on_pace(self) -> None:
        if not self._hand_over():
            self._pace.stop()

    def _hand_over(self) -> bool:
        """Emit what has been kept; returns whether there was anything."""
        with self._listing.precedence.first():
            return self._hand_over_all()

    def _hand_over_all(self) -> bool:
        news = self._listing.news()
        with self._lock:
            refusals, self._refusals = self._refusals, []
            done = self._scanned > 0 and self._scanned == self._scans
        if news is not None:
            self.changed.emit(news)
        if refusals:
            self.refused.emit(tuple(refusals))
        if done:
            self._end_scans()
        return bool(news or refusals or done)

    def _end_scans(self) -> None:
        with self._lock:
            self._scans = self._scanned = 0
        self.scanning.emit(False)

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
