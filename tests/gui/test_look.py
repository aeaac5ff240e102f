"""For everybody: contrast in both schemes, names for screen readers, keyboard, small windows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.destination import LOCAL_ID, Destination
from desktop.gui import icons, theme
from desktop.gui.header import Page
from desktop.gui.listing import Listing
from desktop.gui.main_window import MainWindow
from desktop.gui.queue_view import QueueView
from desktop.gui.row_actions import RowAction
from desktop.gui.theme import Role, Scheme, Tone
from desktop.gui.words import QtWords
from desktop.paths import Places, resources
from desktop.settings import Settings
from tests.gui.listed import show, transfer

TEXT, SHAPE = 4.5, 3.0
"""Least contrast for text and for shapes that carry meaning: WCAG 2.2, 1.4.3 and 1.4.11."""


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [color.redF(), color.greenF(), color.blueF()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("ground", [Role.Window, Role.Base])
@pytest.mark.parametrize("tone", [Tone.TEXT, Tone.QUIET, Tone.FAILED, Tone.WAITS, Tone.STORED])
def test_texts_can_be_read(scheme: Scheme, ground: QPalette.ColorRole, tone: Tone) -> None:
    colors = theme.palette(scheme)
    assert contrast(theme.color(colors, tone), colors.color(ground)) >= TEXT


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (Role.ButtonText, Role.Button),
        (Role.HighlightedText, Role.Accent),
        (Role.ToolTipText, Role.ToolTipBase),
    ],
)
def test_words_on_buttons_can_be_read(
    scheme: Scheme, text: QPalette.ColorRole, ground: QPalette.ColorRole
) -> None:
    colors = theme.palette(scheme)
    assert contrast(colors.color(text), colors.color(ground)) >= TEXT


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_tones_of_the_bar_stand_out(scheme: Scheme) -> None:
    colors = theme.palette(scheme)
    stored, sent, track = (theme.color(colors, one) for one in (Tone.STORED, Tone.SENT, Tone.TRACK))
    assert contrast(stored, track) >= SHAPE
    assert contrast(stored, sent) >= 1.8
    assert contrast(sent, track) >= 1.3


@pytest.fixture
def first_window(qtbot: QtBot, places: Places) -> MainWindow:
    """As it is seen the first time."""
    here = Destination(LOCAL_ID, "this computer", "This computer")
    made = MainWindow(Settings(places.settings), QtWords(), here, places.received, Listing())
    qtbot.addWidget(made)
    show(made.page.model, *(transfer(number) for number in range(1, 6)))
    made.show()
    return made


@pytest.fixture
def window(first_window: MainWindow) -> MainWindow:
    """In full width."""
    first_window.resize(1160, 800)
    return first_window


def chain(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """Walk through the window with the Tab key, once around."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.page.view.setFocus()
    seen: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in seen:
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return seen


def test_tab_reaches_everything_and_everything_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    reached = chain(qtbot, window)
    wanted = {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    unchecked = {
        one for one in wanted if one.property("checked") is False and one.property("checkable")
    }
    assert wanted - unchecked <= set(reached)
    assert len(reached) > 8
    for widget in reached:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget


def test_nothing_that_is_told_is_nameless(window: MainWindow) -> None:
    roles = (
        QAccessible.Role.ProgressBar,
        QAccessible.Role.Table,
        QAccessible.Role.Tree,
        QAccessible.Role.Button,
    )
    for widget in window.findChildren(QWidget):
        spoken = QAccessible.queryAccessibleInterface(widget)
        inner = isinstance(widget.parentWidget(), QueueView) or isinstance(widget, QScrollBar)
        if spoken is not None and spoken.role() in roles and not inner:
            assert spoken.text(QAccessible.Text.Name), widget


def test_the_first_window_fits_into_a_small_screen(first_window: MainWindow) -> None:
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    assert room.width() == 800, "the screen of the offscreen platform"
    assert "parent" not in shiboken6.dump(screen), "it would be deleted with its parent"
    assert room.contains(first_window.frameGeometry())
    assert first_window.width() > 0.9 * room.width()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("size", [(640, 480), (899, 600), (900, 600), (1920, 1200)])
def test_every_size_shows_list_and_numbers(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(direction)
    window.resize(*size)
    view, panel = window.page.view, window.panel

    def laid_out() -> None:
        assert (window.width(), window.height()) == size
        assert panel.isVisible()
        assert view.height() >= 130
        for part in (view, panel, window.page.summary):
            corner = part.mapTo(window, part.rect().bottomRight())
            assert window.rect().contains(corner), part

    qtbot.waitUntil(laid_out)


@pytest.mark.parametrize("size", [(560, 400), (900, 600), (1110, 700)])
def test_the_page_receive_fits_into_every_width(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    """It may be scrolled down, never to the side."""
    window.header.turn_to(Page.RECEIVE)
    window.resize(*size)
    scroll = window.receive.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)

    def fits() -> None:
        assert window.width() == size[0]
        inside = scroll.widget()
        assert inside is not None
        assert 0 < inside.width() <= scroll.viewport().width()

    qtbot.waitUntil(fits)


def test_tab_reaches_all_of_the_page_receive(qtbot: QtBot, window: MainWindow) -> None:
    window.header.turn_to(Page.RECEIVE)
    window.receive.take_focus()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[QWidget] = []
    widget = window.focusWidget()
    while widget is not None and widget not in seen:
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = window.focusWidget()
    page = window.receive
    assert {page.receiver.switch, page.sharing.switch, window.header.tabs} <= set(seen)
    for one in seen:
        assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name), one


@pytest.mark.parametrize("action", list(RowAction))
def test_each_action_has_a_drawing(action: RowAction) -> None:
    name = "cancel" if action is RowAction.REMOVE else action.value
    assert (resources() / "icons" / f"{name}.svg").exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/film.MOV", "file-video"),
        ("x.tar.gz", "file-archive"),
        ("disk.iso", "file-disk"),
        ("README", "file"),
        (".profile", "file"),
    ],
)
def test_files_are_drawn_by_their_kind(name: str, kind: str) -> None:
    assert icons.kind_of(name) == kind


def spoken_below(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield all that is told of a widget and of what it shows."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid() or one.state().invisible:
            continue
        yield one
        waiting += [one.child(number) for number in range(one.childCount())]


@pytest.mark.parametrize("page", list(Page))
def test_everything_that_is_shown_is_told_with_a_name(window: MainWindow, page: Page) -> None:
    """Grounds and drawings without a meaning are told as nothing, and stay without."""
    window.header.turn_to(page)
    assert window.receive.isVisible() is (page is Page.RECEIVE)
    nameless = (QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.ScrollBar)
    silent = [
        (one.role(), one.object())
        for one in spoken_below(window)
        if one.role() not in nameless and not one.text(QAccessible.Text.Name)
    ]
    assert not silent


def test_charts_and_numbers_are_told_with_their_values(window: MainWindow) -> None:
    chart = window.panel.throughput.chart
    chart.add(1.0, 2e6, 3e6)
    window.panel.age.setText("12 s ago")
    told = {
        one.text(QAccessible.Text.Name): (one.role(), one.text(QAccessible.Text.Value))
        for one in spoken_below(window)
    }
    role, value = told["Throughput over time"]
    assert role is QAccessible.Role.Chart
    assert value == "Sent 2.0 MB/s, Stored 3.0 MB/s"
    assert "Age of these numbers: 12 s ago" in told
    assert told["Time shown: 60 min"][0] is QAccessible.Role.RadioButton


def mean_lightness(widget: QWidget) -> float:
    picture = widget.grab().toImage().scaled(16, 16)
    places = [(x, y) for x in range(16) for y in range(16)]
    return sum(picture.pixelColor(*place).lightnessF() for place in places) / len(places)


def test_the_systems_choice_of_light_and_dark_is_followed(
    qtbot: QtBot, window: MainWindow, look: theme.Theme
) -> None:
    """Rows, bars, gauges, charts and buttons are painted by us, from the palette."""
    page, panel = window.page, window.panel
    parts = (page.view, page.strip, panel.throughput.chart, panel.memory.gauge, panel.span)

    def lightness() -> list[float]:
        return [mean_lightness(part) for part in parts]

    light = lightness()
    assert min(light) > 0.6
    try:
        look.apply(Scheme.DARK)
        qtbot.waitUntil(lambda: max(lightness()) < 0.4)
    finally:
        look.apply(Scheme.LIGHT)
    qtbot.waitUntil(lambda: lightness() == pytest.approx(light, abs=0.02))


@pytest.mark.parametrize("scheme", list(Scheme))
def test_what_the_keyboard_is_on_and_what_is_chosen_stand_out(scheme: Scheme) -> None:
    colors = theme.palette(scheme)
    ring, chosen = (theme.color(colors, tone) for tone in (Tone.STORED, Tone.SELECTED))
    for ground in (Role.Window, Role.Base, Role.Button):
        assert contrast(ring, colors.color(ground)) >= SHAPE
    assert contrast(colors.color(Role.Text), chosen) >= TEXT
    assert contrast(theme.color(colors, Tone.QUIET), chosen) >= TEXT
    mark = theme.color(colors, Tone.WAITS)
    assert contrast(mark, theme.color(colors, Tone.TRACK)) >= SHAPE
    assert contrast(theme.color(colors, Tone.OTHERS), theme.color(colors, Tone.TRACK)) >= 1.8
