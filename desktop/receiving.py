"""What the page Receive shows and does: the built-in receiver, who sends to it, and the link.

The receiver runs when it is needed and not turned off: while files go to this computer, while
others may send to it, and once somebody has looked at the page. Its numbers are asked for while
the page is seen, and while others may send, for a window must not close on them unasked.
"""

from __future__ import annotations

import dataclasses
import logging
import platform
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.connection_state import ConnectionState
from desktop.file_place import FilePlace
from desktop.gui.header import Page
from desktop.gui.main_window import MainWindow
from desktop.gui.questions import ask_for_new_link
from desktop.gui.receipt_dialog import ReceiptDialog
from desktop.gui.received_card import FileAction
from desktop.gui.words import QtWords, isolated
from desktop.invitation import OWNER, Invitation
from desktop.local_receiver import LocalReceiver, Terms
from desktop.monitor import Monitor
from desktop.receipt import Receipt
from desktop.received_files import ReceivedFiles
from desktop.sample import Sample
from desktop.server_keys import KeyStore
from desktop.settings import Settings
from desktop.sharing import Sharing
from desktop.transfer.api import Server
from receiver.protocol import UploadState

_RUN = "app appimage bat cmd com desktop exe hta jar js jse lnk msi ps1 py reg run scr sh vbs wsf"
RUNS_WHEN_OPENED = frozenset(_RUN.split(" "))
"""Endings of files that do something when they are opened: what a stranger has sent is not."""

_log = logging.getLogger(__name__)


class Receiving(QObject):
    """Lives in the GUI thread, as long as the window.

    Signals:
        arriving: how many uploads others have under way to this computer.
    """

    arriving = Signal(int)

    def __init__(
        self,
        receiver: LocalReceiver,
        window: MainWindow,
        connection: ConnectionState,
        settings: Settings,
        keys: KeyStore,
        words: QtWords,
        parent: QObject | None = None,
    ) -> None:
        """Take the receiver, which is not started, and the window with its page."""
        super().__init__(parent)
        self._receiver, self._window, self._settings = receiver, window, settings
        self._words, self._connection = words, connection
        self._page = window.receive
        self._server: Server | None = None
        self._arriving = 0
        self.monitor = Monitor(parent=self)
        self.files = ReceivedFiles(self)
        self.sharing = Sharing(keys, platform.node() or "Wherry", self)
        self._place = FilePlace(self)
        self._connect_receiver()
        self._connect_page()
        self._show_settings()

    def _connect_receiver(self) -> None:
        receiver = self._receiver
        receiver.ready.connect(self._on_ready)
        receiver.lost.connect(self._on_gone)
        receiver.starting.connect(self._on_gone)
        receiver.turned_off.connect(self._on_gone)
        receiver.turned_off.connect(self._on_trouble_over)
        receiver.troubled.connect(self._page.show_trouble)
        self.monitor.sampled.connect(self._on_sampled)
        self.monitor.sampled.connect(self._page.on_sampled)
        self.monitor.sampled.connect(self.files.on_sampled)
        self.files.listed.connect(self._page.on_listed)
        self.sharing.changed.connect(self._on_invitation)
        self.sharing.failed.connect(self._page.sharing.show_failure)
        self._connection.own_changed.connect(self._page.receiver.show_link)

    def _connect_page(self) -> None:
        page, card, sending = self._page, self._page.sharing, self._window.page
        page.receiver.turned.connect(self._on_turned)
        page.receiver.open_folder.triggered.connect(self._on_open_folder)
        page.received.requested.connect(self._on_requested)
        card.turned.connect(self._on_shared)
        for chooser in (card.port_chosen, page.trouble.port_wanted, sending.trouble.port_wanted):
            chooser.connect(self._on_port)
        card.address_chosen.connect(self.sharing.prefer)
        card.renew_wanted.connect(self._on_renew_wanted)
        self._window.turned.connect(self._on_page)

    def _show_settings(self) -> None:
        on, shared = self._settings.receiving(), self._settings.shared()
        self._page.receiver.show_on(on)
        self._page.sharing.show_port(self._settings.port())
        self._page.sharing.setEnabled(on)
        self._page.sharing.show_invitation(self.sharing.invitation, wanted=on and shared)

    def begin(self) -> None:
        """Start the receiver if others may send to it, or somebody looks at its page."""
        if self._settings.shared() or self._window.header.page is Page.RECEIVE:
            self.want()

    def stop(self) -> None:
        """End what asks, and wait for it; the receiver itself is stopped by whoever made it."""
        self.sharing.stop()
        self.monitor.stop()
        self.files.stop()
        self._place.stop()

    @Slot()
    def want(self) -> None:
        """Have the receiver run, unless it was turned off."""
        if self._settings.receiving():
            self._receiver.start()
        else:
            self._connection.on_turned_off()

    @Slot(object)
    def _on_page(self, page: Page) -> None:
        if page is Page.RECEIVE:
            self.want()
        self._watch()

    def _watch(self) -> None:
        looked_at = self._window.header.page is Page.RECEIVE
        server = self._server if looked_at or self._settings.shared() else None
        self.monitor.watch(server)
        self.files.watch(server if looked_at else None)

    @Slot(object)
    def _on_ready(self, server: Server) -> None:
        self._server = server
        self._on_trouble_over()
        self._watch()
        if self._receiver.terms.shared:
            self.sharing.begin(self._receiver.terms, server)

    @Slot()
    def _on_trouble_over(self) -> None:
        self._page.show_trouble(None)

    @Slot()
    def _on_gone(self) -> None:
        self._server = None
        self._watch()
        self._page.forget()
        self._tell_arriving(0)
        self.sharing.end()

    @Slot(object)
    def _on_sampled(self, sample: Sample) -> None:
        moving = [one for one in sample.status.uploads if one.state != UploadState.WAITING]
        self._tell_arriving(sum(one.sender != OWNER for one in moving))

    def _tell_arriving(self, count: int) -> None:
        if count != self._arriving:
            self._arriving = count
            self.arriving.emit(count)

    @Slot(object)
    def _on_invitation(self, _invitation: Invitation | None) -> None:
        self._show_settings()

    @Slot(bool)
    def _on_turned(self, on: bool) -> None:
        self._settings.set_receiving(on)
        self._settings.save()
        self._show_settings()
        if on:
            self._receiver.start()
        else:
            self._receiver.turn_off()

    @Slot(bool)
    def _on_shared(self, shared: bool) -> None:
        self._settings.set_shared(shared)
        self._change(dataclasses.replace(self._receiver.terms, shared=shared))

    @Slot(int)
    def _on_port(self, port: int) -> None:
        self._settings.set_port(port)
        self._change(dataclasses.replace(self._receiver.terms, port=port))

    def move_to(self, folder: Path) -> None:
        """Store files in another folder from now on."""
        self._change(dataclasses.replace(self._receiver.terms, folder=folder))

    def _change(self, terms: Terms) -> None:
        self._settings.save()
        self._show_settings()
        before = self._receiver.terms
        self._receiver.change(terms)
        if before.shared or terms.shared or before.folder != terms.folder:
            self._on_gone()
            self.want()

    @Slot()
    def _on_renew_wanted(self) -> None:
        question = ask_for_new_link(self._window)
        question.accepted.connect(self._on_renew_agreed)
        question.open()

    @Slot()
    def _on_renew_agreed(self) -> None:
        self.sharing.renew()

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._receiver.terms.folder)))

    @Slot(object, object)
    def _on_requested(self, action: FileAction, receipt: Receipt) -> None:
        place = self._receiver.terms.folder / receipt.stored_name
        if action is FileAction.RECEIPT:
            dialog = ReceiptDialog(receipt, place, self._words, self._window)
            self._page.open_receipt(dialog)
            self.files.refresh()
        elif not place.exists():
            name = isolated(PurePosixPath(receipt.stored_name).name)
            told = self.tr("{name} is no longer there: it was moved, renamed or deleted.")
            self._page.received.say(told.format(name=name))
        elif action is FileAction.OPEN and not _runs(place):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
        else:
            self._place.show(place)


def _runs(place: Path) -> bool:
    return place.suffix.lower().removeprefix(".") in RUNS_WHEN_OPENED
