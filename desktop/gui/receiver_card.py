"""The built-in receiver: on or off, how it stands, its folder and the room there."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.buttons import ActionButton, Look
from desktop.gui.cards import NOTHING, Card, Text
from desktop.gui.destination_bar import Link, LinkLine
from desktop.gui.gauges import Gauge, Part
from desktop.gui.switch import Switch
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords
from receiver.protocol import DiskStatus


class ReceiverCard(Card):
    """What this computer takes files with.

    Signals:
        turned: somebody wants it on (True) or off (False).
    """

    turned = Signal(bool)

    def __init__(self, words: QtWords) -> None:
        super().__init__("")
        self._words = words
        self.heading.hide()
        self.setAccessibleName(self.tr("Receiver on this computer"))
        self.switch = Switch(self.tr("&Receive files on this computer"))
        self.switch.clicked.connect(self.turned)
        self.line = LinkLine(self.tr("How the receiver stands"))
        self.gauge = Gauge(self.tr("Disk of this computer in use"), height=8)
        self.free = Text(NOTHING, Type.CAPTION, Role.PlaceholderText)
        self.free.setAccessibleName(self.tr("Free space"))
        self.open_folder = QAction(icons.icon("show"), self.tr("Open folde&r"), self)
        self.change_folder = QAction(icons.icon("folder"), self.tr("C&hange folder…"), self)
        actions = (self.open_folder, self.change_folder)
        self._buttons = [ActionButton(action, Look.QUIET) for action in actions]
        self._arrange()

    def _arrange(self) -> None:
        self.head.insertWidget(0, self.switch, 1)
        for button in self._buttons:
            self.head.addWidget(button)
        self.body.addWidget(self.line)
        self.body.addWidget(self._row(self.gauge, self.free))

    def _row(self, *parts: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        for number, part in enumerate(parts):
            row.addWidget(part, 0 if number else 1)
        return made

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for button in self._buttons:
            button.set_bare(compact)

    def show_on(self, on: bool) -> None:
        self.switch.setChecked(on)

    @Slot(object)
    def show_link(self, link: Link) -> None:
        self.line.show_link(link)

    def show_disk(self, disk: DiskStatus | None) -> None:
        """Show the room in the folder; None: it is not known."""
        if disk is None:
            self.free.setText(NOTHING)
            self.gauge.show_parts(0, (), counted=0)
            return
        free = max(0, disk.free_bytes - disk.promised_bytes)
        used = max(0, disk.total_bytes - disk.free_bytes)
        told = self.tr("{size} free").format(size=self._words.size_of(free, disk.total_bytes))
        self.free.setText(told)
        parts = (Part(Tone.OTHERS, used), Part(Tone.SENT, disk.promised_bytes))
        self.gauge.show_parts(disk.total_bytes, parts, counted=2)
