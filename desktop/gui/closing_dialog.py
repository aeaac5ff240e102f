"""Asks what is to become of uploads when the window is closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Type

_TEXT_WIDTH = 400


class Choice(StrEnum):
    """What closing the window means."""

    ASK = "ask"
    STAY = "stay"
    """Without the window, as an icon in the tray."""
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Going:
    """What goes on.

    Attributes:
        sending: files that are still to be sent.
        arriving: uploads of others to this computer.
        shared: others may send at any time.
    """

    sending: int = 0
    arriving: int = 0
    shared: bool = False

    @property
    def busy(self) -> bool:
        return bool(self.sending or self.arriving)


class ClosingDialog(QDialog):
    """Two or three ways to answer.

    Signals:
        chosen: a `Choice`, and whether it holds from now on.
    """

    chosen = Signal(object, bool)

    def __init__(self, going: Going, *, can_stay: bool, parent: QWidget) -> None:
        """Take what goes on, and whether there is a tray to stay in."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Wherry")
        self.headline = Text(self._headline(going), Type.TITLE)
        self.text = Text(self._text(going), Type.BODY, Role.PlaceholderText)
        self.always = QCheckBox(self.tr("&Do this from now on, without asking"))
        self.stay = Button(self._stay_words(going), Look.PRIMARY)
        self.stay.setVisible(can_stay)
        self.stop = Button(self.tr("&Stop, go on next time") if going.busy else self.tr("&Close"))
        self.cancel = Button(self.tr("&Cancel"), Look.QUIET)
        self.stay.clicked.connect(self._on_stay)
        self.stop.clicked.connect(self._on_stop)
        self.cancel.clicked.connect(self.reject)
        (self.stay if can_stay else self.stop).setDefault(True)
        self._arrange()

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        page.setSpacing(theme.S)
        for label in (self.headline, self.text):
            label.setWordWrap(True)
            label.setMinimumWidth(_TEXT_WIDTH)
            page.addWidget(label)
        page.addSpacing(theme.S)
        page.addWidget(self.always)
        page.addSpacing(theme.S)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.stop)
        row.addWidget(self.stay)
        page.addLayout(row)

    def _headline(self, going: Going) -> str:
        if going.sending:
            return self.tr("%Ln files are still to be sent.", "", going.sending)
        if going.arriving:
            return self.tr("Somebody is sending to this computer.")
        return self.tr("Others may send to this computer.")

    def _text(self, going: Going) -> str:
        if going.busy:
            return self.tr(
                "Nothing is lost either way: what has been stored stays, and the rest goes on "
                "from there as soon as Wherry is open again."
            )
        return self.tr("While Wherry is closed nobody can send here.")

    def _stay_words(self, going: Going) -> str:
        if going.sending:
            return self.tr("&Keep uploading in the background")
        return self.tr("&Keep receiving in the background")

    @Slot()
    def _on_stay(self) -> None:
        self._choose(Choice.STAY)

    @Slot()
    def _on_stop(self) -> None:
        self._choose(Choice.STOP)

    def _choose(self, choice: Choice) -> None:
        self.accept()
        self.chosen.emit(choice, self.always.isChecked())
