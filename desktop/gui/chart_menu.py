"""What can be done with a chart: how much time it shows, and keeping it as a file."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from desktop.gui import chart_file, icons
from desktop.gui.buttons import Button, Look
from desktop.gui.charts import TimeChart

translate = QCoreApplication.translate

SPANS_S = (60.0, 600.0, 3600.0)


def span_names() -> tuple[str, ...]:
    """Return what the spans are called, in their order."""
    return (
        translate("ChartMenu", "1 min"),
        translate("ChartMenu", "10 min"),
        translate("ChartMenu", "60 min"),
    )


class ChartMenu(QObject):
    """A small button, and the same menu on the chart itself.

    Signals:
        span_wanted: the number of a span of `SPANS_S`.

    Attributes:
        button: opens the menu; to be put beside the chart's heading.
    """

    span_wanted = Signal(int)

    def __init__(
        self, chart: TimeChart, unit: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Give a chart, whose accessible name is its heading, a menu.

        Args:
            chart: also the owner of this.
            unit: of its values, for a table.
            clock: the one that the chart's times are of.
        """
        super().__init__(chart)
        self._chart, self._unit, self._clock = chart, unit, clock
        self._span = 0
        name = translate("ChartMenu", "{chart}: time shown, and saving")
        self.button = Button("", Look.QUIET)
        self.button.setIcon(icons.icon("more"))
        self.button.set_bare(True)
        self.button.set_small()
        self.button.setAccessibleName(name.format(chart=chart.accessibleName()))
        self.button.setToolTip(translate("ChartMenu", "Time shown, and saving"))
        self.button.clicked.connect(self._on_clicked)
        chart.menu_wanted.connect(self._on_menu_wanted)
        chart.span_stepped.connect(self._on_span_stepped)

    def set_span(self, number: int) -> None:
        self._span = number
        self._chart.set_span(SPANS_S[number])

    @Slot(int)
    def _on_span_stepped(self, step: int) -> None:
        self.span_wanted.emit(min(max(0, self._span + step), len(SPANS_S) - 1))

    @Slot()
    def _on_clicked(self) -> None:
        below = QPoint(0, self.button.height())
        self.make_menu().popup(self.button.mapToGlobal(below))

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        self.make_menu().popup(place)

    def make_menu(self) -> QMenu:
        """Build the menu as it is now."""
        menu = QMenu(self._chart)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        spans = QActionGroup(menu)
        for number, text in enumerate(span_names()):
            entry = menu.addAction(translate("ChartMenu", "Show {time}").format(time=text))
            entry.setCheckable(True)
            entry.setChecked(number == self._span)
            entry.setData(number)
            spans.addAction(entry)
        spans.triggered.connect(self._on_span_chosen)
        menu.addSeparator()
        save = icons.icon("save")
        menu.addAction(save, translate("ChartMenu", "Save as &picture…"), self._on_picture)
        menu.addAction(save, translate("ChartMenu", "Save as &table…"), self._on_table)
        copy = icons.icon("copy")
        menu.addAction(copy, translate("ChartMenu", "&Copy the picture"), self._on_copy)
        return menu

    @Slot(QAction)
    def _on_span_chosen(self, entry: QAction) -> None:
        self.span_wanted.emit(entry.data())

    @Slot()
    def _on_picture(self) -> None:
        path = self._ask(translate("ChartMenu", "Save the chart as a picture"), ".png")
        if path:
            self._write(path, chart_file.as_png(self._picture()))

    @Slot()
    def _on_table(self) -> None:
        path = self._ask(translate("ChartMenu", "Save the chart as a table"), ".csv")
        if path:
            ahead_s = time.time() - self._clock()
            text = chart_file.as_table(self._chart, self._unit, lambda at_s: at_s + ahead_s)
            self._write(path, text.encode("utf-8-sig"))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self._picture())

    def _picture(self) -> QPixmap:
        return chart_file.as_picture(self._chart, self._chart.accessibleName())

    def _ask(self, title: str, ending: str) -> str:
        """Return where to save it, or nothing."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        moment = f"{datetime.datetime.now():%Y-%m-%d %H.%M}"
        name = f"{self._chart.accessibleName()} {moment}{ending}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._chart.window(), title, str(Path(folder) / name), f"*{ending}"
        )
        return chosen if not chosen or Path(chosen).suffix else chosen + ending

    def _write(self, path: str, content: bytes) -> None:
        error = chart_file.write(path, content)
        if not error:
            return
        told = translate(
            "ChartMenu",
            "The chart could not be saved as {file}: {reason}. Choose another folder.",
        )
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Wherry",
            told.format(file=path, reason=error),
            QMessageBox.StandardButton.Ok,
            self._chart.window(),
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
