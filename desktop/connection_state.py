"""How the connection to the server stands, from what receiver and monitor tell, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.gui import receiver_words
from desktop.gui.destination_bar import Link, LinkState
from desktop.gui.words import QtWords
from desktop.messages import explain
from desktop.receiver_trouble import Trouble
from desktop.sample import Sample
from desktop.transfer.events import Problem


class ConnectionState(QObject):
    """Lives in the GUI thread.

    Signals:
        changed: a `Link`.
        trouble_changed: the `Trouble` that keeps the built-in receiver from starting, or None.
    """

    changed = Signal(object)
    trouble_changed = Signal(object)

    def __init__(self, words: QtWords, folder: Path | None, parent: QObject | None = None) -> None:
        """Take the built-in receiver's folder; None where files go to another server."""
        super().__init__(parent)
        self._words, self._folder = words, folder
        self._link: Link | None = None
        self._trouble: Trouble | None = None
        self._up = folder is None

    def set_folder(self, folder: Path) -> None:
        """The built-in receiver is about to start in another folder."""
        self._folder = folder
        self._up = False
        self._tell(LinkState.STARTING, self.tr("Starting…"))

    def _tell(self, state: LinkState, words: str) -> None:
        link = Link(state, words)
        if link != self._link:
            self._link = link
            self.changed.emit(link)

    def _tell_trouble(self, trouble: Trouble | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self.trouble_changed.emit(trouble)

    def _tell_connected(self) -> None:
        if self._folder is None:
            self._tell(LinkState.CONNECTED, self.tr("Connected"))
        else:
            told = self.tr("Ready. Files are stored in {folder}").format(
                folder=self._words.place(self._folder)
            )
            self._tell(LinkState.CONNECTED, told)

    @Slot()
    def on_starting(self) -> None:
        if self._trouble is None:
            remote = self._folder is None
            told = self.tr("Connecting…") if remote else self.tr("Starting…")
            self._tell(LinkState.STARTING, told)

    @Slot(object)
    def on_ready(self, _server: object) -> None:
        self._up = True
        self._tell_trouble(None)
        self._tell_connected()

    @Slot(object)
    def on_lost(self, _pause_s: float) -> None:
        self._up = False
        self._tell(LinkState.LOST, self.tr("The receiver has stopped. It is being started again…"))

    @Slot(object)
    def on_troubled(self, trouble: Trouble) -> None:
        self._up = False
        self._tell_trouble(trouble)
        self._tell(LinkState.BROKEN, receiver_words.headline(trouble))

    @Slot(object)
    def on_sampled(self, _sample: Sample) -> None:
        if self._up:
            self._tell_connected()

    @Slot(object)
    def on_failed(self, problem: Problem) -> None:
        if self._up:
            self._tell(LinkState.LOST, explain(problem, self._words).headline)
