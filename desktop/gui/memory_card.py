"""The card of the server's memory: who has it now, and how it went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Slot

from desktop.gui import theme
from desktop.gui.cards import NOTHING, Card, Choice, ElidedText, Legend
from desktop.gui.chart_menu import ChartMenu
from desktop.gui.charts import Series, TimeChart
from desktop.gui.course import Point
from desktop.gui.gauges import Gauge, Part
from desktop.gui.server_memory import MemoryParts
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords
from desktop.past import Moment
from receiver.protocol import Status

translate = QCoreApplication.translate

_CHART_HEIGHT = 64
_LEAST_MEMORY = 32e6


class MemoryCard(Card):
    """A gauge, its legend, and two charts of which one is shown: the receiver's and the machine's.

    Each is the other's context: what the receiver takes is a thin line on a large machine.
    """

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Memory of the server"))
        self._words = words
        self._compact = False
        self._whose = Choice(
            translate("LivePanel", "Memory shown"),
            (translate("LivePanel", "Receiver"), translate("LivePanel", "Machine")),
        )
        self._whose.chosen.connect(self._on_whose_chosen)
        self._told = ElidedText(NOTHING, Type.TITLE, Role.Text)
        self.gauge = Gauge(translate("LivePanel", "Memory of the server in use"))
        receiver = Series(translate("LivePanel", "This receiver"), Tone.STORED)
        others = Series(translate("LivePanel", "Everything else"), Tone.OTHERS)
        cache = Series(translate("LivePanel", "Page cache"), Tone.CACHE)
        self._legend = Legend(
            (
                (receiver.tone, receiver.label),
                (others.tone, others.label),
                (cache.tone, cache.label),
                (Tone.TRACK, translate("LivePanel", "Free")),
                (Tone.WAITS, translate("LivePanel", "Budget for uploads")),
            ),
            columns=2,
        )
        self.receiver = TimeChart((receiver,), words.size, words.ago)
        self.machine = TimeChart((receiver, others, cache), words.size, words.ago, stacked=True)
        self.receiver.setAccessibleName(translate("LivePanel", "Memory of the receiver over time"))
        self.machine.setAccessibleName(translate("LivePanel", "Memory of the machine over time"))
        self.menus = tuple(ChartMenu(chart, "bytes") for chart in self.charts)
        self._arrange()

    @property
    def charts(self) -> Sequence[TimeChart]:
        return (self.receiver, self.machine)

    def _arrange(self) -> None:
        self.head.addWidget(self._whose)
        for menu in self.menus:
            self.head.addWidget(menu.button)
        for part in (self._told, self.gauge, self._legend):
            self.body.addWidget(part)
        for chart in self.charts:
            chart.least = _LEAST_MEMORY
            self.body.addWidget(chart, 1)
        self._on_whose_chosen(0)

    @Slot(int)
    def _on_whose_chosen(self, number: int) -> None:
        for place, chart in enumerate(self.charts):
            chart.setVisible(place == number)
            self.menus[place].button.setVisible(place == number)

    def show_status(self, now_s: float, status: Status) -> None:
        words, parts = self._words, MemoryParts.of(status)
        self._told.setText(
            translate("LivePanel", "{used} used by the receiver").format(
                used=words.size(parts.receiver)
            )
        )
        self.gauge.show_parts(
            parts.total,
            (
                Part(Tone.STORED, parts.receiver),
                Part(Tone.OTHERS, parts.others),
                Part(Tone.CACHE, parts.cache),
            ),
            counted=2,
            mark=parts.most,
        )
        self._legend.show_values(
            words.size(parts.receiver),
            words.size(parts.others),
            words.size(parts.cache),
            words.size(parts.free),
            words.size_of(status.budget.used_bytes, status.budget.limit_bytes),
        )
        self.gauge.setToolTip(self._legend.in_words())
        self._show_limits(parts)
        self.receiver.add(now_s, parts.receiver)
        self.machine.add(now_s, parts.receiver, parts.others, parts.cache)

    def _show_limits(self, parts: MemoryParts) -> None:
        most = translate("LivePanel", "at most {size}").format(size=self._words.size(parts.most))
        whole = translate("LivePanel", "{size} in all").format(size=self._words.size(parts.total))
        self.receiver.set_limit(most, parts.most)
        self.machine.set_limit(whole, parts.total or None)

    def show_past(self, past: Sequence[Moment]) -> None:
        """Add what the server remembers."""
        parts = [(moment.at_s, MemoryParts.of_past(moment)) for moment in past]
        self.receiver.recall(Point(at_s, (one.receiver,)) for at_s, one in parts)
        self.machine.recall(
            Point(at_s, (one.receiver, one.others, one.cache)) for at_s, one in parts
        )

    def forget(self) -> None:
        self._told.setText(NOTHING)
        self.gauge.show_parts(0, (), counted=0)
        self.gauge.setToolTip("")
        self._legend.clear()
        for chart in self.charts:
            chart.set_limit("", None)
            chart.clear()

    def set_old(self, old: bool) -> None:
        for item in (self._told, self.gauge, self._legend):
            item.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for item in (self._legend, self._whose):
            item.setVisible(not compact)
        for chart in self.charts:
            chart.setMinimumHeight(24 if compact else _CHART_HEIGHT)
        self._told.setFont(theme.font(self._told.font(), Type.NAME if compact else Type.TITLE))
