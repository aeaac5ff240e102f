"""Says that the program has made a mistake, with a text for whoever mends it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.gui.details_dialog import DetailsDialog

translate = QCoreApplication.translate


class CrashDialog(DetailsDialog):
    """One for all mistakes made while it is open."""

    def __init__(self, text: str, log: str, parent: QWidget) -> None:
        super().__init__(
            translate("CrashDialog", "Wherry has made a mistake."),
            translate(
                "CrashDialog",
                "Your list is kept, and what is stored stays stored. If something no longer "
                "moves, close Wherry and open it again. Please send the text below, or the log "
                "in {log}, to whoever helps you: neither holds keys nor contents of files.",
            ).format(log=log),
            text,
            parent,
        )
        self.setWindowTitle("Wherry")
        self._text, self._times = text, 1

    def count_another(self) -> None:
        """It has happened again."""
        self._times += 1
        told = translate("CrashDialog", "%Ln mistakes so far; the first one:", "", self._times)
        self.details.setPlainText(f"{told}\n\n{self._text}")
