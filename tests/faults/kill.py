"""kill -9 at random moments: of the receiver, and of those who send to it."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.faults.campaign import Row, Settings, settled, wrong_in
from tests.faults.command_sender import CommandSender
from tests.receiver_process import ReceiverProcess

SENDERS = 8
KILLS = 200
UP_S = (0.05, 1.2)


def run(settings: Settings) -> Sequence[Row]:
    """Kill the receiver again and again while eight senders, killed likewise, upload."""
    chance = random.Random(settings.seed)
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    senders = [
        CommandSender(receiver.url, receiver.key, settings.folder / f"sender-{n}", n)
        for n in range(SENDERS)
    ]
    kills = settings.times or KILLS
    try:
        for sender in senders:
            sender.start()
        for _ in range(kills):
            time.sleep(chance.uniform(*UP_S))
            receiver.restart()
        for sender in senders:
            sender.finish()
        for sender in senders:
            sender.join()
        expected = {name: digest for one in senders for name, digest in one.expected.items()}
        with settled(receiver) as last:
            wrong = wrong_in(last, expected)
    finally:
        for sender in senders:
            sender.finish()
        receiver.kill()
    failed = tuple(words for sender in senders for words in sender.failed)
    killed = sum(sender.killed for sender in senders)
    what = f"{SENDERS} senders, {len(expected)} files of 0 bytes to 200 MiB: receiver killed"
    return [Row(f"{what}, senders killed", f"{kills} and {killed} times", wrong + failed)]
