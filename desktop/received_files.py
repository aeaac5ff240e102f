"""The files that the built-in receiver has stored lately, asked of it on a thread."""

from __future__ import annotations

import logging
import threading
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.background import Background
from desktop.receipt import Receipt
from desktop.sample import Sample
from desktop.transfer.answers import not_wherry, refusal
from desktop.transfer.api import QUICK_S, Api, Server
from desktop.transfer.errors import TransferError
from receiver.protocol import PATH_RECEIVED

MOST = 100
_PACE_MS = 2000
_log = logging.getLogger(__name__)


class ReceivedApi(Api):
    """Asks for receipts too."""

    def received(self, limit: int) -> tuple[Receipt, ...]:
        """Ask for the files stored last, newest first.

        Raises:
            TransferError: as for `status`.
        """
        answer = self._call("GET", f"{PATH_RECEIVED}?limit={limit}", timeout=QUICK_S)
        if answer.status_code != 200:
            raise refusal(answer, self.server.name)
        try:
            return tuple(Receipt.from_json(one) for one in answer.json())
        except (ValueError, TypeError) as error:
            raise not_wherry(answer, self.server.name) from error


class ReceivedFiles(QObject):
    """Asks anew when the receiver's numbers say that something has come, in measure.

    Signals:
        listed: a tuple of `Receipt`, newest first.
    """

    listed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("received files", self)
        self._lock = threading.Lock()
        self._api: ReceivedApi | None = None
        self._server: Server | None = None
        self._seen: object = None
        self._asking = self._again = False
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self._on_pace)

    def watch(self, server: Server | None) -> None:
        """Ask this receiver from now on; None: nobody."""
        self._server, self._seen = server, None
        self._cut()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask now, or as soon as the last question is answered."""
        if self._server is None:
            return
        if self._asking or self._pace.isActive():
            self._again = True
            return
        self._asking, self._again = True, False
        self._background.run(partial(self._ask, self._server), self._on_answered)

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        """Look at what runs and how much has come: it ends with a file in the list."""
        status = sample.status
        seen = (status.traffic.received_bytes, tuple(one.id for one in status.uploads))
        if seen != self._seen:
            self._seen = seen
            self.refresh()

    def stop(self) -> None:
        """Cut the line and wait for the thread."""
        self._server = None
        self._pace.stop()
        self._cut()
        self._background.stop()

    def _cut(self) -> None:
        with self._lock:
            if self._api is not None:
                self._api.cut()

    def _ask(self, server: Server) -> tuple[Server, tuple[Receipt, ...] | None]:
        with ReceivedApi(server) as api:
            with self._lock:
                self._api = api
            try:
                return server, api.received(MOST)
            except TransferError as error:
                _log.info("the received files are not told: %s", error)
                return server, None
            finally:
                with self._lock:
                    self._api = None

    def _on_answered(self, answer: tuple[Server, tuple[Receipt, ...] | None]) -> None:
        server, receipts = answer
        self._asking = False
        if self._server is not None:
            self._pace.start()
        if server is not self._server:
            self._again = True
        elif receipts is None:
            self._seen = None
        else:
            self.listed.emit(receipts)

    @Slot()
    def _on_pace(self) -> None:
        if self._again:
            self.refresh()
