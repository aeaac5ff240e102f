"""Collects cyclic garbage on the GUI thread, and on no other.

Python collects on whatever thread happens to allocate. What it finds may hold Qt objects, and Qt
wants those destroyed on the thread that they belong to: in a thread of the engine it ends the whole
program, now and then. So the automatic collection is off while the window is open.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 25
FULL_EVERY_S = 60.0
LONG_S = 0.03
LONG_EVERY_S = 600.0
MANY_OBJECTS = 100_000
"""The program with some thousands of files; to go through more takes longer than 50 ms."""


class GarbageCollector(QObject):
    """Looks some forty times a second whether there is enough to collect.

    The youngest objects are collected often and in a moment; what lives on is set aside. Going
    through all of it stalls the window where the list is very long: that is done once a minute,
    where it takes more than 30 ms once in ten, and not at all while there is very much of it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._last_full = time.monotonic()
        self._full_every_s = FULL_EVERY_S
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(INTERVAL_MS)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_tick(self) -> None:
        youngest, younger, _ = gc.get_count()
        first, second, _ = gc.get_threshold()
        now = time.monotonic()
        if now - self._last_full >= self._full_every_s:
            if gc.get_freeze_count() < MANY_OBJECTS:
                gc.unfreeze()
                gc.collect()
                gc.freeze()
            self._last_full = time.monotonic()
            is_long = self._last_full - now > LONG_S
            self._full_every_s = LONG_EVERY_S if is_long else FULL_EVERY_S
        elif younger > second:
            gc.collect(1)
            gc.freeze()
        elif youngest > first:
            gc.collect(0)
