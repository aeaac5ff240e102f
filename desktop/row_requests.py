"""Carries out what people ask for with rows of the list: orders to the engine, receipts, places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.bridge import Bridge
from desktop.destination import LOCAL_ID, named
from desktop.destinations import Destinations
from desktop.file_place import FilePlace
from desktop.gui.cancel_question import ask_before_cancelling
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.listing import FolderRow, Row
from desktop.gui.main_window import MainWindow
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.gui.row_actions import RowAction
from desktop.gui.words import QtWords
from desktop.messages import explain
from desktop.receipts import Found, Receipts
from desktop.transfer.events import State, Transfer

_AGAIN_MS = 2000
"""After so long a digest that was still being computed is asked for again."""

Order = Callable[[Sequence[int]], None]


class RowRequests(QObject):
    """Lives in the GUI thread, between the page, the engine and the servers."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, destinations: Destinations, words: QtWords
    ) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._destinations, self._words = destinations, words
        self._receipts = Receipts(self)
        self._receipts.found.connect(self._on_receipt_found)
        self._places = FilePlace(self)
        self._dialog: ReceiptDialog | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._on_again)
        self._shown: Transfer | None = None

    def stop(self) -> None:
        """End what still asks somebody."""
        self._again.stop()
        self._receipts.stop()
        self._places.stop()

    @Slot(object, object)
    def on_requested(self, action: RowAction, ids: Sequence[int]) -> None:
        """Do what is asked for; `WHOLE_LIST` stands for all rows."""
        if not ids:
            return
        orders: dict[RowAction, Order] = {
            RowAction.PAUSE: self._bridge.pause,
            RowAction.GO_ON: self._bridge.go_on,
            RowAction.CANCEL: self._cancel,
            RowAction.TRY_AGAIN: self._bridge.retry,
            RowAction.REMOVE: self._bridge.remove,
        }
        one = self._window.page.listing.row(ids[0])
        if action in orders:
            orders[action](ids)
        elif one is not None and action is RowAction.SHOW:
            self._places.show(self._place_of(one))
        elif isinstance(one, Transfer) and action is RowAction.RECEIPT:
            self._ask_receipt(one)

    def _place_of(self, row: Row) -> Path:
        """Return where what is stored lies, if that is on this computer; else the original."""
        if row.server_id == LOCAL_ID and row.state is State.STORED:
            here = self._window.folder / row.name
            return here if isinstance(row, FolderRow) else self._stored_place(row)
        return row.path

    def _stored_place(self, transfer: Transfer) -> Path:
        """Return what a receipt names: a whole path here, elsewhere one below their folder."""
        stored = Path(transfer.stored_name or transfer.name)
        return self._window.folder / stored if transfer.server_id == LOCAL_ID else stored

    def _cancel(self, ids: Sequence[int]) -> None:
        lost = self._window.page.listing.begun(ids)
        if not lost:
            self._bridge.cancel(ids)
            return
        servers = {one.server_id for one in lost}
        only = next(iter(servers)) if len(servers) == 1 else ""
        where = named(only, self._destinations.all)
        question = ask_before_cancelling(lost, where, self._words, self._window)
        question.accepted.connect(partial(self._bridge.cancel, ids))
        question.open()

    def _ask_receipt(self, transfer: Transfer) -> None:
        self._shown = transfer
        self._receipts.ask(transfer, self._destinations.finder(transfer.server_id))

    @Slot()
    def _on_again(self) -> None:
        if self._dialog is not None and self._shown is not None:
            self._ask_receipt(self._shown)

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = self._shown = None

    @Slot(object)
    def _on_receipt_found(self, found: Found) -> None:
        if found.receipt is None:
            if self._dialog is None:
                self._say_there_is_none(found)
            return
        if self._dialog is None:
            place = self._stored_place(found.transfer)
            self._dialog = ReceiptDialog(found.receipt, place, self._words, self._window)
            self._dialog.finished.connect(self._on_dialog_closed)
            self._dialog.open()
        else:
            self._dialog.show_receipt(found.receipt)
        if found.receipt.sha256 is None:
            self._again.start()

    def _say_there_is_none(self, found: Found) -> None:
        name = named(found.transfer.server_id, self._destinations.all)
        headline = self.tr("{where} has no receipt of this file").format(where=name)
        detail = ""
        if found.problem is not None:
            headline = explain(found.problem, self._words).headline
            detail = f"{found.problem.kind.value}\n{found.problem.detail}".strip()
        text = self.tr("The file is stored; only its receipt cannot be shown now.")
        DetailsDialog(headline, text, detail, self._window).open()
