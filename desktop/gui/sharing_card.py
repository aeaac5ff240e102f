"""Lets others send to this computer: the switch, the link with its QR code, and the address."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import icons, receiver_words, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Card, Text
from desktop.gui.qr_code import QrCode
from desktop.gui.switch import Switch
from desktop.gui.theme import Role, Tone, Type
from desktop.invitation import Invitation
from desktop.receiver_trouble import Trouble

_GROUP, _PORT_ROW = 4, 1
_PORT_DIGITS = 11
"""Of which five are digits, the rest is what is around them."""
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class _PortField(QSpinBox):
    """Has a frame that is seen on a card in the dark as well, where Fusion's is not."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self.palette(), Tone.OTHERS), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()


class SharingCard(Card):
    """Says what others need, while they may.

    Signals:
        turned: somebody wants others to be able to send (True), or not (False).
        port_chosen: the port to listen on.
        address_chosen: the address of this computer that the link is to name.
        renew_wanted: links given out so far are to stop working.
    """

    turned = Signal(bool)
    port_chosen = Signal(int)
    address_chosen = Signal(str)
    renew_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.heading.hide()
        self.setAccessibleName(self.tr("Others"))
        self._invitation: Invitation | None = None
        self._trouble: Trouble | None = None
        self.switch = Switch(self.tr("Let &others send to this computer"))
        self.switch.clicked.connect(self.turned)
        self.told = Text("", Type.BODY, Role.PlaceholderText)
        self.told.setWordWrap(True)
        self.qr = QrCode(self.tr("QR code of the link"))
        self.copy = Button(self.tr("&Copy link"), Look.PRIMARY)
        self.copy.setIcon(icons.icon("copy"))
        self.copy.clicked.connect(self._on_copy)
        self.renew = Button(self.tr("&New link…"), Look.QUIET)
        self.renew.setIcon(icons.icon("renew"))
        self.renew.clicked.connect(self.renew_wanted)
        self._make_fields()
        self._arrange()
        self.show_invitation(None, wanted=False)

    def _make_fields(self) -> None:
        self.address = QComboBox()
        self.address.activated.connect(self._on_address)
        self.only_address = Text("", Type.BODY, Role.Text)
        self.only_address.setAccessibleName(self.tr("Address"))
        self.only_address.setTextInteractionFlags(_SELECTABLE)
        self.port = _PortField()
        self.port.setRange(1, 65535)
        self.port.setGroupSeparatorShown(False)
        self.port.setLocale(QLocale.c())
        self.port.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.port.setMaximumWidth(self.port.fontMetrics().horizontalAdvance("0") * _PORT_DIGITS)
        self.port.editingFinished.connect(self._on_port)
        self.fingerprint = Text("", Type.CAPTION, Role.Text)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.fingerprint.setFont(theme.font(fixed, Type.CAPTION))
        self.fingerprint.setWordWrap(True)
        self.fingerprint.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.fingerprint.setTextInteractionFlags(_SELECTABLE)

    def _arrange(self) -> None:
        self.head.insertWidget(0, self.switch, 1)
        self.head.addStrut(self.copy.sizeHint().height())
        self.body.addWidget(self.told)
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, theme.XS, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._buttons())
        self.body.addWidget(self._shown)
        self._fields = self._form()
        self.body.addLayout(self._fields)
        self.body.addStretch(1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.renew)
        row.addStretch(1)
        return row

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.M)
        form.setVerticalSpacing(theme.S)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        rows = (
            (self.tr("&Address"), self.address),
            (self.tr("&Port"), self.port),
            (self.tr("Fingerprint"), self.fingerprint),
        )
        for name, field in rows:
            label = QLabel(name)
            label.setFont(theme.font(label.font(), Type.LABEL))
            label.setForegroundRole(Role.PlaceholderText)
            if field is not self.fingerprint:
                label.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            form.addRow(label, self._with_only(field) if field is self.address else field)
            top = field is self.fingerprint
            side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
            label.setAlignment(side)
        return form

    def _with_only(self, address: QComboBox) -> QHBoxLayout:
        """One address needs no choice."""
        row = QHBoxLayout()
        row.addWidget(address, 1)
        row.addWidget(self.only_address, 1)
        return row

    def show_port(self, port: int) -> None:
        self.port.setValue(port)

    def show_invitation(self, invitation: Invitation | None, *, wanted: bool) -> None:
        """Show what others need.

        Args:
            invitation: None while there is none.
            wanted: others may send, or will be able to in a moment.
        """
        self._invitation = invitation
        self.switch.setChecked(wanted)
        shown = wanted and invitation is not None
        self._shown.setVisible(shown)
        for row in range(self._fields.rowCount()):
            self._fields.setRowVisible(row, wanted if row == _PORT_ROW else shown)
        self.told.setText(self._words(wanted))
        self.copy.setText(self.tr("&Copy link"))
        self.copy.setEnabled(bool(invitation and invitation.link))
        self.qr.show_text(invitation.link if invitation else "")
        self.fingerprint.setText(_grouped(invitation.fingerprint) if invitation else "")
        addresses = invitation.addresses if invitation else ()
        if [self.address.itemText(number) for number in range(self.address.count())] != [
            *addresses
        ]:
            self.address.clear()
            self.address.addItems(list(addresses))
        self.address.setVisible(len(addresses) > 1)
        self.only_address.setVisible(len(addresses) <= 1)
        self.only_address.setText(" ".join(addresses))

    def _words(self, wanted: bool) -> str:
        if not wanted:
            return self.tr(
                "Turn this on to get a link. Whoever has the link can send files here, from "
                "Wherry on another computer of your network; nobody can read along or fetch files."
            )
        if self._trouble is not None:
            return receiver_words.headline(self._trouble)
        if self._invitation is None:
            return self.tr("Making the link…")
        if not self._invitation.link:
            return self.tr("This computer is in no network that others could reach it by.")
        return self.tr(
            "Whoever has this link can send files here: paste it into Wherry under “Add a server”, "
            "or scan the code. It stays the same until you ask for a new one."
        )

    def show_trouble(self, trouble: Trouble | None) -> None:
        """There is no link for as long as the receiver does not start."""
        self._trouble = trouble
        self.told.setText(self._words(self.switch.isChecked()))

    def show_failure(self, reason: str) -> None:
        """There is no link."""
        self.told.setText(self.tr("The link could not be made: {reason}").format(reason=reason))

    @Slot()
    def _on_copy(self) -> None:
        if self._invitation is not None:
            QGuiApplication.clipboard().setText(self._invitation.link)
            self.copy.setText(self.tr("&Copied"))

    @Slot(int)
    def _on_address(self, number: int) -> None:
        self.address_chosen.emit(self.address.itemText(number))

    @Slot()
    def _on_port(self) -> None:
        self.port_chosen.emit(self.port.value())


def _grouped(fingerprint: str) -> str:
    """Write it so that two people can compare it over the telephone."""
    text = fingerprint.upper()
    return " ".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))
