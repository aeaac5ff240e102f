"""The files received lately, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from desktop.gui import icons
from desktop.gui.words import QtWords, isolated
from desktop.receipt import Receipt

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """What stands in each column."""

    NAME = 0
    SIZE = 1
    SENDER = 2
    STORED = 3


class ReceivedModel(QAbstractTableModel):
    """Newest first."""

    def __init__(self, words: QtWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._receipts: tuple[Receipt, ...] = ()
        self._icons: dict[str, QIcon] = {}

    def show(self, receipts: Sequence[Receipt]) -> None:
        """Take the latest list; what is only new on top is inserted, so that a selection stays."""
        new, old = tuple(receipts), self._receipts
        if new == old:
            return
        ids = [one.id for one in new]
        added = ids.index(old[0].id) if old and old[0].id in ids else -1
        kept = len(new) - added
        if added < 0 or ids[added:] != [one.id for one in old[:kept]]:
            self.beginResetModel()
            self._receipts = new
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
            self._receipts = new[:added] + old
            self.endInsertRows()
        if len(self._receipts) > len(new):
            self.beginRemoveRows(QModelIndex(), len(new), len(self._receipts) - 1)
            self._receipts = self._receipts[: len(new)]
            self.endRemoveRows()
        self._receipts = new
        self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(Column) - 1))

    def receipt_at(self, row: int) -> Receipt:
        return self._receipts[row]

    def receipt(self, receipt_id: str) -> Receipt | None:
        """Return the latest receipt of an upload, if it is among these."""
        return next((one for one in self._receipts if one.id == receipt_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._receipts)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if role == _Role.TextAlignmentRole and section == Column.SIZE:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Name"), self.tr("Size"), self.tr("From"), self.tr("Stored"))[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        one, column = self._receipts[index.row()], Column(index.column())
        if role == _Role.DisplayRole:
            return self._text(one, column)
        if role == _Role.DecorationRole and column is Column.NAME:
            return self._icon(one.stored_name)
        if role == _Role.ToolTipRole:
            return one.stored_name if column is Column.NAME else self._words.moment(one.ended)
        if role == _Role.TextAlignmentRole and column is Column.SIZE:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, receipt: Receipt, column: Column) -> str:
        if column is Column.NAME:
            return isolated(PurePosixPath(receipt.stored_name).name)
        if column is Column.SIZE:
            return self._words.size(receipt.size_bytes)
        if column is Column.SENDER:
            return self._words.sender(receipt.sender)
        return self._words.day(receipt.ended)

    def _icon(self, name: str) -> QIcon:
        kind = icons.kind_of(name)
        return self._icons.setdefault(kind, icons.icon(kind))
