"""Tells events, in order and from one thread, so that whoever listens never meets a lock of ours.

A state that changes is told at once. Mere progress of one transfer is told about ten times a
second, the latest figures only.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from desktop.transfer.events import Changed, Event, Removed, Transfer
from desktop.transfer.precedence import Precedence

INTERVAL_S = 0.1
MOST_WAITING = 5000
_log = logging.getLogger(__name__)


class Outbox:
    """A thread that calls `emit`. Begun with `start`, ended with `stop`, which tells the rest.

    Args:
        emit: takes one event; what it raises is logged.
        precedence: of a window over the engine, where there is one.
    """

    def __init__(self, emit: Callable[[Event], None], precedence: Precedence | None = None) -> None:
        self._emit = emit
        self.precedence = precedence or Precedence()
        self._condition = threading.Condition()
        self._events: deque[Event] = deque()
        self._progress: dict[int, Transfer] = {}
        self._told_at: dict[int, float] = {}
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="wherry-outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Tell what is left, and wait for the thread."""
        with self._condition:
            self._ending = True
            self._condition.notify()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def tell(self, *events: Event) -> None:
        """Tell these as soon as may be; older progress of the same transfers is dropped."""
        with self._condition:
            for event in events:
                if isinstance(event, Changed):
                    self._progress.pop(event.transfer.id, None)
                elif isinstance(event, Removed):
                    for gone in event.ids:
                        self._progress.pop(gone, None)
                self._events.append(event)
            self._condition.notify_all()

    def rest(self) -> None:
        """Wait until there is not very much left to be told: it takes memory."""
        with self._condition:
            while len(self._events) > MOST_WAITING and self._thread.is_alive():
                self._condition.wait(INTERVAL_S)

    def tell_progress(self, transfer: Transfer) -> None:
        """Tell this figure, or a later one, within the interval."""
        with self._condition:
            self._progress[transfer.id] = transfer
            if len(self._progress) == 1:
                self._condition.notify()

    def _run(self) -> None:
        while (events := self._next()) is not None:
            for event in self.precedence.politely(events):
                try:
                    self._emit(event)
                except Exception:  # noqa: BLE001 - whoever listens; the engine goes on
                    _log.exception("an event could not be told: %r", event)

    def _next(self) -> list[Event] | None:
        """Wait for events; None when all is told and no more will come."""
        with self._condition:
            while True:
                now = time.monotonic()
                events = self._due(now)
                if events:
                    return events
                if self._ending:
                    return None
                self._condition.wait(self._until_next(now))

    def _due(self, now: float) -> list[Event]:
        events = list(self._events)
        self._events.clear()
        ready = [
            number
            for number in self._progress
            if self._ending or now - self._told_at.get(number, 0.0) >= INTERVAL_S
        ]
        for number in ready:
            self._told_at[number] = now
            events.append(Changed(self._progress.pop(number)))
        for event in events:
            if isinstance(event, Changed) and event.transfer.state.finished:
                self._told_at.pop(event.transfer.id, None)
        return events

    def _until_next(self, now: float) -> float | None:
        if not self._progress:
            return None
        due = min(self._told_at.get(number, 0.0) for number in self._progress) + INTERVAL_S
        return max(0.0, due - now)
