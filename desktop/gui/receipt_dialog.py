"""A receipt: what was stored, from whom and when, with the digests that prove it."""

from __future__ import annotations

import logging
from pathlib import Path, PurePosixPath

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import icons, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.details_dialog import keep_direction
from desktop.gui.theme import Role, Type
from desktop.gui.words import QtWords, isolated
from desktop.receipt import Receipt
from desktop.small_file import write_whole

_log = logging.getLogger(__name__)


class ReceiptDialog(QDialog):
    """One receipt as text, to read, to copy, and to save."""

    def __init__(self, receipt: Receipt, place: Path, words: QtWords, parent: QWidget) -> None:
        """Take the receipt, and where the file lies."""
        super().__init__(parent)
        self._words, self._place = words, place
        self.setWindowTitle(self.tr("Receipt"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(460, 320)
        self.resize(640, 380)
        name = Text(isolated(PurePosixPath(receipt.stored_name).name), Type.TITLE)
        name.setWordWrap(True)
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        name.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.said = Text("", Type.BODY, Role.PlaceholderText)
        self.said.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        keep_direction(self.text)
        self.text.setAccessibleName(self.tr("Receipt to copy"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        page.setSpacing(theme.S)
        page.addWidget(name)
        page.addWidget(self.said)
        page.addWidget(self.text, 1)
        page.addLayout(self._buttons())
        self.show_receipt(receipt)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy = Button(self.tr("&Copy"))
        self.copy.setIcon(icons.icon("copy"))
        self.copy.clicked.connect(self._on_copy)
        self.save = Button(self.tr("&Save…"))
        self.save.clicked.connect(self._on_save)
        close = Button(self.tr("C&lose"), Look.PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addStretch(1)
        for button in (self.copy, self.save, close):
            row.addWidget(button)
        return row

    def show_receipt(self, receipt: Receipt) -> None:
        """Show this; a later call may bring a digest that was still being computed."""
        self.receipt = receipt
        self.text.setPlainText(self._told(receipt))
        self.said.setText(
            self.tr("The file was checked while it came, and stored whole.")
            if receipt.sha256
            else self.tr("Stored whole. The second checksum is still being computed.")
        )

    def _told(self, receipt: Receipt) -> str:
        words = self._words
        rows = (
            (self.tr("Name"), receipt.name),
            (self.tr("Stored as"), str(self._place)),
            (self.tr("Size"), self._size(receipt)),
            ("BLAKE3", receipt.blake3 or "–"),
            ("SHA-256", receipt.sha256 or "–"),
            (self.tr("Sent by"), words.sender(receipt.sender)),
            (self.tr("Begun"), words.moment(receipt.started)),
            (self.tr("Stored"), words.moment(receipt.ended)),
            (self.tr("On average"), words.rate(receipt.bytes_per_s)),
        )
        return "\n".join(f"{name}: {value}" for name, value in rows) + "\n"

    def _size(self, receipt: Receipt) -> str:
        exact = self.tr("%Ln bytes", "", min(receipt.size_bytes, 2**31 - 1))
        if receipt.size_bytes >= 2**31:
            exact = self.tr("{count} bytes").format(count=self._words.count(receipt.size_bytes))
        return f"{self._words.size(receipt.size_bytes)} ({exact})"

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(self.tr("&Copied"))

    @Slot()
    def _on_save(self) -> None:
        proposed = Path.home() / f"{self._place.name} {self.tr('receipt')}.txt"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the receipt"), str(proposed), self.tr("Text (*.txt)")
        )
        if not name:
            return
        try:
            write_whole(Path(name), self.text.toPlainText().encode())
        except OSError as error:
            _log.warning("a receipt cannot be saved: %s", error)
            self.said.setText(
                self.tr("The receipt could not be saved there: {reason}.").format(
                    reason=error.strerror
                )
            )
            return
        self.said.setText(self.tr("Saved as {place}").format(place=isolated(name)))
