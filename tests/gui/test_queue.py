"""The list: which rows change, what the bar shows, what the summary says."""

from __future__ import annotations

import random
import sys

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QPainter, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.destination import Destination
from desktop.gui import theme
from desktop.gui.buttons import ActionButton
from desktop.gui.listing import FolderRow, Listing
from desktop.gui.queue_model import QueueModel
from desktop.gui.queue_view import QueueView
from desktop.gui.row_actions import RowAction, actions_for, dropped, toggled
from desktop.gui.row_delegate import paint_bar
from desktop.gui.summary_bar import SummaryBar
from desktop.gui.theme import Scheme, Tone
from desktop.gui.totals import Sums, Totals, summary_line
from desktop.gui.words import QtWords, isolated
from desktop.transfer.events import (
    Changed,
    Gathered,
    Problem,
    ProblemKind,
    Removed,
    State,
    Transfer,
)
from receiver.protocol import Route
from tests.gui.listed import chosen_ids, folder, ids, inside, remove, show, tell, transfer

GB = 1_000_000_000


@pytest.fixture
def words() -> QtWords:
    return QtWords()


@pytest.fixture
def model(qtbot: QtBot, words: QtWords) -> QueueModel:
    made = QueueModel(words)
    show(made, *(transfer(number) for number in range(1, 11)))
    return made


def test_changes_touch_no_row_that_stays(model: QueueModel) -> None:
    moved, resets = QSignalSpy(model.layoutChanged), QSignalSpy(model.modelReset)
    show(model, *(transfer(number, stored_bytes=5) for number in (3, 2, 8)))
    assert moved.count() == resets.count() == 0
    assert [one.stored_bytes for one in model.listing.transfers()] == [0, 5, 5, 0, 0, 0, 0, 5, 0, 0]


def test_new_rows_come_at_the_end_in_one_step(model: QueueModel) -> None:
    inserted = QSignalSpy(model.rowsInserted)
    show(model, transfer(20), transfer(3, sent_bytes=1), transfer(21))
    assert inserted.count() == 1
    assert inserted.at(0)[1:] == [10, 11]
    assert ids(model)[10:] == [20, 21]


def test_rows_leave_and_selection_and_current_row_stay(qtbot: QtBot, words: QtWords) -> None:
    """However many leave, and from wherever."""
    chance = random.Random(3)
    for count in (10, 3000):
        model = QueueModel(words)
        view = QueueView(model, words)
        qtbot.addWidget(view)
        show(model, *(transfer(number) for number in range(1, count + 1)))
        chosen = chance.randrange(1, count + 1)
        view.selectRow(chosen - 1)
        left = set(range(1, count + 1)) - {chosen}
        while left:
            gone = set(chance.sample(sorted(left), (len(left) + 1) // 2))
            left -= gone
            remove(model, *gone, 99_999)
            assert ids(model) == sorted(left | {chosen})
            assert chosen_ids(view) == [chosen]
            assert model.at(view.currentIndex().row()) == transfer(chosen)


def test_what_one_looks_at_stays_where_it_is(qtbot: QtBot, words: QtWords) -> None:
    model = QueueModel(words)
    view = QueueView(model, words)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    show(model, *(transfer(number) for number in range(1, 401)))
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    view.scrollTo(model.index(200), QueueView.ScrollHint.PositionAtTop)
    top = view.rowViewportPosition(200)
    remove(model, *range(1, 100), *range(150, 170))
    assert view.rowViewportPosition(model.row_of(201) or 0) == top
    tell(model, Gathered(folder()), *(Changed(inside(folder(), one)) for one in range(900, 950)))
    assert view.rowViewportPosition(model.row_of(201) or 0) == top
    model.set_open(-1, True)
    assert ids(model)[:3] == [-1, 900, 901]
    assert view.rowViewportPosition(model.row_of(201) or 0) == top


def test_totals_follow_any_course_of_changes(qtbot: QtBot, words: QtWords) -> None:
    chance = random.Random(7)
    model = QueueModel(words)
    above = [folder(-1, "a"), folder(-2, "b", 20.5)]
    tell(model, *map(Gathered, above))
    for _ in range(600):
        number = chance.randrange(1, 31)
        if chance.random() < 0.2:
            remove(model, number)
            continue
        size = chance.randrange(1, 1000)
        stored, state = chance.randrange(size + 1), chance.choice(list(State))
        rate = chance.choice([None, 10.0])
        values = {"size_bytes": size, "stored_bytes": stored, "state": state, "bytes_per_s": rate}
        if number % 3:
            tell(model, Gathered(above[number % 2]))
            show(model, inside(above[number % 2], number, **values))
        else:
            show(model, transfer(number, **values))
    fresh = Totals()
    for one in model.listing.transfers():
        fresh.replace(None, one)
    assert model.totals.states.total() == len(model.listing.transfers())
    for top in above:
        row, sums = model.listing.row(top.id), Sums()
        for file in model.listing.transfers():
            if file.folder == top.id:
                sums.add(file)
        assert isinstance(row, FolderRow)
        assert row.states == +sums.states
        assert (row.size_bytes, row.stored_bytes) == (sums.size_bytes, sums.stored_bytes)
        assert (row.bytes_per_s or 0) == sums.bytes_per_s
    assert +model.totals.states == +fresh.states
    assert model.totals.size_bytes == fresh.size_bytes
    assert model.totals.stored_bytes == fresh.stored_bytes
    assert model.totals.all.moving == fresh.all.moving
    check_kinds(model.listing)


def check_kinds(listing: Listing) -> None:
    """What is said of many rows at once must be true of each of them, and leave none out."""
    *files, gone = listing.transfers()
    listing.take(Removed((gone.id,)))
    of_no_folder = [one for one in files if one.folder != -1]
    for numbers, meant in (
        ([gone.id, *(one.id for one in files)], files),
        ([-1, *(one.id for one in files)], of_no_folder),
    ):
        kinds = [kind for kind in listing.kinds(numbers) if kind.row.id > 0]
        told = {number: kind.row.state for kind in kinds for number in kind.ids}
        assert told == {one.id: one.state for one in meant}
        assert len(kinds) == len(set(told.values()))
    begun = [one for one in files if one.stored_bytes and not one.state.finished]
    assert sorted(listing.begun([one.id for one in files])) == sorted(begun)
    within = [one for one in begun if one.folder == -1]
    assert sorted(listing.begun([-1])) == sorted(within)


def test_what_the_server_had_before_is_not_sent_again() -> None:
    totals = Totals()
    steps = [
        transfer(1, state=State.CHECKING),
        transfer(1, state=State.UPLOADING, sent_bytes=640, resumed_from_bytes=600),
        transfer(1, state=State.WAITING_NETWORK, sent_bytes=620, resumed_from_bytes=600),
        transfer(1, state=State.UPLOADING, sent_bytes=700, resumed_from_bytes=620),
    ]
    for old, new in zip([None, *steps], steps, strict=False):
        totals.replace(old, new)
    assert totals.sent_ever_bytes == 40 + 80
    known = transfer(9, state=State.CHECKING)
    stored = known._replace(state=State.STORED, sent_bytes=1000, already_stored=True)
    totals.replace(None, known)
    totals.replace(known, stored)
    assert totals.sent_ever_bytes == 40 + 80, "the server had it"


def test_the_summary_is_one_line(words: QtWords) -> None:
    totals = Totals()
    size = round(9.8 * GB / 12)
    for number in range(12):
        stored = size if number < 3 else round((4.2 * GB - 3 * size) / 9)
        state = State.STORED if number < 3 else State.UPLOADING
        rate = None if number < 3 else 112e6 / 9
        totals.replace(
            None,
            transfer(number, size_bytes=size, stored_bytes=stored, state=state, bytes_per_s=rate),
        )
    assert summary_line(totals.all, words) == "3 of 12 files, 4.2 of 9.8 GB, 112 MB/s, 50 s left"


def test_an_empty_list_has_no_summary(words: QtWords) -> None:
    totals = Totals()
    totals.replace(None, transfer(1, state=State.CANCELLED))
    assert summary_line(totals.all, words) == ""


def painted_bar(one: Transfer, scheme: Scheme, *, mirrored: bool = False) -> list[str]:
    """Paint a bar 200 pixels wide; returns the colour of each pixel of its middle line."""
    picture = QImage(QSize(200, 6), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    if mirrored:
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    paint_bar(painter, QRect(0, 0, 200, 6), one, theme.palette(scheme))
    painter.end()
    return [picture.pixelColor(QPoint(x, 3)).name() for x in range(200)]


def share(pixels: list[str], colors: QPalette, tone: Tone) -> float:
    return pixels.count(theme.color(colors, tone).name()) / len(pixels)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_bar_has_two_tones_in_proportion(scheme: Scheme, mirrored: bool) -> None:
    one = transfer(1, state=State.UPLOADING, sent_bytes=600, stored_bytes=450)
    pixels = painted_bar(one, scheme, mirrored=mirrored)
    colors = theme.palette(scheme)
    assert share(pixels, colors, Tone.STORED) == pytest.approx(0.45, abs=0.015)
    assert share(pixels, colors, Tone.SENT) == pytest.approx(0.15, abs=0.015)
    assert share(pixels, colors, Tone.TRACK) == pytest.approx(0.40, abs=0.015)
    start, end = (-5, 5) if mirrored else (5, -5)
    assert pixels[start] == theme.color(colors, Tone.STORED).name()
    assert pixels[end] == theme.color(colors, Tone.TRACK).name()


def test_only_a_stored_file_has_a_full_bar() -> None:
    full = theme.color(theme.palette(Scheme.LIGHT), Tone.STORED).name()
    whole = {"sent_bytes": 1000, "stored_bytes": 1000}
    verifying = painted_bar(transfer(1, state=State.VERIFYING, **whole), Scheme.LIGHT)
    stored = painted_bar(transfer(1, state=State.STORED, **whole), Scheme.LIGHT)
    assert verifying[-2] != full
    assert set(stored[1:-1]) == {full}


def test_a_file_without_bytes_has_an_empty_bar_until_it_is_stored() -> None:
    empty = painted_bar(transfer(1, size_bytes=0), Scheme.LIGHT)
    assert set(empty[1:-1]) == {theme.color(theme.palette(Scheme.LIGHT), Tone.TRACK).name()}


@pytest.mark.parametrize("state", list(State))
def test_each_state_has_its_actions(state: State) -> None:
    problem = Problem(ProblemKind.UNREACHABLE) if "wait" in state or state is State.FAILED else None
    one = transfer(1, state=state, problem=problem)
    actions = actions_for(one)
    assert 1 <= len(actions) <= 3
    assert dropped(one) in actions
    assert toggled(one) in (None, *actions)
    assert (toggled(one) is None) == (state is State.STORED)


def test_a_row_is_spoken_with_its_state(model: QueueModel) -> None:
    show(model, transfer(1, state=State.UPLOADING, stored_bytes=250))
    told = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "file 1.bin, Uploading, 250 bytes of 1 kB stored"


def test_a_problem_is_told_in_full_in_the_tool_tip(model: QueueModel) -> None:
    problem = Problem(ProblemKind.NO_PERMISSION, where="this computer")
    show(model, transfer(1, state=State.FAILED, problem=problem))
    told = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "/from/file 1.bin" in told
    assert len(told.splitlines()) >= 3


def test_screen_readers_find_the_rows(qtbot: QtBot, model: QueueModel, words: QtWords) -> None:
    view = QueueView(model, words)
    qtbot.addWidget(view)
    view.show()
    found = QAccessible.queryAccessibleInterface(view)
    assert found.text(QAccessible.Text.Name) == "Files in the list"
    children = [found.child(number) for number in range(found.childCount())]
    told = [child.text(QAccessible.Text.Name) for child in children]
    assert sum(text.endswith("Waiting its turn, 0 bytes of 1 kB stored") for text in told) == 10


def test_who_speaks_for_a_row_survives_the_row_and_the_list(
    qtbot: QtBot, model: QueueModel, words: QtWords
) -> None:
    view = QueueView(model, words)
    view.show()
    tree = QAccessible.queryAccessibleInterface(view)
    first, second = tree.child(0), tree.child(1)
    assert tree.indexOfChild(second) == 1
    remove(model, 1)
    assert not first.isValid()
    assert first.state().invalid
    assert first.text(QAccessible.Text.Name) == ""
    assert tree.indexOfChild(second) == 0
    assert tree.child(0) == second
    shiboken6.delete(view)
    assert not second.isValid()
    assert second.parent() is None
    assert second.rect().isNull()


def test_the_menu_offers_what_can_be_done(qtbot: QtBot, model: QueueModel, words: QtWords) -> None:
    view = QueueView(model, words)
    qtbot.addWidget(view)
    asked: list[tuple[RowAction, tuple[int, ...]]] = []
    view.requested.connect(lambda action, ids: asked.append((action, ids)))
    show(model, transfer(1, state=State.UPLOADING), transfer(2, state=State.PAUSED))
    view.selectAll()
    menu = view.menu_for(view.selected())
    texts = [entry.text().split("\t")[0].replace("&", "") for entry in menu.actions()]
    assert texts == ["Pause", "Go on", "Send first", "Send last", "Cancel"]
    menu.actions()[4].trigger()
    assert [(action, sorted(ids)) for action, ids in asked] == [
        (RowAction.CANCEL, list(range(1, 11)))
    ]
    assert isinstance(menu, QMenu)


def test_100_000_rows_are_taken_in_a_moment(qtbot: QtBot, words: QtWords) -> None:
    model = QueueModel(words)
    view = QueueView(model, words)
    qtbot.addWidget(view)
    view.show()
    for start in range(0, 100_000, 10_000):
        show(model, *(transfer(number) for number in range(start, start + 10_000)))
    assert model.rowCount(QModelIndex()) == 100_000
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.indexAt(QPoint(50, 50)).row() > 99_000)


def test_texts_do_not_eat_references(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 loses one with each call, and dies of it."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(200):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 50


@pytest.mark.parametrize(
    ("route", "told"),
    [(Route.MEMORY, "Uploading · in memory"), (Route.STREAM, "Uploading · streamed")],
)
def test_the_route_is_a_quiet_word(model: QueueModel, route: Route, told: str) -> None:
    one = transfer(1, state=State.UPLOADING, route=route)
    assert model.words.state_and_route(one) == told


def test_the_summary_counts_what_goes_to_the_server_in_use(qtbot: QtBot, words: QtWords) -> None:
    """And says so as soon as there is anything else on the list."""
    model, bar = QueueModel(words), SummaryBar(words, (), ())
    qtbot.addWidget(bar)
    model.totals_changed.connect(bar.on_totals_changed)
    bar.on_chosen(Destination("far", "office-server", "office-server"))
    here = [
        transfer(number, server_id="far", state=State.STORED, stored_bytes=1000)
        for number in (1, 2)
    ]
    show(model, *here)
    qtbot.waitUntil(lambda: bar.line.text() == "2 of 2 files, 2 of 2 kB")
    show(model, transfer(3, server_id="else"), transfer(4, server_id="far"))
    qtbot.waitUntil(
        lambda: bar.line.text() == f"2 of 3 files to {isolated('office-server')}, 2 of 3 kB"
    )
    bar.on_chosen(Destination("else", "at home", "At home"))
    assert bar.line.text() == f"0 of 1 file to {isolated('at home')}, 0 bytes of 1 kB"
    remove(model, 1, 2, 4)
    qtbot.waitUntil(lambda: bar.line.text() == "0 of 1 file, 0 bytes of 1 kB")
    bar.on_scanning(True)
    assert bar.line.text() == "0 of 1 file, 0 bytes of 1 kB, more are being added"


def test_the_summary_is_whole_before_buttons_have_words(qtbot: QtBot, words: QtWords) -> None:
    actions = tuple(QAction(text) for text in ("Pause all", "Clear finished"))
    adders = tuple(QAction(text) for text in ("Add files", "Add folder"))
    model, bar = QueueModel(words), SummaryBar(words, actions, adders)
    qtbot.addWidget(bar)
    model.totals_changed.connect(bar.on_totals_changed)
    show(model, *(transfer(number, stored_bytes=100) for number in range(1, 8)))
    bar.show()
    seen = set()
    for adding in (False, True):
        bar.offer_adding(adding)
        for width in range(200, 900):
            bar.resize(width, bar.height())
            row = bar.layout()
            assert row is not None
            row.activate()
            is_whole = bar.line.width() >= bar.line.sizeHint().width()
            buttons = [one for one in bar.findChildren(ActionButton) if not one.isHidden()]
            has_words = any(one.width() == one.full_width() for one in buttons)
            assert is_whole or not has_words, width
            seen.add((is_whole, has_words))
    assert seen == {(False, False), (True, False), (True, True)}
