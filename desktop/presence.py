"""How the program behaves towards the rest of the computer: tray, notifications, sleep, closing.

Told of the list by its totals and of others' uploads by their number; acts on nothing itself but
the window, the tray and the system.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.destination import Destination
from desktop.gui import presence_words
from desktop.gui.closing_dialog import Choice, ClosingDialog, Going
from desktop.gui.main_window import MainWindow
from desktop.gui.totals import Totals, summary_line
from desktop.gui.tray import Tray
from desktop.gui.words import QtWords
from desktop.keep_awake import KeepAwake
from desktop.notify import Notice, Notifier
from desktop.settings import Settings
from desktop.transfer.events import State

_SETTLED_MS = 800
"""A list is over when it stays so: the next file may be just about to begin."""
_REPAINT_MS = 500
_MOVING = (State.CHECKING, State.UPLOADING, State.VERIFYING)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many are over."""

    stored: int
    failed: int


class Presence(QObject):
    """Lives in the GUI thread, as long as the window.

    Signals:
        quit_wanted: the program is to end.
    """

    quit_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        words: QtWords,
        destination: Destination,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._settings, self._words = window, settings, words
        self._destination = destination
        self._totals = Totals()
        self._arriving = 0
        self._known: _Count | None = None
        self._question: ClosingDialog | None = None
        self.tray = Tray(self)
        self.notifier = Notifier(presence_words.open_label(), self)
        self.keep_awake = KeepAwake(parent=self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._on_settled)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(_REPAINT_MS)
        self._repaint.timeout.connect(self._on_repaint)
        self._connect()

    def _connect(self) -> None:
        acts = self._window.page.actions_
        self.tray.opened.connect(self._on_open)
        self.tray.paused.connect(acts.pause_all.trigger)
        self.tray.went_on.connect(acts.go_on_all.trigger)
        self.tray.left.connect(self.quit_wanted)
        self.notifier.clicked.connect(self._on_open)
        self.notifier.unheard.connect(self._on_unheard)
        self._window.closing.connect(self._on_closing)
        self._window.page.model.totals_changed.connect(self.on_totals_changed)

    def begin(self) -> None:
        """The list is being read: what is over in it already is told to nobody."""
        self._settled.start()

    def stop(self) -> None:
        """End what it has going, and wait for it."""
        self._settled.stop()
        self._repaint.stop()
        self.tray.stop()
        self.notifier.stop()
        self.keep_awake.stop()

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        self._destination = destination
        self._follow()

    @Slot(int)
    def on_arriving(self, count: int) -> None:
        """Others have so many uploads under way to this computer."""
        self._arriving = count
        self._follow()

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        self._totals = totals
        self._follow()

    def _follow(self) -> None:
        sums = self._totals.to(self._destination.id)
        sending = self._sending
        now = self._count()
        if sending:
            self._settled.stop()
            self._known = self._known or now
        elif self._known != now:
            self._settled.start()
        moving = sum(sums.states[state] for state in _MOVING)
        self.keep_awake.want(bool(moving or self._arriving))
        self.tray.offer(pause=sending > 0, go_on=sums.states[State.PAUSED] > 0)
        if not self._repaint.isActive():
            self._repaint.start()

    @Slot()
    def _on_repaint(self) -> None:
        """Bring the icon up to date; each change goes to another program, so not at every byte."""
        sums = self._totals.to(self._destination.id)
        share = sums.stored_bytes / sums.size_bytes if self._sending and sums.size_bytes else None
        failed = sums.states[State.FAILED] > 0
        self.tray.show_progress(share, failed=failed, words=summary_line(sums, self._words))

    @property
    def _sending(self) -> int:
        """Files that go on by themselves; what waits for another server does not."""
        return self._totals.running_to[self._destination.id]

    def _count(self) -> _Count:
        states = self._totals.states
        return _Count(states[State.STORED], states[State.FAILED])

    @Slot()
    def _on_settled(self) -> None:
        """The list does not move any more: say so, if nobody sees it."""
        now = self._count()
        known, self._known = self._known, now
        if known is None or self._totals.states[State.PAUSED] or self._window.isActiveWindow():
            return
        stored, failed = max(0, now.stored - known.stored), max(0, now.failed - known.failed)
        if stored or failed:
            name = self._destination.name
            title, text = presence_words.list_over(stored, failed, name)
            self.notifier.tell(Notice(title, text))

    @Slot(object)
    def _on_unheard(self, notice: Notice) -> None:
        if self.tray.ensure():
            self.tray.tell(notice.title, notice.text)
        else:
            _log.info("nobody could be told: %s", notice.title)

    @Slot()
    def _on_open(self) -> None:
        self._window.come_to_front()

    @property
    def _going(self) -> Going:
        shared = self._settings.shared() and self._settings.receiving()
        return Going(self._sending, self._arriving, shared)

    @Slot()
    def _on_closing(self) -> None:
        """Somebody closes the window: let it go, keep on in the tray, or ask."""
        going, can_stay = self._going, self.tray.ensure()
        kept = Choice(self._settings.closing())
        if not going.busy and not (going.shared and can_stay):
            self.quit_wanted.emit()
        elif kept is Choice.STOP or (kept is Choice.STAY and can_stay):
            self._do(kept)
        elif self._question is None:
            self._question = ClosingDialog(going, can_stay=can_stay, parent=self._window)
            self._question.chosen.connect(self._on_chosen_closing)
            self._question.finished.connect(self._on_question_over)
            self._question.open()

    @Slot()
    def _on_question_over(self) -> None:
        self._question = None

    @Slot(object, bool)
    def _on_chosen_closing(self, choice: Choice, always: bool) -> None:
        if always:
            self._settings.set_closing(choice.value)
            self._settings.save()
        self._do(choice)

    def _do(self, choice: Choice) -> None:
        if choice is Choice.STAY:
            self._window.hide()
        else:
            self.quit_wanted.emit()
