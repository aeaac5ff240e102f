"""kill -9 of either side, or a cut line, right before or after the receiver hears a request."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign import Row, Settings, left_over, wrong_in
from tests.faults.command_sender import KIB, MIB, CommandSender
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay

TIMES = 120
MOST_FAULTS = 3
HITS = ("sender", "receiver", "line")
WHEN = ("before", "after")
REQUESTS = ("POST /files", "POST /batch", "HEAD /files", "PATCH /files", "DELETE /files")
FOLDERS = {
    (300 * KIB,): ("POST /files",),
    (MIB + 1,): ("POST /files", "HEAD /files", "PATCH /files", "DELETE /files"),
    (0, 100, 300 * KIB, MIB + 1, 3 * MIB): REQUESTS,
}
"""Sizes of the files, bytes, and the requests that may come of them."""

Moment = tuple[str, str, str]
"""What is hit (sender, receiver or line), when (before or after), and the request."""


class Trial:
    """A command, a relay and a receiver, which faults hit one after the other, each at its moment.

    Args:
        relay: stands before the receiver.
        receiver: runs.
        folder: for what is sent.

    Attributes:
        sender: the command.
        made: how many faults there were; those whose moment never comes are left out.
    """

    def __init__(self, relay: Relay, receiver: ReceiverProcess, folder: Path) -> None:
        self._relay, self._receiver = relay, receiver
        self.sender = CommandSender(relay.url, receiver.key, folder, 1, deadly=False)
        self._left: list[Moment] = []
        self._hit = ""
        self._making = threading.Lock()
        self.made = 0
        relay.on_loss = self._make

    def send(self, sizes: Sequence[int], moments: Sequence[Moment], again: bool) -> list[str]:
        """Send a new folder; say what is left over as soon as the command says all is stored.

        Args:
            sizes: of its files, bytes.
            moments: of the faults.
            again: it was sent before, in peace.
        """
        folder = self.sender.give(sizes)
        if again:
            self.sender.send(folder)
        self._left = list(moments)
        self._next()
        self.sender.send(folder)
        with self._making:
            self._left = []
            self._next()
        self.sender.rounds += 1
        return left_over(self._receiver)

    def _next(self) -> None:
        self._relay.lose_request = self._relay.lose_answer_to = None
        if self._left:
            self._hit, when, request = self._left.pop(0)
            if when == "before":
                self._relay.lose_request = request.encode()
            else:
                self._relay.lose_answer_to = request.encode()

    def _make(self) -> None:
        """Make the fault; the relay cuts the line in any case."""
        with self._making:
            self.made += 1
            if self._hit == "sender":
                self.sender.kill()
            elif self._hit == "receiver":
                self._receiver.restart()
            self._next()


def run(settings: Settings) -> Sequence[Row]:
    """Send small folders, half of them a second time, each with up to three faults."""
    chance = random.Random(settings.seed)
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    wrong: list[str] = []
    times = settings.times or TIMES
    try:
        with Relay(receiver.port) as relay:
            trial = Trial(relay, receiver, settings.folder / "sent")
            for _ in range(times):
                sizes = chance.choice(list(FOLDERS))
                planned = [
                    (chance.choice(HITS), chance.choice(WHEN), chance.choice(FOLDERS[sizes]))
                    for _ in range(chance.randint(1, MOST_FAULTS))
                ]
                left = trial.send(sizes, planned, chance.random() < 0.5)
                wrong += [f"{planned}: {words}" for words in left]
        wrong += wrong_in(receiver, trial.sender.expected)
    finally:
        receiver.kill()
    what = f"{times} folders, half of them sent again; {len(trial.sender.expected)} files"
    return [Row(what, f"{trial.made} faults", (*wrong, *trial.sender.failed))]
