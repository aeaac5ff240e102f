"""The program's own log: what it writes down for whoever helps, mistakes of ours included."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_log = logging.getLogger(__name__)


def install_logging(file: Path) -> None:
    """Write to this file from now on, also what nobody has caught and what Qt says."""
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
