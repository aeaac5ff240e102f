"""What can be done with a transfer, by its state. No widgets."""

from __future__ import annotations

from enum import StrEnum

from desktop.gui.totals import RUNNING
from desktop.transfer.events import State, Transfer


class RowAction(StrEnum):
    """An action on one or several transfers; the value names its drawing."""

    PAUSE = "pause"
    GO_ON = "go-on"
    TRY_AGAIN = "try-again"
    SHOW = "show"
    DETAILS = "details"
    CANCEL = "cancel"
    REMOVE = "remove"
    RECEIPT = "receipt"
    SEND_FIRST = "send-first"
    SEND_LAST = "send-last"


def actions_for(transfer: Transfer) -> tuple[RowAction, ...]:
    """Return what can be done, in the order in which the row shows it."""
    state = transfer.state
    if state is State.STORED:
        return (RowAction.SHOW, RowAction.RECEIPT, RowAction.REMOVE)
    if state is State.CANCELLED:
        return (RowAction.TRY_AGAIN, RowAction.REMOVE)
    if state is State.FAILED:
        return (RowAction.DETAILS, RowAction.TRY_AGAIN, RowAction.REMOVE)
    told = (RowAction.DETAILS,) if transfer.problem is not None else ()
    if state is State.PAUSED:
        return (*told, RowAction.GO_ON, RowAction.CANCEL)
    return (*told, RowAction.PAUSE, RowAction.CANCEL)


def toggled(transfer: Transfer) -> RowAction | None:
    """Return what Space does: pause what runs, go on with what rests, try again what failed."""
    if transfer.state in RUNNING:
        return RowAction.PAUSE
    if transfer.state is State.PAUSED:
        return RowAction.GO_ON
    return None if transfer.state is State.STORED else RowAction.TRY_AGAIN


def dropped(transfer: Transfer) -> RowAction:
    """Return what Delete does: cancel what is under way, take off the list what is over."""
    return RowAction.REMOVE if transfer.state.finished else RowAction.CANCEL
