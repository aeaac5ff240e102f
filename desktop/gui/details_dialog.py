"""The technical side of a problem, with a text to copy for whoever helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Type


def keep_direction(text: QPlainTextEdit) -> None:
    """Keep paths, digests and addresses readable among words that run from right to left."""
    option = text.document().defaultTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    text.document().setDefaultTextOption(option)


class DetailsDialog(QDialog):
    """Says it in plain words above, and in full below."""

    def __init__(self, headline: str, words: str, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(420, 300)
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        page.setSpacing(theme.S)
        for text, kind, role in (
            (headline, Type.TITLE, Role.WindowText),
            (words, Type.BODY, Role.PlaceholderText),
        ):
            label = Text(text, kind, role)
            label.setWordWrap(True)
            label.setVisible(bool(text))
            page.addWidget(label)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        keep_direction(self.details)
        self.details.setAccessibleName(self.tr("Details to copy"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        page.addWidget(self.details, 1)
        page.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy = Button(self.tr("&Copy"))
        self.copy.clicked.connect(self._on_copy)
        close = Button(self.tr("C&lose"), Look.PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(close)
        self._row = row
        return row

    def offer(self, text: str) -> Button:
        """Return a button for more that can be done; pressing it closes this."""
        button = Button(text)
        button.clicked.connect(self.accept)
        self._row.insertWidget(0, button)
        return button

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(self.tr("&Copied"))
