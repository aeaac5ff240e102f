"""Where rows that are moved come to stand: only ever among those that they stand beside now.

Files that came by themselves and folders are moved in the list, files of a folder within it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.gui.queue_model import QueueModel


@dataclass(frozen=True, slots=True)
class Move:
    """What is moved, and between which two; None for an end. All of them are ids."""

    ids: tuple[int, ...]
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two of those that stand side by side.

    Attributes:
        after, before: those that stay and lie around it; None at an end.
    """

    after: int | None
    before: int | None


def gap_at(place: int, moved: Collection[int], count: int) -> Gap:
    """Return the gap in front of a place, as it is once what is moved is taken out.

    Args:
        place: 0 to `count`; what is there and below comes after what is moved.
        moved: the places of what is to go there.
        count: of all places.
    """
    after = next((one for one in range(min(place, count) - 1, -1, -1) if one not in moved), None)
    before = next((one for one in range(max(0, place), count) if one not in moved), None)
    return Gap(after, before)


class Group:
    """The selected ones of those that stand side by side with one of them.

    Args:
        model: of the list.
        lead: the id of a row; others move with it if they stand beside it.
        ids: of the rows that are selected.
    """

    def __init__(self, model: QueueModel, lead: int, ids: Collection[int]) -> None:
        self._model = model
        self._lead = lead
        self._beside = model.listing.beside(lead)
        self._folder = model.folder_of(lead)
        chosen = set(ids)
        self._moved = [place for place, one in enumerate(self._beside) if one in chosen]

    def up(self) -> Move | None:
        return self._to(min(self._moved, default=0) - 1)

    def down(self) -> Move | None:
        return self._to(max(self._moved, default=0) + 2)

    def to_start(self) -> Move | None:
        return self._to(0)

    def to_end(self) -> Move | None:
        return self._to(len(self._beside))

    def to_row(self, row: int) -> Move | None:
        """Go in front of a row of the list, or as near as may be."""
        return self._to(self._place_of(row))

    def landing(self, row: int) -> int:
        """Return the row in front of which they would come to stand."""
        place = self._place_of(row)
        if place < len(self._beside):
            found = self._model.row_of(self._beside[place])
            return row if found is None else found
        return self._model.row_below(self._beside[-1]) if self._beside else row

    def _place_of(self, row: int) -> int:
        """Return the place of a row among those side by side; for others the nearest."""
        if row >= self._model.rowCount():
            return len(self._beside)
        number = self._model.ids(row, row)[0]
        folder = self._model.folder_of(number)
        if folder == self._folder:
            return self._beside.index(number)
        if not self._folder:
            return self._beside.index(folder) + 1
        begins = self._model.row_of(self._folder)
        return 0 if begins is None or row <= begins else len(self._beside)

    def _to(self, place: int) -> Move | None:
        count = len(self._beside)
        if not self._moved or len(self._moved) == count:
            return None
        gap = gap_at(min(max(0, place), count), set(self._moved), count)
        around = (None if one is None else self._beside[one] for one in (gap.after, gap.before))
        return Move(tuple(self._beside[one] for one in self._moved), *around)
