"""Adds a server: takes a link or an address with a key, and says at once what came of it.

Knows no network: it asks by signals and is told by its `show_` methods.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.theme import Role, Tone, Type
from desktop.gui.verdict import Verdict
from desktop.gui.words import QtWords
from desktop.messages import Explanation

SCHEME = "wherry:"
_PASTED_MS, _TYPED_MS = 50, 900
"""What is pasted is whole; whoever types is given time, for a receiver counts wrong keys."""


class AddServerDialog(QDialog):
    """One link or address at a time.

    Signals:
        check_wanted: a link or an address, and the key for an address.
        check_unwanted: there is nothing to check any more.
        save_wanted: the name that the server is to have.
    """

    check_wanted = Signal(str, str)
    check_unwanted = Signal()
    save_wanted = Signal(str)

    def __init__(self, words: QtWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._named = False
        self.setWindowTitle(self.tr("Add a server"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_check)
        self._make_parts()
        self._arrange()
        self._connect()
        self._on_edited()

    def _make_parts(self) -> None:
        self.place = QLineEdit()
        self.place.setPlaceholderText("wherry://…")
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.name = QLineEdit()
        self._place_label = _label(self.tr("&Link or address"), self.place)
        self._key_label = _label(self.tr("&Key"), self.key)
        self._name_label = _label(self.tr("&Name in this window"), self.name)
        self.verdict = Verdict(self.tr("What was found"))
        self.cancel = Button(self.tr("&Cancel"))
        self.save = Button("", Look.PRIMARY)
        self.save.setDefault(True)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        page.setSpacing(theme.XS)
        hint = Text(
            self.tr("Paste the link that you got from whoever runs the receiver."),
            Type.BODY,
            Role.PlaceholderText,
        )
        hint.setWordWrap(True)
        page.addWidget(hint)
        page.addSpacing(theme.S)
        for part in (self._place_label, self.place, self._key_label, self.key):
            page.addWidget(part)
        page.addWidget(self.verdict, 1)
        page.addWidget(self._name_label)
        page.addWidget(self.name)
        page.addSpacing(theme.M)
        page.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return row

    def _connect(self) -> None:
        self.place.textChanged.connect(self._on_edited)
        self.key.textChanged.connect(self._on_edited)
        self.name.textEdited.connect(self._on_named)
        for field in (self.place, self.key):
            field.returnPressed.connect(self._on_return)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        self._lengths = (0, 0)

    def fill(self, place: str) -> None:
        """Put in a link or an address; it is checked at once."""
        self.place.setText(place)
        self.place.setCursorPosition(0)
        asks_for_key = bool(place) and not self._is_link
        (self.key if asks_for_key else self.place).setFocus()

    @property
    def _is_link(self) -> bool:
        return self.place.text().strip().lower().startswith(SCHEME)

    @Slot()
    def _on_edited(self) -> None:
        """What was found is no longer about what stands there."""
        asks_for_key = bool(self.place.text().strip()) and not self._is_link
        self._key_label.setVisible(asks_for_key)
        self.key.setVisible(asks_for_key)
        self.verdict.say("")
        self._offer_save(False)
        self.check_unwanted.emit()
        self._soon.start(_PASTED_MS if self._was_pasted() else _TYPED_MS)

    def _was_pasted(self) -> bool:
        before, self._lengths = (
            getattr(self, "_lengths", (0, 0)),
            (len(self.place.text()), len(self.key.text())),
        )
        return any(now - then > 1 for now, then in zip(self._lengths, before, strict=True))

    @Slot()
    def _on_return(self) -> None:
        if self._soon.isActive():
            self._soon.start(0)

    @Slot()
    def _on_check(self) -> None:
        if self.place.text().strip():
            self.verdict.say(self.tr("Looking…"))
            self.check_wanted.emit(self.place.text().strip(), self.key.text().strip())

    @Slot()
    def _on_named(self) -> None:
        self._named = True

    def show_unreadable(self) -> None:
        """It is neither a link nor an address."""
        if self._is_link:
            headline = self.tr("The link is not complete.")
            advice = self.tr("Copy it once more, from its beginning to its end.")
        else:
            headline = self.tr("This is no address yet.")
            advice = self.tr("An address begins with https:// or http://, a link with wherry://.")
        self.verdict.say(headline, advice, "warning", Tone.WAITS)

    def show_found(self, name: str, free_bytes: int, *, encrypted: bool) -> None:
        """It is a receiver and lets us in."""
        free = self._words.size(free_bytes)
        told = self.tr("{name}, {size} free").format(name=name, size=free)
        open_line = self.tr("The line to it is not encrypted: use it in networks that you trust.")
        self.verdict.say(told, "" if encrypted else open_line, "stored", Tone.STORED)
        self._propose(name)
        self._offer_save(True)

    def show_problem(self, name: str, told: Explanation, *, passing: bool) -> None:
        """It cannot be used now; one whose trouble may pass can be saved all the same."""
        self.verdict.say(told.headline, told.action, "warning", Tone.FAILED)
        if passing:
            self._propose(name)
            self._offer_save(True, self.tr("&Save all the same"))

    def _propose(self, name: str) -> None:
        if not self._named:
            self.name.setText(name)

    def _offer_save(self, possible: bool, text: str = "") -> None:
        self.save.setText(text or self.tr("&Save and send there"))
        self.save.setEnabled(possible)
        self.save.updateGeometry()
        self._name_label.setEnabled(possible)
        self.name.setEnabled(possible)

    @Slot()
    def _on_save(self) -> None:
        self._set_busy()
        self.verdict.say(self.tr("Saving…"))
        self.save_wanted.emit(self.name.text().strip())

    def _set_busy(self) -> None:
        for part in (self.place, self.key, self.name, self.save):
            part.setEnabled(False)

    def show_key_in_file(self) -> None:
        """It is saved, but there was no keyring for its key."""
        self._show_last(
            self.tr("Saved. Files go there from now on."),
            self.tr(
                "This computer has no keyring for passwords, or it did not open. So the key is "
                "kept in a file that only you can read."
            ),
        )

    def show_key_not_kept(self) -> None:
        """It is saved, but its key could be kept nowhere."""
        self._show_last(
            self.tr("Saved, but its key could not be kept."),
            self.tr("Files go there until the window is closed. After that, add it once more."),
        )

    def _show_last(self, headline: str, text: str) -> None:
        """Nothing is left but to read and close."""
        self._set_busy()
        self.verdict.say(headline, text, "details", Tone.QUIET)
        self.save.hide()
        self.cancel.setText(self.tr("C&lose"))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_not_saved(self, reason: str) -> None:
        """The list of servers could not be written."""
        headline = self.tr("The server could not be saved.")
        self.verdict.say(headline, reason, "warning", Tone.FAILED)
        for part in (self.place, self.key, self.name, self.save):
            part.setEnabled(True)


def _label(text: str, buddy: QLineEdit) -> QLabel:
    made = QLabel(text)
    made.setBuddy(buddy)
    made.setFont(theme.font(made.font(), Type.LABEL))
    buddy.setAccessibleName(text.replace("&", ""))
    return made
