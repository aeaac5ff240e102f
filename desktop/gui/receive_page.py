"""The page that receives. It asks by signals and is told by its `show_` methods; it never acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.arriving_card import ArrivingCard
from desktop.gui.live_panel import WIDTH
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.gui.received_card import ReceivedCard
from desktop.gui.receiver_card import ReceiverCard
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.sharing_card import SharingCard
from desktop.gui.theme import Role
from desktop.gui.trouble_notice import TroubleNotice
from desktop.gui.words import QtWords
from desktop.receipt import Receipt
from desktop.receiver_trouble import Trouble
from desktop.sample import Sample

_NARROW_BELOW = 1060
"""Width in pixels below which the link goes under the rest."""


class ReceivePage(QWidget):
    """Two columns of cards, or one where the window is narrow."""

    def __init__(self, words: QtWords) -> None:
        super().__init__()
        self.receiver = ReceiverCard(words)
        self.sharing = SharingCard()
        self.arriving = ArrivingCard(words)
        self.received = ReceivedCard(words)
        self._details = QAction(icons.icon("details"), self.tr("&Details…"), self)
        self.trouble = TroubleNotice(self._details, self.receiver.change_folder)
        self._receipt: ReceiptDialog | None = None
        self._compact: bool | None = None
        self._arrange()

    def _arrange(self) -> None:
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._left = QVBoxLayout()
        self._left.addWidget(self.trouble)
        for card, share in ((self.receiver, 0), (self.arriving, 0), (self.received, 1)):
            self._left.addWidget(card, share)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self.sharing)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBar(SlimScrollBar(Role.Window))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < _NARROW_BELOW
        if compact != self._compact:
            self._compact = compact
            self._set_compact(compact)

    def _set_compact(self, compact: bool) -> None:
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if compact else direction.LeftToRight)
        self._columns.setSpacing(theme.S if compact else theme.L + theme.XS)
        self._left.setSpacing(theme.S if compact else theme.M)
        self._columns.setStretchFactor(self._left, 1)
        self.sharing.setMinimumWidth(0 if compact else WIDTH)
        self.sharing.setMaximumWidth(16777215 if compact else WIDTH)
        self.trouble.set_compact(compact)
        for card in (self.receiver, self.sharing, self.arriving, self.received):
            card.set_compact(compact)

    @Slot(object)
    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why the receiver does not start, for as long as it does not."""
        self.trouble.show_trouble(trouble)
        self.sharing.show_trouble(trouble)

    def take_focus(self) -> None:
        self.receiver.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        self.receiver.show_disk(sample.status.disk)
        self.arriving.show_uploads(sample.status.uploads)

    def forget(self) -> None:
        """The receiver does not run: nothing is known of it."""
        self.receiver.show_disk(None)
        self.arriving.show_uploads(())

    @Slot(object)
    def on_listed(self, receipts: Sequence[Receipt]) -> None:
        self.received.model.show(receipts)
        if self._receipt is not None:
            latest = self.received.model.receipt(self._receipt.receipt.id)
            if latest is not None and latest != self._receipt.receipt:
                self._receipt.show_receipt(latest)

    def open_receipt(self, dialog: ReceiptDialog) -> None:
        """Show a receipt, and keep it up to date while it is open."""
        self._receipt = dialog
        dialog.finished.connect(self._on_receipt_closed)
        dialog.open()

    @Slot()
    def _on_receipt_closed(self) -> None:
        self._receipt = None
