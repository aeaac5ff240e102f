"""Pictures of rows, kept as long as nothing about them changes: painted once, shown often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

from desktop.gui import theme

_KEPT = 64


class RowPictures:
    """The last so many pictures, by all that they depend on."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[QPixmap, object]] = OrderedDict()

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        subject: object,
        look: Hashable,
        draw: Callable[[QPainter, QRect], None],
    ) -> None:
        """Show the picture of a subject.

        Args:
            painter: on what is shown.
            rect: where.
            subject: what is never changed, only replaced by another object.
            look: all else that the picture depends on, its size and resolution excepted.
            draw: makes it where it is not kept, in a rectangle from 0, 0 on.
        """
        ratio = theme.scale_of(painter)
        key = (id(subject), look, rect.width(), rect.height(), ratio)
        kept = self._kept.get(key)
        if kept is None:
            kept = (self._make(ratio, rect.size(), draw), subject)
            self._kept[key] = kept
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(rect.topLeft(), kept[0])

    def _make(self, ratio: float, size: QSize, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        inner = QPainter(picture)
        draw(inner, QRect(0, 0, size.width(), size.height()))
        inner.end()
        return picture

    def clear(self) -> None:
        self._kept.clear()
