"""Asks a server for the receipt of a file that was stored there, on a thread."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.receipt import Receipt
from desktop.transfer.answers import make_problem
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError, UploadGoneError
from desktop.transfer.events import Problem, ProblemKind, Transfer
from receiver.protocol import PATH_FILES, PATH_RECEIVED

_PAGE, _PAGES = 1000, 20
_log = logging.getLogger(__name__)

FindServer = Callable[[], Server | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: the receipt, or why there is none; neither where the server has none."""

    transfer: Transfer
    receipt: Receipt | None = None
    problem: Problem | None = None


class Receipts(QObject):
    """Lives in the GUI thread.

    Signals:
        found: a `Found` of the transfer that was asked for last.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("receipts", self)
        self._lock = threading.Lock()
        self._api: Api | None = None
        self._asked: Transfer | None = None

    def ask(self, transfer: Transfer, find_server: FindServer) -> None:
        """Ask for the receipt of a stored file.

        Args:
            transfer: which file.
            find_server: returns the server with its key, None where there is none; may block.
        """
        self._cut()
        self._asked = transfer
        self._background.run(partial(self._find, transfer, find_server), self._on_found)

    def stop(self) -> None:
        """Cut the line and wait for the thread."""
        self._asked = None
        self._cut()
        self._background.stop()

    def _cut(self) -> None:
        with self._lock:
            if self._api is not None:
                self._api.cut()

    def _on_found(self, found: Found) -> None:
        if found.transfer is self._asked:
            self.found.emit(found)

    def _find(self, transfer: Transfer, find_server: FindServer) -> Found:
        server = find_server()
        if server is None:
            return Found(transfer, problem=make_problem(ProblemKind.KEY_MISSING))
        with Api(server) as api:
            with self._lock:
                self._api = api
            try:
                return Found(transfer, receipt_of(transfer, api))
            except TransferError as error:
                return Found(transfer, problem=error.problem)
            except Exception as error:  # noqa: BLE001 - the top of what a thread does
                _log.exception("a receipt could not be had from %s", server.url)
                detail = "".join(traceback.format_exception(error))
                return Found(transfer, problem=make_problem(ProblemKind.BUG, detail=detail))
            finally:
                with self._lock:
                    self._api = None


def receipt_of(transfer: Transfer, api: Api) -> Receipt | None:
    """Return the receipt of a stored file; by its name where no upload of ours became it.

    Raises:
        TransferError: no answer, not a receiver, or a refusal.
    """
    if transfer.upload_id:
        try:
            return api.read(f"{PATH_FILES}/{transfer.upload_id}/receipt", Receipt.from_json)
        except UploadGoneError:
            _log.info("upload %s has no receipt", transfer.upload_id)
    before = ""
    for _ in range(_PAGES):
        page = api.read(f"{PATH_RECEIVED}?limit={_PAGE}{before}", _receipts)
        for one in page:
            if one.stored_name == transfer.stored_name and one.size_bytes == transfer.size_bytes:
                return one
        if len(page) < _PAGE:
            break
        before = f"&before={page[-1].id}"
    return None


def _receipts(data: Any) -> tuple[Receipt, ...]:
    if not isinstance(data, list):
        raise ValueError("not a list of receipts")
    return tuple(Receipt.from_json(one) for one in data)
