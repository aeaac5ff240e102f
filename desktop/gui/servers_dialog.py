"""Saved servers: renames them, removes them, has the way to them checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.destination import Destination
from desktop.gui import theme
from desktop.gui.buttons import Button, Look
from desktop.gui.theme import Tone
from desktop.gui.verdict import Verdict

_ID = Qt.ItemDataRole.UserRole


class ServersDialog(QDialog):
    """A list to edit in place; removing asks once more where files wait.

    Signals:
        renamed: id and new name of a server.
        removed: id of a server.
        check_wanted: id of a server, the way to which is to be looked at.
    """

    renamed = Signal(str, str)
    removed = Signal(str)
    check_wanted = Signal(str)

    def __init__(self, waiting: Counter[str], parent: QWidget) -> None:
        """Take how many files wait for each server."""
        super().__init__(parent)
        self._waiting = waiting
        self._asked_id = ""
        self.setWindowTitle(self.tr("Saved servers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(420, 320)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Saved servers"))
        self.list.setAlternatingRowColors(True)
        self.verdict = Verdict(self.tr("What removing means"))
        self.rename = Button(self.tr("&Rename"))
        self.remove = Button(self.tr("Re&move"))
        self.check = Button(self.tr("Chec&k this server…"))
        self.close_ = Button(self.tr("C&lose"), Look.PRIMARY)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        page.setSpacing(theme.S)
        page.addWidget(self.list, 1)
        page.addWidget(self.verdict)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.rename)
        row.addWidget(self.remove)
        row.addWidget(self.check)
        row.addStretch(1)
        row.addWidget(self.close_)
        page.addLayout(row)

    def _connect(self) -> None:
        for button in (self.rename, self.remove, self.check, self.close_):
            button.setAutoDefault(False)
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)
        self.check.clicked.connect(self._on_check)
        self.close_.clicked.connect(self.accept)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.currentItemChanged.connect(self._on_current_changed)

    @Slot(object)
    def on_listed(self, destinations: Sequence[Destination]) -> None:
        """Show the saved ones among these."""
        kept = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for one in destinations:
            if one.saved:
                self._add(one)
        self.list.setCurrentRow(min(max(0, kept), self.list.count() - 1))
        self.list.blockSignals(False)
        self._on_current_changed()

    def _add(self, one: Destination) -> None:
        item = QListWidgetItem(one.name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(_ID, one.id)
        item.setToolTip(one.address)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + 2 * theme.S))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, one.address)
        self.list.addItem(item)

    @property
    def _current_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    @Slot()
    def _on_current_changed(self) -> None:
        self._asked_id = ""
        some = self.list.currentItem() is not None
        for button in (self.rename, self.remove, self.check):
            button.setEnabled(some)
        self.remove.setText(self.tr("Re&move"))
        item = self.list.currentItem()
        self.verdict.say(item.toolTip() if item is not None else self.tr("No server is saved."))

    @Slot()
    def _on_rename(self) -> None:
        self.list.editItem(self.list.currentItem())

    @Slot()
    def _on_check(self) -> None:
        self.check_wanted.emit(self._current_id)

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        self.renamed.emit(str(item.data(_ID)), item.text())

    @Slot()
    def _on_remove(self) -> None:
        """Remove at once, or say first who waits, and remove with the second press."""
        count = self._waiting[self._current_id]
        if count and self._asked_id != self._current_id:
            self._asked_id = self._current_id
            self._ask(count)
        elif self._current_id:
            self.removed.emit(self._current_id)

    def _ask(self, count: int) -> None:
        told = self.tr("%Ln files wait for it.", "", count)
        kept = self.tr("On the list they stay, and go on when this server is added again.")
        self.verdict.say(told, kept, "warning", Tone.WAITS)
        self.remove.setText(self.tr("Re&move all the same"))
        self.remove.updateGeometry()
