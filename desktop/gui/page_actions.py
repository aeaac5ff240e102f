"""The actions of the page: what buttons show, what keys trigger, when they are possible."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from desktop.gui import icons
from desktop.gui.totals import Totals
from desktop.transfer.events import State


class PageActions(QObject):
    """Each is a plain QAction; whoever owns the page connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        make = self._make
        self.add_files = make("add-files", self.tr("Add &files…"), "Ctrl+O")
        self.add_folder = make("add-folder", self.tr("Add fol&der…"), "Ctrl+Shift+O")
        self.paste = make("add-files", self.tr("Paste"), QKeySequence.StandardKey.Paste)
        self.open_folder = make("show", self.tr("Open folde&r"), "Ctrl+R")
        self.change_folder = make("folder", self.tr("C&hange folder…"))
        self.pause_all = make("pause", self.tr("&Pause all"), "Ctrl+P")
        self.go_on_all = make("go-on", self.tr("&Go on"), "Ctrl+G")
        self.try_again_all = make("try-again", self.tr("&Try failed again"), "Ctrl+T")
        self.clear_finished = make("clear", self.tr("Clear fini&shed"), "Ctrl+L")
        self.refused_details = make("details", self.tr("D&etails…"))
        self.trouble_details = make("details", self.tr("Deta&ils…"))
        self.follow(Totals())

    def _make(self, drawing: str, text: str, keys: str | QKeySequence.StandardKey = "") -> QAction:
        action = QAction(icons.icon(drawing), text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    @property
    def with_keys(self) -> tuple[QAction, ...]:
        """The actions that the window must know for their keys to work everywhere."""
        return (
            self.add_files,
            self.add_folder,
            self.paste,
            self.open_folder,
            self.pause_all,
            self.go_on_all,
            self.try_again_all,
            self.clear_finished,
        )

    @property
    def for_all(self) -> tuple[QAction, ...]:
        """The actions on the whole list."""
        return (self.pause_all, self.go_on_all, self.try_again_all, self.clear_finished)

    def offer_folder(self, local: bool) -> None:
        """The folder of received files matters while they are sent to this computer."""
        self.open_folder.setVisible(local)
        self.change_folder.setVisible(local)

    def follow(self, totals: Totals) -> None:
        """Offer what the list makes possible."""
        states = totals.states
        rest = states[State.PAUSED]
        over = states[State.STORED] + states[State.CANCELLED]
        self.pause_all.setVisible(totals.running > 0 or not rest)
        self.pause_all.setEnabled(totals.running > 0)
        self.go_on_all.setVisible(rest > 0)
        self.try_again_all.setVisible(states[State.FAILED] > 0)
        self.clear_finished.setEnabled(over + states[State.FAILED] > 0)
