"""The list as a whole: how far it is, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.destination import Destination
from desktop.gui import theme
from desktop.gui.buttons import ActionButton, Look
from desktop.gui.cards import ElidedText
from desktop.gui.gauges import Gauge, Part
from desktop.gui.limit_button import LimitButton
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.totals import Totals, summary_line
from desktop.gui.words import QtWords


class SummaryBar(QWidget):
    """Stands below the list."""

    def __init__(
        self, words: QtWords, actions: tuple[QAction, ...], adders: tuple[QAction, ...]
    ) -> None:
        """Take what is offered for all files, and what adds more where nothing else does."""
        super().__init__()
        self._words = words
        self._totals = Totals()
        self._destination: Destination | None = None
        self._scanning = False
        self.line = ElidedText("", Type.NAME, Role.WindowText)
        self.line.setAccessibleName(self.tr("Summary"))
        self.line.elide = Qt.TextElideMode.ElideRight
        self.gauge = Gauge(self.tr("All files"), height=4)
        self._buttons = [ActionButton(action, Look.QUIET) for action in actions]
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(self.line, 1)
        self._adders = [ActionButton(action, Look.QUIET) for action in adders]
        for button in self._adders:
            button.set_bare(True)
            button.hide()
            row.addWidget(button)
        self.limit = LimitButton(words)
        self.limit.limited.connect(self._on_limited)
        row.addWidget(self.limit)
        for button in self._buttons:
            row.addWidget(button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.S, theme.S - 2)
        column.setSpacing(theme.XS)
        column.addWidget(self.gauge)
        column.addLayout(row)

    def offer_adding(self, offered: bool) -> None:
        """Show the buttons that add files, for the place above the list is not there."""
        for button in self._adders:
            button.setVisible(offered)
        self._fit()

    @Slot()
    def _on_limited(self) -> None:
        self._fit()

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """What goes to this server is summed up from now on."""
        self._destination = destination
        self._show()

    @Slot(bool)
    def on_scanning(self, scanning: bool) -> None:
        """Say that there will be more: what is told now is not all."""
        self._scanning = scanning
        self._show()

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        self._totals = totals
        self._show()

    def _show(self) -> None:
        """Files of another server are not counted, and where there are any the line says so."""
        totals, here = self._totals, self._destination
        sums, server = totals.all, ""
        if here is not None and any(
            other.files for one, other in totals.servers.items() if one not in ("", here.id)
        ):
            sums, server = totals.to(here.id), here.name
        told = summary_line(sums, self._words, server)
        if self._scanning and told:
            told = self.tr("{summary}, more are being added").format(summary=told)
        self.line.setText(told)
        parts = (Part(Tone.STORED, sums.stored_bytes),)
        self.gauge.show_parts(sums.size_bytes, parts, counted=1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The words of the line go before the words of the buttons."""
        others = [one for one in (self.line, *self._adders, self.limit) if not one.isHidden()]
        widths = [one.sizeHint().width() for one in others]
        widths += [one.full_width() for one in self._buttons if not one.isHidden()]
        around = self._column.contentsMargins()
        gaps = self._row.spacing() * (len(widths) - 1) + around.left() + around.right()
        bare = sum(widths) + gaps > self.width()
        for button in self._buttons:
            button.set_bare(bare)
