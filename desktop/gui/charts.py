"""One small chart of values over time, drawn by hand: live numbers are what the window is for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui import theme
from desktop.gui.scale import ticks
from desktop.gui.theme import Tone, Type

_COLUMN_PX = 2
_LABELLED_PX = 48
_LINED_PX = 80
KEPT_S = 600.0
_TRAIL = 3.0
"""Seconds without a point after which the line is interrupted."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: what it is called, and its tone; `filled` down to the axis."""

    label: str
    tone: Tone
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """The values of all series at a moment; None where a value is not known."""

    at_s: float
    values: tuple[float | None, ...]


class TimeChart(QWidget):
    """Shows the last `span_s` seconds of its series; the mouse or the arrow keys read values.

    Times are seconds on any clock that only grows. Of each column of pixels the largest value is
    drawn, so that a short peak does not vanish in a long span.
    """

    def __init__(
        self,
        series: Sequence[Series],
        say: Callable[[float], str],
        say_age: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._series = tuple(series)
        self._say, self._say_age = say, say_age
        self._points: deque[Point] = deque()
        self._span_s = 60.0
        self._now_s = 0.0
        self._limit: tuple[str, float] | None = None
        self._cursor_x: float | None = None
        self.least = 1.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(40)

    def sizeHint(self) -> QSize:
        return QSize(240, 96)

    def set_span(self, span_s: float) -> None:
        self._span_s = span_s
        self.update()

    def set_limit(self, label: str, value: float | None) -> None:
        """Draw a dashed line at a value that is not to be exceeded; None for none."""
        self._limit = None if value is None else (label, value)
        self.update()

    def add(self, at_s: float, *values: float | None) -> None:
        """Append a point and let time go on to it."""
        self._points.append(Point(at_s, values))
        while self._points and self._points[0].at_s < at_s - KEPT_S:
            self._points.popleft()
        self.advance(at_s)

    def advance(self, now_s: float) -> None:
        """Let time go on without a new value."""
        self._now_s = max(self._now_s, now_s)
        self._describe()
        self.update()

    def clear(self) -> None:
        self._points.clear()
        self.setAccessibleDescription("")
        self.update()

    def _describe(self) -> None:
        if self._points:
            last = self._points[-1]
            self.setAccessibleDescription(self._spoken(last))

    def _spoken(self, point: Point) -> str:
        return ", ".join(
            f"{series.label} {self._say(value)}"
            for series, value in zip(self._series, point.values, strict=True)
            if value is not None
        )

    def reading_at(self, x: float) -> Point | None:
        """Return the point that is drawn nearest to a horizontal place; None without any."""
        seen = self._visible()
        if not seen:
            return None
        return min(seen, key=lambda point: abs(self._x(point.at_s) - x))

    def _visible(self) -> list[Point]:
        start_s = self._now_s - self._span_s
        return [point for point in self._points if point.at_s >= start_s]

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0.5, 4 + self._limit_label_px(), -0.5, -1)

    def _limit_label_px(self) -> int:
        """The room that the label of the limit takes above the plot: below it runs the data."""
        if self._limit is None or self.height() < _LABELLED_PX:
            return 0
        return QFontMetrics(theme.font(self.font(), Type.CAPTION)).height()

    def _x(self, at_s: float) -> float:
        plot = self._plot()
        return plot.right() - (self._now_s - at_s) / self._span_s * plot.width()

    def _axis(self, seen: Sequence[Point]) -> tuple[float, ...]:
        values = [value for point in seen for value in point.values if value is not None]
        if self._limit is not None:
            values.append(self._limit[1] * 1.04)
        lines = 3 if self.height() > _LINED_PX else 1
        return ticks(max(values, default=0.0) * 1.02, lines, self.least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        seen = self._visible()
        axis = self._axis(seen)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(self.font(), Type.CAPTION))
        self._paint_axis(painter, axis)
        for number, series in enumerate(self._series):
            for run in self._runs(seen, number, axis[-1]):
                self._paint_run(painter, run, series)
        self._paint_limit(painter, axis[-1])
        self._paint_labels(painter, axis)
        self._paint_reading(painter, axis[-1])
        self._paint_focus(painter)
        painter.end()

    def _y(self, value: float, top: float) -> float:
        plot = self._plot()
        return plot.bottom() - value / top * plot.height()

    def _paint_axis(self, painter: QPainter, axis: Sequence[float]) -> None:
        plot = self._plot()
        painter.setPen(QPen(theme.color(self.palette(), Tone.TRACK), 1))
        for value in (0.0, *axis):
            y = round(self._y(value, axis[-1])) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_labels(self, painter: QPainter, axis: Sequence[float]) -> None:
        painter.setPen(theme.color(self.palette(), Tone.QUIET))
        shown = axis if self.height() > _LINED_PX else axis[-1:]
        height = painter.fontMetrics().height()
        for value in shown:
            y = self._y(value, axis[-1])
            place = QRectF(2, y, self.width() - 4, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, self._say(value))

    def _runs(self, seen: Sequence[Point], number: int, top: float) -> list[list[QPointF]]:
        """Return the lines of a series: the largest value of each column of pixels."""
        runs: list[list[QPointF]] = []
        before: Point | None = None
        for point in seen:
            value = point.values[number]
            if value is None:
                before = None
                continue
            x, y = self._x(point.at_s), self._y(value, top)
            if before is None or point.at_s - before.at_s > _TRAIL:
                runs.append([])
            if runs[-1] and x - runs[-1][-1].x() < _COLUMN_PX:
                runs[-1][-1].setY(min(runs[-1][-1].y(), y))
            else:
                runs[-1].append(QPointF(x, y))
            before = point
        return runs

    def _paint_run(self, painter: QPainter, run: list[QPointF], series: Series) -> None:
        tint = theme.color(self.palette(), series.tone)
        if series.filled and len(run) > 1:
            floor = self._plot().bottom()
            ground = QColor(tint)
            ground.setAlphaF(0.28)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            ends = [QPointF(run[-1].x(), floor), QPointF(run[0].x(), floor)]
            painter.drawPolygon(QPolygonF([*run, *ends]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tint, 1.6))
        painter.drawPolyline(QPolygonF(run))

    def _paint_limit(self, painter: QPainter, top: float) -> None:
        if self._limit is None:
            return
        label, value = self._limit
        y = round(self._y(value, top)) + 0.5
        painter.setPen(QPen(theme.color(self.palette(), Tone.WAITS), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        height = self._limit_label_px()
        if not height:
            return
        place = QRectF(0, y - height - 1, self.width() - 2, height)
        painter.setPen(theme.color(self.palette(), Tone.WAITS))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, label)

    def _paint_reading(self, painter: QPainter, top: float) -> None:
        point = None if self._cursor_x is None else self.reading_at(self._cursor_x)
        if point is None:
            return
        x, plot = self._x(point.at_s), self._plot()
        painter.setPen(QPen(theme.color(self.palette(), Tone.QUIET), 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        for series, value in zip(self._series, point.values, strict=True):
            if value is not None:
                painter.setBrush(theme.color(self.palette(), series.tone))
                painter.setPen(QPen(self.palette().color(theme.Role.Base), 1.5))
                painter.drawEllipse(QPointF(x, self._y(value, top)), 4, 4)
        self._paint_bubble(painter, self.reading_text(point), x)

    def reading_text(self, point: Point) -> str:
        """Return what the cursor says: how long ago, and each series with its value."""
        return f"{self._say_age(self._now_s - point.at_s)}  {self._spoken(point)}"

    def _paint_bubble(self, painter: QPainter, text: str, x: float) -> None:
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + 2 * theme.S
        left = int(min(max(0.0, x - width / 2), max(0, self.width() - width)))
        box = QRect(left, 0, min(width, self.width()), metrics.height() + theme.XS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.Role.ToolTipBase))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self.palette().color(theme.Role.ToolTipText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(self.palette(), Tone.STORED), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._cursor_x = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor_x = None
        self.update()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._cursor_x = None
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}
        step = steps.get(Qt.Key(event.key()))
        seen = self._visible()
        if step is None or not seen:
            super().keyPressEvent(event)
            return
        here = self.reading_at(self._cursor_x if self._cursor_x is not None else self.width())
        place = seen.index(here) if here is not None else len(seen) - 1
        chosen = seen[min(max(0, place + step), len(seen) - 1)]
        self._cursor_x = self._x(chosen.at_s)
        self.setAccessibleDescription(self.reading_text(chosen))
        self.update()
