"""The ring around what has the keyboard: seen by those who use the keyboard, and by nobody else."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.gui import theme
from desktop.gui.theme import Role

_WITHOUT = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason)
"""Who points with the mouse, or has not moved the focus, needs no ring."""

_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""It is as it was before the focus went elsewhere."""


class FocusRing:
    """Knows whether a widget shows one. The widget hands on its focus events."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._wanted = False

    def focus_came(self, event: QFocusEvent) -> None:
        if event.reason() not in _COMES_BACK:
            self._wanted = event.reason() not in _WITHOUT

    @property
    def is_shown(self) -> bool:
        return self._wanted and self._widget.hasFocus()

    def paint(self, painter: QPainter, edge: QRect, role: Role = Role.Accent) -> None:
        """Paint it along an edge, if it is shown."""
        if self.is_shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._widget.palette().color(role), 1.6))
            painter.drawRoundedRect(edge, theme.RADIUS - 3, theme.RADIUS - 3)
