"""A drawing, a sentence and a quieter one: what came of looking at something."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Tone, Type


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._drawing, self._tone = "", Tone.QUIET
        self.setFixedSize(theme.ICON, theme.ICON)
        self.hide()

    def show_drawing(self, drawing: str, tone: Tone) -> None:
        self._drawing, self._tone = drawing, tone
        self.setVisible(bool(drawing))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._drawing:
            tint = theme.color(self.palette(), self._tone)
            icons.paint(painter, self._drawing, self.rect(), tint)
        painter.end()


class Verdict(QWidget):
    """Keeps its place while it is empty, so that nothing jumps when it speaks."""

    def __init__(self, name: str, lines: int = 4) -> None:
        """Take what it speaks about, and how many lines of text it keeps free."""
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self._sign = _Sign()
        self.headline = Text("", Type.NAME)
        self.text = Text("", Type.BODY, Role.PlaceholderText)
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (self.headline, self.text):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.XS, 0, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def minimumSizeHint(self) -> QSize:
        lines = self._lines * self.fontMetrics().height() + theme.M
        return QSize(200, max(lines, super().minimumSizeHint().height()))

    def say(
        self, headline: str, text: str = "", drawing: str = "", tone: Tone = Tone.QUIET
    ) -> None:
        """Say this; nothing at all for an empty headline."""
        self._sign.show_drawing(drawing if headline else "", tone)
        self.headline.setText(headline)
        self.text.setText(text)
        self.setAccessibleDescription(f"{headline} {text}".strip())
        self.updateGeometry()
