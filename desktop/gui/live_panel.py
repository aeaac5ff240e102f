"""The server's numbers as they are now, and for how long they have been so."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.destination import Destination
from desktop.gui import theme
from desktop.gui.cards import Choice, Text
from desktop.gui.chart_menu import ChartMenu, span_names
from desktop.gui.memory_card import MemoryCard
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.server_cards import Need, ServerCard
from desktop.gui.theme import Role, Type
from desktop.gui.throughput_card import ThroughputCard
from desktop.gui.totals import Totals
from desktop.gui.words import QtWords
from desktop.past import Moment
from desktop.sample import OLD_AFTER_S, Sample

WIDTH = 360
_TICK_MS = 500


class LivePanel(QWidget):
    """Cards beside the list, or a row of small ones below it where the window is narrow."""

    def __init__(
        self,
        words: QtWords,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._clock = words, clock
        self._sample: Sample | None = None
        self._sent: tuple[float, int] | None = None
        self._sent_bytes = 0
        self._totals = Totals()
        self._used_id = ""
        self.setAccessibleName(self.tr("The server's numbers"))
        self.throughput = ThroughputCard(words)
        self.memory = MemoryCard(words)
        self.server = ServerCard(words)
        self._cards_shown = (self.throughput, self.memory, self.server)
        self._menus: tuple[ChartMenu, ...] = (*self.throughput.menus, *self.memory.menus)
        self._arrange()
        for menu in self._menus:
            menu.span_wanted.connect(self.show_span)
        self.show_span(0)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start()
        self.on_tick()

    def _arrange(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.S)
        outer.addWidget(self._make_head())
        inside = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom, inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.M)
        for card, share in ((self.throughput, 3), (self.memory, 3), (self.server, 0)):
            self._cards.addWidget(card, share)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setVerticalScrollBar(SlimScrollBar(Role.Window))
        outer.addWidget(self._scroll, 1)

    def _make_head(self) -> QWidget:
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(self.tr("Live"), Type.TITLE))
        row.addSpacing(theme.S)
        self.age = Text("", Type.CAPTION, Role.PlaceholderText)
        self.age.setAccessibleName(self.tr("Age of these numbers"))
        row.addWidget(self.age)
        row.addStretch(1)
        self.span = Choice(self.tr("Time shown"), span_names())
        self.span.chosen.connect(self.show_span)
        row.addWidget(self.span)
        return self._head

    def set_compact(self, compact: bool) -> None:
        """Stand beside the list, or below it as one row."""
        direction = QBoxLayout.Direction
        self._cards.setDirection(direction.LeftToRight if compact else direction.TopToBottom)
        self._cards.setSpacing(theme.S if compact else theme.M)
        for number, card in enumerate((self.throughput, self.memory, self.server)):
            card.set_compact(compact)
            self._cards.setStretch(number, 1 if compact or number < 2 else 0)
        self._head.setVisible(not compact)
        self.setMinimumWidth(0 if compact else WIDTH)
        self.setMaximumWidth(16777215 if compact else WIDTH)
        self.setFixedHeight(118) if compact else self._free_height()

    def _free_height(self) -> None:
        self.setMinimumHeight(0)
        self.setMaximumHeight(16777215)

    def forget(self) -> None:
        """Another server is looked at: show nothing until it has told its numbers."""
        self._sample = self._sent = None
        for card in self._cards_shown:
            card.forget()
        self.on_tick()

    @Slot(int)
    def show_span(self, number: int) -> None:
        """Let all charts show one of `chart_menu.SPANS_S`."""
        self.span.choose(number)
        for menu in self._menus:
            menu.set_span(number)

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """What goes to this server is what its disk must hold."""
        self._used_id = destination.id
        self._show_need()

    def show_limit(self, bytes_per_s: float | None) -> None:
        """Show that no more than this is to be sent; None for no limit."""
        self.throughput.show_limit(bytes_per_s)

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        self._sent_bytes = totals.sent_ever_bytes
        self._totals = totals
        self._show_need()

    def _show_need(self) -> None:
        sums = self._totals.to(self._used_id)
        self.server.show_need(Need(sums.left_bytes, sums.unpromised_bytes, frozenset(sums.uploads)))

    @Slot(object)
    def on_recalled(self, past: Sequence[Moment]) -> None:
        """The server tells how it went before this window looked."""
        self.throughput.show_past(past)
        self.memory.show_past(past)

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        before, self._sample = self._sample, sample
        now = sample.received_at
        self.throughput.show_rates(now, self._sent_per_s(now), _stored_per_s(before, sample))
        self.memory.show_status(now, sample.status)
        self.server.show_status(sample.status)
        self.on_tick()

    def _sent_per_s(self, now: float) -> float:
        before_at, before = self._sent or (now, self._sent_bytes)
        self._sent = (now, self._sent_bytes)
        passed = now - before_at
        return (self._sent_bytes - before) / passed if passed > 0 else 0.0

    @property
    def age_s(self) -> float | None:
        return None if self._sample is None else self._sample.age_s(self._clock())

    @property
    def is_old(self) -> bool:
        age = self.age_s
        return age is None or age > OLD_AFTER_S

    @Slot()
    def on_tick(self) -> None:
        """Let old numbers look old, without anybody telling."""
        old, age = self.is_old, self.age_s
        for card in self._cards_shown:
            card.set_old(old)
            card.set_age(self._words.ago(age) if old and age is not None else "")
        if age is None:
            told = self.tr("no numbers yet")
        else:
            told = self._words.ago(age) if old else self.tr("now")
        if told != self.age.text():
            self.age.setText(told)
            self.setToolTip(self.tr("Numbers of the server: {age}").format(age=told))
        if old and age is not None:
            self._advance(self._clock())

    def _advance(self, now: float) -> None:
        for chart in (*self.throughput.charts, *self.memory.charts):
            chart.advance(now)


def _stored_per_s(before: Sample | None, now: Sample) -> float | None:
    """Return the rate between two readings by the server's own clock and count."""
    if before is None:
        return now.status.traffic.bytes_per_s
    passed = now.status.uptime_s - before.status.uptime_s
    taken = now.status.traffic.received_bytes - before.status.traffic.received_bytes
    if passed <= 0 or taken < 0:
        return now.status.traffic.bytes_per_s
    return taken / passed
