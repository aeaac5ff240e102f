"""How the connection to the server stands, from what receiver and monitor tell, in words."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.destination import Destination
from desktop.gui import receiver_words
from desktop.gui.destination_bar import Link, LinkState
from desktop.gui.words import QtWords
from desktop.messages import explain, seconds_left
from desktop.receiver_trouble import Trouble
from desktop.sample import Sample
from desktop.transfer.events import Problem, ProblemKind

_TICK_MS = 500
_BROKEN = (ProblemKind.CERTIFICATE, ProblemKind.KEY_MISSING, ProblemKind.KEY_WRONG)


class ConnectionState(QObject):
    """Lives in the GUI thread. Of this computer it keeps track also while files go elsewhere.

    Signals:
        changed: a `Link`.
        own_changed: the `Link` of the built-in receiver, wherever files go.
        trouble_changed: the `Trouble` that keeps the built-in receiver from starting, or None.
    """

    changed = Signal(object)
    own_changed = Signal(object)
    trouble_changed = Signal(object)

    def __init__(self, words: QtWords, folder: Path, parent: QObject | None = None) -> None:
        """Take the built-in receiver's folder."""
        super().__init__(parent)
        self._words, self._folder = words, folder
        self._local = True
        self._link: Link | None = None
        self._own = self._starting()
        self._trouble: Trouble | None = None
        self._told_trouble: Trouble | None = None
        self._problem: Problem | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def _starting(self) -> Link:
        return Link(LinkState.STARTING, self.tr("Starting…"))

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """Tell of this server from now on; nothing that was known of the other counts."""
        self._local = destination.local
        self._set_problem(None)
        connecting = Link(LinkState.STARTING, self.tr("Connecting…"))
        self._tell(self._own if self._local else connecting)
        self._tell_trouble()

    def _tell(self, link: Link) -> None:
        if link != self._link:
            self._link = link
            self.changed.emit(link)

    def _tell_own(self, state: LinkState, words: str) -> None:
        """Keep how the built-in receiver stands, and tell it while files go there."""
        self._own = Link(state, words)
        self.own_changed.emit(self._own)
        if self._local:
            self._set_problem(None)
            self._tell(self._own)

    def _tell_trouble(self) -> None:
        trouble = self._trouble if self._local else None
        if trouble != self._told_trouble:
            self._told_trouble = trouble
            self.trouble_changed.emit(trouble)

    def _set_problem(self, problem: Problem | None) -> None:
        """Keep what is counted down in words, and count."""
        self._problem = problem
        self._tick.start() if problem is not None else self._tick.stop()

    def set_folder(self, folder: Path) -> None:
        """The built-in receiver is about to start in another folder."""
        self._folder = folder
        self._tell_own(LinkState.STARTING, self.tr("Starting…"))

    @Slot()
    def on_starting(self) -> None:
        if self._trouble is None:
            self._tell_own(LinkState.STARTING, self.tr("Starting…"))

    @Slot()
    def on_turned_off(self) -> None:
        self._trouble = None
        self._tell_trouble()
        told = self.tr("Turned off: nothing is stored on this computer until you turn it on again")
        self._tell_own(LinkState.LOST, told)

    @Slot(object)
    def on_ready(self, _server: object) -> None:
        self._trouble = None
        self._tell_trouble()
        told = self.tr("Ready. Files are stored in {folder}").format(
            folder=self._words.place(self._folder)
        )
        self._tell_own(LinkState.CONNECTED, told)

    @Slot(object)
    def on_lost(self, _pause_s: float) -> None:
        told = self.tr("The receiver has stopped. It is being started again…")
        self._tell_own(LinkState.LOST, told)

    @Slot(object)
    def on_troubled(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._tell_trouble()
        told = receiver_words.headline(trouble)
        if trouble.free_port:
            later = self.tr("Files will be stored in {folder}.")
            told = f"{told} {later.format(folder=self._words.place(trouble.folder))}"
        self._tell_own(LinkState.BROKEN, told)

    @Slot(object)
    def on_sampled(self, _sample: Sample) -> None:
        if self._is_down:
            return
        self._set_problem(None)
        self._tell(self._own if self._local else self._connected())

    @property
    def _is_down(self) -> bool:
        """The built-in receiver itself tells more than who cannot reach it."""
        return self._local and self._own.state is not LinkState.CONNECTED

    def _connected(self) -> Link:
        return Link(LinkState.CONNECTED, self.tr("Connected"))

    @Slot(object)
    def on_failed(self, problem: Problem) -> None:
        if not self._is_down:
            self._set_problem(problem)
            self._on_tick()

    @Slot(object)
    def on_key_unreadable(self, _destination: Destination) -> None:
        told = self.tr("The keyring with its key did not open. Choose the server again to retry")
        self._tell(Link(LinkState.BROKEN, told))

    @Slot()
    def _on_tick(self) -> None:
        problem = self._problem
        if problem is None:
            return
        if problem.kind is ProblemKind.UNREACHABLE:
            self._tell(Link(LinkState.LOST, self._unreachable(problem)))
            return
        state = LinkState.BROKEN if problem.kind in _BROKEN else LinkState.LOST
        self._tell(Link(state, explain(problem, self._words).headline))

    def _unreachable(self, problem: Problem) -> str:
        seconds = seconds_left(problem, time.time())
        if seconds <= 0:
            return self.tr("Not reachable, trying again now")
        return self.tr("Not reachable, trying again in {time}").format(
            time=self._words.duration(seconds)
        )
