"""Asks a server for its numbers once a second, on a thread and a connection of its own; and for its
past when it answers for the first time, or again after a while.

While it does not answer it is asked ever more seldom; one that refuses us hardly at all, for a
receiver counts wrong keys and lets nobody in after a few.
"""

from __future__ import annotations

import dataclasses
import logging
import math
import threading
import time

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.past import KEPT_S, Moment, read_past
from desktop.sample import Sample
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError, TryAgainError
from desktop.transfer.events import Problem
from receiver.protocol import PATH_HISTORY

INTERVAL_S = 1.0
MOST_S = 5.0
REFUSED_S = 60.0
_JOIN_S = 5.0
_GAP_S = 10.0
_PAST_AT_ONCE = 400
"""Moments that the window takes in one go without stopping for them."""

_log = logging.getLogger(__name__)


class Monitor(QObject):
    """Polls /status of the server that it watches.

    Signals, only about the server that is watched when they come, and in the GUI thread:
        sampled: a `Sample`.
        recalled: tuples of `Moment`, the server's last hour in portions.
        failed: the `Problem` for which there is none, with the seconds to the next try.
    """

    sampled = Signal(object)
    recalled = Signal(object)
    failed = Signal(object)
    _asked = Signal(object, object)

    def __init__(self, interval_s: float = INTERVAL_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._interval_s = interval_s
        self._change = threading.Condition()
        self._server: Server | None = None
        self._api: Api | None = None
        self._ended = False
        self._ahead_s = 0.0
        self._thread: threading.Thread | None = None
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _on_asked(self, server: Server, answer: Sample | Problem | tuple[Moment, ...]) -> None:
        if not self._is_watched(server):
            return
        if isinstance(answer, tuple):
            self.recalled.emit(answer)
        else:
            (self.sampled if isinstance(answer, Sample) else self.failed).emit(answer)

    @Slot(object)
    def watch(self, server: Server | None) -> None:
        """Ask this server from now on; None: nobody."""
        with self._change:
            self._server = server
            self._cut()
            self._change.notify_all()
        if self._thread is None and not self._ended:
            self._thread = threading.Thread(target=self._run, name="monitor", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread, a question that hangs included, and wait for it."""
        with self._change:
            self._ended = True
            self._cut()
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(_JOIN_S)
            self._thread = None

    def _cut(self) -> None:
        if self._api is not None:
            self._api.cut()

    def _run(self) -> None:
        try:
            while (server := self._next_server()) is not None:
                self._watch_one(server)
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("the monitor has ended")

    def _next_server(self) -> Server | None:
        with self._change:
            self._change.wait_for(lambda: self._ended or self._server is not None)
            return None if self._ended else self._server

    def _watch_one(self, server: Server) -> None:
        with Api(server) as api:
            with self._change:
                self._api = api
            try:
                failures, answered_at = 0, -math.inf
                while self._is_watched(server):
                    error = self._ask(api, server, failures)
                    failures = 0 if error is None else failures + 1
                    now = time.monotonic()
                    if error is None:
                        if now - answered_at > _GAP_S:
                            self._ask_past(api, server)
                        answered_at = now
                    self._rest(server, self._pause_s(error, failures))
            finally:
                with self._change:
                    self._api = None

    def _is_watched(self, server: Server) -> bool:
        with self._change:
            return not self._ended and self._server is server

    def _rest(self, server: Server, seconds: float) -> None:
        with self._change:
            self._change.wait_for(lambda: self._ended or self._server is not server, seconds)

    def _pause_s(self, error: TransferError | None, failures: int) -> float:
        """Return the pause after so many failures in a row, this one included."""
        if error is None:
            return self._interval_s
        if not isinstance(error, TryAgainError):
            return REFUSED_S
        return max(error.retry_after_s or 0.0, min(MOST_S, self._interval_s * 2.0**failures))

    def _ask(self, api: Api, server: Server, failures: int) -> TransferError | None:
        """Ask once and tell what came of it; returns the error, if it was one."""
        asked_at = time.monotonic()
        try:
            status = api.status()
        except TransferError as error:
            pause_s = self._pause_s(error, failures + 1)
            self._asked.emit(server, dataclasses.replace(error.problem, retry_in_s=pause_s))
            return error
        now = time.monotonic()
        self._ahead_s = (asked_at + now) / 2 - status.time
        self._asked.emit(server, Sample(status, now, now - asked_at))
        return None

    def _ask_past(self, api: Api, server: Server) -> None:
        """The past is worth one question; without an answer the charts begin now."""
        ahead_s = self._ahead_s
        try:
            path = f"{PATH_HISTORY}?seconds={KEPT_S}"
            past = api.read(path, lambda data: read_past(data, ahead_s))
        except TransferError as error:
            _log.info("%s does not tell its past: %s", server.name, error)
            return
        for start in range(0, len(past), _PAST_AT_ONCE):
            self._asked.emit(server, past[start : start + _PAST_AT_ONCE])
