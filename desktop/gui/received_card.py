"""The files received lately, and what can be done with each: open, show in its folder, receipt."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.gui import icons
from desktop.gui.buttons import ActionButton, Look
from desktop.gui.cards import Card, Text
from desktop.gui.plain_table import PlainTable
from desktop.gui.received_model import Column, ReceivedModel
from desktop.gui.theme import Role, Type
from desktop.gui.words import QtWords
from desktop.receipt import Receipt


class FileAction(StrEnum):
    """What can be done with a received file."""

    OPEN = "open"
    SHOW = "show"
    RECEIPT = "receipt"


class ReceivedCard(Card):
    """A table of receipts.

    Signals:
        requested: a `FileAction` and the `Receipt` it is meant for.
    """

    requested = Signal(object, object)

    def __init__(self, words: QtWords) -> None:
        super().__init__("")
        name = self.tr("Received lately")
        self.heading.setText(name)
        self.setAccessibleName(name)
        self.model = ReceivedModel(words, self)
        self.table = PlainTable(self.model)
        self.table.setAccessibleName(name)
        self.nothing = Text(self.tr("Nothing has been received yet."))
        self.nothing.setForegroundRole(Role.PlaceholderText)
        self.said = Text("", Type.CAPTION, Role.LinkVisited)
        self.said.setWordWrap(True)
        self.said.hide()
        self._make_actions()
        self._arrange()
        self._connect()
        self._on_filled()

    def _make_actions(self) -> None:
        self.open_ = self._action("open", self.tr("&Open"), "Return")
        self.show_ = self._action("show", self.tr("&Show in folder"), "Ctrl+Return")
        self.receipt = self._action("receipt", self.tr("Rece&ipt…"), "Ctrl+I")
        self._acts = (self.open_, self.show_, self.receipt)
        self.table.addActions(list(self._acts))

    def _action(self, drawing: str, text: str, keys: str) -> QAction:
        action = QAction(icons.icon(drawing), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _arrange(self) -> None:
        self._buttons = [ActionButton(action, Look.QUIET) for action in self._acts]
        for button in self._buttons:
            self.head.addWidget(button)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def _connect(self) -> None:
        self.open_.triggered.connect(self._on_open)
        self.show_.triggered.connect(self._on_show)
        self.receipt.triggered.connect(self._on_receipt)
        self.table.doubleClicked.connect(self._on_open)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.modelReset.connect(self._on_filled)
        self.model.rowsInserted.connect(self._on_filled)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for button in self._buttons:
            button.set_bare(compact)
        self.table.setColumnHidden(Column.SENDER, compact)

    def say(self, text: str) -> None:
        """Say what came of the last request; nothing for an empty text."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    @property
    def selected(self) -> Receipt | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.receipt_at(rows[0].row()) if rows else None

    @Slot()
    def _on_filled(self) -> None:
        filled = self.model.rowCount() > 0
        self.table.setVisible(filled)
        self.nothing.setVisible(not filled)
        for button in self._buttons:
            button.setVisible(filled)
        self._follow_selection()

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._follow_selection()

    def _follow_selection(self) -> None:
        self.say("")
        for action in self._acts:
            action.setEnabled(self.selected is not None)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self.selected is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(list(self._acts))
            menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot()
    def _on_open(self) -> None:
        self._request(FileAction.OPEN)

    @Slot()
    def _on_show(self) -> None:
        self._request(FileAction.SHOW)

    @Slot()
    def _on_receipt(self) -> None:
        self._request(FileAction.RECEIPT)

    def _request(self, action: FileAction) -> None:
        if (receipt := self.selected) is not None:
            self.say("")
            self.requested.emit(action, receipt)
