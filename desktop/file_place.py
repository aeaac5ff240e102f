"""Shows where a file lies, in the system's file manager, the file selected where that can be."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.background import Background

_ANSWER_S = 5.0
_log = logging.getLogger(__name__)


class FilePlace(QObject):
    """Lives in the GUI thread; on Linux the file manager is asked on another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("file manager", self)

    def show(self, file: Path) -> None:
        """Open the file's folder, with the file selected if the system knows how."""
        if sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", str(file)])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(file)])
        else:
            self._background.run(partial(_ask_file_manager, file), partial(self._on_asked, file))

    def _on_asked(self, file: Path, shown: bool) -> None:
        if not shown:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    def stop(self) -> None:
        self._background.stop()


def _ask_file_manager(file: Path) -> bool:
    """Ask by the desktop's own interface (org.freedesktop.FileManager1); tells whether it did."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import DBusErrorResponse, unwrap_msg

    manager = DBusAddress(
        "/org/freedesktop/FileManager1",
        bus_name="org.freedesktop.FileManager1",
        interface="org.freedesktop.FileManager1",
    )
    message = new_method_call(manager, "ShowItems", "ass", ([file.absolute().as_uri()], ""))
    try:
        with open_dbus_connection() as bus:
            unwrap_msg(bus.send_and_get_reply(message, timeout=_ANSWER_S))
    except (OSError, KeyError, DBusErrorResponse) as error:
        _log.info("no file manager could be asked: %r", error)
        return False
    return True
