"""The live panel: true numbers, values under the cursor, and old numbers that look old."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.charts import Series, TimeChart
from desktop.gui.gauges import Gauge, Part
from desktop.gui.live_panel import LivePanel
from desktop.gui.scale import ticks
from desktop.gui.server_memory import MemoryParts
from desktop.gui.theme import Tone
from desktop.gui.totals import Totals
from desktop.gui.words import QtWords
from desktop.sample import Sample
from receiver.protocol import (
    BudgetStatus,
    CpuStatus,
    DiskStatus,
    MemoryStatus,
    Status,
    TrafficStatus,
    UploadStatus,
)

MIB = 1 << 20
STATUS = Status(
    service="wherry",
    uptime_s=100.0,
    memory=MemoryStatus(1000 * MIB, 600 * MIB, "cgroup2", 50 * MIB, 60 * MIB, 250 * MIB),
    budget=BudgetStatus(64 * MIB, 16 * MIB, 8 * MIB),
    disk=DiskStatus("Wherry", 1000, 400, 100, 200),
    cpu=CpuStatus(25.0, 2),
    traffic=TrafficStatus(1_000_000, 0.0),
    uploads=(UploadStatus(id="a"), UploadStatus(id="b")),
)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, clock: Clock) -> LivePanel:
    made = LivePanel(QtWords(QLocale("en_US")), clock)
    qtbot.addWidget(made)
    made.resize(348, 760)
    made.show()
    return made


def later(seconds: float, received_bytes: int) -> Sample:
    traffic = TrafficStatus(received_bytes, 0.0)
    status = replace(STATUS, uptime_s=STATUS.uptime_s + seconds, traffic=traffic)
    return Sample(status, 1000.0 + seconds, 0.01)


def test_nothing_is_claimed_before_the_first_answer(panel: LivePanel) -> None:
    assert panel.is_old
    assert panel.age.text() == "no numbers yet"


def test_the_numbers_of_now(panel: LivePanel, clock: Clock) -> None:
    panel.on_sampled(later(0, 1_000_000))
    totals = Totals()
    totals.sent_ever_bytes = 9_000_000
    panel.on_totals_changed(totals)
    clock.now += 2
    panel.on_sampled(later(2, 9_000_000))
    assert panel.age.text() == "now"
    last = panel.throughput.chart.reading_at(10_000)
    assert last is not None
    assert last.values == pytest.approx((4_500_000, 4_000_000))


def test_old_numbers_look_old(panel: LivePanel, clock: Clock) -> None:
    panel.on_sampled(later(0, 1))
    fresh = panel.memory.gauge.grab().toImage().pixelColor(4, 7)
    clock.now += 2.9
    panel.on_tick()
    assert not panel.is_old
    clock.now += 9.1
    panel.on_tick()
    assert panel.is_old
    assert panel.age.text() == "12 s ago"
    assert "12 s ago" in panel.memory.heading.text()
    grey = panel.memory.gauge.grab().toImage().pixelColor(4, 7)
    assert fresh.hslSaturationF() > 0.5
    assert grey.hslSaturationF() < 0.25
    panel.on_sampled(later(12, 2))
    assert panel.age.text() == "now"
    assert panel.memory.heading.text() == "Memory of the server"


def test_the_age_counts_from_the_question(clock: Clock) -> None:
    assert Sample(STATUS, 1000.0, 2.5).age_s(1001.0) == pytest.approx(3.5)


def test_memory_parts_add_up() -> None:
    parts = MemoryParts.of(STATUS)
    assert parts.receiver == 50 * MIB
    assert parts.others == 350 * MIB
    assert parts.cache == 250 * MIB
    assert parts.free == 350 * MIB
    assert parts.receiver + parts.others + parts.cache + parts.free == parts.total
    assert parts.most == (50 + 64 - 16) * MIB


@pytest.mark.parametrize(
    "memory",
    [
        MemoryStatus(),
        MemoryStatus(100, 500, "host", 700, 700, 900),
        MemoryStatus(100, 0, "host", 0, 0, 100),
    ],
)
def test_memory_parts_add_up_whatever_is_said(memory: MemoryStatus) -> None:
    parts = MemoryParts.of(replace(STATUS, memory=memory))
    assert min(parts.receiver, parts.others, parts.cache, parts.free) >= 0
    assert parts.receiver + parts.others + parts.cache + parts.free == parts.total


@pytest.fixture
def chart(qtbot: QtBot) -> TimeChart:
    words = QtWords(QLocale("en_US"))
    lines = (Series("Sent", Tone.SENT), Series("Stored", Tone.STORED))
    made = TimeChart(lines, words.rate, words.ago)
    qtbot.addWidget(made)
    made.resize(300, 120)
    for second in range(61):
        made.add(float(second), second * 2e6, second * 1e6)
    made.show()
    return made


@pytest.mark.parametrize(("x", "second"), [(0, 0), (150, 30), (299, 60)])
def test_the_cursor_reads_the_values_below_it(chart: TimeChart, x: int, second: int) -> None:
    point = chart.reading_at(x)
    assert point is not None
    assert point.at_s == second
    told = chart.reading_text(point)
    if second:
        rates = f"Sent {second * 2} MB/s, Stored {second} MB/s"
        assert told.endswith(rates)
    assert told.startswith(f"{60 - second} s ago") or second == 0


def test_arrow_keys_move_the_cursor(qtbot: QtBot, chart: TimeChart) -> None:
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert "Stored 58 MB/s" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert "Stored 59 MB/s" in chart.accessibleDescription()


def test_a_short_peak_is_seen_in_a_long_span(qtbot: QtBot, chart: TimeChart) -> None:
    chart.set_span(600.0)
    for second in range(61, 600):
        chart.add(float(second), 0.0, 500e6 if second == 300 else 0.0)
    stored = theme.color(chart.palette(), Tone.STORED)
    picture = chart.grab().toImage()
    column = range(140, 160)
    high = [(x, y) for x in column for y in range(20, 60)]
    assert any(picture.pixelColor(*place).name() == stored.name() for place in high)


def test_a_gap_is_no_line(chart: TimeChart) -> None:
    chart.add(70.0, 1e6, 1e6)
    assert len(chart._runs(chart._visible(), 0, 1e9)) == 2
    chart.add(71.0, 1e6, None)
    assert len(chart._runs(chart._visible(), 1, 1e9)) == 2


@pytest.mark.parametrize(
    ("highest", "lines"),
    [(0, (0.5, 1.0)), (10, (5.0, 10.0)), (112e6, (50e6, 100e6, 150e6)), (1000, (500.0, 1000.0))],
)
def test_ticks_are_round(highest: float, lines: tuple[float, ...]) -> None:
    assert ticks(highest, 3) == pytest.approx(lines)


@pytest.mark.parametrize("highest", [0.3, 1, 7, 99, 101, 4096, 123456789, 9.9e12])
def test_ticks_hold_the_highest(highest: float) -> None:
    lines = ticks(highest, 3)
    assert lines[-1] >= highest
    assert 1 <= len(lines) <= 4


def test_a_gauge_tells_its_value_and_shows_what_is_small(qtbot: QtBot) -> None:
    gauge = Gauge("Memory")
    qtbot.addWidget(gauge)
    gauge.resize(200, 14)
    parts = (Part(Tone.STORED, 1), Part(Tone.OTHERS, 4999), Part(Tone.CACHE, 1000))
    gauge.show_parts(10_000, parts, counted=2)
    assert gauge.value() == 500
    assert gauge.widths() == pytest.approx((3.0, 99.98, 20.0))
    gauge.show_parts(0, parts, counted=2)
    assert gauge.value() == 0


def test_a_gauge_waits_for_its_turn_to_be_painted(qtbot: QtBot) -> None:
    """What paints at once has all else painted that is due in its window, a long list too."""

    class Watched(Gauge):
        painted = 0

        def event(self, event: QEvent) -> bool:
            self.painted += event.type() is QEvent.Type.Paint
            return super().event(event)

    gauge = Watched("Memory")
    qtbot.addWidget(gauge)
    with qtbot.waitExposed(gauge):
        gauge.show()
    qtbot.waitUntil(lambda: gauge.painted > 0)
    before = gauge.painted
    gauge.show_parts(10_000, [Part(Tone.STORED, 500)], counted=1)
    assert gauge.painted == before
    qtbot.waitUntil(lambda: gauge.painted > before)


@pytest.mark.parametrize("height", [48, 64, 96, 200])
@pytest.mark.parametrize("limit", [61e6, 94e6, 100e6])
def test_the_label_of_the_limit_stands_above_its_line(
    chart: TimeChart, height: int, limit: float
) -> None:
    """Below the line runs the data."""
    chart.resize(300, height)
    chart.set_limit("at most", limit)
    top = chart._axis(chart._visible()).top
    line = chart._y(max(limit, *chart.shown[-1].values), top)  # type: ignore[arg-type, type-var]
    assert line >= chart.fontMetrics().height() * 0.9
