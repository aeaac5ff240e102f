"""A small window of another program that files can be dragged out of; also takes pictures.

    drag_source.py FILE ...

Reads lines: "shot PATH" saves a picture of the whole screen; the end of the input ends it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QSocketNotifier, Qt, QUrl, Slot
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = (1200, 780)
"""Of its window, beside the one that is tested."""


class Source(QLabel):
    """Starts a drag as soon as the pressed mouse moves."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("drag me")
        self._files = files
        self.setWindowTitle("Drag source")
        self.resize(160, 80)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._on_input)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self)
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(name) for name in self._files])
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)

    @Slot()
    def _on_input(self) -> None:
        order, _, argument = sys.stdin.readline().strip().partition(" ")
        if order == "shot":
            QGuiApplication.primaryScreen().grabWindow(0).save(argument)
            print("done", flush=True)
        elif not order:
            QApplication.quit()


def main() -> int:
    app = QApplication(sys.argv)
    source = Source(sys.argv[1:])
    source.show()
    source.move(*PLACE)
    print("shown", flush=True)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
