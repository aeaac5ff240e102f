"""Rows that are dragged to another place of the list with the mouse, and where they would go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QTableView


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two rows of the list.

    Attributes:
        after, before: the rows that stay and lie around it; None at an end of the list.
    """

    after: int | None
    before: int | None


def gap_at(row: int, moved: Collection[int], count: int) -> Gap:
    """Return the gap in front of a row, as it is once the moved rows are taken out.

    Args:
        row: 0 to `count`; rows below it come after what is moved.
        moved: the rows that are to go there.
        count: of the rows in the list.
    """
    after = next((one for one in range(min(row, count) - 1, -1, -1) if one not in moved), None)
    before = next((one for one in range(max(0, row), count) if one not in moved), None)
    return Gap(after, before)


class RowDrag:
    """One gesture: begun where the button went down, over when it is let go or Esc is pressed.

    Attributes:
        active: the mouse has moved so far that this is no click.
        row: the row in front of which they would go.
    """

    def __init__(self, view: QTableView, start: QPoint, rows: Collection[int]) -> None:
        self._view, self._start = view, start
        self.rows = frozenset(rows)
        self.active = False
        self.row = min(self.rows, default=0)

    def move_to(self, point: QPoint) -> None:
        """Follow the mouse."""
        far = (point - self._start).manhattanLength() >= QApplication.startDragDistance()
        self.active = self.active or far
        if not self.active:
            return
        index = self._view.indexAt(QPoint(1, max(0, point.y())))
        if not index.isValid():
            self.row = 0 if point.y() < 0 else self._view.model().rowCount()
            return
        lower_half = point.y() > self._view.visualRect(index).center().y()
        self.row = index.row() + lower_half

    def line_y(self) -> int:
        """Return where the line is to be painted that shows the gap."""
        count = self._view.model().rowCount()
        if self.row < count:
            return self._view.rowViewportPosition(self.row)
        last = count - 1
        return self._view.rowViewportPosition(last) + self._view.rowHeight(last)
