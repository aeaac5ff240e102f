"""The program's own log: what it writes down for whoever helps, mistakes of ours included.

Keys are blotted out in all of it, tracebacks included.
"""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from desktop.discretion import without_keys

_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_log = logging.getLogger(__name__)


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))


def install_logging(file: Path) -> None:
    """Write to this file from now on, also what Qt says; where it cannot be, to standard error."""
    handler: logging.Handler
    try:
        handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(_Discreet(_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, _context: object, text: str) -> None:
    level = logging.INFO if kind is QtMsgType.QtInfoMsg else logging.WARNING
    _log.log(logging.DEBUG if kind is QtMsgType.QtDebugMsg else level, "Qt: %s", text)
