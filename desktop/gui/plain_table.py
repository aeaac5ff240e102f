"""A flat table of this window's look: quiet header, hairlines, a tinted row where it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.theme import Role, Tone, Type

ROW = 36
_SHOWN_ROWS = 5
_Index = QModelIndex | QPersistentModelIndex


class _Cells(QStyledItemDelegate):
    """Paints the first column in full colour, the others quietly."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = super().sizeHint(option, index).width()
        return QSize(width + theme.L, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        colors, place = option.palette, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            tone = Tone.SELECTED if chosen else Tone.HOVER
            painter.fillRect(place, theme.color(colors, tone))
        painter.setPen(colors.color(Role.Midlight))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        inside = place.adjusted(theme.S, 0, -theme.S, 0)
        if not option.icon.isNull():
            inside = self._paint_icon(painter, option, inside)
        painter.setPen(colors.color(Role.Text if index.column() == 0 else Role.PlaceholderText))
        painter.setFont(option.font)
        text = option.fontMetrics.elidedText(option.text, option.textElideMode, inside.width())
        align = QStyle.visualAlignment(option.direction, option.displayAlignment)
        painter.drawText(inside, align | Qt.AlignmentFlag.AlignAbsolute, text)

    def _paint_icon(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect) -> QRect:
        side = option.decorationSize.width()
        place = QRect(room.left(), room.center().y() - side // 2, side, side)
        rest = room.adjusted(side + theme.S, 0, 0, 0)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            place.moveRight(room.right())
            rest = room.adjusted(0, 0, -side - theme.S, 0)
        option.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal)
        return rest


class _Header(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFont(theme.font(self.font(), Type.CAPTION))

    def sectionSizeFromContents(self, logical: int) -> QSize:
        size = super().sectionSizeFromContents(logical)
        words = self.fontMetrics().horizontalAdvance(
            str(self.model().headerData(logical, self.orientation()))
        )
        return QSize(max(size.width(), words + 2 * theme.S), size.height())

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        colors = self.palette()
        painter.fillRect(rect, colors.color(Role.Base))
        painter.setPen(colors.color(Role.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(colors.color(Role.PlaceholderText))
        wanted = self.model().headerData(
            index, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        )
        align = QStyle.visualAlignment(
            self.layoutDirection(), self.defaultAlignment() if wanted is None else wanted
        )
        text = str(self.model().headerData(index, self.orientation()))
        inside = rect.adjusted(theme.S, 0, -theme.S, 0)
        painter.drawText(inside, align | Qt.AlignmentFlag.AlignAbsolute, text)


class PlainTable(QTreeView):
    """Rows of one height without branches; one row can be chosen.

    Args:
        model: its first column takes the room that the others leave.
    """

    def __init__(self, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setHeader(_Header(self))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBar(SlimScrollBar(Role.Base))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(theme.ICON - 2, theme.ICON - 2))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.header().sizeHint().height() + _SHOWN_ROWS * ROW)
