"""Push buttons of one look, painted from the palette, that show an action."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QIcon,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.gui import theme
from desktop.gui.focus_ring import FocusRing
from desktop.gui.theme import Role, Tone


class Look(Enum):
    """How loud a button is."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"


class Button(QPushButton):
    """A push button that keeps its role and mnemonic; only its painting is ours."""

    def __init__(self, text: str, look: Look = Look.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self._bare = False
        self._ring = FocusRing(self)
        self._small = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(theme.ICON - 2, theme.ICON - 2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def full_width(self) -> int:
        """Return the width with the text, whether it is shown or not."""
        metrics = self.fontMetrics()
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        icon = 0 if self.icon().isNull() else self.iconSize().width() + theme.S - 2
        sides = theme.S if self._look is Look.QUIET else theme.M
        return text + icon + 2 * sides

    def set_bare(self, bare: bool) -> None:
        """Show the icon alone; the text stays as accessible name and tooltip."""
        if bare != self._bare:
            self._bare = bare
            self.updateGeometry()
            self.update()

    def set_small(self) -> None:
        """Be no higher than a line of text beside it."""
        self._small = True
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._small:
            side = self.fontMetrics().height() + theme.XS
            return QSize(side + theme.XS, side)
        height = self.fontMetrics().height() + 2 * theme.S
        return QSize(height if self._bare else self.full_width(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_came(event)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_label(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        edge = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground())
        painter.drawRoundedRect(edge, theme.RADIUS - 2, theme.RADIUS - 2)
        if self._look is Look.PRIMARY:
            self._ring.paint(painter, edge.adjusted(2, 2, -2, -2), Role.HighlightedText)
        else:
            self._ring.paint(painter, edge)

    def _ground(self) -> QColor:
        colors = self.palette()
        active = self.isEnabled() and (self.underMouse() or self.isDown())
        lift = (0.22 if self.isDown() else 0.12) if active else 0.0
        if self._look is Look.PRIMARY:
            role = Role.Accent if self.isEnabled() else Role.Mid
            return theme.mix(colors.color(Role.HighlightedText), colors.color(role), lift)
        if self._look is Look.QUIET:
            tint = QColor(colors.color(Role.Accent))
            tint.setAlphaF(lift)
            return tint
        return theme.mix(colors.color(Role.Accent), colors.color(Role.Button), lift)

    def _text_color(self) -> QColor:
        if not self.isEnabled():
            return theme.color(self.palette(), Tone.QUIET)
        primary = self._look is Look.PRIMARY
        return self.palette().color(Role.HighlightedText if primary else Role.ButtonText)

    def _paint_label(self, painter: QPainter) -> None:
        icon_width = 0 if self.icon().isNull() else self.iconSize().width()
        metrics = self.fontMetrics()
        text_width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        gap = theme.S - 2 if icon_width else 0
        whole = icon_width if self._bare else icon_width + gap + text_width
        start = (self.width() - whole) // 2
        box = QRect(start, 0, whole, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            icon_left, text_left = box.right() - icon_width + 1, box.left()
        else:
            icon_left, text_left = box.left(), box.left() + icon_width + gap
        if icon_width:
            self._paint_icon(painter, icon_left, icon_width)
        if not self._bare:
            painter.setPen(self._text_color())
            flags = Qt.TextFlag.TextShowMnemonic | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(text_left, 0, text_width + 1, self.height()), flags, self.text())

    def _paint_icon(self, painter: QPainter, left: int, width: int) -> None:
        if not self.isEnabled():
            painter.setOpacity(0.45)
        place = QRect(left, (self.height() - width) // 2, width, width)
        primary = self._look is Look.PRIMARY and self.isEnabled()
        mode = QIcon.Mode.Selected if primary else QIcon.Mode.Normal
        self.icon().paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        painter.setOpacity(1.0)


class ActionButton(Button):
    """A button that triggers an action and follows its text, icon and state."""

    def __init__(
        self, action: QAction, look: Look = Look.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(action.text(), look, parent)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    @Slot()
    def _on_action_changed(self) -> None:
        action = self._action
        plain = action.text().replace("&", "")
        keys = action.shortcut().toString()
        self.setText(action.text())
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        if self.parentWidget() is not None or not action.isVisible():
            self.setVisible(action.isVisible())
        self.setAccessibleName(plain)
        self.setToolTip(f"{plain} ({keys})" if keys else plain)
        self.updateGeometry()
