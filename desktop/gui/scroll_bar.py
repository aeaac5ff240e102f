"""A slim vertical scroll bar: a handle and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider

from desktop.gui.theme import Role

_WIDTH, _GAP = 12, 2


class SlimScrollBar(QScrollBar):
    """Behaves as any scroll bar; painted from the palette, on the ground of what it scrolls."""

    def __init__(self, ground: Role) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._ground = ground

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, handle = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        place = QRectF(self.style().subControlRect(control, option, handle, self))
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(self._ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        pressed = self.isSliderDown()
        painter.setBrush(self.palette().color(Role.Dark if hovered or pressed else Role.Mid))
        place.adjust(_GAP, _GAP, -_GAP, -_GAP)
        painter.drawRoundedRect(place, place.width() / 2, place.width() / 2)
        painter.end()
