"""Runs a diagnosis of the way to a server on a thread, and tells what it finds as it goes."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.background import Background
from desktop.diagnosis import STALL_S, Check, Diagnosis, Finding
from desktop.transfer.answers import make_problem
from desktop.transfer.api import Server
from desktop.transfer.events import ProblemKind

_log = logging.getLogger(__name__)

FindServer = Callable[[], Server | None]


class _Order:
    """One examination: whoever asked for it may lose interest before it has begun."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._diagnosis: Diagnosis | None = None
        self._stopped = False

    def findings(self, server: Server) -> Iterator[Finding]:
        with self._lock:
            self._diagnosis = Diagnosis(server, STALL_S)
            if self._stopped:
                return
        yield from self._diagnosis.run()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._diagnosis is not None:
                self._diagnosis.stop()


class Examination(QObject):
    """Lives in the GUI thread; one server at a time.

    Signals:
        found: a `Finding` of the server that was asked for last.
        ended: there is nothing more to come.
    """

    found = Signal(object)
    ended = Signal()
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("examination", self)
        self._order: _Order | None = None
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def start(self, find_server: FindServer) -> None:
        """Look at the way to a server.

        Args:
            find_server: returns the server with its key, None where there is none; may block.
        """
        self.cancel()
        self._order = _Order()
        self._background.run(partial(self._examine, self._order, find_server), self._on_ended)

    def cancel(self) -> None:
        """Find nothing more."""
        if self._order is not None:
            self._order.stop()
        self._order = None

    def stop(self) -> None:
        """Cut the line and wait for the thread."""
        self.cancel()
        self._background.stop()

    def _examine(self, order: _Order, find_server: FindServer) -> _Order:
        """On the thread: tell each finding, and return the order when that was all."""
        try:
            server = find_server()
            if server is None:
                unknown = make_problem(ProblemKind.KEY_MISSING)
                self._told.emit(order, Finding(Check.REACH, False, problem=unknown))
                return order
            for finding in order.findings(server):
                self._told.emit(order, finding)
        except Exception as error:  # noqa: BLE001 - the top of what a thread does
            _log.exception("the way to a server could not be examined")
            detail = "".join(traceback.format_exception(error))
            mistake = make_problem(ProblemKind.BUG, detail=detail)
            self._told.emit(order, Finding(Check.REACH, False, problem=mistake))
        return order

    @Slot(object, object)
    def _on_told(self, order: _Order, finding: Finding) -> None:
        if order is self._order:
            self.found.emit(finding)

    def _on_ended(self, order: _Order) -> None:
        if order is self._order:
            self._order = None
            self.ended.emit()
