"""A window that is opened late shows the past, long spans keep their peaks, and charts are kept."""

from __future__ import annotations

import csv
import math
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.destination import Destination
from desktop.gui.chart_menu import SPANS_S
from desktop.gui.course import Course, Point
from desktop.gui.live_panel import LivePanel
from desktop.gui.totals import Totals
from desktop.gui.words import QtWords
from desktop.past import Moment, read_past
from desktop.sample import Sample
from desktop.transfer.events import State
from receiver.protocol import DiskStatus
from tests.gui.conftest import OpenProgram, make_file, wait_for_states
from tests.gui.listed import transfer
from tests.gui.test_live_panel import MIB, STATUS, Clock

NOW = 1000.0


@pytest.fixture
def panel(qtbot: QtBot) -> LivePanel:
    clock = Clock()
    made = LivePanel(QtWords(QLocale("en_US")), clock)
    qtbot.addWidget(made)
    made.resize(360, 760)
    made.show()
    made.on_sampled(Sample(STATUS, NOW, 0.0))
    return made


def moment(ago_s: float, rate: float = 0.0) -> Moment:
    return Moment(NOW - ago_s, rate, 1000 * MIB, 600 * MIB, 200 * MIB, 40 * MIB)


def test_an_hour_of_past_is_shown(panel: LivePanel) -> None:
    peak = 2000
    past = [moment(ago, 9e6 if ago == peak else 1e6) for ago in range(3500, 0, -1)]
    for start in range(0, len(past), 400):
        panel.on_recalled(past[start : start + 400])
    chart = panel.throughput.chart
    QTest.keyClick(chart, Qt.Key.Key_Minus)
    QTest.keyClick(chart, Qt.Key.Key_Minus)
    assert panel.memory.machine.shown[0].values == (40 * MIB, 360 * MIB, 200 * MIB)
    assert len(chart.shown) == 3501
    drawn = chart._visible()
    assert len(drawn) < chart.width()
    assert max(point.values[1] or 0 for point in drawn) == 9e6
    read = chart.reading_at(chart._x(NOW - peak))
    assert read is not None
    assert read.values == (None, 9e6)
    assert abs(NOW - peak - read.at_s) < 60


def test_the_built_in_receiver_tells_a_new_window_what_was_before(
    qtbot: QtBot, open_program: OpenProgram, tmp_path: Path
) -> None:
    program = open_program(make_file(tmp_path / "a.bin", 8 * MIB))
    wait_for_states(qtbot, program, State.STORED)
    chart = program.window.panel.throughput.chart
    qtbot.waitUntil(lambda: len(chart.shown) > 2)
    server = program.monitor._server
    program.window.panel.forget()
    assert not chart.shown
    assert server is not None
    program.monitor.watch(replace(server))

    def past_is_there() -> bool:
        return any((point.values[1] or 0) > 0 and point.values[0] is None for point in chart.shown)

    qtbot.waitUntil(past_is_there)
    ages = [time.monotonic() - point.at_s for point in chart.shown]
    assert all(-1 < age < 60 for age in ages)


def test_our_own_points_stay_and_gaps_are_filled() -> None:
    course = Course(100.0)
    for at_s in (0.0, 1.0, 7.0):
        course.add(Point(at_s, (1.0,)))
    course.merge(Point(at_s + 0.2, (2.0,)) for at_s in range(9))
    assert [point.values[0] for point in course.since(0.0)] == [1, 1, 2, 2, 2, 2, 2, 1, 2]
    course.add(Point(101.5, (3.0,)))
    assert course.since(-math.inf)[0].at_s == 2.2


def test_buckets_hold_still_while_time_goes_on() -> None:
    course = Course(1000.0)
    for second in range(200):
        course.add(Point(float(second), (float(second % 17), None)))
    before = {point.at_s: point for point in course.peaks(0.0, 6.0)[:-1]}
    course.add(Point(200.0, (99.0, None)))
    after = {point.at_s: point for point in course.peaks(0.0, 6.0)}
    assert before.items() <= after.items()
    assert max(point.values[0] or 0 for point in after.values()) == 99
    assert all(point.values[1] is None for point in after.values())


COLUMNS = (
    "time",
    "bytes_per_s",
    "memory_total_bytes",
    "memory_available_bytes",
    "page_cache_bytes",
    "receiver_bytes",
)


def test_the_past_is_read_on_our_clock() -> None:
    (first, second) = read_past({name: [2, 1.5] for name in COLUMNS}, 10.0)
    assert (first.at_s, second.at_s) == (11.5, 12.0)


@pytest.mark.parametrize(
    "odd", [None, [], {"time": [1]}, {"time": [1, float("nan")]}, {"time": "12"}, {"time": [1, ""]}]
)
def test_a_strange_past_is_none(odd: object) -> None:
    data = {**{name: [1, 2] for name in COLUMNS}, **odd} if isinstance(odd, dict) else odd
    with pytest.raises(ValueError, match=r"missing|differ|numbers"):
        read_past(data, 0.0)


def test_a_chart_is_kept_as_picture_and_as_table(
    panel: LivePanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.on_recalled([moment(30, 5e6), moment(20, 6e6)])
    for number, name in ((0, "chart.png"), (1, "chart")):
        chosen = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=chosen: (path, ""))
        QTest.keyClick(panel.throughput.menu.button, Qt.Key.Key_Space)
        (menu,) = panel.throughput.chart.findChildren(QMenu)
        saves = [one for one in menu.actions() if "Save" in one.text()]
        saves[number].trigger()
        menu.close()
        menu.setParent(None)
    assert QImage(str(tmp_path / "chart.png")).width() > 600
    with (tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))
    assert rows[0] == ["time", "Sent (bytes/s)", "Stored (bytes/s)"]
    assert [row[1:] for row in rows[1:]] == [["", "5000000"], ["", "6000000"], ["0", "0"]]


def test_a_chart_that_cannot_be_kept_says_so(
    panel: LivePanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = str(tmp_path / "missing" / "chart.png")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (nowhere, ""))
    panel.throughput.menu._on_picture()
    (box,) = panel.window().findChildren(QMessageBox)
    assert nowhere in box.text()
    box.close()


def test_all_charts_show_the_same_time(panel: LivePanel) -> None:
    for number, span_s in enumerate(SPANS_S):
        QTest.mouseClick(panel.span._group.button(number), Qt.MouseButton.LeftButton)
        charts = (*panel.throughput.charts, *panel.memory.charts)
        assert {chart._span_s for chart in charts} == {span_s}


def test_the_disk_shows_what_the_list_still_needs(panel: LivePanel) -> None:
    totals = Totals()
    for one in (
        transfer(1, state=State.UPLOADING, stored_bytes=400, server_id="far", upload_id="a"),
        transfer(2, server_id="far"),
        transfer(3, server_id="elsewhere"),
        transfer(4, state=State.STORED, stored_bytes=1000, server_id="far"),
    ):
        totals.replace(None, one)
    panel.on_totals_changed(totals)
    panel.on_chosen(Destination("far", "office", "office"))
    tip = panel.server.gauge.toolTip()
    assert "This list needs: 2 kB" in tip
    assert panel.server._told.text() == "800 bytes too little"
    assert panel.server._uploads.text() == "Uploads: 1 yours, 1 others’"
    roomy = replace(STATUS, disk=DiskStatus("Wherry", 9000, 5000, 100, 4000))
    panel.on_sampled(Sample(roomy, NOW + 1, 0.0))
    assert panel.server._told.text() == "5 of 9 kB free"
