"""Questions with two answers, asked before something that cannot be taken back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Type

translate = QCoreApplication.translate


_TEXT_WIDTH = 352


class Question(QDialog):
    """A headline, what it means, and two buttons; accepted when somebody agrees."""

    def __init__(self, headline: str, text: str, agree: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Wherry")
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        page.setSpacing(theme.S)
        for words, kind, role in (
            (headline, Type.TITLE, Role.WindowText),
            (text, Type.BODY, Role.PlaceholderText),
        ):
            label = Text(words, kind, role)
            label.setWordWrap(True)
            label.setMinimumWidth(_TEXT_WIDTH)
            page.addWidget(label)
        page.addSpacing(theme.M)
        self.agree = Button(agree, Look.PRIMARY)
        self.agree.clicked.connect(self.accept)
        self.cancel = Button(self.tr("&Cancel"))
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        page.addLayout(row)
        self.cancel.setFocus()


def ask_for_new_link(parent: QWidget) -> Question:
    """Ask whether links given out so far may stop working."""
    return Question(
        translate("Questions", "Make a new link?"),
        translate(
            "Questions",
            "Whoever has the link you gave out so far cannot send to this computer any more, "
            "until you give them the new one. What they have sent stays.",
        ),
        translate("Questions", "&Make a new link"),
        parent,
    )
