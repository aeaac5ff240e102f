"""Rows that are dragged to another place of the list with the mouse, and where they would go."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QTableView

from desktop.gui.row_order import Group


class RowDrag:
    """One gesture: begun where the button went down, over when it is let go or Esc is pressed.

    Attributes:
        active: the mouse has moved so far that this is no click.
        row: the row in front of which they would go.
    """

    def __init__(self, view: QTableView, start: QPoint, group: Group) -> None:
        self._view, self._start = view, start
        self.group = group
        self.active = False
        self.row = 0

    def move_to(self, point: QPoint) -> None:
        """Follow the mouse."""
        far = (point - self._start).manhattanLength() >= QApplication.startDragDistance()
        self.active = self.active or far
        if not self.active:
            return
        index = self._view.indexAt(QPoint(1, max(0, point.y())))
        if index.isValid():
            lower_half = point.y() > self._view.visualRect(index).center().y()
            row = index.row() + lower_half
        else:
            row = 0 if point.y() < 0 else self._view.model().rowCount()
        self.row = self.group.landing(row)

    def line_y(self) -> int:
        """Return where the line is to be painted that shows the gap."""
        count = self._view.model().rowCount()
        if self.row < count:
            return self._view.rowViewportPosition(self.row)
        last = count - 1
        return self._view.rowViewportPosition(last) + self._view.rowHeight(last)
