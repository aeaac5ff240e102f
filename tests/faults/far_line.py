"""Faults of a network of its own: a line that is down, crawls, has no names, or ends elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.faults.campaign import Row, settled, wrong_in
from tests.faults.clock import JumpingClock
from tests.faults.command_sender import CommandSender
from tests.faults.senders import carry
from tests.network import NAME, Network
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender

SENDERS = 2
FAST_BYTES_PER_S = 4_000_000
CRAWL_BYTES_PER_S = 2000
CRAWL_FILES = (0, 300, 20_000, 250_000)
DOWN_S = 35.0
UNDER_WAY_S = 3.0
EXPIRY_LOOK_S = 65.0
DAY_S = 24 * 3600
JUMPS_S = (8 * DAY_S, -40 * DAY_S, 400 * DAY_S, 0)


class Place:
    """A receiver, a network in front of it, and clocks of either side."""

    def __init__(self, folder: Path, network: Network, seed: int) -> None:
        folder.mkdir(parents=True)
        self.network = network
        self.here, self.there = JumpingClock(folder / "here"), JumpingClock(folder / "there")
        self._folder, self._seed = folder, seed
        self.receiver = self._receiver({})

    def _receiver(self, environment: Mapping[str, str]) -> ReceiverProcess:
        listening = ("--host", "0.0.0.0", "--tls", "off")
        return ReceiverProcess(self._folder / "received", *listening, environment=environment)

    def take_clocks(self) -> None:
        """Have receiver and senders go by clocks that jump; before they start."""
        self.receiver = self._receiver(self.here.environment)

    def senders(self, environment: Mapping[str, str] | None = None) -> list[CommandSender]:
        url = f"http://{NAME}:{self.receiver.port}"
        return [
            CommandSender(
                url,
                self.receiver.key,
                self._folder / f"s{number}",
                self._seed + number,
                deadly=False,
                prefix=self.network.prefix,
                environment=environment,
            )
            for number in range(SENDERS)
        ]

    def carry(self, fault: Callable[[], None], environment: Mapping[str, str] | None = None) -> Row:
        """Let two senders work while a fault is made; returns a row without its words."""
        outcome = carry(self.receiver, self.senders(environment), fault)
        return Row(f"{SENDERS} senders, {outcome.files} files", "1 time", outcome.wrong)


def _down(place: Place) -> Row:
    def fault() -> None:
        place.network.down()
        threading.Event().wait(DOWN_S)
        place.network.up()

    return place.carry(fault)


def _nameless(place: Place) -> Row:
    """The receiver restarts while its name is unknown: connections have to be opened anew."""

    def fault() -> None:
        names = place.network.names
        address = names.address
        for silent in (False, True):
            names.address, names.is_silent = None, silent
            place.receiver.restart()
            threading.Event().wait(2 * UNDER_WAY_S)
            names.address, names.is_silent = address, False
            threading.Event().wait(UNDER_WAY_S)

    return place.carry(fault)


def _moved(place: Place) -> Row:
    return place.carry(place.network.move)


def _clocks(place: Place) -> Row:
    """Both clocks jump, one after the other, with the looks for what has expired in between.

    An upload waits all the while.
    """
    place.take_clocks()
    gone: list[str] = []

    def fault() -> None:
        tus = TusSender(place.receiver)
        waiting = tus.create(10)
        tus.patch(waiting, 0, b"begun")
        for shift_s in JUMPS_S:
            place.here.set(shift_s)
            threading.Event().wait(EXPIRY_LOOK_S)
            place.there.set(-shift_s)
            threading.Event().wait(UNDER_WAY_S)
        if tus.delete(waiting).status != 204:
            gone.append("an upload that waited has expired")

    row = place.carry(fault, place.there.environment)
    return Row(row.what, row.how_often, (*row.lost, *gone))


_FAULTS: dict[str, Callable[[Place], Row]] = {
    f"the line down for {DOWN_S:.0f} s, no side told": _down,
    "the name server failing, then silent, the receiver restarted meanwhile": _nameless,
    "the receiver's name standing for another address, the old one gone": _moved,
    f"the clocks of both sides set {len(JUMPS_S)} times, by 8 to 400 days": _clocks,
}


def rows(folder: Path, seed: int) -> list[Row]:
    """Make each fault once, and send a little over a line that crawls."""
    found = []
    for number, (words, fault) in enumerate(_FAULTS.items()):
        with Network() as network:
            network.slow(FAST_BYTES_PER_S)
            row = fault(Place(folder / f"far-{number}", network, seed + 50))
        found.append(Row(f"{words}; {row.what}", row.how_often, row.lost))
    return [*found, _crawl(folder / "crawl")]


def _crawl(folder: Path) -> Row:
    """Files over a line of 2 kB/s."""
    with Network() as network:
        network.slow(CRAWL_BYTES_PER_S)
        place = Place(folder, network, 0)
        place.receiver.start()
        (sender, *_) = place.senders()
        sent = sender.give(CRAWL_FILES)
        began = time.monotonic()
        try:
            sender.send(sent)
            seconds = time.monotonic() - began
            with settled(place.receiver) as last:
                wrong = wrong_in(last, sender.expected)
        finally:
            place.receiver.kill()
    what = (
        f"a line of 2 kB/s; {len(CRAWL_FILES)} files of {sum(CRAWL_FILES):,} bytes: {seconds:.0f} s"
    )
    return Row(what, "1 time", (*wrong, *sender.failed))
