"""Blocking calls on threads of their own, their answers in the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

_JOIN_S = 2.0
_log = logging.getLogger(__name__)

T = TypeVar("T")


class Background(QObject):
    """Lives in the GUI thread and outlives whoever asks it."""

    _answered = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Take the name of its threads."""
        super().__init__(parent)
        self._name = name
        self._threads: list[threading.Thread] = []
        self._ended = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def run(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Make a call on a thread, and hand what it returns to `then` in the GUI thread.

        After an exception that the call lets out, which is a mistake of ours, `then` is not
        called; nor is it after `stop`.
        """
        thread = threading.Thread(target=self._run, args=(call, then), name=self._name, daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _run(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        try:
            answer = call()
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("%s failed", self._name)
            return
        if not self._ended:
            self._answered.emit(then, answer)

    @Slot(object, object)
    def _on_answered(self, then: Callable[[object], None], answer: object) -> None:
        if not self._ended:
            then(answer)

    def stop(self) -> None:
        """Wait a moment for what still runs; it is left behind if it waits for others."""
        self._ended = True
        until = time.monotonic() + _JOIN_S
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._threads.clear()
