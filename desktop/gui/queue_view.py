"""The list on screen: keyboard, mouse and context menu become requests by transfer id."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
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
    QCursor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
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

from desktop.gui import row_menu, theme
from desktop.gui.listing import WAITS, FolderRow, Kind, Row
from desktop.gui.queue_model import QueueModel
from desktop.gui.row_actions import RowAction, actions_for, dropped, toggled
from desktop.gui.row_anchor import RowAnchor
from desktop.gui.row_delegate import RowDelegate
from desktop.gui.row_drag import RowDrag
from desktop.gui.row_layout import RowLayout
from desktop.gui.row_opening import RowOpening
from desktop.gui.row_order import Group, Move
from desktop.gui.row_selection import selected_ids, selected_ranges
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.spoken import Spoken, install
from desktop.gui.spoken_list import ListSpeaker, tell_current
from desktop.gui.theme import Role
from desktop.gui.words import QtWords

_COUNTDOWN_MS = 1000
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_DRAG_MS = 40
_MOVES: dict[int, Callable[[Group], Move | None]] = {
    Qt.Key.Key_Up: Group.up,
    Qt.Key.Key_Down: Group.down,
    Qt.Key.Key_Home: Group.to_start,
    Qt.Key.Key_End: Group.to_end,
}
_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate
_ONLY_THIS = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_LOOKS = (
    QEvent.Type.FontChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.LanguageChange,
    QEvent.Type.LocaleChange,
)


class QueueView(Spoken, QTableView):
    """Shows a `QueueModel`.

    A table of one column: unlike a list view, which lays out all rows anew with each change (0.3 s
    with 100,000), it asks only for the rows that can be seen.

    Signals:
        requested: a `RowAction` and the tuple of ids of the files and folders it is meant for.
        moved: a tuple of ids that are to come between two others, whose ids follow; None for an
            end of the list, or of the folder that all of them are in.
    """

    speaker_type = ListSpeaker
    requested = Signal(object, object)
    moved = Signal(object, object, object)

    def __init__(self, model: QueueModel, words: QtWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = model
        self._rows = RowDelegate(model, words, self)
        self._pressed: tuple[int, RowAction] | None = None
        self._drag: RowDrag | None = None
        self._drag_pace = QTimer(self)
        self._drag_pace.setInterval(_DRAG_MS)
        self._drag_pace.timeout.connect(self._on_drag_pace)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self._opening = RowOpening(self, model)
        RowAnchor(self, model)
        self.setAccessibleName(self.tr("Files in the list"))
        self._set_behaviour()
        self.setVerticalScrollBar(SlimScrollBar(Role.Base))
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNTDOWN_MS)
        self._countdown.timeout.connect(self._on_second)
        self._countdown.start()
        install()

    def _set_behaviour(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
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
        if event.type() in _LOOKS:
            self._rows.forget_pictures()
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

    def selected(self) -> list[Kind]:
        """Return the selected rows by what can be done with them; without any, the current one."""
        return self._queue.listing.kinds(selected_ids(self, self._queue))

    def _group(self) -> Group:
        """Return what is selected of the rows that stand side by side with the current one."""
        ids = selected_ids(self, self._queue)
        current = self._queue.ids(self.currentIndex().row(), self.currentIndex().row())
        lead = current[0] if current and current[0] in ids else next(iter(ids), 0)
        return Group(self._queue, lead, ids)

    def _move(self, move: Move | None) -> None:
        if move is not None:
            self.moved.emit(move.ids, move.after, move.before)

    @Slot()
    def _on_second(self) -> None:
        """Seconds to the next try run down without any event of the engine."""
        totals = self._queue.totals
        if self.isVisible() and any(totals.states[state] for state in WAITS):
            self.viewport().update()

    def action_at(self, point: QPoint) -> tuple[int, RowAction] | None:
        """Return the row and the action whose button lies under a point of the viewport."""
        index = self.indexAt(point)
        row = self._queue.at(index.row())
        if row is None:
            return None
        layout = self._layout_of(index)
        actions = actions_for(row)
        for number, action in enumerate(actions):
            if layout.button(number, len(actions)).contains(point):
                return index.row(), action
        return None

    def _layout_of(self, index: QModelIndex) -> RowLayout:
        rect, indent = self.visualRect(index), self._queue.indent_of(index.row())
        return RowLayout.of(rect, self.font(), self.layoutDirection(), indent)

    def folder_at(self, point: QPoint) -> int:
        """Return the folder whose arrow lies under a point of the viewport; 0 where none does."""
        index = self.indexAt(point)
        row = self._queue.at(index.row())
        if isinstance(row, FolderRow) and self._layout_of(index).arrow.contains(point):
            return row.id
        return 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag.move_to(event.position().toPoint())
            if self._drag.active and not self._drag_pace.isActive():
                self._drag_pace.start()
            self.viewport().update()
            return
        self._hover(event.position())
        super().mouseMoveEvent(event)

    @Slot()
    def _on_drag_pace(self) -> None:
        """Scroll on while what is dragged is held over an edge."""
        point = self.viewport().mapFromGlobal(QCursor.pos())
        beyond = min(0, point.y()) + max(0, point.y() - self.viewport().height())
        if self._drag is not None and beyond:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + beyond // 2)
            self._drag.move_to(point)

    def _end_drag(self, *, move: bool) -> bool:
        """End the gesture; returns whether there was one."""
        drag, self._drag = self._drag, None
        self._drag_pace.stop()
        if drag is None or not drag.active:
            return False
        if move:
            self._move(drag.group.to_row(drag.row))
        self.viewport().update()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drag is None or not self._drag.active:
            return
        painter = QPainter(self.viewport())
        y = min(max(1, self._drag.line_y()), self.viewport().height() - 2)
        painter.setPen(QPen(theme.color(self.palette(), theme.Tone.STORED), 2))
        painter.drawLine(theme.S, y, self.viewport().width() - theme.S, y)
        painter.end()

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
        if self._pressed is not None:
            return
        folder_id = self.folder_at(event.position().toPoint())
        if folder_id and event.button() is Qt.MouseButton.LeftButton:
            self._opening.toggle(folder_id)
            return
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        left = event.button() is Qt.MouseButton.LeftButton
        if left and plain and self.selectionModel().isSelected(index):
            # A press on one of several selected rows may begin to drag all of them: which of them
            # is selected alone is decided when the button is let go.
            self.selectionModel().setCurrentIndex(index, _NO_CHANGE)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            super().mousePressEvent(event)
        if left and plain and index.isValid():
            group = self._group()
            self._drag = RowDrag(self, event.position().toPoint(), group)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        held = self._drag is not None
        if self._end_drag(move=True):
            return
        if held and event.button() is Qt.MouseButton.LeftButton:
            self.selectionModel().select(self.currentIndex(), _ONLY_THIS)
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self.action_at(event.position().toPoint()):
            row, action = pressed
            self.requested.emit(action, tuple(self._queue.ids(row, row)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self.action_at(point) is not None or self.folder_at(point):
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        self._open_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rows.ringed = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._rows.ringed = True
        if event.key() == Qt.Key.Key_Escape and self._end_drag(move=False):
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _MOVES:
            group = self._group()
            self._move(_MOVES[event.key()](group))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._opening.go_sideways(event.key() == Qt.Key.Key_Left)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._request_each(toggled)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._request_each(dropped)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        else:
            super().keyPressEvent(event)

    def _request_each(self, choose: Callable[[Row], RowAction | None]) -> None:
        wanted: dict[RowAction, list[int]] = {}
        for row, ids in self.selected():
            action = choose(row)
            if action is not None:
                wanted.setdefault(action, []).extend(ids)
        for action, ids in wanted.items():
            self.requested.emit(action, tuple(ids))

    def _open_current(self) -> None:
        """Of several, the topmost."""
        first = next(iter(selected_ranges(self)), None)
        one = None if first is None else self._queue.at(first[0])
        if isinstance(one, FolderRow):
            self._opening.toggle(one.id)
        elif one is not None:
            action = RowAction.SHOW if one.problem is None else RowAction.DETAILS
            self.requested.emit(action, (one.id,))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        chosen = self.selected()
        if not chosen:
            return
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        current = self.visualRect(self.currentIndex()).center()
        place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(current)
        self.menu_for(chosen).popup(place)

    def menu_for(self, chosen: Sequence[Kind]) -> QMenu:
        """Build the menu of what can be done with these rows."""
        menu = row_menu.make_menu(chosen, self)
        menu.triggered.connect(self._on_chosen)
        return menu

    @Slot(QAction)
    def _on_chosen(self, entry: QAction) -> None:
        action, ids = entry.data()
        group = self._group()
        if action is RowAction.SEND_FIRST:
            self._move(group.to_start())
        elif action is RowAction.SEND_LAST:
            self._move(group.to_end())
        else:
            self.requested.emit(action, ids)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.action_at(event.pos())
            row = self._queue.at(found[0]) if found is not None else None
            if found is not None and row is not None:
                plain = row_menu.words_for(found[1], row).replace("&", "")
                QToolTip.showText(event.globalPos(), plain, self)
                return True
        return super().viewportEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # Past QTableView, which tells screen readers of cells; there are none.
        QAbstractItemView.currentChanged(self, current, previous)
        tell_current(self, current.row())
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)
