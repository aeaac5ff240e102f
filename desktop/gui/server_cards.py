"""The card of the server's disk, its CPU, and the uploads that it is taking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout

from desktop.gui import theme
from desktop.gui.cards import NOTHING, Card, ElidedText, Legend, Text
from desktop.gui.gauges import Gauge, Part
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords
from receiver.protocol import DiskStatus, Status

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Need:
    """What the list still wants of this server's disk; bytes.

    Attributes:
        left: all that is not stored yet.
        unpromised: of files that have not begun, for which the server keeps no room yet.
        uploads: ids of the uploads that this window has begun there.
    """

    left: int = 0
    unpromised: int = 0
    uploads: Collection[str] = ()

    def missing(self, disk: DiskStatus) -> int:
        """Return what the disk is short of."""
        return max(0, self.unpromised - disk.usable_bytes)


class ServerCard(Card):
    """Disk, CPU and running uploads of the server."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("LivePanel", "Disk of the server"))
        self._words = words
        self._need = Need()
        self._status: Status | None = None
        self._told = ElidedText(NOTHING, Type.TITLE, Role.Text)
        self.gauge = Gauge(translate("LivePanel", "Disk of the server in use"))
        self._legend = Legend(
            (
                (Tone.OTHERS, translate("LivePanel", "Used")),
                (Tone.TRACK, translate("LivePanel", "Free")),
                (Tone.SENT, translate("LivePanel", "Promised")),
                (Tone.NEEDED, translate("LivePanel", "This list needs")),
            ),
            columns=2,
        )
        self._cpu = Text(NOTHING, Type.CAPTION, Role.Text)
        self._uploads = ElidedText(NOTHING, Type.CAPTION, Role.Text)
        self._uploads.setAccessibleName(translate("LivePanel", "Uploads that the server is taking"))
        for part in (self._told, self.gauge, self._legend):
            self.body.addWidget(part)
        self._arrange_line()

    def _arrange_line(self) -> None:
        self.load = Gauge(translate("LivePanel", "CPU of the server"), height=6)
        self.load.setMaximumWidth(72)
        self._line = line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.S)
        line.addWidget(self._cpu)
        line.addWidget(self.load)
        self._uploads.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._uploads, 1)
        self.body.addLayout(line)
        self.body.addStretch(1)

    def show_need(self, need: Need) -> None:
        """The list has changed."""
        if need != self._need:
            self._need = need
            if self._status is not None:
                self.show_status(self._status)

    def show_status(self, status: Status) -> None:
        self._status = status
        self._show_disk(status.disk)
        share = self._words.percent(status.cpu.percent / 100)
        self._cpu.setText(translate("LivePanel", "CPU {share}").format(share=share))
        self.load.show_parts(100, (Part(Tone.STORED, status.cpu.percent),), counted=1)
        self._uploads.setText(self._uploads_text(status))

    def _show_disk(self, disk: DiskStatus) -> None:
        words, need = self._words, self._need
        free = max(0, disk.free_bytes - disk.promised_bytes)
        used = max(0, disk.total_bytes - disk.free_bytes)
        missing = need.missing(disk)
        told = (
            translate("LivePanel", "{size} too little").format(size=words.size(missing))
            if missing
            else translate("LivePanel", "{size} free").format(
                size=words.size_of(free, disk.total_bytes)
            )
        )
        self._told.setText(told)
        self._told.set_role(Role.LinkVisited if missing else Role.Text)
        parts = (
            Part(Tone.OTHERS, used),
            Part(Tone.SENT, disk.promised_bytes),
            Part(Tone.NEEDED, min(free, need.unpromised)),
        )
        self.gauge.show_parts(disk.total_bytes, parts, counted=2)
        self._legend.show_values(
            words.size(used),
            words.size(free),
            words.size(disk.promised_bytes),
            words.size(need.left),
        )
        self.gauge.setToolTip(self._legend.in_words())

    def forget(self) -> None:
        self._status = None
        for text in (self._told, self._cpu, self._uploads):
            text.setText(NOTHING)
        for gauge in (self.gauge, self.load):
            gauge.show_parts(0, (), counted=0)
            gauge.setToolTip("")
        self._legend.clear()

    def _uploads_text(self, status: Status) -> str:
        if not status.uploads:
            return translate("LivePanel", "No uploads running")
        mine = sum(one.id in self._need.uploads for one in status.uploads)
        return translate("LivePanel", "Uploads: {mine} yours, {others} others’").format(
            mine=self._words.count(mine), others=self._words.count(len(status.uploads) - mine)
        )

    def set_old(self, old: bool) -> None:
        for item in (self._told, self.gauge, self._legend, self._cpu, self.load, self._uploads):
            item.set_old(old)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._legend.setVisible(not compact)
        self.load.setVisible(not compact)
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if compact else direction.LeftToRight)
        self._line.setSpacing(0 if compact else theme.S)
        side = Qt.AlignmentFlag.AlignLeading if compact else Qt.AlignmentFlag.AlignTrailing
        self._uploads.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._told.setFont(theme.font(self._told.font(), Type.NAME if compact else Type.TITLE))
