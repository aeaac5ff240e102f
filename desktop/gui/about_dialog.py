"""About this program: what it is, and the versions of what it is made of, to copy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.gui.details_dialog import DetailsDialog

translate = QCoreApplication.translate


class AboutDialog(DetailsDialog):
    def __init__(self, version: str, versions: str, log: str, parent: QWidget) -> None:
        """Take this program's version, all versions as lines, and where its log lies."""
        super().__init__(
            translate("AboutDialog", "Wherry {version}").format(version=version),
            translate(
                "AboutDialog",
                "Files of any size through very little memory. Free software under the MIT "
                "licence. Its log is {log}",
            ).format(log=log),
            versions,
            parent,
        )
        self.setWindowTitle(translate("AboutDialog", "About Wherry"))
