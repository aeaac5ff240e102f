"""Which rows of a view are selected; without any, the current one counts as selected."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from desktop.gui.queue_model import QueueModel


def selected_ranges(view: QTableView) -> list[tuple[int, int]]:
    """Return the first and the last row of each range, from top to bottom.

    A list of all rows would be long where everything is selected.
    """
    ranges = view.selectionModel().selection()
    parts = (ranges.at(number) for number in range(ranges.count()))
    found = sorted((one.top(), one.bottom()) for one in parts)
    current = view.currentIndex()
    if not found and current.isValid():
        found = [(current.row(), current.row())]
    return found


def selected_ids(view: QTableView, model: QueueModel) -> list[int]:
    """Return the files and folders that are selected, from top to bottom."""
    return [one for rows in selected_ranges(view) for one in model.ids(*rows)]
