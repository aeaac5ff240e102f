"""What an engine would tell a list, without an engine."""

from __future__ import annotations

from pathlib import Path

from desktop.gui.queue_model import QueueModel
from desktop.gui.queue_view import QueueView
from desktop.transfer.events import Changed, Folder, Gathered, Removed, Transfer


def transfer(number: int, **values: object) -> Transfer:
    """Return a file of 1000 bytes that came by itself."""
    name = f"file {number}.bin"
    plain = Transfer(number, "/from/", name, 1000, place=float(number))
    return plain._replace(**values)  # type: ignore[arg-type]


def folder(number: int = -1, name: str = "trip", place: float = 0.0) -> Folder:
    return Folder(number, Path("/from") / name, name, place)


def inside(above: Folder, number: int, **values: object) -> Transfer:
    """Return a file of 1000 bytes that came in a folder."""
    name = f"{above.name}/file {number}.bin"
    return transfer(number, folder=above.id, root=f"{above.path}/", name=name, **values)


def tell(model: QueueModel, *events: Changed | Gathered | Removed) -> None:
    """Let the list hear this, and the window look at what has become of it."""
    for event in events:
        model.listing.take(event)
    news = model.listing.news()
    if news is not None:
        model.on_news(news)


def show(model: QueueModel, *transfers: Transfer) -> None:
    tell(model, *map(Changed, transfers))


def remove(model: QueueModel, *ids: int) -> None:
    tell(model, Removed(ids))


def chosen_ids(view: QueueView) -> list[int]:
    """Return what is selected, sorted."""
    return sorted(one for kind in view.selected() for one in kind.ids)


def ids(model: QueueModel) -> list[int]:
    return list(model.ids())
