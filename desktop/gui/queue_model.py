"""The list of transfers as Qt sees it. Knows no engine: whole `Transfer` records come in."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from desktop.destination import Destination, named
from desktop.gui.totals import RUNNING, Totals
from desktop.gui.words import QtWords
from desktop.messages import elsewhere_words, explain, state_words
from desktop.transfer.events import Transfer

TRANSFER_ROLE = Qt.ItemDataRole.UserRole + 1
_MANY_RANGES = 64
"""Scattered removals beyond which one reset is smoother than as many moves of the whole list."""

_MANY_CHANGES = 8
"""Scattered changes beyond which the view is told of all between them: it paints once anyway."""
_AT_ONCE = 1000
_PACE_MS, _SLICE_MS = 60, 5
_TURN = attrgetter("place", "id")

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Rows in the order in which they are sent; a change touches its own row and nothing else.

    Signals:
        totals_changed: a `Totals`, after changes.

    Attributes:
        generation: another one as soon as rows look otherwise though no transfer has changed.
    """

    totals_changed = Signal(object)

    def __init__(self, words: QtWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._transfers: list[Transfer] = []
        self._row_of: dict[int, int] = {}
        self._destinations: tuple[Destination, ...] = ()
        self._used_id = ""
        self.generation = 0
        self.totals = Totals()
        self._untold = False
        self._leaving: list[int] = []
        self._out: set[int] = set()
        self._counted_out = 0
        self._pace, self._slices = QTimer(self), QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self._on_pace)
        self._slices.setInterval(_SLICE_MS)
        self._slices.timeout.connect(self._on_slice)

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
        if self._transfers:
            self.dataChanged.emit(self.index(0), self.index(len(self._transfers) - 1))

    def waits_elsewhere(self, transfer: Transfer) -> bool:
        """Tell whether it waits for its server to be chosen again."""
        here = transfer.server_id in ("", self._used_id)
        return transfer.state in RUNNING and not here and bool(self._used_id)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._transfers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        transfer = self._transfers[index.row()]
        if role == TRANSFER_ROLE:
            return transfer
        if role == Qt.ItemDataRole.DisplayRole:
            return transfer.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tool_tip(transfer)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(transfer)
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

    def transfer_at(self, row: int) -> Transfer:
        return self._transfers[row]

    def between(self, first: int, last: int, step: int = 1) -> Sequence[Transfer]:
        """Return the transfers of these rows, both included."""
        return self._transfers[first : last + 1 : step]

    def transfers(self) -> Iterator[Transfer]:
        return iter(self._transfers)

    def found(self, ids: Iterable[int]) -> list[Transfer]:
        """Return the transfers of these ids, as far as they are on the list."""
        rows, transfers = self._row_of, self._transfers
        return [transfers[rows[one]] for one in ids if one in rows]

    def row_of(self, transfer_id: int) -> int | None:
        return self._row_of.get(transfer_id)

    def state_words(self, transfer: Transfer) -> str:
        if self.waits_elsewhere(transfer):
            server = named(transfer.server_id, self._destinations)
            return elsewhere_words(transfer, server, self._words)
        return state_words(transfer, self._words)

    def spoken(self, transfer: Transfer) -> str:
        """Return the row as a screen reader says it: name, state, how much of it is stored."""
        share = self._words.size_of(transfer.stored_bytes, transfer.size_bytes)
        return self.tr("{name}, {state}, {share} stored").format(
            name=transfer.name, state=self.state_words(transfer), share=share
        )

    def tool_tip(self, transfer: Transfer) -> str:
        """Return where the file lies, how it is taken, and a problem in full."""
        lines = [str(transfer.path), self.state_words(transfer)]
        if transfer.stored_name and transfer.stored_name != transfer.name:
            lines.append(self.tr("Stored as {name}").format(name=transfer.stored_name))
        if transfer.problem is not None and not self.waits_elsewhere(transfer):
            told = explain(transfer.problem, self._words)
            lines += [told.headline, told.meaning, told.action]
        return "\n".join(line for line in dict.fromkeys(lines) if line)

    @Slot(object)
    def on_changed(self, transfers: Sequence[Transfer]) -> None:
        """Take new and changed transfers; what has another place now goes there."""
        rows, added, moved = [], [], []
        for new in transfers:
            row = self._row_of.get(new.id)
            if row is None:
                added.append(new)
                continue
            old = self._transfers[row]
            if new.id in self._out:
                continue
            self.totals.replace(old, new)
            self._transfers[row] = new
            rows.append(row)
            if new.place != old.place:
                moved.append(new)
        changed = list(ranges(rows))
        if len(changed) > _MANY_CHANGES:
            changed = [(changed[0][0], changed[-1][1])]
        for first, last in changed:
            self.dataChanged.emit(self.index(first), self.index(last))
        self._append(added)
        self._put_in_order(moved)
        self._tell_totals()

    def _tell_totals(self) -> None:
        """Tell them at once after a rest, and in measure while much changes."""
        if self._pace.isActive():
            self._untold = True
            return
        self._untold = False
        self._pace.start()
        self.totals_changed.emit(self.totals)

    @Slot()
    def _on_pace(self) -> None:
        if self._untold:
            self._tell_totals()

    def _put_in_order(self, moved: Sequence[Transfer]) -> None:
        """Let rows go to their places; all others keep their order."""
        if not moved:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._transfers[index.row()].id for index in kept]
        going = {one.id for one in moved}
        was = [self._row_of[number] for number in going]
        staying = [one for one in self._transfers if one.id not in going]
        for one in sorted(moved, key=lambda one: one.turn):
            insort(staying, one, key=_TURN)
        self._transfers = staying
        now = [bisect_left(staying, one.turn, key=_TURN) for one in moved]
        for row in range(min(*was, *now), max(*was, *now) + 1):
            self._row_of[staying[row].id] = row
        self.changePersistentIndexList(kept, [self.index(self._row_of[one]) for one in ids])
        self.layoutChanged.emit()

    def _append(self, added: Sequence[Transfer]) -> None:
        if not added:
            return
        first = len(self._transfers)
        late = [one for one in added if first and one.turn < self._transfers[-1].turn]
        self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
        for row, new in enumerate(added, first):
            self._row_of[new.id] = row
            self._transfers.append(new)
            self.totals.replace(None, new)
        self.endInsertRows()
        self._put_in_order(late)

    @Slot(object)
    def on_removed(self, ids: Sequence[int]) -> None:
        """Take transfers off the list; very many in slices, so that the window does not stop."""
        self._leaving += ids
        if len(self._leaving) > _AT_ONCE:
            self._slices.start()
        else:
            self._count_out(len(self._leaving))
            self._remove()

    @Slot()
    def _on_slice(self) -> None:
        self._count_out(self._counted_out + _AT_ONCE)
        if self._counted_out == len(self._leaving):
            self._slices.stop()
            self._remove()

    def _count_out(self, end: int) -> None:
        """Take the next ones that leave out of the totals, up to a place in their list."""
        part = self._leaving[self._counted_out : end]
        for one in part:
            row = self._row_of.get(one)
            if row is not None and one not in self._out:
                self._out.add(one)
                self.totals.replace(self._transfers[row], None)
        self._counted_out += len(part)

    def _remove(self) -> None:
        gone = sorted(self._row_of[one] for one in self._out)
        self._out.clear()
        self._leaving.clear()
        self._counted_out = 0
        found = list(ranges(gone))
        if len(found) > _MANY_RANGES:
            self._remove_by_reset(set(gone))
        else:
            self._remove_ranges(found)
        self._row_of = {one.id: row for row, one in enumerate(self._transfers)}
        self._tell_totals()

    def _remove_ranges(self, found: Sequence[tuple[int, int]]) -> None:
        for first, last in reversed(found):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._transfers[first : last + 1]
            self.endRemoveRows()

    def _remove_by_reset(self, gone: set[int]) -> None:
        self.beginResetModel()
        self._transfers = [one for row, one in enumerate(self._transfers) if row not in gone]
        self.endResetModel()


def ranges(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join row numbers to ranges, first and last included."""
    first = last = -2
    for row in sorted(set(rows)):
        if row == last + 1:
            last = row
            continue
        if last >= 0:
            yield first, last
        first = last = row
    if last >= 0:
        yield first, last
