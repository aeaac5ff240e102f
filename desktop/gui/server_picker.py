"""The choice of where files go: a button with the server's name that opens a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.destination import Destination
from desktop.gui import icons, theme
from desktop.gui.focus_ring import FocusRing
from desktop.gui.theme import Role, Tone, Type

_CHEVRON = 10
_KEYS = "Ctrl+D"


class ServerPicker(QPushButton):
    """Shows "To: office-server"; a click, Space, the down arrow or Ctrl+D opens the list.

    Signals:
        picked: the id of the server to send to.
        add_wanted: somebody wants to add a server.
        edit_wanted: somebody wants to rename or remove saved servers.
    """

    picked = Signal(str)
    add_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(self.font(), Type.TITLE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ring = FocusRing(self)
        self._chosen = self._label = ""
        self._destinations: tuple[Destination, ...] = ()
        self.menu_ = QMenu(self)
        self.menu_.setAccessibleName(self.tr("Where to send"))
        self.menu_.triggered.connect(self._on_triggered)
        self.open_ = self._action("", self.tr("Choose where files go"), _KEYS)
        self.open_.triggered.connect(self._on_open)
        self.addAction(self.open_)
        self._add = self._action("add-server", self.tr("&Add a server…"))
        self._edit = self._action("servers", self.tr("&Saved servers…"))
        self.clicked.connect(self._on_open)

    def _action(self, drawing: str, text: str, keys: str = "") -> QAction:
        action = QAction(text, self)
        if drawing:
            action.setIcon(icons.icon(drawing))
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    @Slot(object)
    def on_listed(self, destinations: Sequence[Destination]) -> None:
        """Offer these."""
        self._destinations = tuple(destinations)
        self._fill()

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """Show where files go now."""
        self._chosen = destination.id
        self._label = self.tr("To: {name}").format(name=destination.heading)
        self.setText(self._label.replace("&", "&&"))
        self.setAccessibleName(self.tr("Send to: {name}").format(name=destination.heading))
        self.setToolTip(self.tr("Choose where files go ({keys})").format(keys=_KEYS))
        self.setAccessibleDescription(self.tr("Opens a list of servers"))
        self.updateGeometry()
        self._fill()

    def _fill(self) -> None:
        self.menu_.clear()
        group = QActionGroup(self.menu_)
        for one in self._destinations:
            action = self.menu_.addAction(one.heading.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(one.id == self._chosen)
            action.setData(one.id)
            action.setToolTip(one.address)
            group.addAction(action)
        self.menu_.addSeparator()
        self.menu_.addAction(self._add)
        self._edit.setVisible(any(one.saved for one in self._destinations))
        self.menu_.addAction(self._edit)

    @Slot()
    def _on_open(self) -> None:
        """Open the menu below the button, the keyboard on what is chosen."""
        below = QPoint(0, self.height() + 2)
        if self.isRightToLeft():
            below.setX(self.width() - self.menu_.sizeHint().width())
        chosen = next((one for one in self.menu_.actions() if one.isChecked()), self._add)
        self.menu_.popup(self.mapToGlobal(below))
        self.menu_.setActiveAction(chosen)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action is self._add:
            self.add_wanted.emit()
        elif action is self._edit:
            self.edit_wanted.emit()
        else:
            self.picked.emit(str(action.data()))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._label) + _CHEVRON + theme.S + 2 * theme.XS
        return QSize(width + 2, metrics.height() + theme.XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opening = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if Qt.Key(event.key()) in opening:
            self._on_open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_came(event)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        edge = self.rect().adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown() or self.menu_.isVisible():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self.palette(), Tone.SELECTED))
            painter.drawRoundedRect(edge, theme.RADIUS - 3, theme.RADIUS - 3)
        self._ring.paint(painter, edge)

    def _paint_words(self, painter: QPainter) -> None:
        room = self.rect().adjusted(theme.XS, 0, -theme.XS, 0)
        chevron = QRect(room.right() - _CHEVRON, 0, _CHEVRON, self.height())
        words = room.adjusted(0, 0, -_CHEVRON - theme.S + 2, 0)
        if self.isRightToLeft():
            chevron.moveLeft(room.left())
            words.moveRight(room.right())
        text = self.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.setPen(self.palette().color(Role.WindowText))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        middle, reach = _middle_of(chevron), _CHEVRON / 2 - 1
        painter.setPen(QPen(theme.color(self.palette(), Tone.QUIET), 1.8))
        painter.drawPolyline(
            [middle + QPointF(dx * reach, dy * reach / 2) for dx, dy in ((-1, -1), (0, 1), (1, -1))]
        )


def _middle_of(place: QRect) -> QPointF:
    return QPointF(place.x() + place.width() / 2, place.y() + place.height() / 2 + 1)
