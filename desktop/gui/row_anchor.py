"""Keeps what somebody looks at where it is, when rows come or go above it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QTableView

from desktop.gui.queue_model import QueueModel


class RowAnchor(QObject):
    """Watches a model, and scrolls its view. At the very top of the list the top is what stays."""

    def __init__(self, view: QTableView, model: QueueModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._seen: list[tuple[int, int]] = []
        model.arranging.connect(self._on_arranging)
        model.arranged.connect(self._on_arranged)

    @Slot()
    def _on_arranging(self) -> None:
        view = self._view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        if first < 0 or not view.verticalScrollBar().value():
            self._seen = []
            return
        ids = self._model.ids(first, last if last >= 0 else None)
        self._seen = [(one, view.rowViewportPosition(row)) for row, one in enumerate(ids, first)]

    @Slot()
    def _on_arranged(self) -> None:
        seen, self._seen = self._seen, []
        for number, y in seen:
            row = self._model.row_of(number)
            if row is not None:
                self._view.updateGeometries()
                bar = self._view.verticalScrollBar()
                bar.setValue(bar.value() + self._view.rowViewportPosition(row) - y)
                return
