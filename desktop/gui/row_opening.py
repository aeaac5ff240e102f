"""Folders that open and close, as in any tree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.gui.listing import FolderRow
from desktop.gui.queue_model import QueueModel
from desktop.gui.spoken_list import tell_opened


class RowOpening:
    """Opens and closes folders of a model, and keeps the view's current row where it belongs."""

    def __init__(self, view: QTableView, model: QueueModel) -> None:
        self._view, self._model = view, model

    def toggle(self, folder_id: int) -> None:
        """Open or close a folder; the current row does not get lost in what closes."""
        is_open = self._model.is_open(folder_id)
        current = self._model.at(self._view.currentIndex().row())
        if is_open and current is not None and self._model.folder_of(current.id) == folder_id:
            self._go_to(folder_id)
        self._model.set_open(folder_id, not is_open)
        row = self._model.row_of(folder_id)
        if row is not None:
            tell_opened(self._view, row)

    def go_sideways(self, to_left: bool) -> None:
        """Open a folder or go into it; go out of it, or close it. Mirrored with the language."""
        row = self._model.at(self._view.currentIndex().row())
        if row is None:
            return
        is_open = self._model.is_open(row.id)
        if to_left != (self._view.layoutDirection() is Qt.LayoutDirection.LeftToRight):
            if is_open:
                below = self._view.currentIndex().row() + 1
                self._view.setCurrentIndex(self._model.index(below))
            elif isinstance(row, FolderRow):
                self.toggle(row.id)
        elif is_open:
            self.toggle(row.id)
        else:
            self._go_to(self._model.folder_of(row.id))

    def _go_to(self, number: int) -> None:
        row = self._model.row_of(number)
        if row is not None:
            self._view.setCurrentIndex(self._model.index(row))
