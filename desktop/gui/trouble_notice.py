"""Says why the built-in receiver cannot start, and offers what helps; the same on both pages."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction

from desktop.gui import icons, receiver_words
from desktop.gui.details_dialog import DetailsDialog
from desktop.gui.notice import Notice
from desktop.gui.theme import Tone
from desktop.receiver_trouble import Trouble


class TroubleNotice(Notice):
    """Stays for as long as the trouble does.

    Signals:
        port_wanted: the port to listen on from now on.
    """

    port_wanted = Signal(int)

    def __init__(self, details: QAction, change_folder: QAction) -> None:
        """Take the actions of the page, whose keys must not be those of other buttons there."""
        use_port = QAction(icons.icon("go-on"), "")
        super().__init__("", Tone.FAILED, (use_port, change_folder, details), dismissable=False)
        self.setAccessibleName(self.tr("Receiver"))
        self._use_port = use_port
        self._port_button, self._folder_button, _ = self._buttons
        self._trouble: Trouble | None = None
        self._offer(0)
        self._use_port.triggered.connect(self._on_use_port)
        details.triggered.connect(self._on_details)

    @Slot(object)
    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say what is wrong; None: it is over."""
        self._trouble = trouble
        if trouble is None:
            self.hide()
            return
        self._offer(trouble.free_port)
        self.say(receiver_words.headline(trouble), receiver_words.advice(trouble))

    def _offer(self, port: int) -> None:
        """Offer this port, or where the port is not what is wrong, another folder."""
        self._use_port.setText(self.tr("Use port {port}").format(port=port))
        self._port_button.setVisible(port > 0)
        self._folder_button.setVisible(not port)

    @Slot()
    def _on_use_port(self) -> None:
        if self._trouble is not None:
            self.port_wanted.emit(self._trouble.free_port)

    @Slot()
    def _on_details(self) -> None:
        if self._trouble is not None:
            told = receiver_words.headline(self._trouble)
            DetailsDialog(told, "", self._trouble.detail, self.window()).open()
