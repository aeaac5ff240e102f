"""What people do with a window, as the events that Qt gets for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_point = QPointF if QLibraryInfo.version() >= QVersionNumber(6, 12) else QPoint
"""Where a drag is: a QPoint is deprecated from Qt 6.12 on, before it nothing else was taken."""


def urls(paths: Sequence[Path]) -> QMimeData:
    """Return what a file manager hands over for files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drag_over(window: QWidget, mime: QMimeData) -> bool:
    """Hold something over the middle of the window; returns whether it would take it."""
    middle: Any = _point(window.rect().center())
    enter = QDragEnterEvent(middle, _COPY, mime, _LEFT, _NO_KEYS)
    QApplication.sendEvent(window, enter)
    move = QDragMoveEvent(middle, _COPY, mime, _LEFT, _NO_KEYS)
    QApplication.sendEvent(window, move)
    return enter.isAccepted()


def let_go(window: QWidget, mime: QMimeData) -> None:
    """Drop it there."""
    middle = QPointF(window.rect().center())
    QApplication.sendEvent(window, QDropEvent(middle, _COPY, mime, _LEFT, _NO_KEYS))


def drop(window: QWidget, *paths: Path) -> None:
    """Drag files over the window and let go."""
    mime = urls(paths)
    assert drag_over(window, mime)
    let_go(window, mime)
