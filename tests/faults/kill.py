"""kill -9 at random moments: of the receiver, and of those who send to it."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

from tests.faults.campaign import Row, Settings
from tests.faults.command_sender import CommandSender
from tests.faults.senders import carry
from tests.receiver_process import ReceiverProcess

SENDERS = 8
KILLS = 200
UP_S = (0.05, 1.2)


def run(settings: Settings) -> Sequence[Row]:
    """Kill the receiver again and again while eight senders, killed likewise, upload."""
    chance = random.Random(settings.seed)
    receiver = ReceiverProcess(settings.folder / "received")
    senders = [
        CommandSender(receiver.url, receiver.key, settings.folder / f"sender-{n}", n)
        for n in range(SENDERS)
    ]
    kills = settings.times or KILLS

    def fault() -> None:
        for _ in range(kills):
            threading.Event().wait(chance.uniform(*UP_S))
            receiver.restart()

    outcome = carry(receiver, senders, fault)
    killed = sum(sender.killed for sender in senders)
    what = f"{SENDERS} senders, {outcome.files} files of 0 bytes to 200 MiB: receiver killed"
    return [Row(f"{what}, senders killed", f"{kills} and {killed} times", outcome.wrong)]
