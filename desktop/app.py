"""Puts the window together: settings, list, engine, built-in receiver, monitor; and runs it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import interpreter, language
from desktop.bridge import Bridge
from desktop.connection_state import ConnectionState
from desktop.crashes import Crashes
from desktop.destinations import Destinations
from desktop.garbage import GarbageCollector
from desktop.gui import icons
from desktop.gui.listing import Listing
from desktop.gui.main_window import MainWindow
from desktop.gui.theme import Theme, followed_portal
from desktop.gui.words import QtWords
from desktop.instance import Door, Request, hand_over
from desktop.local_receiver import LocalReceiver, Terms
from desktop.log_file import install_logging
from desktop.monitor import Monitor
from desktop.paths import APP_NAME, Places, places_of_user
from desktop.presence import Presence
from desktop.program_menu import ProgramMenu
from desktop.receiver_record import ReceiverRecord
from desktop.receiving import Receiving
from desktop.row_requests import RowRequests
from desktop.server_dialogs import ServerDialogs
from desktop.server_keys import KeyStore, KeyUnreadableError
from desktop.servers import find_server
from desktop.settings import Settings
from desktop.speed_limit import SpeedLimit
from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.ledger import Ledger

KEY_VARIABLE = "WHERRY_KEY"
ALREADY_OPEN, WRONG_USE = 1, 2
_OPENS_WITHIN_S, _KNOCK_S = 5.0, 0.1

translate = QCoreApplication.translate


class Program(QObject):
    """The window and all that works behind it."""

    def __init__(self, places: Places, to: Server | None = None) -> None:
        """Build everything; nothing runs before `start`.

        Args:
            places: where settings, list and received files lie.
            to: a server to send to in this run; None for the one that was chosen the last time.
        """
        super().__init__()
        places.make_folders()
        self._settings = Settings(places.settings)
        words = QtWords()
        folder = self._settings.folder(places.received)
        listing = Listing()
        ledger = Ledger(places.ledger)
        self.bridge = Bridge(
            lambda emit: Engine(ledger, emit, precedence=listing.precedence), listing, self
        )
        self.destinations = Destinations(places, self._settings, to, self)
        self.window = MainWindow(self._settings, words, self.destinations.current, folder, listing)
        self.window.page.tell_of_list(ledger.set_aside, ledger.unkept)
        self.monitor = Monitor(parent=self)
        self.connection = ConnectionState(words, folder, self)
        record = ReceiverRecord(places.receiver_record)
        terms = Terms(folder, self._settings.shared(), self._settings.port())
        self.receiver = LocalReceiver(terms, self.tr("this computer"), record, parent=self)
        self.receiving = Receiving(
            self.receiver,
            self.window,
            self.connection,
            self._settings,
            KeyStore(places.server_keys),
            words,
            self,
        )
        current = self.destinations.current
        self.presence = Presence(self.window, self._settings, words, current, self)
        self.crashes = Crashes(self.window, str(places.log), self)
        self.menu = ProgramMenu(
            self.window.header.menu, self._settings, places.log, self.window, self
        )
        self.dialogs = ServerDialogs(self.destinations, words, self.window, self)
        self.rows = RowRequests(self.window, self.bridge, self.destinations, words)
        self.limit = SpeedLimit(self.window, self.bridge, self._settings)
        self.door = Door(places.window, self)
        self._connect_window()
        self._connect_receiver()
        self._connect_monitor()
        self._connect_destinations()
        self._connect_presence()

    def _connect_presence(self) -> None:
        for part in (self.presence, self.menu):
            part.quit_wanted.connect(self.quit)
        self.destinations.chosen.connect(self.presence.on_chosen)
        self.receiving.arriving.connect(self.presence.on_arriving)
        self.receiving.arriving.connect(self.window.on_arriving)

    @Slot()
    def quit(self) -> None:
        """Close the window without a question; `window.closed` tells that it is gone."""
        self.window.let_go()

    def _connect_window(self) -> None:
        window, bridge, page = self.window, self.bridge, self.window.page
        bridge.changed.connect(page.model.on_news)
        bridge.refused.connect(page.on_refused)
        bridge.scanning.connect(page.summary.on_scanning)
        window.paths_offered.connect(page.on_offered)
        window.paths_offered.connect(bridge.add)
        window.folder_chosen.connect(self._on_folder_chosen)
        page.requested.connect(self.rows.on_requested)
        page.moved.connect(bridge.move)
        page.actions_.clear_finished.triggered.connect(bridge.clear_finished)
        page.actions_.open_folder.triggered.connect(self._on_open_folder)
        self.connection.changed.connect(window.on_link_changed)
        self.connection.trouble_changed.connect(window.on_trouble_changed)

    def _connect_monitor(self) -> None:
        self.monitor.sampled.connect(self.window.panel.on_sampled)
        self.monitor.recalled.connect(self.window.panel.on_recalled)
        self.monitor.sampled.connect(self.destinations.on_sampled)
        self.monitor.sampled.connect(self.connection.on_sampled)
        self.monitor.failed.connect(self.connection.on_failed)

    def _connect_receiver(self) -> None:
        receiver, connection = self.receiver, self.connection
        receiver.starting.connect(connection.on_starting)
        receiver.ready.connect(connection.on_ready)
        receiver.ready.connect(self.destinations.on_local_ready)
        receiver.lost.connect(connection.on_lost)
        receiver.troubled.connect(connection.on_troubled)
        receiver.turned_off.connect(connection.on_turned_off)
        receiver.turned_off.connect(self.destinations.on_local_gone)
        receiver.moving.connect(self.destinations.on_local_gone)

    def _connect_destinations(self) -> None:
        where, window, dialogs = self.destinations, self.window, self.dialogs
        where.listed.connect(window.page.on_listed)
        where.chosen.connect(window.on_chosen)
        where.chosen.connect(self.connection.on_chosen)
        where.used.connect(self.bridge.use)
        where.used.connect(self.monitor.watch)
        where.local_wanted.connect(self.receiving.want)
        where.key_unreadable.connect(self.connection.on_key_unreadable)
        picker, waiting = window.page.destination.picker, window.page.waiting
        for chooser in (picker, waiting):
            chooser.picked.connect(where.choose)
        picker.add_wanted.connect(dialogs.on_add_wanted)
        picker.edit_wanted.connect(dialogs.on_edit_wanted)
        waiting.add_wanted.connect(dialogs.open_with)
        for part in (window.page, window.page.destination):
            part.check_wanted.connect(dialogs.on_diagnosis_wanted)
        window.link_offered.connect(dialogs.open_with)
        window.page.model.totals_changed.connect(dialogs.on_totals_changed)
        self.door.knocked.connect(self._on_knocked)

    def start(self, paths: Sequence[Path] = (), link: str = "") -> None:
        """Show the window at once; what works behind it begins after its first picture.

        Args:
            paths: files and folders for the list.
            link: a pairing link to open the dialog for adding a server with.
        """
        self.connection.on_chosen(self.destinations.current)
        self.window.show()
        self._given = Request(tuple(paths), link)
        QTimer.singleShot(0, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        self.door.open()
        self.bridge.start()
        self.presence.begin()
        self.destinations.begin()
        self.receiving.begin()
        self._take(self._given)

    def _take(self, request: Request) -> None:
        if request.paths:
            self.window.paths_offered.emit(request.paths)
        if request.link:
            self.dialogs.open_with(request.link)

    @Slot(object)
    def _on_knocked(self, request: Request) -> None:
        """The program was started once more: this window is what somebody wants to see."""
        self.window.come_to_front()
        self._take(request)

    def stop(self) -> None:
        """End what works behind the window, and wait for it."""
        self.window.hide()
        self.door.close()
        self.presence.stop()
        self.dialogs.stop()
        self.rows.stop()
        self.destinations.stop()
        self.monitor.stop()
        self.receiving.stop()
        self.bridge.stop()
        self.receiver.stop()

    @Slot()
    def _on_open_folder(self) -> None:
        _show(self.window.folder)

    @Slot(object)
    def _on_folder_chosen(self, folder: Path) -> None:
        self._settings.set_folder(folder)
        self._settings.save()
        self.window.set_folder(folder)
        self.connection.set_folder(folder)
        self.receiving.move_to(folder)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def run(paths: list[Path], to: str | None, link: str = "") -> int:
    """Open the window and run until it is closed; returns the exit code.

    Where a window is open already, that one takes paths and link, unless `to` says where to.

    Args:
        paths: files and folders for the list.
        to: URL, link or saved name of the server to send to; the key of a URL comes from the
            environment.
        link: a pairing link to open the dialog for adding a server with.
    """
    places = places_of_user()
    try:
        server = None if to is None else find_server(to, os.environ.get(KEY_VARIABLE, ""), places)
    except (ValueError, KeyUnreadableError) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    places.make_folders()
    install_logging(places.log)
    interpreter.set_up()
    app = _make_application()
    language.install(app, Settings(places.settings).language())
    request = Request.of(paths, link)
    program = _open(places, request, server)
    if isinstance(program, int):
        return program
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: program.quit())
    app.setQuitOnLastWindowClosed(False)
    program.window.closed.connect(app.quit)
    app.commitDataRequest.connect(program.quit)
    program.crashes.install()
    program.start(request.paths, link)
    code = app.exec()
    program.stop()
    return int(code)


def _open(places: Places, request: Request, server: Server | None) -> Program | int:
    """Return the program, or where one is open already the exit code of this start.

    One that is just opening listens in a moment; one that is just closing lets go in a moment.
    """
    until = time.monotonic() + (_OPENS_WITHIN_S if server is None else 0.0)
    while True:
        if server is None and hand_over(places.window, request):
            return 0
        try:
            return Program(places, server)
        except BlockingIOError:
            if time.monotonic() >= until:
                return _tell_already_open()
            time.sleep(_KNOCK_S)


def _tell_already_open() -> int:
    """The list belongs to one window at a time."""
    QMessageBox.information(
        None,
        "Wherry",
        translate(
            "Program",
            "Wherry is already open. Add your files and choose the server in the window that is "
            "there: two windows would send the same list twice.",
        ),
    )
    return ALREADY_OPEN


def _make_application() -> QApplication:
    with followed_portal():
        app = QApplication([APP_NAME])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("Wherry")
    app.setDesktopFileName(APP_NAME)
    app.setWindowIcon(icons.app_icon())
    Theme(app)
    GarbageCollector(app)
    return app
