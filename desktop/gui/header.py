"""The top of the window: the two pages to choose from, and a menu for what is seldom wanted."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QTabBar, QWidget

from desktop.gui import icons, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.theme import Role, Tone, Type

_MARK, _SMALL_MARK = 32, 24


class Page(IntEnum):
    """The pages, as they stand side by side."""

    SEND = 0
    RECEIVE = 1


class PageTabs(QTabBar):
    """Tabs, painted as words with a line under the chosen one and a dot where something goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._busy: set[int] = set()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFont(theme.font(self.font(), Type.TITLE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        for name in (self.tr("Send"), self.tr("Receive")):
            self.addTab(name)

    def set_busy(self, page: Page, busy: bool, words: str) -> None:
        """Mark a page on which something goes on, and say what."""
        self._busy = self._busy | {page} if busy else self._busy - {page}
        self.setTabToolTip(page, words if busy else "")
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.tabText(index)) + 2 * theme.M
        return QSize(width, metrics.height() + theme.S)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index, self.tabRect(index))
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, place: QRect) -> None:
        colors, chosen = self.palette(), index == self.currentIndex()
        painter.setPen(colors.color(Role.WindowText if chosen else Role.PlaceholderText))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(colors, Tone.STORED))
        if chosen:
            line = QRect(place.left() + theme.M, place.bottom() - 3, place.width() - 2 * theme.M, 3)
            painter.drawRoundedRect(line, 1.5, 1.5)
        if index in self._busy:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            x = place.left() + theme.XS if mirrored else place.right() - theme.XS
            painter.drawEllipse(QPoint(x, place.top() + theme.S), 3, 3)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.color(Role.Accent), 1.4))
            painter.drawRoundedRect(
                place.adjusted(2, 1, -2, -1), theme.RADIUS - 3, theme.RADIUS - 3
            )


class Header(QWidget):
    """Stands above both pages.

    Signals:
        turned: the `Page` to show.
    """

    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tabs = PageTabs()
        self.menu = QMenu(self)
        self._mark = QLabel()
        self._mark.setAccessibleName("Wherry")
        self._more = Button(self.tr("More"), Look.QUIET)
        self._more.setIcon(icons.icon("menu"))
        self._more.set_bare(True)
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("More"))
        self._more.clicked.connect(self._on_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self._mark)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._more)
        self._add_keys()
        self.tabs.currentChanged.connect(self._on_current_changed)
        self.set_compact(False)

    def _add_keys(self) -> None:
        for page, keys, name in (
            (Page.SEND, "Ctrl+1", self.tr("Show the page Send")),
            (Page.RECEIVE, "Ctrl+2", self.tr("Show the page Receive")),
        ):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(keys))
            action.setData(page)
            action.triggered.connect(self._on_key)
            self.addAction(action)

    def set_compact(self, compact: bool) -> None:
        side = _SMALL_MARK if compact else _MARK
        self._mark.setPixmap(icons.app_icon().pixmap(QSize(side, side), self.devicePixelRatio()))
        self.tabs.setFont(theme.font(self.tabs.font(), Type.NAME if compact else Type.TITLE))

    @property
    def page(self) -> Page:
        return Page(self.tabs.currentIndex())

    def turn_to(self, page: Page) -> None:
        self.tabs.setCurrentIndex(page)

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        self.turned.emit(Page(index))

    @Slot()
    def _on_key(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.turn_to(Page(action.data()))

    @Slot()
    def _on_more(self) -> None:
        below = QPoint(self._more.width() - self.menu.sizeHint().width(), self._more.height() + 2)
        if self.isRightToLeft():
            below.setX(0)
        self.menu.popup(self._more.mapToGlobal(below))
