"""The list as screen readers get it: a tree, whose folders are collapsed or expanded.

Qt would speak for it as a table, and knows open and closed only of its own trees. Rows are known by
their ids here, as everywhere: what speaks for one is made when it is first asked for, and stays
the same wherever the row goes.
"""

# PySide's stubs do not say that these may return nothing, as Qt does.
# mypy: disable-error-code="override"

from __future__ import annotations

from typing import cast

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QTableView

from desktop.gui.queue_model import QueueModel


class ListSpeaker(QAccessibleWidget):
    """Speaks for the view; its children are the rows."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view, QAccessible.Role.Tree)
        self._view, self._model = view, cast(QueueModel, view.model())
        self._rows: dict[int, _RowSpeaker] = {}

    def childCount(self) -> int:
        return self._model.rowCount()

    def child(self, index: int) -> QAccessibleInterface | None:
        if not 0 <= index < self._model.rowCount():
            return None
        (number,) = self._model.ids(index, index)
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = _RowSpeaker(self, self._view, self._model, index)
            QAccessible.registerAccessibleInterface(found)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the row; -1 for what is none of ours."""
        return child.row() if isinstance(child, _RowSpeaker) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        point = self._view.viewport().mapFromGlobal(QPoint(x, y))
        return self.child(self._view.indexAt(point).row())

    def focusChild(self) -> QAccessibleInterface | None:
        return self.child(self._view.currentIndex().row())


class _RowSpeaker(QAccessibleInterface):
    """Speaks for one row, for as long as it is on the list and the view is there."""

    def __init__(self, above: ListSpeaker, view: QTableView, model: QueueModel, row: int) -> None:
        super().__init__()
        self._above, self._view, self._model = above, view, model
        self._row = row
        (self._number,) = model.ids(row, row)

    def row(self) -> int:
        """Return where the row is now; -1 where it is gone. It is looked for only if it moved."""
        if not (shiboken6.isValid(self._view) and shiboken6.isValid(self._model)):
            return -1
        if self._row < 0 or list(self._model.ids(self._row, self._row)) != [self._number]:
            found = self._model.row_of(self._number)
            self._row = -1 if found is None else found
        return self._row

    def _index(self) -> QModelIndex:
        row = self.row()
        return QModelIndex() if row < 0 else self._model.index(row)

    def isValid(self) -> bool:
        return self.row() >= 0

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._view.window().windowHandle() if self.isValid() else None

    def parent(self) -> QAccessibleInterface | None:
        return self._above if self.isValid() else None

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        if kind is not QAccessible.Text.Name:
            return ""
        return str(self._index().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing of a row can be written."""

    def rect(self) -> QRect:
        index = self._index()
        if not index.isValid():
            return QRect()
        shown = self._view.visualRect(index)
        return QRect(self._view.viewport().mapToGlobal(shown.topLeft()), shown.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.TreeItem

    def state(self) -> QAccessible.State:
        state, index = QAccessible.State(), self._index()
        if not index.isValid():
            state.invalid = True
            return state
        state.selectable = state.extSelectable = state.focusable = True
        state.selected = self._view.selectionModel().isSelected(index)
        is_current = index.row() == self._view.currentIndex().row()
        state.focused = is_current and self._view.hasFocus()
        if self._number < 0:
            state.expandable = True
            state.expanded = self._model.is_open(self._number)
            state.collapsed = not state.expanded
        return state


def tell_current(view: QTableView, row: int) -> None:
    """Tell screen readers which row the keyboard is on."""
    if QAccessible.isActive() and row >= 0 and view.hasFocus():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(row)
        QAccessible.updateAccessibility(event)


def tell_opened(view: QTableView, row: int) -> None:
    """Tell screen readers that a folder has been opened or closed."""
    if not QAccessible.isActive():
        return
    changed = QAccessible.State()
    changed.expanded = changed.collapsed = True
    for event in (
        QAccessibleStateChangeEvent(view, changed),
        QAccessibleEvent(view, QAccessible.Event.NameChanged),
    ):
        event.setChild(row)
        QAccessible.updateAccessibility(event)
