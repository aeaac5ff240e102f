"""The speed limit: on and off with one press, and not to be overlooked while it is on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QColor, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QInputDialog, QMenu

from desktop.gui import icons, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.theme import Role, Tone
from desktop.gui.words import QtWords

RATES = (0.5e6, 1e6, 2e6, 5e6, 10e6, 25e6)
"""Bytes a second that the menu offers."""

_MEGA = 1e6
_LEAST, _MOST = 0.1, 10_000.0


class LimitButton(Button):
    """A press turns the limit on, at the rate it had the last time, or off; a menu has the rates.

    Signals:
        limited: the bytes a second that are not to be exceeded; None for no limit.
    """

    limited = Signal(object)

    def __init__(self, words: QtWords) -> None:
        super().__init__("", Look.QUIET)
        self._words = words
        self._rate = RATES[2]
        self.on = False
        self.setIcon(icons.icon("limit"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.clicked.connect(self._on_clicked)
        self._show()

    def restore(self, bytes_per_s: float, *, on: bool) -> None:
        """Stand as it did the last time."""
        self._rate, self.on = bytes_per_s, on
        self._show()

    @property
    def bytes_per_s(self) -> float:
        """The rate that it has, or would have if it were on."""
        return self._rate

    def _show(self) -> None:
        rate = self._words.rate(self._rate)
        if self.on:
            text = self.tr("At most {rate}").format(rate=rate)
            tip = self.tr("The speed is limited to {rate}. Press to lift the limit.")
        else:
            text = self.tr("Limit speed")
            tip = self.tr("Limit the speed to {rate} (other speeds: arrow down, or right click)")
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip.format(rate=rate))
        self.setToolTip(tip.format(rate=rate))
        self.set_bare(not self.on)
        self.updateGeometry()
        self.update()

    def set(self, bytes_per_s: float | None) -> None:
        """Turn the limit on at this rate; None: off."""
        self.on = bytes_per_s is not None
        self._rate = bytes_per_s or self._rate
        self._show()
        self.limited.emit(bytes_per_s)

    @Slot()
    def _on_clicked(self) -> None:
        self.set(None if self.on else self._rate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.make_menu().popup(self.mapToGlobal(QPoint(0, self.height())))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Build the menu of the rates."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for rate in (None, *sorted({*RATES, self._rate})):
            entry = menu.addAction(
                self.tr("No limit")
                if rate is None
                else self.tr("At most {rate}").format(rate=self._words.rate(rate))
            )
            entry.setCheckable(True)
            entry.setChecked(self.on is (rate is not None) and rate in (None, self._rate))
            entry.setData(rate)
            group.addAction(entry)
        group.triggered.connect(self._on_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("&Other…"), self._on_other)
        return menu

    @Slot(QAction)
    def _on_chosen(self, entry: QAction) -> None:
        self.set(entry.data())

    @Slot()
    def _on_other(self) -> None:
        asked, agreed = QInputDialog.getDouble(
            self.window(),
            self.tr("Limit the speed"),
            self.tr("Megabytes a second, for all files together:"),
            self._rate / _MEGA,
            _LEAST,
            _MOST,
            1,
        )
        if agreed:
            self.set(asked * _MEGA)

    def _ground(self) -> QColor:
        if not self.on:
            return super()._ground()
        lift = 0.1 if self.isDown() or self.underMouse() else 0.0
        colors = self.palette()
        return theme.mix(theme.color(colors, Tone.WAITS), colors.color(Role.Base), 0.14 + lift)
