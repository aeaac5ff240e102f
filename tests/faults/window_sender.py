"""The window, offscreen, sending folder after folder: `python -m ...window_sender HOME URL`.

Each line of its input is the path of a folder. When all of that is stored, its list is cleared and
it answers with a line: what was not stored, nothing if all was. It ends with its input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

from PySide6.QtCore import QLocale, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop import interpreter
from desktop.app import KEY_VARIABLE, Program
from desktop.garbage import GarbageCollector
from desktop.gui.theme import Theme
from desktop.log_file import install_logging
from desktop.paths import Places
from desktop.servers import find_server
from desktop.transfer.events import State

LOOK_MS = 100


class Orders(QObject):
    """Takes folders from the standard input, one at a time, and has the window send them."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._scanning = self._clearing = False
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._on_line)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        program.bridge.scanning.connect(self._on_scanning)

    @Slot()
    def _on_line(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._input.setEnabled(False)
            self._program.window.let_go()
            QApplication.exit(0)
            return
        self._clearing = False
        self._program.window.paths_offered.emit([Path(line.rstrip("\n"))])
        self._look.start()

    @Slot(bool)
    def _on_scanning(self, scanning: bool) -> None:
        self._scanning = scanning

    @Slot()
    def _on_look(self) -> None:
        page = self._program.window.page
        rows = page.listing.transfers()
        if self._scanning or not all(one.state.finished for one in rows):
            return
        wrong = [one for one in rows if one.state is not State.STORED]
        if len(wrong) < len(rows):
            self._clearing = True
            page.actions_.clear_finished.trigger()
        elif self._clearing or wrong:
            self._look.stop()
            print("; ".join(f"{one.name}: {one.state.name}" for one in wrong), flush=True)


def main() -> int:
    home, url = Path(sys.argv[1]), sys.argv[2]
    interpreter.set_up()
    QLocale.setDefault(QLocale("en_US"))
    app = QApplication([])
    Theme(app)
    places = Places.below(home)
    places.make_folders()
    install_logging(places.log)
    program = Program(places, find_server(url, os.environ[KEY_VARIABLE], places))
    orders = Orders(program)
    garbage = GarbageCollector(app)
    program.start()
    code = app.exec()
    orders.deleteLater()
    garbage.stop()
    program.stop()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
