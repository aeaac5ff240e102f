"""A chart to keep: as a picture, and as a table that any spreadsheet opens."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRect, QSaveFile, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.gui import theme
from desktop.gui.charts import TimeChart
from desktop.gui.theme import Role, Type

_RATIO = 2.0
_LEAST = QSize(640, 240)
_EDGE = theme.L


def as_table(chart: TimeChart, unit: str, epoch_of: Callable[[float], float]) -> str:
    """Return what the chart shows as comma-separated values (RFC 4180), a line a second.

    Args:
        chart: with the span that is meant.
        unit: of all its values, for the headings.
        epoch_of: turns the chart's times into seconds since the epoch.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["time", *(f"{series.label} ({unit})" for series in chart.series)])
    for point in chart.shown:
        moment = datetime.datetime.fromtimestamp(epoch_of(point.at_s)).astimezone()
        values = ["" if value is None else f"{value:.0f}" for value in point.values]
        rows.writerow([moment.isoformat(timespec="seconds"), *values])
    return text.getvalue()


def as_picture(chart: TimeChart, heading: str) -> QPixmap:
    """Return the chart under its heading, with its colours named, on the ground it stands on."""
    plot = chart.size().expandedTo(_LEAST)
    line = chart.fontMetrics().height()
    whole = QSize(plot.width() + 2 * _EDGE, plot.height() + 2 * _EDGE + 2 * (line + theme.S))
    picture = QPixmap(whole * _RATIO)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(chart.palette().color(Role.Base))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(chart.font(), Type.NAME))
    painter.setPen(chart.palette().color(Role.Text))
    place = QRect(_EDGE, _EDGE, plot.width(), line)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, heading)
    _paint_names(painter, chart, place.translated(0, line + theme.XS))
    painter.translate(QPoint(_EDGE, _EDGE + 2 * (line + theme.S)))
    chart.paint(painter, plot)
    painter.end()
    return picture


def _paint_names(painter: QPainter, chart: TimeChart, line: QRect) -> None:
    painter.setFont(theme.font(chart.font(), Type.CAPTION))
    metrics = painter.fontMetrics()
    x = line.left()
    for series in chart.series:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(chart.palette(), series.tone))
        painter.drawRoundedRect(QRect(x, line.center().y() - 4, 10, 10), 3, 3)
        painter.setPen(theme.color(chart.palette(), theme.Tone.QUIET))
        width = metrics.horizontalAdvance(series.label)
        place = QRect(x + 10 + theme.XS + 2, line.top(), width + 2, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, series.label)
        x = place.right() + theme.L


def as_png(picture: QPixmap) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(data.data())


def write(path: str, content: bytes) -> str:
    """Write a whole file or none at all; returns what the system says went wrong, or ""."""
    file = QSaveFile(path)
    if file.open(QSaveFile.OpenModeFlag.WriteOnly):
        file.write(content)
        if file.commit():
            return ""
    return file.errorString()
