"""The cards of the live panel: throughput, memory, and disk with CPU and uploads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.gui import theme
from desktop.gui.cards import NOTHING, Card, Choice, Legend, Text
from desktop.gui.charts import Series, TimeChart
from desktop.gui.gauges import Gauge, Part
from desktop.gui.server_memory import MemoryParts
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords
from receiver.protocol import Status

translate = QCoreApplication.translate

_SPANS_S = (60.0, 600.0)
_CHART_HEIGHT = 96
_LEAST_RATE = 1e6
_LEAST_MEMORY = 32e6


class ThroughputCard(Card):
    """Bytes a second over time: handed to the line here, and stored by the server."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Throughput"))
        self._words = words
        self._span = Choice(
            translate("LivePanel", "Time shown"),
            (translate("LivePanel", "1 min"), translate("LivePanel", "10 min")),
        )
        self._span.chosen.connect(self._on_span_chosen)
        self.head.addWidget(self._span)
        self._now = Text(NOTHING, Type.DISPLAY, Role.Text)
        self._now.setAccessibleName(translate("LivePanel", "Stored each second"))
        self.body.addWidget(self._now)
        lines = (
            Series(translate("LivePanel", "Sent"), Tone.SENT),
            Series(translate("LivePanel", "Stored"), Tone.STORED),
        )
        self.chart = TimeChart(lines, words.rate, words.ago)
        self.chart.least = _LEAST_RATE
        self.chart.setAccessibleName(translate("LivePanel", "Throughput over time"))
        self.body.addWidget(self.chart, 1)
        self._legend = Legend([(line.tone, line.label) for line in lines], columns=2)
        self.body.addWidget(self._legend)

    @Slot(int)
    def _on_span_chosen(self, number: int) -> None:
        self.chart.set_span(_SPANS_S[number])

    def show_rates(self, now_s: float, sent: float, stored: float | None) -> None:
        """Add a second: bytes sent, and bytes stored as the server says; None if unknown."""
        self.chart.add(now_s, sent, stored)
        told = NOTHING if stored is None else self._words.rate(stored)
        if stored is not None:
            self._now.setText(told)
        self._legend.show_values(self._words.rate(sent), told)

    def forget(self) -> None:
        self.chart.clear()
        self._now.setText(NOTHING)
        self._legend.clear()

    def set_old(self, old: bool) -> None:
        self._now.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._legend.setVisible(not compact)
        self._span.setVisible(not compact)
        self.chart.setMinimumHeight(30 if compact else _CHART_HEIGHT)
        self._now.setFont(theme.font(self._now.font(), Type.NAME if compact else Type.DISPLAY))


class MemoryCard(Card):
    """The server's memory: who has it now, and how it went."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Memory of the server"))
        self._words = words
        self._whose = Choice(
            translate("LivePanel", "Memory shown"),
            (translate("LivePanel", "Receiver"), translate("LivePanel", "Machine")),
        )
        self._whose.chosen.connect(self._on_whose_chosen)
        self.head.addWidget(self._whose)
        self._told = Text(NOTHING, Type.TITLE, Role.Text)
        self.gauge = Gauge(translate("LivePanel", "Memory of the server in use"))
        self._legend = Legend(
            (
                (Tone.STORED, translate("LivePanel", "This receiver")),
                (Tone.OTHERS, translate("LivePanel", "Everything else")),
                (Tone.CACHE, translate("LivePanel", "Page cache")),
                (Tone.TRACK, translate("LivePanel", "Free")),
                (Tone.WAITS, translate("LivePanel", "Budget for uploads")),
            )
        )
        self.receiver = TimeChart(
            (Series(translate("LivePanel", "This receiver"), Tone.STORED),), words.size, words.ago
        )
        self.machine = TimeChart(
            (
                Series(translate("LivePanel", "In use"), Tone.OTHERS),
                Series(translate("LivePanel", "This receiver"), Tone.STORED),
            ),
            words.size,
            words.ago,
        )
        self._arrange()

    def _arrange(self) -> None:
        self.receiver.least = self.machine.least = _LEAST_MEMORY
        self.receiver.setAccessibleName(translate("LivePanel", "Memory of the receiver over time"))
        self.machine.setAccessibleName(translate("LivePanel", "Memory of the machine over time"))
        for part in (self._told, self.gauge, self._legend):
            self.body.addWidget(part)
        for chart in (self.receiver, self.machine):
            self.body.addWidget(chart, 1)
        self._shown = self.receiver
        self.machine.hide()

    @Slot(int)
    def _on_whose_chosen(self, number: int) -> None:
        self._shown = (self.receiver, self.machine)[number]
        self.receiver.setVisible(number == 0)
        self.machine.setVisible(number == 1)

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
            words.size_of(parts.free, parts.total),
            words.size_of(status.budget.used_bytes, status.budget.limit_bytes),
        )
        self.receiver.set_limit(
            translate("LivePanel", "at most {size}").format(size=words.size(parts.most)), parts.most
        )
        self.receiver.add(now_s, parts.receiver)
        self.machine.add(now_s, parts.receiver + parts.others, parts.receiver)

    def forget(self) -> None:
        self._told.setText(NOTHING)
        self.gauge.show_parts(0, (), counted=0)
        self._legend.clear()
        self.receiver.set_limit("", None)
        for chart in (self.receiver, self.machine):
            chart.clear()

    def set_old(self, old: bool) -> None:
        for item in (self._told, self.gauge, self._legend):
            item.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for item in (self._legend, self._whose):
            item.setVisible(not compact)
        for chart in (self.receiver, self.machine):
            chart.setMinimumHeight(24 if compact else 64)
        self._told.setFont(theme.font(self._told.font(), Type.NAME if compact else Type.TITLE))


class ServerCard(Card):
    """Disk, CPU and running uploads of the server."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Disk of the server"))
        self._words = words
        self._told = Text(NOTHING, Type.TITLE, Role.Text)
        self.gauge = Gauge(translate("LivePanel", "Disk of the server in use"))
        self._legend = Legend(
            (
                (Tone.OTHERS, translate("LivePanel", "Used")),
                (Tone.SENT, translate("LivePanel", "Promised to uploads")),
                (Tone.TRACK, translate("LivePanel", "Free")),
            )
        )
        self._cpu = Text(NOTHING, Type.CAPTION, Role.Text)
        self._uploads = Text(NOTHING, Type.CAPTION, Role.Text)
        for part in (self._told, self.gauge, self._legend):
            self.body.addWidget(part)
        self._arrange_line()

    def _arrange_line(self) -> None:
        self.load = Gauge(translate("LivePanel", "CPU of the server"), height=6)
        self.load.setMaximumWidth(90)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self._cpu)
        line.addWidget(self.load)
        line.addStretch(1)
        line.addWidget(self._uploads)
        self.body.addLayout(line)
        self.body.addStretch(1)

    def show_status(self, status: Status) -> None:
        words, disk = self._words, status.disk
        free = max(0, disk.free_bytes - disk.promised_bytes)
        used = max(0, disk.total_bytes - disk.free_bytes)
        self._told.setText(translate("LivePanel", "{size} free").format(size=words.size(free)))
        parts = (Part(Tone.OTHERS, used), Part(Tone.SENT, disk.promised_bytes))
        self.gauge.show_parts(disk.total_bytes, parts, counted=2)
        self._legend.show_values(
            words.size(used), words.size(disk.promised_bytes), words.size_of(free, disk.total_bytes)
        )
        percent = status.cpu.percent
        self._cpu.setText(
            translate("LivePanel", "CPU {share}").format(share=words.percent(percent / 100))
        )
        self.load.show_parts(100, (Part(Tone.STORED, percent),), counted=1)
        self._uploads.setText(self._uploads_text(len(status.uploads)))

    def forget(self) -> None:
        for text in (self._told, self._cpu, self._uploads):
            text.setText(NOTHING)
        for gauge in (self.gauge, self.load):
            gauge.show_parts(0, (), counted=0)
        self._legend.clear()

    def _uploads_text(self, count: int) -> str:
        if not count:
            return translate("LivePanel", "No uploads running")
        if count == 1:
            return translate("LivePanel", "1 upload running")
        return translate("LivePanel", "{count} uploads running").format(
            count=self._words.count(count)
        )

    def set_old(self, old: bool) -> None:
        for item in (self._told, self.gauge, self._legend, self._cpu, self.load, self._uploads):
            item.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._legend.setVisible(not compact)
        self.load.setVisible(not compact)
        self._told.setFont(theme.font(self._told.font(), Type.NAME if compact else Type.TITLE))
