"""What people order: pause, go on, cancel, try again, remove. Takes effect on the board at once.

A transfer that a worker has in hand learns of it by its `wish`, and by the connection being cut
when `cut_at` is reached.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter

from desktop.transfer.board import Board
from desktop.transfer.entry import Entry, Wish
from desktop.transfer.events import WHOLE_LIST, Folder, State, Transfer

LET_END_S = 3.0
"""So long a window that is on the wire when somebody pauses may take to end; then it is cut, for a
cut window is sent again as a whole."""

LET_END_ON_STOP_S = 1.0
_MOST_AT_ONCE, _MOST_REMOVED_AT_ONCE = 2000, 20_000
"""The list is put together anew each time that some leave it; and all that hears which ones keeps
their numbers, until it is through."""
_LEAST_STEP = 1e-6

Order = Callable[[Board, Iterable[int]], None]


def pause(board: Board, ids: Iterable[int]) -> None:
    """Pause what is not finished."""
    with board.batch():
        for entry in board.politely(board.get(ids)):
            if not entry.transfer.state.finished:
                entry.wish, entry.cut_at = Wish.PAUSE, time.monotonic() + LET_END_S
                board.unqueue(entry)
                board.show(entry, state=State.PAUSED, problem=None, bytes_per_s=None, eta_s=None)


def go_on(board: Board, ids: Iterable[int]) -> None:
    """Let what is paused go on, and what waits for a next try have it now."""
    with board.batch():
        for entry in board.politely(board.get(ids)):
            if not entry.transfer.state.finished:
                board.go_on(entry)


def retry(board: Board, ids: Iterable[int]) -> None:
    """Begin failed and cancelled ones again: on from what the server still has of them."""
    with board.batch():
        for entry in board.politely(board.get(ids)):
            state = entry.transfer.state
            if state in (State.FAILED, State.CANCELLED):
                entry.seen = False
                entry.forget_course()
            if state is not State.STORED:
                board.go_on(entry)


def cancel(board: Board, ids: Iterable[int]) -> None:
    """Give up what is not finished, and have it dropped on the server."""
    with board.batch():
        for entry in board.politely(board.get(ids)):
            if not entry.transfer.state.finished:
                # An upload of which no answer told could not be dropped.
                untold = entry.asked and entry.upload_id is None
                entry.cut_at = time.monotonic() + LET_END_S if untold else -math.inf
                entry.wish = Wish.CANCEL
                board.unqueue(entry)
                board.show(entry, state=State.CANCELLED, problem=None, bytes_per_s=None, eta_s=None)
                if not entry.running and entry.upload_id:
                    board.drop_upload(entry, delete=True)


def remove(board: Board, ids: Iterable[int]) -> None:
    """Take finished ones off the list; what a failed one has left on the server is dropped."""
    with board.batch():
        entries = [entry for entry in board.get(ids) if entry.transfer.state.finished]
        for entry in board.politely(entries):
            entry.unlisted = entry.running
            if entry.upload_id and entry.transfer.state is State.FAILED:
                board.drop_upload(entry, delete=True)
        board.forget([one for one in entries if not one.running])


_UNFINISHED = frozenset(state for state in State if not state.finished)
_MEANT_FOR: dict[Order, tuple[Collection[State], ...]] = {
    pause: (_UNFINISHED - {State.PAUSED},),
    go_on: ((State.PAUSED,),),
    cancel: (_UNFINISHED,),
    retry: ((State.FAILED,), (State.CANCELLED,)),
    remove: (frozenset(State) - _UNFINISHED,),
}
"""The files of a folder that an order is meant for: those in the first of these that any is in."""


def meant(board: Board, order: Order, ids: Sequence[int]) -> Sequence[int]:
    """Return the files that an order is meant for.

    Whoever names one by one means just these. Of folders, and of the whole list, it is those that
    the order changes. The failed ones of a folder begin again, or where there are none, the
    cancelled ones; of the whole list only the failed ones.

    Args:
        board: holds the list.
        order: one of those above.
        ids: of files and folders; or `WHOLE_LIST`, and nothing else.
    """
    inside: dict[int, list[Entry]] = {one: [] for one in ids if one <= WHOLE_LIST}
    if not inside:
        return ids
    whole = WHOLE_LIST in inside
    kinds = _MEANT_FOR[order][:1] if whole else _MEANT_FOR[order]
    found = [one for one in ids if one > WHOLE_LIST]
    with board.condition:
        for entry in board.politely(board.entries.values()):
            these = inside.get(WHOLE_LIST if whole else entry.transfer.folder)
            if these is not None:
                these.append(entry)
        for these in inside.values():
            for states in kinds:
                some = [one.id for one in board.politely(these) if one.transfer.state in states]
                if some:
                    found += some
                    break
    return found


def most_at_once(order: Order) -> int:
    """Return how many files an order takes at a time, so that others get at the board."""
    return _MOST_REMOVED_AT_ONCE if order is remove else _MOST_AT_ONCE


def move(board: Board, ids: Iterable[int], after: int | None, before: int | None) -> None:
    """Let files and folders come between two others, in the order given.

    All of them lie in the list itself, or all in one and the same folder.

    Args:
        board: holds the list.
        ids: what is moved, of files or folders.
        after: what comes right before them; None for nothing.
        before: what comes right after them; None for nothing.
    """
    with board.batch():
        moved = [one for one in ids if _found(board, one) is not None]
        places = _places_between(board, after, before, len(moved))
        if not places:
            _renumber(board, _folder_of(board, moved[0]))
            places = _places_between(board, after, before, len(moved))
        for one, place in zip(moved, places, strict=False):
            _put(board, one, place)
        board.next_place = max([board.next_place, *(place + 1.0 for place in places)])


def _found(board: Board, number: int) -> Transfer | Folder | None:
    if number < 0:
        return board.folders.get(number)
    entry = board.entries.get(number)
    return None if entry is None else entry.transfer


def _folder_of(board: Board, number: int) -> int:
    return board.entries[number].transfer.folder if number > 0 else 0


def _put(board: Board, number: int, place: float) -> None:
    if number < 0:
        board.place_folder(dataclasses.replace(board.folders[number], place=place))
    else:
        board.place(board.entries[number], place)


def _places_between(
    board: Board, after: int | None, before: int | None, count: int
) -> tuple[float, ...]:
    """Return so many places in between; none where floating point has no room for them."""
    low = _found(board, after) if after is not None else None
    high = _found(board, before) if before is not None else None
    if low is not None:
        start = low.place
        step = (high.place - start) / (count + 1) if high is not None else 1.0
    else:
        end = high.place if high is not None else board.next_place
        start, step = end - count - 1.0, 1.0
    places = tuple(start + step * number for number in range(1, count + 1))
    return places if step > _LEAST_STEP else ()


def _renumber(board: Board, folder_id: int) -> None:
    """Spread a folder, or the list, evenly again; after some thirty moves into the same gap."""
    transfers = (entry.transfer for entry in board.entries.values())
    inside: list[Transfer | Folder] = [one for one in transfers if one.folder == folder_id]
    if not folder_id:
        inside += board.folders.values()
    inside.sort(key=attrgetter("turn"))
    for number, one in enumerate(inside, 1):
        _put(board, one.id, float(number))


def interrupt_all(board: Board, let_end_s: float) -> None:
    """Make all workers give back what they have in hand; it waits its turn again."""
    with board.condition:
        cut_at = time.monotonic() + let_end_s
        for entry in board.running:
            if entry.wish is Wish.RUN:
                entry.wish, entry.cut_at = Wish.LEAVE, cut_at
            entry.cut_at = min(entry.cut_at, cut_at)
        board.condition.notify_all()
