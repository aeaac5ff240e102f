"""Where files go: the choice of server, the connection in words, and the folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop.destination import LOCAL_ID, Destination
from desktop.gui import icons, theme
from desktop.gui.buttons import ActionButton, Button, Look
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


class LinkLine(QWidget):
    """A coloured dot, and how the connection stands in words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._dot = _Dot()
        self.words = ElidedText("", Type.BODY, Role.PlaceholderText)
        self.words.setAccessibleName(name)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S - 2)
        line.addWidget(self._dot)
        line.addWidget(self.words, 1)

    def show_link(self, link: Link) -> None:
        self._dot.set_tone(_TONES[link.state])
        self.words.setText(link.words)
        self.words.setToolTip(link.words)


class DestinationBar(QWidget):
    """Stands at the top of the page.

    Signals:
        check_wanted: the id of the server, the way to which is to be looked at.
    """

    check_wanted = Signal(str)

    def __init__(self, folder_actions: tuple[QAction, ...]) -> None:
        super().__init__()
        self.picker = ServerPicker()
        self._line = LinkLine(self.tr("Connection"))
        self.link = self._line.words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addLayout(self._words(), 1)
        self._server_id = LOCAL_ID
        self.check = Button(self.tr("Fi&nd out why…"), Look.QUIET)
        self.check.setToolTip(self.check.text().replace("&", ""))
        self.check.setIcon(icons.icon("details"))
        self.check.clicked.connect(self._on_check)
        self.check.hide()
        self._buttons = [
            self.check,
            *(ActionButton(action, Look.QUIET) for action in folder_actions),
        ]
        for button in self._buttons:
            row.addWidget(button)

    def _words(self) -> QBoxLayout:
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._column.setSpacing(0)
        title = QHBoxLayout()
        title.addWidget(self.picker)
        title.addStretch(1)
        self._column.addLayout(title)
        self._column.addWidget(self._line, 1)
        return self._column

    def show_link(self, link: Link) -> None:
        self._line.show_link(link)
        troubled = link.state in (LinkState.LOST, LinkState.BROKEN)
        self.check.setVisible(troubled and self._server_id != LOCAL_ID)

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        self._server_id = destination.id
        self.picker.on_chosen(destination)

    @Slot()
    def _on_check(self) -> None:
        self.check_wanted.emit(self._server_id)

    def set_compact(self, compact: bool) -> None:
        """Take two lines, or only one."""
        direction = QBoxLayout.Direction
        self._column.setDirection(direction.LeftToRight if compact else direction.TopToBottom)
        self._column.setSpacing(theme.S if compact else 0)
        side = 0 if compact else theme.XS
        self._line.setContentsMargins(side, 0, side, 0)
        self.picker.setFont(theme.font(self.picker.font(), Type.NAME if compact else Type.TITLE))
        for button in self._buttons:
            button.set_bare(compact)
