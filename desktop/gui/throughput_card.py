"""The card of the throughput: bytes a second, handed to the line and stored, over time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.gui import theme
from desktop.gui.cards import NOTHING, Card, Legend, Text
from desktop.gui.chart_menu import ChartMenu
from desktop.gui.charts import Series, TimeChart
from desktop.gui.course import Point
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords
from desktop.past import Moment

translate = QCoreApplication.translate

_CHART_HEIGHT = 96
_LEAST_RATE = 1e6


class ThroughputCard(Card):
    """Bytes a second over time: handed to the line here, and stored by the server."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Throughput"))
        self._words = words
        self._now = Text(NOTHING, Type.DISPLAY, Role.Text)
        self._now.setAccessibleName(translate("LivePanel", "Stored each second"))
        lines = (
            Series(translate("LivePanel", "Sent"), Tone.SENT),
            Series(translate("LivePanel", "Stored"), Tone.STORED),
        )
        self.chart = TimeChart(lines, words.rate, words.ago)
        self.chart.least = _LEAST_RATE
        self.chart.setAccessibleName(translate("LivePanel", "Throughput over time"))
        self.menu = ChartMenu(self.chart, "bytes/s")
        self.head.addWidget(self.menu.button)
        self._legend = Legend([(line.tone, line.label) for line in lines], columns=2)
        self.body.addWidget(self._now)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self._legend)

    @property
    def charts(self) -> Sequence[TimeChart]:
        return (self.chart,)

    @property
    def menus(self) -> Sequence[ChartMenu]:
        return (self.menu,)

    def show_rates(self, now_s: float, sent: float, stored: float | None) -> None:
        """Add a second: bytes sent, and bytes stored as the server says; None if unknown."""
        self.chart.add(now_s, sent, stored)
        told = NOTHING if stored is None else self._words.rate(stored)
        if stored is not None:
            self._now.setText(told)
        self._legend.show_values(self._words.rate(sent), told)

    def show_limit(self, bytes_per_s: float | None) -> None:
        """Draw the speed limit; None for none. What it is stands on its button."""
        self.chart.set_limit("", bytes_per_s)

    def show_past(self, past: Sequence[Moment]) -> None:
        """Add what the server remembers; what was sent from here it does not know."""
        self.chart.recall(Point(one.at_s, (None, one.bytes_per_s)) for one in past)

    def forget(self) -> None:
        self.chart.clear()
        self._now.setText(NOTHING)
        self._legend.clear()

    def set_old(self, old: bool) -> None:
        self._now.set_old(old)
        self._legend.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._legend.setVisible(not compact)
        self.chart.setMinimumHeight(30 if compact else _CHART_HEIGHT)
        self._now.setFont(theme.font(self._now.font(), Type.NAME if compact else Type.DISPLAY))
