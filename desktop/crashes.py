"""What nobody has caught: written to the log with its traceback, and told in one dialog.

An exception may come from a slot, from a painting, or from any thread; while the dialog is open
further ones are counted in it and never open another.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.discretion import without_keys
from desktop.gui.crash_dialog import CrashDialog
from desktop.versions import versions_text

_log = logging.getLogger(__name__)


class Crashes(QObject):
    """Lives in the GUI thread; `take` may be called from any.

    Args:
        window: that the dialog stands before.
        log: the log's place, named in the dialog.
    """

    _happened = Signal(str, str)

    def __init__(self, window: QWidget, log: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._place = window, log
        self._dialog: CrashDialog | None = None
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take what nobody catches from now on."""
        sys.excepthook = self._on_unhandled
        threading.excepthook = self._on_unhandled_in_thread

    def _on_unhandled(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.take(error.with_traceback(trace), "the window")

    def _on_unhandled_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            name = told.thread.name if told.thread else "a thread"
            self.take(told.exc_value.with_traceback(told.exc_traceback), name)

    def take(self, error: BaseException, where: str) -> None:
        """Write an exception down, and tell it."""
        _log.critical("unhandled in %s", where, exc_info=error)
        if isinstance(error, Exception):
            self._happened.emit("".join(traceback.format_exception(error)), where)

    @Slot(str, str)
    def _on_happened(self, text: str, where: str) -> None:
        if self._dialog is None:
            told = f"{versions_text()}\n\n{where}:\n{text}"
            self._dialog = CrashDialog(without_keys(told), self._place, self._window)
            self._dialog.finished.connect(self._on_finished)
            self._dialog.open()
        else:
            self._dialog.count_another()

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None
