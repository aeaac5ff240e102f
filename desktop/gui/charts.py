"""One small chart of values over time, drawn by hand: live numbers are what the window is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.gui import bubble, theme
from desktop.gui.course import Course, Point
from desktop.gui.scale import Axis, axis_for
from desktop.gui.spoken import ChartSpeaker, Spoken, install
from desktop.gui.theme import Tone, Type

_COLUMN_PX = 2
_LABELLED_PX = 48
_LINED_PX = 80
KEPT_S = 3600.0
_TRAIL = 3.0
"""Seconds without a point after which the line is interrupted."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: what it is called, and its tone; `filled` down to the axis."""

    label: str
    tone: Tone
    filled: bool = True


class TimeChart(Spoken, QWidget):
    """Shows the last `span_s` seconds of its series; the mouse or the arrow keys read values.

    Times are seconds on any clock that only grows. Of each column of pixels the largest value is
    drawn, so that a short peak does not vanish in a long span. Stacked series are parts of a sum,
    drawn one on top of the other, the first at the bottom.

    Signals:
        menu_wanted: the place on the screen where a menu of the chart is to open.
        span_stepped: somebody wants to see more (+1) or less (-1) time.
    """

    speaker_type = ChartSpeaker
    menu_wanted = Signal(QPoint)
    span_stepped = Signal(int)

    def __init__(
        self,
        series: Sequence[Series],
        say: Callable[[float], str],
        say_age: Callable[[float], str],
        *,
        stacked: bool = False,
    ) -> None:
        super().__init__()
        install()
        self._series = tuple(series)
        self._say, self._say_age = say, say_age
        self._stacked = stacked
        self._course = Course(KEPT_S, stacked=stacked)
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
        self._course.add(Point(at_s, values))
        self.advance(at_s)

    def recall(self, past: Iterable[Point]) -> None:
        """Fill the time before the first point, and gaps, with what somebody else remembers."""
        self._course.merge(past)
        if self._course.last is not None:
            self.advance(self._course.last.at_s)

    def advance(self, now_s: float) -> None:
        """Let time go on without a new value."""
        self._now_s = max(self._now_s, now_s)
        self._describe()
        self.update()

    def clear(self) -> None:
        self._course.clear()
        self.setAccessibleDescription("")
        self.update()

    def _describe(self) -> None:
        last = self._course.last
        if last is not None and self._cursor_x is None:
            self.setAccessibleDescription(self._spoken(last))

    def _spoken(self, point: Point) -> str:
        return ", ".join(self._told(point))

    def _told(self, point: Point) -> list[str]:
        return [
            f"{series.label} {self._say(value)}"
            for series, value in zip(self._series, point.values, strict=True)
            if value is not None
        ]

    def reading_at(self, x: float) -> Point | None:
        """Return the point that is drawn nearest to a horizontal place; None without any."""
        seen = self._visible()
        if not seen:
            return None
        return min(seen, key=lambda point: abs(self._x(point.at_s) - x))

    def _visible(self) -> Sequence[Point]:
        """Return what is drawn: each second, or the peaks of so many as share a column."""
        start_s, bucket_s = self._now_s - self._span_s, self._bucket_s
        if bucket_s <= 1.0:
            return self._course.since(start_s)
        return self._course.peaks(start_s, bucket_s)

    @property
    def _bucket_s(self) -> float:
        """Seconds that share a column, in steps of a fifth, so that a resize keeps most of them."""
        exact = self._span_s * _COLUMN_PX / max(1.0, self._plot().width())
        return exact if exact <= 1.0 else round(exact * 5) / 5

    @property
    def series(self) -> Sequence[Series]:
        return self._series

    @property
    def shown(self) -> Sequence[Point]:
        """Every second of the span that is shown."""
        return self._course.since(self._now_s - self._span_s)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0.5, 4 + self._limit_label_px(), -0.5, -1)

    def _limit_label_px(self) -> int:
        """The room that the label of the limit takes above the plot: below it runs the data."""
        if self._limit is None or not self._limit[0] or self.height() < _LABELLED_PX:
            return 0
        return QFontMetrics(theme.font(self.font(), Type.CAPTION)).height()

    def _x(self, at_s: float) -> float:
        plot = self._plot()
        return plot.right() - (self._now_s - at_s) / self._span_s * plot.width()

    def _axis(self, seen: Sequence[Point]) -> Axis:
        highest = max((self._highest_of(point) for point in seen), default=0.0)
        limit = None if self._limit is None else self._limit[1]
        return axis_for(highest, limit, 3 if self.height() > _LINED_PX else 1, self.least)

    def _highest_of(self, point: Point) -> float:
        if self._stacked:
            return point.sum
        return max((value for value in point.values if value is not None), default=0.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter)
        painter.end()

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Paint the chart for a picture of this size, without focus and cursor."""
        drawn = TimeChart(self._series, self._say, self._say_age, stacked=self._stacked)
        drawn.setPalette(self.palette())
        drawn.setFont(self.font())
        drawn.resize(size)
        drawn.least, drawn._limit = self.least, self._limit
        drawn._course, drawn._span_s, drawn._now_s = self._course, self._span_s, self._now_s
        drawn._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        seen = self._visible()
        axis = self._axis(seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(self.font(), Type.CAPTION))
        self._paint_axis(painter, axis)
        for number in self._painted:
            for run in self._runs(seen, number, axis.top):
                self._paint_run(painter, run, self._series[number])
        self._paint_limit(painter, axis.top)
        self._paint_labels(painter, axis)
        self._paint_reading(painter, axis.top)
        self._paint_focus(painter)

    def _y(self, value: float, top: float) -> float:
        plot = self._plot()
        return plot.bottom() - value / top * plot.height()

    def _paint_axis(self, painter: QPainter, axis: Axis) -> None:
        plot = self._plot()
        painter.setPen(QPen(theme.color(self.palette(), Tone.TRACK), 1))
        for value in (0.0, *axis.lines):
            y = round(self._y(value, axis.top)) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_labels(self, painter: QPainter, axis: Axis) -> None:
        shown = axis.lines
        if self.height() <= _LINED_PX:
            shown = tuple(value for value in shown if value == axis.top)
        metrics = painter.fontMetrics()
        ground = QColor(self.palette().color(theme.Role.Base))
        ground.setAlphaF(0.7)
        for value in shown:
            text = self._say(value)
            width = metrics.horizontalAdvance(text) + 4
            place = QRectF(0, self._y(value, axis.top) + 1, width, metrics.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(place, 3, 3)
            painter.setPen(theme.color(self.palette(), Tone.QUIET))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    @property
    def _painted(self) -> Sequence[int]:
        """The series in the order of painting: of a stack the topmost first, the others over it."""
        numbers = range(len(self._series))
        return numbers[::-1] if self._stacked else numbers

    def _height_of(self, point: Point, number: int) -> float | None:
        """Return the value that a series is drawn at."""
        value = point.values[number]
        if value is None or not self._stacked:
            return value
        return sum(below or 0.0 for below in point.values[: number + 1])

    def _runs(self, seen: Sequence[Point], number: int, top: float) -> list[list[QPointF]]:
        """Return the lines of a series: the largest value of each column of pixels."""
        runs: list[list[QPointF]] = []
        before: Point | None = None
        trail_s = max(_TRAIL, 2.2 * self._bucket_s)
        for point in seen:
            value = self._height_of(point, number)
            if value is None:
                before = None
                continue
            x, y = self._x(point.at_s), self._y(value, top)
            if before is None or point.at_s - before.at_s > trail_s:
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
            if self._stacked:
                ground = theme.mix(tint, self.palette().color(theme.Role.Base), 0.4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            ends = [QPointF(run[-1].x(), floor), QPointF(run[0].x(), floor)]
            painter.drawPolygon(QPolygonF([*run, *ends]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tint, 1.6))
        if len(run) == 1:
            painter.drawPoint(run[0])
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
        for number, series in enumerate(self._series):
            value = self._height_of(point, number)
            if value is not None:
                painter.setBrush(theme.color(self.palette(), series.tone))
                painter.setPen(QPen(self.palette().color(theme.Role.Base), 1.5))
                painter.drawEllipse(QPointF(x, self._y(value, top)), 4, 4)
        lines = self._lines(point)
        if bubble.fits(self.rect(), lines, painter.fontMetrics()):
            bubble.paint(painter, self.rect(), lines, x, self.palette())

    def _lines(self, point: Point) -> tuple[str, ...]:
        return (self._say_age(self._now_s - point.at_s), *self._told(point))

    def _tell_beside(self) -> None:
        """A chart that is too low for its bubble tells what is read in a tip beside it."""
        point = None if self._cursor_x is None else self.reading_at(self._cursor_x)
        metrics = QFontMetrics(theme.font(self.font(), Type.CAPTION))
        if point is not None and not bubble.fits(self.rect(), self._lines(point), metrics):
            place = self.mapToGlobal(QPoint(round(self._x(point.at_s)), self.height()))
            QToolTip.showText(place, "\n".join(self._lines(point)), self)

    def reading_text(self, point: Point) -> str:
        """Return what the cursor says: how long ago, and each series with its value."""
        return f"{self._say_age(self._now_s - point.at_s)}  {self._spoken(point)}"

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(self.palette(), Tone.STORED), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._cursor_x = event.position().x()
        self._tell_beside()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor_x = None
        self.update()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._cursor_x = None
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        middle = self.mapToGlobal(self.rect().center())
        self.menu_wanted.emit(event.globalPos() if by_mouse else middle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {Qt.Key.Key_Plus: -1, Qt.Key.Key_Equal: -1, Qt.Key.Key_Minus: +1}
        if event.key() in zooms:
            self.span_stepped.emit(zooms[Qt.Key(event.key())])
            return
        self._step(event)

    def _step(self, event: QKeyEvent) -> None:
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
        self._tell_beside()
        self.update()
