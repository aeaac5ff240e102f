"""Where files go: the choice of server, the connection in words, and the folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.buttons import ActionButton, Look
from desktop.gui.cards import ElidedText
from desktop.gui.server_picker import ServerPicker
from desktop.gui.theme import Role, Tone, Type


class LinkState(StrEnum):
    """How the connection stands."""

    STARTING = "starting"
    CONNECTED = "connected"
    LOST = "lost"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Link:
    """How the connection stands, and the words for it."""

    state: LinkState
    words: str


_TONES = {
    LinkState.STARTING: Tone.QUIET,
    LinkState.CONNECTED: Tone.STORED,
    LinkState.LOST: Tone.WAITS,
    LinkState.BROKEN: Tone.FAILED,
}


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.QUIET
        self.setFixedSize(9, 9)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self.palette(), self._tone))
        painter.drawEllipse(self.rect())
        painter.end()


class DestinationBar(QWidget):
    """Stands at the top of the window."""

    def __init__(self, folder_actions: tuple[QAction, ...]) -> None:
        super().__init__()
        self.picker = ServerPicker()
        self._dot = _Dot()
        self.link = ElidedText("", Type.BODY, Role.PlaceholderText)
        self.link.setAccessibleName(self.tr("Connection"))
        mark = QLabel()
        mark.setAccessibleName("Wherry")
        mark.setPixmap(icons.app_icon().pixmap(QSize(40, 40), self.devicePixelRatio()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(mark)
        row.addSpacing(theme.XS)
        row.addLayout(self._words(), 1)
        self._buttons = [ActionButton(action, Look.QUIET) for action in folder_actions]
        for button in self._buttons:
            row.addWidget(button)

    def _words(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.S - 2)
        line.addWidget(self._dot)
        line.addWidget(self.link, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        title = QHBoxLayout()
        title.addWidget(self.picker)
        title.addStretch(1)
        column.addLayout(title)
        column.addLayout(line)
        return column

    def show_link(self, link: Link) -> None:
        self._dot.set_tone(_TONES[link.state])
        self.link.setText(link.words)
        self.link.setToolTip(link.words)

    def set_compact(self, compact: bool) -> None:
        for button in self._buttons:
            button.set_bare(compact)
