"""One thing that was looked at on the way to a server: what, what was found, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontDatabase,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.diagnosis_words import Advice
from desktop.gui import icons, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.focus_ring import FocusRing
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.verdict import Verdict


class ConfigLines(QWidget):
    """Lines of a configuration, to be copied in one go."""

    def __init__(self) -> None:
        super().__init__()
        self._where = Text("", Type.BODY, Role.PlaceholderText)
        self._where.setWordWrap(True)
        self.lines = Text("")
        self.lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.lines.setAccessibleName(self.tr("Lines to write"))
        self.copy = Button(self.tr("Copy these lines"), Look.QUIET)
        self.copy.setIcon(icons.icon("copy"))
        self.copy.clicked.connect(self._on_copy)
        row = QHBoxLayout()
        row.addWidget(self.lines, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addWidget(self._where)
        column.addLayout(row)
        beside_the_sign = QHBoxLayout(self)
        beside_the_sign.setContentsMargins(0, 0, 0, theme.XS)
        beside_the_sign.addSpacing(theme.ICON + theme.S)
        beside_the_sign.addLayout(column, 1)
        self.hide()

    def show_lines(self, where: str, lines: tuple[str, ...]) -> None:
        self._where.setText(where)
        self.lines.setText("\n".join(lines))
        self.copy.setText(self.tr("Copy these lines"))
        self.setVisible(bool(lines))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.text() + "\n")
        self.copy.setText(self.tr("Copied"))


class CheckRow(QWidget):
    """Has the keyboard as a whole, so that a screen reader reads it as a whole."""

    def __init__(self, asked: str) -> None:
        """Take what is asked."""
        super().__init__()
        self._asked = asked
        self._ring = FocusRing(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verdict = Verdict(asked, lines=1)
        self.lines = ConfigLines()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, 0, theme.S, 0)
        column.setSpacing(0)
        column.addWidget(self.verdict)
        column.addWidget(self.lines)
        self.wait()

    def wait(self) -> None:
        """Its turn comes later."""
        self._say("more", Tone.QUIET, "")

    def look(self, done: str) -> None:
        """It is looked at now; say what is done."""
        self._say("go-on", Tone.TEXT, done)

    def leave(self, told: str) -> None:
        """Nothing was found out."""
        self._say("more", Tone.QUIET, told)

    def tell(self, advice: Advice, *, fine: bool) -> None:
        """Show what was found, and let a screen reader say it."""
        parts = (advice.headline, advice.meaning, advice.action)
        drawing, tone = ("stored", Tone.STORED) if fine else ("warning", Tone.WAITS)
        self._say(drawing, tone, " ".join(part for part in parts if part))
        self.lines.show_lines(advice.where, advice.lines)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, advice.headline))

    def _say(self, drawing: str, tone: Tone, told: str) -> None:
        self.verdict.say(self._asked, told, drawing, tone)
        self.lines.show_lines("", ())
        self.setAccessibleName(self._asked)
        self.setAccessibleDescription(told)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_came(event)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ring.paint(painter, self.rect().adjusted(1, 1, -1, -1))
        painter.end()
