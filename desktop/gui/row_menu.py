"""The menu of what can be done with the selected transfers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.gui import icons
from desktop.gui.listing import FolderRow, Row
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


def make_menu(chosen: Sequence[Row], parent: QWidget) -> QMenu:
    """Build the menu; each entry's data is its action and the ids that it is possible for."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    possible = _possible(chosen)
    for action, _, keys in texts():
        ids = possible.get(action, ())
        if ids:
            text = words_for(action, chosen[0])
            drawing = DRAWINGS.get(action, action.value)
            entry = menu.addAction(icons.icon(drawing), f"{text}\t{keys}" if keys else text)
            entry.setData((action, tuple(ids)))
    return menu


def _possible(chosen: Sequence[Row]) -> dict[RowAction, list[int]]:
    """Return the ids for each action. What can be done is asked once for each kind of row."""
    kinds: dict[object, tuple[Row, list[int]]] = {}
    for one in chosen:
        kind = one.id if isinstance(one, FolderRow) else (one.state, one.problem is None)
        found = kinds.get(kind)
        if found is None:
            found = kinds[kind] = (one, [])
        found[1].append(one.id)
    possible: dict[RowAction, list[int]] = {}
    for one, ids in kinds.values():
        moves = () if one.state.finished else _MOVES
        for action in (*actions_for(one), RowAction.SHOW, *moves):
            if len(chosen) == 1 or action not in _FOR_ONE:
                possible.setdefault(action, []).extend(ids)
    if len(chosen) == 1:
        possible[RowAction.SHOW] = [chosen[0].id]
    return possible
