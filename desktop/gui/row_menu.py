"""The menu of what can be done with the selected transfers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.gui import icons
from desktop.gui.listing import FolderRow, Kind, Row
from desktop.gui.row_actions import RowAction, actions_for

translate = QCoreApplication.translate

_FOR_ONE = (RowAction.SHOW, RowAction.RECEIPT, RowAction.DETAILS)
_MOVES = (RowAction.SEND_FIRST, RowAction.SEND_LAST)
DRAWINGS = {RowAction.REMOVE: "cancel"}
"""The drawing of an action that has none of its own name."""


def words_for(action: RowAction, row: Row) -> str:
    """Return what an action on a row is called."""
    if action is RowAction.SHOW and isinstance(row, FolderRow):
        return translate("RowMenu", "&Show the folder")
    return next(text for one, text, _ in texts() if one is action)


def texts() -> tuple[tuple[RowAction, str, str], ...]:
    """Return each action with its words and its key, in the order of the menu."""
    space, delete = translate("RowMenu", "Space"), translate("RowMenu", "Del")
    enter = translate("RowMenu", "Enter")
    return (
        (RowAction.PAUSE, translate("RowMenu", "&Pause"), space),
        (RowAction.GO_ON, translate("RowMenu", "&Go on"), space),
        (RowAction.TRY_AGAIN, translate("RowMenu", "&Try again"), space),
        (RowAction.SHOW, translate("RowMenu", "&Show the file"), enter),
        (RowAction.RECEIPT, translate("RowMenu", "R&eceipt…"), ""),
        (RowAction.DETAILS, translate("RowMenu", "&Details…"), enter),
        (RowAction.SEND_FIRST, translate("RowMenu", "Send &first"), "Alt+Home"),
        (RowAction.SEND_LAST, translate("RowMenu", "Send &last"), "Alt+End"),
        (RowAction.CANCEL, translate("RowMenu", "&Cancel"), delete),
        (RowAction.REMOVE, translate("RowMenu", "&Remove from the list"), delete),
    )


def make_menu(chosen: Sequence[Kind], parent: QWidget) -> QMenu:
    """Build the menu; each entry's data is its action and the ids that it is possible for."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    possible = _possible(chosen)
    for action, _, keys in texts():
        ids = possible.get(action, ())
        if ids:
            text = words_for(action, chosen[0].row)
            drawing = DRAWINGS.get(action, action.value)
            entry = menu.addAction(icons.icon(drawing), f"{text}\t{keys}" if keys else text)
            entry.setData((action, tuple(ids)))
    return menu


def _possible(chosen: Sequence[Kind]) -> dict[RowAction, list[int]]:
    """Return the ids for each action."""
    alone = sum(len(kind.ids) for kind in chosen) == 1
    possible: dict[RowAction, list[int]] = {}
    for row, ids in chosen:
        moves = () if row.state.finished else _MOVES
        for action in (*actions_for(row), *moves):
            if alone or action not in _FOR_ONE:
                possible.setdefault(action, []).extend(ids)
    if alone:
        possible[RowAction.SHOW] = chosen[0].ids
    return possible
