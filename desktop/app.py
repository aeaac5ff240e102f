"""Puts the window together: settings, list, engine, built-in receiver, monitor; and runs it."""

from __future__ import annotations

import logging
import logging.handlers
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.bridge import Bridge
from desktop.connection_state import ConnectionState
from desktop.gui import icons
from desktop.gui.main_window import MainWindow
from desktop.gui.row_actions import RowAction
from desktop.gui.theme import Theme
from desktop.gui.words import QtWords
from desktop.local_receiver import LocalReceiver
from desktop.monitor import Monitor
from desktop.paths import APP_NAME, Places, places_of_user
from desktop.receiver_record import ReceiverRecord
from desktop.servers import parse_server
from desktop.settings import Settings
from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import State, Transfer
from desktop.transfer.ledger import Ledger

KEY_VARIABLE = "WHERRY_KEY"
ALREADY_OPEN, WRONG_USE = 1, 2
_SWITCH_INTERVAL_S = 0.0005
_LOG_BYTES, _LOG_FILES = 1_000_000, 3

translate = QCoreApplication.translate
_log = logging.getLogger(__name__)


class Program(QObject):
    """The window and all that works behind it."""

    def __init__(self, places: Places, to: Server | None = None) -> None:
        """Build everything; nothing runs before `start`.

        Args:
            places: where settings, list and received files lie.
            to: the server to send to; None for a receiver of our own on this computer.
        """
        super().__init__()
        places.make_folders()
        self._settings = Settings(places.settings)
        self._to = to
        words = QtWords()
        folder = self._settings.folder(places.received) if to is None else None
        name = self.tr("this computer") if to is None else to.name
        self.window = MainWindow(self._settings, words, name, folder=folder)
        self.bridge = Bridge(lambda emit: Engine(Ledger(places.ledger), emit, server=to), self)
        self.monitor = Monitor(parent=self)
        self.connection = ConnectionState(words, folder, self)
        self.receiver: LocalReceiver | None = None
        self._connect_window()
        self._connect_monitor()
        if folder is not None:
            self._make_receiver(folder, places)

    def _connect_window(self) -> None:
        window, bridge, page = self.window, self.bridge, self.window.page
        bridge.changed.connect(page.model.on_changed)
        bridge.removed.connect(page.model.on_removed)
        bridge.refused.connect(page.on_refused)
        window.paths_offered.connect(bridge.add)
        window.folder_chosen.connect(self._on_folder_chosen)
        page.requested.connect(self._on_requested)
        page.actions_.clear_finished.triggered.connect(bridge.clear_finished)
        page.actions_.open_folder.triggered.connect(self._on_open_folder)
        self.connection.changed.connect(window.on_link_changed)
        self.connection.trouble_changed.connect(window.on_trouble_changed)

    def _connect_monitor(self) -> None:
        self.monitor.sampled.connect(self.window.panel.on_sampled)
        self.monitor.sampled.connect(self.window.on_sampled)
        self.monitor.sampled.connect(self.connection.on_sampled)
        self.monitor.failed.connect(self.connection.on_failed)

    def _make_receiver(self, folder: Path, places: Places) -> None:
        name = self.tr("this computer")
        record = ReceiverRecord(places.receiver_record)
        receiver = LocalReceiver(folder, name, record, parent=self)
        receiver.starting.connect(self.connection.on_starting)
        receiver.ready.connect(self.connection.on_ready)
        receiver.ready.connect(self.bridge.use)
        receiver.ready.connect(self.monitor.watch)
        receiver.lost.connect(self.connection.on_lost)
        receiver.troubled.connect(self.connection.on_troubled)
        self.receiver = receiver

    def start(self, paths: Sequence[Path] = ()) -> None:
        """Show the window at once; what works behind it begins after its first picture."""
        self.connection.on_starting()
        self.window.show()
        self._paths = tuple(paths)
        QTimer.singleShot(0, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        self.bridge.start()
        if self.receiver is not None:
            self.receiver.start()
        else:
            self.monitor.watch(self._to)
        if self._paths:
            self.bridge.add(self._paths)

    def stop(self) -> None:
        """End what works behind the window, and wait for it."""
        self.window.hide()
        self.monitor.stop()
        self.bridge.stop()
        if self.receiver is not None:
            self.receiver.stop()

    @Slot(object, object)
    def _on_requested(self, action: RowAction, ids: Sequence[int]) -> None:
        orders = {
            RowAction.PAUSE: self.bridge.pause,
            RowAction.GO_ON: self.bridge.go_on,
            RowAction.CANCEL: self.bridge.cancel,
            RowAction.TRY_AGAIN: self.bridge.retry,
            RowAction.REMOVE: self.bridge.remove,
        }
        if action in orders:
            orders[action](ids)
        elif action is RowAction.SHOW:
            self._show_file(self.window.page.transfer(ids[0]))

    def _show_file(self, transfer: Transfer | None) -> None:
        if transfer is not None:
            _open(self._place_of(transfer).parent)

    def _place_of(self, transfer: Transfer) -> Path:
        """Return where the stored file lies, if that is on this computer; else the original."""
        folder = self.window.folder
        if folder is not None and transfer.state is State.STORED and transfer.stored_name:
            return folder / transfer.stored_name
        return transfer.path

    @Slot()
    def _on_open_folder(self) -> None:
        if self.window.folder is not None:
            _open(self.window.folder)

    @Slot(object)
    def _on_folder_chosen(self, folder: Path) -> None:
        self._settings.set_folder(folder)
        self._settings.save()
        self.window.set_folder(folder)
        self.connection.set_folder(folder)
        if self.receiver is not None:
            self.receiver.move_to(folder)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def run(paths: list[Path], to: str | None) -> int:
    """Open the window and run until it is closed; returns the exit code.

    Args:
        paths: files and folders for the list.
        to: URL of the server to send to; its key comes from the environment.
    """
    try:
        server = None if to is None else parse_server(to, os.environ.get(KEY_VARIABLE, ""))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    places = places_of_user()
    places.make_folders()
    _install_logging(places.log)
    # Threads of the engine hold the interpreter for up to this long while the window waits for it.
    # With the default of 5 ms a timer of 16 ms came up to 49 ms late beside a scan; with this one
    # 7 ms, at the same throughput.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    app = _make_application()
    try:
        program = Program(places, server)
    except BlockingIOError:
        return _tell_already_open()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: program.window.close())
    program.start(paths)
    code = app.exec()
    program.stop()
    return int(code)


def _tell_already_open() -> int:
    """The list belongs to one window at a time."""
    QMessageBox.information(
        None,
        "Wherry",
        translate(
            "Program",
            "Wherry is already open. Add your files in the window that is there: "
            "two windows would send the same list twice.",
        ),
    )
    return ALREADY_OPEN


def _make_application() -> QApplication:
    app = QApplication([APP_NAME])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("Wherry")
    app.setDesktopFileName(APP_NAME)
    app.setWindowIcon(icons.app_icon())
    Theme(app)
    return app


def _install_logging(file: Path) -> None:
    handler = logging.handlers.RotatingFileHandler(
        file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s",
        handlers=[handler],
    )
    sys.excepthook = _on_unhandled
    threading.excepthook = _on_unhandled_in_thread
    qInstallMessageHandler(_on_qt_message)


def _on_unhandled(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _log.critical("unhandled", exc_info=(kind, error, trace))


def _on_unhandled_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        name = told.thread.name if told.thread else "a thread"
        trace = (told.exc_type, told.exc_value, told.exc_traceback)
        _log.critical("unhandled in %s", name, exc_info=trace)


def _on_qt_message(kind: QtMsgType, _context: object, text: str) -> None:
    level = logging.INFO if kind is QtMsgType.QtInfoMsg else logging.WARNING
    _log.log(logging.DEBUG if kind is QtMsgType.QtDebugMsg else level, "Qt: %s", text)
