"""A check box that looks like what it is for: something that runs or does not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from desktop.gui import theme
from desktop.gui.focus_ring import FocusRing
from desktop.gui.theme import Role, Type

_TRACK = QSize(36, 20)
_GAP = 3


class Switch(QCheckBox):
    """Keeps role, mnemonic and keys of a check box; only its painting is ours."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFont(theme.font(self.font(), Type.NAME))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text.replace("&", ""))
        self._ring = FocusRing(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_came(event)
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        height = max(_TRACK.height(), words.height()) + 2 * theme.XS
        return QSize(_TRACK.width() + theme.M + words.width() + theme.XS, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(_TRACK.width() + theme.M, self.sizeHint().height())

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        track = QRectF(1, (self.height() - _TRACK.height()) / 2, _TRACK.width(), _TRACK.height())
        words = self.rect().adjusted(_TRACK.width() + theme.M, 0, 0, 0)
        if mirrored:
            track.moveRight(self.width() - 1)
            words.moveLeft(0)
        self._paint_track(painter, track, mirrored)
        painter.setPen(self.palette().color(Role.WindowText))
        align = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width(), Qt.TextFlag.TextShowMnemonic
        )
        painter.drawText(words, align | side | Qt.TextFlag.TextShowMnemonic, text)
        painter.end()

    def _paint_track(self, painter: QPainter, track: QRectF, mirrored: bool) -> None:
        colors = self.palette()
        on = self.isChecked()
        ground = colors.color(Role.Accent if on else Role.Shadow)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._faded(ground))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        reach = track.height() / 2
        at_end = on is not mirrored
        middle = QPointF(track.right() - reach if at_end else track.left() + reach, 0)
        middle.setY(track.center().y())
        painter.setBrush(colors.color(Role.HighlightedText if on else Role.Base))
        painter.drawEllipse(middle, reach - _GAP, reach - _GAP)
        if self._ring.is_shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.color(Role.WindowText), 1.4))
            painter.drawRoundedRect(track.adjusted(-0.3, -0.3, 0.3, 0.3), reach, reach)

    def _faded(self, color: QColor) -> QColor:
        if self.isEnabled():
            return color
        return theme.mix(color, self.palette().color(Role.Base), 0.4)
