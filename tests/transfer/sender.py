"""An engine with its ledger and all that it tells, for tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from blake3 import blake3

from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import Changed, Event, Refused, Removed, Scanned, State, Transfer
from desktop.transfer.ledger import Ledger
from desktop.transfer.precedence import Precedence
from tests.receiver_process import KEY

_Kind = TypeVar("_Kind", bound=Event)

WITHIN_S = 30.0


def server_at(url: str, key: str = KEY, pin: str = "") -> Server:
    return Server("local", url, key, "this computer", pin)


def digest_of(path: Path) -> bytes:
    digest = blake3()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()


class Sender:
    """Collects events; `wait` until a condition on them holds."""

    def __init__(
        self,
        ledger: Path,
        url: str | None,
        key: str = KEY,
        streams: int | None = 2,
        limit_bytes_per_s: float | None = None,
        pin: str = "",
        precedence: Precedence | None = None,
    ) -> None:
        self.events: list[Event] = []
        self.transfers: dict[int, Transfer] = {}
        self._condition = threading.Condition()
        server = None if url is None else server_at(url, key, pin)
        self.engine = Engine(
            Ledger(ledger),
            self._take,
            server=server,
            streams=streams,
            limit_bytes_per_s=limit_bytes_per_s,
            precedence=precedence,
        )
        self.engine.start()

    def _take(self, event: Event) -> None:
        with self._condition:
            self.events.append(event)
            if isinstance(event, Changed):
                self.transfers[event.transfer.id] = event.transfer
            elif isinstance(event, Removed):
                for one in event.ids:
                    self.transfers.pop(one)
            self._condition.notify_all()

    def wait(self, holds: Callable[[], bool], within_s: float = WITHIN_S) -> None:
        """Wait until `holds`, looked at after every event; fails after `within_s`."""
        with self._condition:
            if not self._condition.wait_for(holds, within_s):
                shown = "\n".join(map(str, self.transfers.values()))
                raise AssertionError(f"it did not come in {within_s} s:\n{shown}")

    def add(self, *paths: Path) -> list[Transfer]:
        """Put on the list and wait for the scan; returns all transfers."""
        before = len(self.of(Scanned))
        self.engine.add(paths)
        self.wait(lambda: len(self.of(Scanned)) > before)
        return self.all

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def changes(self) -> list[Changed]:
        return [event for event in self.events if isinstance(event, Changed)]

    @property
    def refused(self) -> list[Refused]:
        return [event for event in self.events if isinstance(event, Refused)]

    @property
    def all(self) -> list[Transfer]:
        return [self.transfers[number] for number in sorted(self.transfers)]

    @property
    def one(self) -> Transfer:
        (transfer,) = self.transfers.values()
        return transfer

    def wait_state(self, *states: State, within_s: float = WITHIN_S) -> Transfer:
        """Wait until the only transfer is in one of these states."""
        self.wait(lambda: len(self.transfers) == 1 and self.one.state in states, within_s)
        return self.one

    def wait_stored(self, within_s: float = WITHIN_S) -> None:
        """Wait until all are stored."""
        self.wait(lambda: all(one.state is State.STORED for one in self.all), within_s)

    def wait_progress(self, stored_bytes: int) -> Transfer:
        """Wait until the only transfer has so many bytes stored."""
        self.wait(lambda: self.one.stored_bytes >= stored_bytes)
        return self.one

    def states(self, number: int = 1) -> list[State]:
        """Return the states that a transfer went through, repetitions left out."""
        seen: list[State] = []
        for event in self.changes:
            if event.transfer.id == number:
                state = event.transfer.state
                if not seen or seen[-1] is not state:
                    seen.append(state)
        return seen

    def stop(self) -> None:
        began = time.monotonic()
        self.engine.stop()
        assert time.monotonic() - began < 12
