"""Asks a server that may be added whether it is there, is a receiver, and lets us in."""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.transfer.answers import make_problem
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError, TryAgainError
from desktop.transfer.events import Problem, ProblemKind
from receiver.protocol import Status

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of it: its numbers, or why there are none.

    Attributes:
        server: that was asked.
        status: what it told of itself.
        problem: why it did not.
        passing: the problem may be over later, with nothing changed here.
    """

    server: Server
    status: Status | None = None
    problem: Problem | None = None
    passing: bool = False


class ServerCheck(QObject):
    """One server at a time; asking another one cuts the line to the one before.

    Signals:
        done: a `Finding` about the server that was asked last; in the GUI thread.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("server check", self)
        self._lock = threading.Lock()
        self._api: Api | None = None
        self._asked: Server | None = None

    def ask(self, server: Server) -> None:
        self.cancel()
        self._asked = server
        self._background.run(partial(self._find, server), self._on_found)

    def cancel(self) -> None:
        """Forget what was asked."""
        self._asked = None
        with self._lock:
            if self._api is not None:
                self._api.cut()

    def stop(self) -> None:
        """Cut the line and wait for the thread."""
        self.cancel()
        self._background.stop()

    def _on_found(self, finding: Finding) -> None:
        if finding.server is self._asked:
            self.done.emit(finding)

    def _find(self, server: Server) -> Finding:
        with Api(server) as api:
            with self._lock:
                self._api = api
            try:
                return Finding(server, status=api.status())
            except TransferError as error:
                passing = isinstance(error, TryAgainError)
                return Finding(server, problem=error.problem, passing=passing)
            except Exception as error:  # noqa: BLE001 - the top of what a thread does
                _log.exception("%s could not be asked", server.url)
                detail = "".join(traceback.format_exception(error))
                return Finding(server, problem=make_problem(ProblemKind.BUG, detail=detail))
            finally:
                self._release(api)

    def _release(self, api: Api) -> None:
        with self._lock:
            if self._api is api:
                self._api = None
