"""Asks a server for its numbers once a second, on a thread and a connection of its own."""

from __future__ import annotations

import logging
import threading
import time

from PySide6.QtCore import QObject, Signal, Slot

from desktop.sample import Sample
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError

INTERVAL_S = 1.0
_JOIN_S = 5.0

_log = logging.getLogger(__name__)


class Monitor(QObject):
    """Polls /status of the server that it watches.

    Both signals are emitted on the thread that asks: connect them to slots of QObjects that live
    in the GUI thread, and nothing else.

    Signals:
        sampled: a `Sample`.
        failed: the `Problem` for which there is none.
    """

    sampled = Signal(object)
    failed = Signal(object)

    def __init__(self, interval_s: float = INTERVAL_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._interval_s = interval_s
        self._change = threading.Condition()
        self._server: Server | None = None
        self._api: Api | None = None
        self._ended = False
        self._thread: threading.Thread | None = None

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
                while self._is_watched(server):
                    self._ask(api, server)
                    self._rest(server)
            finally:
                with self._change:
                    self._api = None

    def _is_watched(self, server: Server) -> bool:
        with self._change:
            return not self._ended and self._server is server

    def _rest(self, server: Server) -> None:
        with self._change:
            self._change.wait_for(
                lambda: self._ended or self._server is not server, self._interval_s
            )

    def _ask(self, api: Api, server: Server) -> None:
        asked_at = time.monotonic()
        try:
            status = api.status()
        except TransferError as error:
            if self._is_watched(server):
                self.failed.emit(error.problem)
            return
        now = time.monotonic()
        if self._is_watched(server):
            self.sampled.emit(Sample(status, now, now - asked_at))
