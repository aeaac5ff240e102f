"""Paints a transfer: type, name, numbers, the bar in two tones, state, and its actions."""

from __future__ import annotations

import time
from collections.abc import Hashable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.gui import icons, theme
from desktop.gui.listing import WAITS, FolderRow, Row
from desktop.gui.queue_model import QueueModel
from desktop.gui.row_actions import RowAction, actions_for
from desktop.gui.row_layout import RowLayout
from desktop.gui.row_menu import DRAWINGS
from desktop.gui.row_pictures import RowPictures
from desktop.gui.theme import Tone, Type
from desktop.gui.words import QtWords, isolated
from desktop.transfer.events import State

_SEEN = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_MouseOver
    | QStyle.StateFlag.State_HasFocus
)


def bar_shares(transfer: Row) -> tuple[float, float]:
    """Return the shares of the bar, 0 to 1: handed to the line, and stored by the server.

    Only what is stored fills the bar: until then the last pixel stays free (see `paint_bar`).
    """
    if transfer.state is State.STORED:
        return 1.0, 1.0
    size = max(1, transfer.size_bytes)
    return min(1.0, transfer.sent_bytes / size), min(1.0, transfer.stored_bytes / size)


def bar_tones(row: Row) -> tuple[Tone, Tone]:
    """Return the tones of what is sent and what is stored; of a folder that is truly stored."""
    state = row.state
    if isinstance(row, FolderRow) and state is State.FAILED:
        return Tone.SENT, Tone.STORED
    if state in (State.PAUSED, State.CANCELLED):
        return Tone.CACHE, Tone.OTHERS
    if state is State.FAILED:
        return Tone.CACHE, Tone.FAILED
    return Tone.SENT, Tone.STORED


def paint_bar(
    painter: QPainter,
    rect: QRect,
    transfer: Row,
    colors: QPalette,
    track: Tone = Tone.TRACK,
) -> None:
    """Paint the bar in two tones over its track."""
    sent, stored = bar_shares(transfer)
    light, full = bar_tones(transfer)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(rect, theme.color(colors, track))
    for share, tone in ((sent, light), (stored, full)):
        if share > 0:
            painter.fillRect(_part(painter, rect, share, transfer), theme.color(colors, tone))
    painter.restore()


def _part(painter: QPainter, rect: QRect, share: float, transfer: Row) -> QRectF:
    width = rect.width() * share
    if transfer.state is not State.STORED:
        width = min(width, rect.width() - 2.0)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return QRectF(rect.right() + 1 - width, rect.top(), width, rect.height())
    return QRectF(rect.left(), rect.top(), width, rect.height())


class RowDelegate(QStyledItemDelegate):
    """Paints rows.

    Attributes:
        hovered: the button under the mouse, as row and action.
        ringed: whether the current row gets a ring: for those who use the keyboard.
    """

    def __init__(self, model: QueueModel, words: QtWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._pictures = RowPictures()
        self.hovered: tuple[int, RowAction] | None = None
        self.ringed = False

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return RowLayout.of(option.rect, option.font, option.direction).size()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        transfer, row = self._model.at(index.row()), index.row()
        if transfer is None:
            return
        own = QStyleOptionViewItem(option)

        def draw(inner: QPainter, rect: QRect) -> None:
            own.rect = rect
            self._draw(inner, own, row, transfer)

        look = self._look(option, row, transfer)
        self._pictures.paint(painter, option.rect, transfer, look, draw)

    def forget_pictures(self) -> None:
        """Colours, fonts or words are others now."""
        self._pictures.clear()

    def _look(self, option: QStyleOptionViewItem, row: int, transfer: Row) -> Hashable:
        """Return what a row depends on beside its transfer and its size."""
        hovered = self.hovered[1] if self.hovered is not None and self.hovered[0] == row else None
        waiting = transfer.waiting if isinstance(transfer, FolderRow) else transfer
        problem = None if waiting is None else waiting.problem
        counts_down = problem is not None and problem.retry_in_s is not None
        return (
            (option.state & _SEEN).value,
            self.ringed,
            hovered,
            option.direction,
            self._model.generation,
            self._model.indent_of(row),
            self._model.is_open(transfer.id),
            int(time.time()) if counts_down else 0,
        )

    def _draw(
        self, painter: QPainter, option: QStyleOptionViewItem, row: int, transfer: Row
    ) -> None:
        indent = self._model.indent_of(row)
        layout = RowLayout.of(option.rect, option.font, option.direction, indent)
        painter.fillRect(option.rect, option.palette.color(theme.Role.Base))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        self._paint_ground(painter, option)
        if isinstance(transfer, FolderRow):
            self._paint_arrow(painter, layout.arrow, transfer, option.palette)
        self._paint_tile(painter, layout.tile, transfer, option.palette)
        self._paint_name(painter, layout, option, transfer)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        track = Tone.LINE if selected else Tone.TRACK
        bar = layout.done_bar if transfer.state is State.STORED else layout.bar
        paint_bar(painter, bar, transfer, option.palette, track)
        self._paint_state(painter, layout, option, transfer)
        self._paint_buttons(painter, layout, option, row, transfer)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color(option.palette, Tone.SELECTED))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color(option.palette, Tone.HOVER))
        line = QRect(rect.left() + theme.M, rect.bottom(), rect.width() - 2 * theme.M, 1)
        painter.fillRect(line, theme.color(option.palette, Tone.TRACK))
        if state & QStyle.StateFlag.State_HasFocus and self.ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(option.palette, Tone.STORED), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5), 6, 6)

    def _paint_arrow(
        self, painter: QPainter, rect: QRect, folder: FolderRow, colors: QPalette
    ) -> None:
        """Point down where it is open, else to where its files would come."""
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.translate(QRectF(rect).center())
        painter.rotate(90 if self._model.is_open(folder.id) else 180 if mirrored else 0)
        painter.setPen(QPen(theme.color(colors, Tone.QUIET), 1.7))
        painter.drawPolyline([QPointF(-2, -4.5), QPointF(2.5, 0), QPointF(-2, 4.5)])
        painter.restore()

    def _paint_tile(self, painter: QPainter, rect: QRect, transfer: Row, colors: QPalette) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        failed = transfer.state is State.FAILED
        tint = theme.color(colors, Tone.FAILED if failed else Tone.STORED)
        painter.setBrush(theme.mix(tint, colors.color(theme.Role.Base), 0.11))
        painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        inner = rect.adjusted(8, 8, -8, -8)
        is_folder = isinstance(transfer, FolderRow)
        kind = "folder" if is_folder else icons.kind_of(transfer.name)
        icons.paint(painter, kind, inner, tint)

    def _paint_name(
        self, painter: QPainter, layout: RowLayout, option: QStyleOptionViewItem, one: Row
    ) -> None:
        numbers = self._numbers(one)
        painter.setFont(theme.font(option.font, Type.CAPTION))
        quiet = theme.color(option.palette, Tone.QUIET)
        width = _text_at_end(painter, layout.name_line, numbers, quiet)
        painter.setFont(theme.font(option.font, Type.NAME))
        tone = Tone.QUIET if one.state is State.CANCELLED else Tone.TEXT
        _text_at_start(
            painter,
            layout.name_line,
            shown_name(one),
            theme.color(option.palette, tone),
            taken=width,
            elide=Qt.TextElideMode.ElideMiddle,
            is_name=True,
        )

    def _numbers(self, one: Row) -> str:
        if one.state is State.STORED or not one.stored_bytes:
            size = self._words.size(one.size_bytes)
        else:
            size = self._words.size_of(one.stored_bytes, one.size_bytes)
        return f"{self._model.words.files(one)} · {size}" if isinstance(one, FolderRow) else size

    def _paint_state(
        self, painter: QPainter, layout: RowLayout, option: QStyleOptionViewItem, one: Row
    ) -> None:
        painter.setFont(theme.font(option.font, Type.CAPTION))
        quiet = theme.color(option.palette, Tone.QUIET)
        width = _text_at_end(painter, layout.state_line, self._pace(one), quiet)
        elsewhere = self._model.waits_elsewhere(one)
        tone = Tone.WAITS if elsewhere else _state_tone(one)
        color = theme.color(option.palette, tone)
        line = layout.state_line
        if one.state is State.STORED:
            line = self._paint_tick(painter, line, color)
        failed = self._model.words.failed(one)
        if failed:
            line = self._paint_failed(painter, line, failed, option.palette)
        _text_at_start(painter, line, self._model.words.state_and_route(one), color, taken=width)

    def _paint_tick(self, painter: QPainter, line: QRect, tint: QColor) -> QRect:
        """Draw the tick of a stored file; returns what it leaves of the line."""
        side = line.height() - 2
        direction = painter.layoutDirection()
        tick = QRect(line.left(), line.top() + 1, side, side)
        icons.paint(painter, "stored", QStyle.visualRect(direction, line, tick), tint)
        rest = line.adjusted(side + theme.XS, 0, 0, 0)
        return QStyle.visualRect(direction, line, rest)

    def _paint_failed(self, painter: QPainter, line: QRect, told: str, colors: QPalette) -> QRect:
        """Say first how many have failed, also while others go on; returns the rest of the line."""
        _text_at_start(painter, line, told, theme.color(colors, Tone.FAILED))
        width = QFontMetrics(painter.font()).horizontalAdvance(told) + theme.M
        direction = painter.layoutDirection()
        return QStyle.visualRect(direction, line, line.adjusted(width, 0, 0, 0))

    def _pace(self, one: Row) -> str:
        if one.state is not State.UPLOADING:
            return ""
        parts = []
        if one.size_bytes:
            parts.append(self._words.percent(one.stored_bytes / one.size_bytes))
        if one.bytes_per_s:
            parts.append(self._words.rate(one.bytes_per_s))
        if one.eta_s is not None:
            parts.append(self._words.left(one.eta_s))
        return " · ".join(parts)

    def _paint_buttons(
        self,
        painter: QPainter,
        layout: RowLayout,
        option: QStyleOptionViewItem,
        row: int,
        one: Row,
    ) -> None:
        actions = actions_for(one)
        for number, action in enumerate(actions):
            rect = layout.button(number, len(actions))
            hot = self.hovered == (row, action)
            if hot:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(option.palette, Tone.SELECTED))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            tint = theme.color(option.palette, Tone.STORED if hot else Tone.QUIET)
            icons.paint(
                painter, DRAWINGS.get(action, action.value), rect.adjusted(6, 6, -6, -6), tint
            )


def shown_name(row: Row) -> str:
    """Return the name as it is shown: below its folder without that folder's name."""
    inside = not isinstance(row, FolderRow) and row.folder
    return row.name.partition("/")[2] if inside else row.name


def _state_tone(row: Row) -> Tone:
    """Of a folder only the words for what failed are red."""
    state = row.state
    if state is State.FAILED:
        return Tone.QUIET if isinstance(row, FolderRow) else Tone.FAILED
    if state in WAITS:
        return Tone.WAITS
    return Tone.STORED if state is State.STORED else Tone.QUIET


def _text_at_end(painter: QPainter, rect: QRect, text: str, tint: QColor) -> int:
    """Write at the end of the line; returns the width that this takes, its gap included."""
    if not text:
        return 0
    painter.setPen(tint)
    painter.drawText(rect, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, text)
    return QFontMetrics(painter.font()).horizontalAdvance(text) + theme.M


def _text_at_start(
    painter: QPainter,
    rect: QRect,
    text: str,
    tint: QColor,
    *,
    taken: int = 0,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    is_name: bool = False,
) -> None:
    """Write at the start of the line, shortened to what `taken` at its end leaves.

    A name runs in its own direction, whatever that of the language is.
    """
    logical = QRect(rect.left(), rect.top(), rect.width() - taken, rect.height())
    place = QStyle.visualRect(painter.layoutDirection(), rect, logical)
    shown = QFontMetrics(painter.font()).elidedText(text, elide, place.width())
    shown = isolated(shown) if is_name else shown
    painter.setPen(tint)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
