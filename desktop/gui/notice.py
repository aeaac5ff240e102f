"""A bar that says what went wrong in plain words, and stays until it is dismissed or over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.buttons import ActionButton, Button, Look
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Tone, Type


class _WarningSign(QWidget):
    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(theme.ICON, theme.ICON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, "warning", self.rect(), theme.color(self.palette(), self._tone))
        painter.end()


class Notice(QWidget):
    """Headline, text, and what to do about it.

    Signals:
        dismissed: somebody has read it and wants it gone.
    """

    dismissed = Signal()

    def __init__(
        self, name: str, tone: Tone, actions: Sequence[QAction] = (), *, dismissable: bool = True
    ) -> None:
        super().__init__()
        self._tone = tone
        self.setAccessibleName(name)
        self.headline = Text("", Type.NAME)
        self.text = Text("")
        for label in (self.headline, self.text):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(_WarningSign(tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(self.headline, self.text), 1)
        self._buttons = [ActionButton(action) for action in actions]
        for button in self._buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dismiss = self._dismiss_button()
        if not dismissable:
            self.dismiss.hide()
        row.addWidget(self.dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def _words(self, *labels: QLabel) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in labels:
            column.addWidget(label)
        return column

    def _dismiss_button(self) -> Button:
        button = Button(self.tr("Dismiss"), Look.QUIET)
        button.setIcon(icons.icon("cancel"))
        button.set_bare(True)
        button.setAccessibleName(self.tr("Dismiss this notice"))
        button.setToolTip(self.tr("Dismiss this notice"))
        button.clicked.connect(self._on_dismissed)
        return button

    def set_compact(self, compact: bool) -> None:
        for button in self._buttons:
            button.set_bare(compact)

    def say(self, headline: str, text: str) -> None:
        """Appear with these words."""
        self.headline.setText(headline)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleDescription(f"{headline} {text}")
        self.show()

    @Slot()
    def _on_dismissed(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint, base = theme.color(self.palette(), self._tone), self.palette().color(Role.Base)
        painter.setBrush(theme.mix(tint, base, 0.08))
        painter.setPen(QPen(theme.mix(tint, base, 0.45), 1))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS, theme.RADIUS)
        painter.end()
