"""A place that files can be sent to, as people choose it. Knows no network and no keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LOCAL_ID = "local"
"""The id of the receiver that the window starts by itself."""


@dataclass(frozen=True, slots=True)
class Destination:
    """One entry of the choice "To:".

    Attributes:
        id: of the server, as the list of transfers knows it.
        name: as it stands in a sentence: "this computer", "office-server".
        heading: as it stands alone: "This computer".
        address: "192.168.1.20:5151"; empty for this computer.
        saved: it can be renamed and removed.
    """

    id: str
    name: str
    heading: str
    address: str = ""
    saved: bool = False

    @property
    def local(self) -> bool:
        return self.id == LOCAL_ID


def address_of(server_id: str) -> str:
    """Return what people know of a server that is no longer saved: its host and port."""
    return server_id.rpartition("//")[2]


def named(server_id: str, among: Iterable[Destination]) -> str:
    """Return the name of a destination, or its address where it is not among these."""
    found = next((one.name for one in among if one.id == server_id), "")
    return found or address_of(server_id)
