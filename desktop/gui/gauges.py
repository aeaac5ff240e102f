"""Gauges of several parts, painted; to a screen reader each is a progress bar with its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from desktop.gui import theme
from desktop.gui.theme import Tone

FULL = 1000
_LEAST_PX = 3.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a gauge in the unit of its whole; `tone` as the legend shows it."""

    tone: Tone
    value: float


class Gauge(QProgressBar):
    """Parts side by side on a track. The value, 0 to 1000, is the share of the counted parts."""

    def __init__(self, name: str, height: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._whole = 0.0
        self._mark: float | None = None
        self._old = False
        self._height = height
        self.setRange(0, FULL)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, self._height + (6 if self._mark is not None else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def show_parts(
        self, whole: float, parts: Sequence[Part], *, counted: int, mark: float | None = None
    ) -> None:
        """Show parts of a whole.

        Args:
            whole: what the full length stands for.
            parts: from the start on; what they leave is free.
            counted: how many of them make up the value that is told.
            mark: a place on the same scale to be marked.
        """
        if (mark is None) != (self._mark is None):
            self.updateGeometry()
        self._whole, self._parts, self._mark = whole, tuple(parts), mark
        used = sum(part.value for part in self._parts[:counted])
        value = round(FULL * min(1.0, used / whole)) if whole > 0 else 0
        self.setUpdatesEnabled(False)  # a QProgressBar paints at once, and all that waits with it
        self.setValue(value)
        self.setUpdatesEnabled(True)

    def set_old(self, old: bool) -> None:
        """Grey everything: these numbers are no longer now."""
        if old != self._old:
            self._old = old
            self.update()

    def widths(self) -> tuple[float, ...]:
        """Return the width in pixels of each part; what is there at all can be seen."""
        if self._whole <= 0:
            return (0.0,) * len(self._parts)
        return tuple(
            max(_LEAST_PX, self.width() * min(1.0, part.value / self._whole)) if part.value else 0.0
            for part in self._parts
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - self._height) / 2
        track = QRectF(0, top, self.width(), self._height)
        outline = QPainterPath()
        outline.addRoundedRect(track, self._height / 2.6, self._height / 2.6)
        painter.setClipPath(outline)
        painter.fillRect(track, theme.color(self.palette(), Tone.TRACK))
        self._paint_parts(painter, track)
        painter.setClipping(False)
        self._paint_mark(painter)
        painter.end()

    def _paint_parts(self, painter: QPainter, track: QRectF) -> None:
        x = 0.0
        for part, width in zip(self._parts, self.widths(), strict=True):
            place = QRectF(x, track.top(), width, track.height())
            place = self._mirrored(place)
            theme.fill(painter, place, self.palette(), part.tone, old=self._old)
            x += width
            line = self._mirrored(QRectF(x - 1, track.top(), 1, track.height()))
            if width:
                painter.fillRect(line, self.palette().color(theme.Role.Base))

    def _mirrored(self, place: QRectF) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return place
        return QRectF(self.width() - place.right(), place.top(), place.width(), place.height())

    def _paint_mark(self, painter: QPainter) -> None:
        if self._mark is None or self._whole <= 0:
            return
        first = self.widths()[0] if self._parts else 0.0
        x = max(first + 1.0, self.width() * min(1.0, self._mark / self._whole))
        x = self._mirrored(QRectF(min(max(x, 1.0), self.width() - 2.0), 0, 0, 0)).left()
        painter.setPen(QPen(theme.color(self.palette(), Tone.WAITS, old=self._old), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
