"""The list on screen: keyboard, mouse and context menu become requests by transfer id."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.gui import icons
from desktop.gui.queue_model import TRANSFER_ROLE, QueueModel
from desktop.gui.row_actions import RowAction, actions_for, dropped, toggled
from desktop.gui.row_delegate import RowDelegate
from desktop.gui.row_layout import RowLayout
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.theme import Role
from desktop.gui.words import QtWords
from desktop.transfer.events import State, Transfer

_COUNTDOWN_MS = 1000
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_COUNTING = (State.WAITING_NETWORK, State.WAITING_SPACE, State.WAITING_SERVER)


class QueueView(QTableView):
    """Shows a `QueueModel`.

    A table of one column: unlike a list view, which lays out all rows anew with each change (0.3 s
    with 100,000), it asks only for the rows that can be seen.

    Signals:
        requested: a `RowAction` and the tuple of transfer ids that it is meant for.
    """

    requested = Signal(object, object)

    def __init__(self, model: QueueModel, words: QtWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = model
        self._rows = RowDelegate(model, words, self)
        self._pressed: tuple[int, RowAction] | None = None
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName(self.tr("Files in the list"))
        self._set_behaviour()
        self.setVerticalScrollBar(SlimScrollBar(Role.Base))
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNTDOWN_MS)
        self._countdown.timeout.connect(self._on_second)
        self._countdown.start()

    def _set_behaviour(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def _fit_rows(self) -> None:
        layout = RowLayout.of(self.rect(), self.font(), self.layoutDirection())
        self.verticalHeader().setDefaultSectionSize(layout.height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_rows()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row, as in any list."""
        last = self._queue.rowCount() - 1
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self._queue.index(0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self._queue.index(last)
        return super().moveCursor(action, modifiers)

    def selected(self) -> tuple[Transfer, ...]:
        """Return the selected transfers from top to bottom; without any, the current one."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return tuple(self._queue.transfer_at(row) for row in rows)

    @Slot()
    def _on_second(self) -> None:
        """Seconds to the next try run down without any event of the engine."""
        totals = self._queue.totals
        if self.isVisible() and any(totals.states[state] for state in _COUNTING):
            self.viewport().update()

    def action_at(self, point: QPoint) -> tuple[int, RowAction] | None:
        """Return the row and the action whose button lies under a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        layout = RowLayout.of(self.visualRect(index), self.font(), self.layoutDirection())
        actions = actions_for(index.data(TRANSFER_ROLE))
        for number, action in enumerate(actions):
            if layout.button(number, len(actions)).contains(point):
                return index.row(), action
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())
        super().mouseMoveEvent(event)

    def _hover(self, position: QPointF) -> None:
        found = self.action_at(position.toPoint())
        if found != self._rows.hovered:
            self._rows.hovered = found
            hand = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._rows.hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self.action_at(event.position().toPoint())
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self.action_at(event.position().toPoint()):
            row, action = pressed
            self.requested.emit(action, (self._queue.transfer_at(row).id,))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.action_at(event.position().toPoint()) is not None:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        self._open_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rows.ringed = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._rows.ringed = True
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._request_each(toggled)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._request_each(dropped)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        else:
            super().keyPressEvent(event)

    def _request_each(self, choose: Callable[[Transfer], RowAction | None]) -> None:
        wanted: dict[RowAction, list[int]] = {}
        for one in self.selected():
            action = choose(one)
            if action is not None:
                wanted.setdefault(action, []).append(one.id)
        for action, ids in wanted.items():
            self.requested.emit(action, tuple(ids))

    def _open_current(self) -> None:
        for one in self.selected()[:1]:
            action = RowAction.SHOW if one.problem is None else RowAction.DETAILS
            self.requested.emit(action, (one.id,))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        chosen = self.selected()
        if not chosen:
            return
        menu = self.menu_for(chosen)
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        current = self.visualRect(self.currentIndex()).center()
        menu.exec(event.globalPos() if by_mouse else self.viewport().mapToGlobal(current))

    def menu_for(self, chosen: Sequence[Transfer]) -> QMenu:
        """Build the menu of what can be done with these transfers."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action, text, keys in self._menu_texts():
            ids = tuple(one.id for one in chosen if _possible(one, action))
            if ids:
                drawing = "cancel" if action is RowAction.REMOVE else action.value
                entry = menu.addAction(icons.icon(drawing), f"{text}\t{keys}")
                entry.setData((action, ids))
        menu.triggered.connect(self._on_chosen)
        return menu

    def _menu_texts(self) -> tuple[tuple[RowAction, str, str], ...]:
        space, delete, enter = self.tr("Space"), self.tr("Del"), self.tr("Enter")
        return (
            (RowAction.PAUSE, self.tr("&Pause"), space),
            (RowAction.GO_ON, self.tr("&Go on"), space),
            (RowAction.TRY_AGAIN, self.tr("&Try again"), space),
            (RowAction.SHOW, self.tr("&Show the file"), enter),
            (RowAction.DETAILS, self.tr("&Details…"), enter),
            (RowAction.CANCEL, self.tr("&Cancel"), delete),
            (RowAction.REMOVE, self.tr("&Remove from the list"), delete),
        )

    @Slot(QAction)
    def _on_chosen(self, entry: QAction) -> None:
        action, ids = entry.data()
        self.requested.emit(action, ids)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.action_at(event.pos())
            if found is not None:
                texts = {action: text for action, text, _ in self._menu_texts()}
                plain = texts[found[1]].replace("&", "")
                QToolTip.showText(event.globalPos(), plain, self)
                return True
        return super().viewportEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()


def _possible(transfer: Transfer, action: RowAction) -> bool:
    return action is RowAction.SHOW or action in actions_for(transfer)
