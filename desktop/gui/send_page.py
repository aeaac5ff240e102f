"""The page that sends: destination, drop area, list and summary. It asks, and never acts itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.destination import LOCAL_ID, Destination
from desktop.gui import theme
from desktop.gui.cards import Card
from desktop.gui.destination_bar import DestinationBar
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.drop_area import DropStrip, EmptyPage
from desktop.gui.listing import Listing
from desktop.gui.notice import Notice
from desktop.gui.page_actions import PageActions
from desktop.gui.problem_text import (
    ON_THE_WAY,
    details_of,
    plain,
    refused_details,
    refused_headline,
    refused_text,
)
from desktop.gui.queue_model import QueueModel
from desktop.gui.queue_view import QueueView
from desktop.gui.row_actions import RowAction
from desktop.gui.summary_bar import SummaryBar
from desktop.gui.theme import Tone
from desktop.gui.totals import Totals
from desktop.gui.trouble_notice import TroubleNotice
from desktop.gui.waiting_line import WaitingLine
from desktop.gui.words import QtWords
from desktop.messages import explain
from desktop.transfer.events import WHOLE_LIST, Refused

_LOW_PX = 380
"""Height below which the list gets the room of the drop area above it."""


class SendPage(QWidget):
    """Everything left of the live panel.

    Signals:
        requested: a `RowAction` and the tuple of ids of the files and folders it is meant for, or
            `WHOLE_LIST` alone.
        moved: as of `QueueView`.
        check_wanted: the id of a server, the way to which is to be looked at.
    """

    requested = Signal(object, object)
    moved = Signal(object, object, object)
    check_wanted = Signal(str)

    def __init__(self, words: QtWords, listing: Listing) -> None:
        super().__init__()
        self._words = words
        self._refused: list[Refused | str] = []
        self.actions_ = PageActions(self)
        self.listing = listing
        self.model = QueueModel(words, listing, self)
        self.view = QueueView(self.model, words)
        self._make_parts()
        self._arrange()
        self._connect()
        self.on_totals_changed(self.model.totals)

    def _make_parts(self) -> None:
        acts = self.actions_
        self.destination = DestinationBar((acts.open_folder, acts.change_folder))
        self.waiting = WaitingLine()
        self.empty = EmptyPage(acts.add_files, acts.add_folder)
        self.strip = DropStrip(acts.add_files, acts.add_folder)
        self.summary = SummaryBar(self._words, acts.for_all, (acts.add_files, acts.add_folder))
        self.refused = Notice(self.tr("Not added"), Tone.WAITS, (acts.refused_details,))
        self.unkept = Notice(self.tr("List"), Tone.WAITS)
        self.trouble = TroubleNotice(acts.trouble_details, acts.change_folder)

    def _arrange(self) -> None:
        self._filled = QWidget()
        self._filled_column = filled = QVBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(theme.M)
        filled.addWidget(self.strip)
        filled.addWidget(self._list_card(), 1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._filled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.M)
        for part in (self.destination, self.waiting, self.trouble, self.unkept, self.refused):
            self._column.addWidget(part)
        self._column.addLayout(self._pages, 1)

    def _list_card(self) -> Card:
        card = Card("")
        card.setAccessibleName(self.tr("List"))
        card.body.setContentsMargins(2, theme.S, 2, 2)
        card.body.setSpacing(0)
        card.heading.hide()
        card.body.addWidget(self.view, 1)
        card.body.addWidget(self.summary)
        return card

    def _connect(self) -> None:
        acts = self.actions_
        self.view.requested.connect(self._on_requested)
        self.view.moved.connect(self.moved)
        self.model.totals_changed.connect(self.on_totals_changed)
        self.model.totals_changed.connect(self.summary.on_totals_changed)
        self.model.totals_changed.connect(self.waiting.on_totals_changed)
        self.refused.dismissed.connect(self._on_refused_dismissed)
        acts.refused_details.triggered.connect(self._on_refused_details)
        acts.pause_all.triggered.connect(self._on_pause_all)
        acts.go_on_all.triggered.connect(self._on_go_on_all)
        acts.try_again_all.triggered.connect(self._on_try_again_all)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW_PX
        if low == self.strip.isHidden():
            return
        self.strip.setVisible(not low)
        self.summary.offer_adding(low)

    def set_compact(self, compact: bool) -> None:
        self._column.setSpacing(theme.S if compact else theme.M)
        self._filled_column.setSpacing(theme.S if compact else theme.M)
        self.destination.set_compact(compact)
        self.trouble.set_compact(compact)
        self.refused.set_compact(compact)
        self.unkept.set_compact(compact)

    @Slot(object)
    def on_listed(self, destinations: Sequence[Destination]) -> None:
        for part in (self.destination.picker, self.waiting, self.model):
            part.on_listed(destinations)

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        for part in (self.destination, self.waiting, self.model, self.summary):
            part.on_chosen(destination)
        self.actions_.offer_folder(destination.local)

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        self.actions_.follow(totals)
        wanted = self._filled if self.model.rowCount() else self.empty
        if self._pages.currentWidget() is not wanted:
            self._turn_to(wanted)

    def _turn_to(self, page: QWidget) -> None:
        """Show the empty page or the list; the keyboard does not get lost with what is hidden."""
        left = self._pages.currentWidget()
        focused = left is not None and left.isAncestorOf(self.focusWidget() or self)
        self._pages.setCurrentWidget(page)
        if focused:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the list, or while it is empty to the button that fills it."""
        target = self.view if self.model.rowCount() else self.empty.first
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object)
    def _on_requested(self, action: RowAction, ids: tuple[int, ...]) -> None:
        if action is RowAction.DETAILS:
            self._show_details(ids[0])
        else:
            self.requested.emit(action, ids)

    def _show_details(self, transfer_id: int) -> None:
        transfer = self.listing.transfer(transfer_id)
        if transfer is None or transfer.problem is None:
            return
        told = explain(transfer.problem, self._words)
        details = details_of(transfer, transfer.problem, self._words)
        dialog = DetailsDialog(told.headline, plain(told), details, self.window())
        if transfer.problem.kind in ON_THE_WAY and transfer.server_id != LOCAL_ID:
            button = dialog.offer(self.tr("C&heck the way there…"))
            button.clicked.connect(partial(self.check_wanted.emit, transfer.server_id))
        dialog.open()

    @Slot(object)
    def on_offered(self, paths: Sequence[Path]) -> None:
        """Go to a folder that comes once more: its row is there already."""
        rows = [self.model.row_of(self.listing.folder_at(path)) for path in paths]
        row = next((one for one in rows if one is not None), None)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))

    @Slot(object)
    def on_refused(self, refused: tuple[Refused | str, ...]) -> None:
        """Name what cannot be sent; it stays named until somebody dismisses it."""
        self._refused += refused
        text = refused_text(self._refused, self._words)
        self.refused.say(refused_headline(self._refused), text)

    @Slot()
    def _on_refused_dismissed(self) -> None:
        self._refused.clear()

    @Slot()
    def _on_refused_details(self) -> None:
        details = refused_details(self._refused, self._words)
        DetailsDialog(refused_headline(self._refused), "", details, self.window()).open()

    def tell_of_list(self, set_aside: Path | None, unkept: str) -> None:
        """Say that the list of the last time is lost, or that this one will be.

        Args:
            set_aside: where a damaged list was put; None when there was none.
            unkept: why the list cannot be kept, as the system says it; "" where it can.
        """
        if unkept:
            self.unkept.say(
                self.tr("The list of files cannot be kept on this computer: {reason}").format(
                    reason=unkept
                ),
                self.tr(
                    "Files are sent all the same. What is not finished when the window is closed "
                    "has to be added again."
                ),
            )
        elif set_aside is not None:
            self.unkept.say(
                self.tr("The list of files was damaged and begins anew"),
                self.tr(
                    "What is left of the old one is kept as {file}. "
                    "Add again what was not finished."
                ).format(file=self._words.name(str(set_aside))),
            )

    @Slot()
    def _on_pause_all(self) -> None:
        self.requested.emit(RowAction.PAUSE, (WHOLE_LIST,))

    @Slot()
    def _on_go_on_all(self) -> None:
        self.requested.emit(RowAction.GO_ON, (WHOLE_LIST,))

    @Slot()
    def _on_try_again_all(self) -> None:
        self.requested.emit(RowAction.TRY_AGAIN, (WHOLE_LIST,))
