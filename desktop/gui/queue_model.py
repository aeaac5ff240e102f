"""The list of transfers as Qt sees it. Knows no engine: it shows what stands in a `Listing`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from desktop.destination import Destination, named
from desktop.gui.listing import Listing, News, Row
from desktop.gui.row_layout import ARROW
from desktop.gui.row_words import RowWords
from desktop.gui.totals import RUNNING, Totals
from desktop.gui.words import QtWords

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_FEW = 64
"""Scattered rows up to which each range of them comes or goes by itself."""

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Rows in the order in which they are sent; the files of a folder are rows while it is open.

    It keeps ids alone. What is shown in a row is asked for when it is shown.

    Signals:
        totals_changed: a `Totals`, after changes.
        arranging, arranged: rows are about to come, go or move; they have.

    Attributes:
        generation: another one as soon as rows look otherwise though no transfer has changed.
    """

    totals_changed = Signal(object)
    arranging = Signal()
    arranged = Signal()

    def __init__(
        self, words: QtWords, listing: Listing | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.listing = Listing() if listing is None else listing
        self._words = words
        self._ids: list[int] = []
        self._open: set[int] = set()
        self._destinations: tuple[Destination, ...] = ()
        self._used_id = ""
        self.generation = 0
        self.totals = Totals()

    @Slot(object)
    def on_news(self, news: News) -> None:
        """Show what the list has come to."""
        self.totals = news.totals
        if news.moved:
            self._arrange()
        self._all_look_otherwise()
        self.totals_changed.emit(self.totals)

    @Slot(object)
    def on_listed(self, destinations: Sequence[Destination]) -> None:
        """Know servers by these names."""
        self._destinations = tuple(destinations)
        self.generation += 1
        self._all_look_otherwise()

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """What goes to another server waits from now on."""
        self._used_id = destination.id
        self.generation += 1
        self._all_look_otherwise()

    def _all_look_otherwise(self) -> None:
        """The view asks again for those rows that it shows, and no others."""
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def waits_elsewhere(self, row: Row) -> bool:
        """Tell whether it waits for its server to be chosen again."""
        here = row.server_id in ("", self._used_id)
        return row.state in RUNNING and not here and bool(self._used_id)

    @property
    def words(self) -> RowWords:
        """What is said of rows."""
        return RowWords(
            self._words, lambda row: named(row.server_id, self._destinations), self.waits_elsewhere
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words.tool_tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words.spoken(row, is_open=row.id in self._open)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name column and rows: the headers are hidden, but screen readers read them."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.tr("File")
        return self._words.count(section + 1)

    def at(self, row: int) -> Row | None:
        """Return what is shown in a row; None where it has just gone from the list."""
        return self.listing.row(self._ids[row]) if 0 <= row < len(self._ids) else None

    def ids(self, first: int = 0, last: int | None = None) -> Sequence[int]:
        """Return the ids of these rows, both included."""
        return self._ids[first : None if last is None else last + 1]

    def row_of(self, number: int) -> int | None:
        """Return the row of a file or folder, if it has one."""
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def folder_of(self, number: int) -> int:
        """Return the folder that a file came in; 0 for folders and what came by itself."""
        found = self.listing.transfer(number)
        return 0 if found is None else found.folder

    def row_below(self, number: int) -> int:
        """Return the row below a file, or below a folder and its files."""
        row = self.row_of(number)
        inside = self.listing.count_in(number) if number in self._open else 0
        return len(self._ids) if row is None else row + 1 + inside

    def indent_of(self, row: int) -> int:
        """Return the room in front of a row, pixels: none as long as there are no folders."""
        if not self.listing.has_folders:
            return 0
        inside = 0 <= row < len(self._ids) and self.folder_of(self._ids[row])
        return 2 * ARROW if inside else ARROW

    def is_open(self, folder_id: int) -> bool:
        return folder_id in self._open

    def set_open(self, folder_id: int, is_open: bool) -> None:
        """Show the files of a folder as rows below it, or the folder alone."""
        if is_open == (folder_id in self._open):
            return
        self._open.symmetric_difference_update((folder_id,))
        self._arrange()
        row = self.row_of(folder_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _arrange(self) -> None:
        """Take over the list's order, and tell what that changes."""
        old, new = self._ids, self.listing.rows(self._open)
        first = _alike(old, new)
        below = _alike(old[first:][::-1], new[first:][::-1])
        gone, come = old[first : len(old) - below], new[first : len(new) - below]
        if not gone and not come:
            return
        self.arranging.emit()
        if gone and come:
            self._rearrange(gone, come, first)
        elif gone:
            self._remove(first, len(gone))
        else:
            self._insert(first, come)
        self.arranged.emit()

    def _rearrange(self, gone: list[int], come: list[int], first: int) -> None:
        """Replace rows: what goes leaves, what stays gets into order, and what is new is added."""
        coming = set(come)
        leaving = [one for one in gone if one not in coming]
        going: set[int] = set()
        staying = come
        if len(gone) - len(leaving) < len(come):
            going = set(gone)
            staying = [one for one in come if one in going]
        self._put_in_order([*staying, *leaving], first)
        if leaving:
            self._remove(first + len(staying), len(leaving))
        if staying is come:
            return
        added = [place for place, one in enumerate(come) if one not in going]
        found = list(_ranges(added)) if len(added) <= _FEW else []
        for start, end in found:
            self._insert(first + start, come[start:end])
        if added and not found:
            self._insert(first + len(staying), [come[place] for place in added])
            self._put_in_order(come, first)

    def _put_in_order(self, wanted: list[int], first: int) -> None:
        """Let rows go to their places; selection and current row go with them."""
        if self._ids[first : first + len(wanted)] == wanted:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in kept]
        self._ids[first : first + len(wanted)] = wanted
        row_of = _finder(wanted, first) if len(kept) > 1 else self._ids.index
        end = first + len(wanted)
        moved = [
            self.index(row_of(one)) if first <= index.row() < end else index
            for one, index in zip(ids, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _insert(self, first: int, ids: list[int]) -> None:
        self.beginInsertRows(QModelIndex(), first, first + len(ids) - 1)
        self._ids[first:first] = ids
        self.endInsertRows()

    def _remove(self, first: int, count: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        del self._ids[first : first + count]
        self.endRemoveRows()


def _finder(ids: Sequence[int], first: int) -> Callable[[int], int]:
    return {one: row for row, one in enumerate(ids, first)}.__getitem__


def _alike(one: list[int], other: list[int]) -> int:
    """Return how many ids two lists have in common from their beginning on.

    Slices are compared, not one id after the other: lists of 100,000 are alike but for their end.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Join ascending numbers to ranges, the end of each excluded."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found
