"""The small box beside the cursor of a chart that says what is read there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette

from desktop.gui import theme
from desktop.gui.theme import Role

_GAP = 8


def fits(inside: QRect, lines: Sequence[str], metrics: QFontMetrics) -> bool:
    """Tell whether the place is high enough for the lines."""
    return metrics.height() * len(lines) + theme.S <= inside.height()


def paint(
    painter: QPainter, inside: QRect, lines: Sequence[str], x: float, colors: QPalette
) -> None:
    """Paint the lines beside `x`, on the side that has room."""
    metrics = painter.fontMetrics()
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * theme.S
    width = min(width, inside.width())
    left = x + _GAP if x + _GAP + width <= inside.right() else x - _GAP - width
    left = min(max(left, inside.left()), inside.right() + 1 - width)
    height = metrics.height() * len(lines) + theme.XS
    box = QRect(round(left), inside.top() + 1, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.color(Role.ToolTipBase))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(colors.color(Role.ToolTipText))
    words = box.adjusted(theme.S, 0, -theme.S, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    painter.drawText(words, flags, "\n".join(lines))
