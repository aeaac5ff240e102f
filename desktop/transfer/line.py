"""What a worker keeps from one upload to the next: its connection, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.transfer.api import Api
from desktop.transfer.backoff import Backoff
from desktop.transfer.hashing import Hasher
from desktop.transfer.window import WindowSize


@dataclass(slots=True)
class Line:
    """The way to one server.

    Attributes:
        api: the connection that is always there.
        hasher: its threads that hash ahead.
        size: its pace.
        backoff: counts failures in a row.
        further: connections that a large file uses besides.
    """

    api: Api
    hasher: Hasher
    size: WindowSize = field(default_factory=WindowSize)
    backoff: Backoff = field(default_factory=Backoff)
    further: list[Api] = field(default_factory=list)

    def cut(self) -> None:
        """End what is on the wire; from any thread."""
        for api in (self.api, *self.further):
            api.cut()

    def connect(self) -> Api:
        """Open one more connection, until `part`."""
        api = Api(self.api.server)
        self.further.append(api)
        return api

    def part(self) -> None:
        """Close all connections but the first."""
        while self.further:
            self.further.pop().close()
