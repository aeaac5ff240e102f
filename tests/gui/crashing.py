"""Opens the window, makes a mistake in a slot and one in a thread, and counts the dialogs."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.gui.crash_dialog import CrashDialog


class Clumsy(QObject):
    """Waits for the window, errs twice, and quits when both are told."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._erred = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(50)

    @Slot()
    def _on_tick(self) -> None:
        windows = QApplication.topLevelWidgets()
        dialogs = [one for one in windows if isinstance(one, CrashDialog)]
        if not self._erred and any(one.isVisible() for one in windows):
            self._erred = True
            threading.Thread(target=self._err_in_thread).start()
            QTimer.singleShot(0, self, self._err)
        elif dialogs and dialogs[0].details.toPlainText().startswith("2 "):
            self._timer.stop()
            print("dialogs", len(dialogs))
            QApplication.quit()

    def _err_in_thread(self) -> None:
        raise RuntimeError("from a thread, Bearer S3cretS3cret")

    @Slot()
    def _err(self) -> None:
        raise RuntimeError("from a slot, wherry://h:1/?key=S3cretS3cret&name=h")


if __name__ == "__main__":
    make = app._make_application

    def make_clumsy() -> QApplication:
        made = make()
        Clumsy(made)
        return made

    app._make_application = make_clumsy
    raise SystemExit(app.run([], None))
