"""Who is sending what to this computer right now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.cards import Card, ElidedText, Text
from desktop.gui.gauges import Gauge, Part
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.words import QtWords, isolated
from receiver.protocol import UploadState, UploadStatus

translate = QCoreApplication.translate

_MOST = 6


class _Row(QWidget):
    """One upload: name and sender, how far it is, how fast."""

    def __init__(self, words: QtWords) -> None:
        super().__init__()
        self._words = words
        self.name = ElidedText("", Type.NAME, Role.Text)
        self.told = Text("", Type.CAPTION, Role.PlaceholderText)
        self.gauge = Gauge("", height=6)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.name, 1)
        top.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(top)
        column.addWidget(self.gauge)

    def show_upload(self, upload: UploadStatus, sender: str) -> None:
        size = upload.size_bytes
        self.name.setText(isolated(upload.name))
        self.name.setToolTip(upload.name)
        self.told.setText(" · ".join((sender, *self._figures(upload))))
        self.gauge.setAccessibleName(self.tr("Arrived of {name}").format(name=upload.name))
        self.gauge.show_parts(size or 0, (Part(Tone.STORED, upload.offset_bytes),), counted=1)

    def _figures(self, upload: UploadStatus) -> tuple[str, ...]:
        words, size = self._words, upload.size_bytes
        if upload.state == UploadState.STORING:
            return (self.tr("Storing"),)
        how_far = (
            words.size(upload.offset_bytes)
            if size is None
            else words.size_of(upload.offset_bytes, size)
        )
        if upload.state == UploadState.WAITING:
            return how_far, self.tr("waits for its sender")
        rate = (words.rate(upload.bytes_per_s),) if upload.bytes_per_s else ()
        return (how_far, *rate)


class ArrivingCard(Card):
    """A row for each upload, the first few of them."""

    def __init__(self, words: QtWords) -> None:
        super().__init__(translate("ArrivingCard", "Arriving now"))
        self._words = words
        self._rows: list[_Row] = []
        self.nobody = Text(self.tr("Nobody is sending to this computer."), Type.BODY)
        self.nobody.setForegroundRole(Role.PlaceholderText)
        self.rest = Text("", Type.CAPTION, Role.PlaceholderText)
        self.rest.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.M)
        self.body.addWidget(self.nobody)
        self.body.addLayout(self._list)
        self.body.addWidget(self.rest)

    def show_uploads(self, uploads: Sequence[UploadStatus]) -> None:
        """Show these; those that move stand before those that wait."""
        ordered = sorted(uploads, key=lambda one: (one.state == UploadState.WAITING, one.started))
        shown = ordered[:_MOST]
        while len(self._rows) < len(shown):
            row = _Row(self._words)
            self._rows.append(row)
            self._list.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(shown))
            if number < len(shown):
                row.show_upload(shown[number], self._words.sender(shown[number].sender))
        self.nobody.setVisible(not shown)
        more = len(ordered) - len(shown)
        self.rest.setVisible(more > 0)
        self.rest.setText(self.tr("and %Ln more", "", more))
