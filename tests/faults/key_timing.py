"""Is a wrong key that begins like a right one answered later than another wrong one?

Pairs of wrong keys, one of each kind, in a random order over one connection each; the receiver
takes ten from an address, so each ten come from another address of the loopback network. What is
compared is the difference within a pair: what else happens on the machine comes to both.
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass
from ipaddress import IPv4Address

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Line

PAIRS_PER_ADDRESS = 5
FIRST_ADDRESS = IPv4Address("127.1.0.1")
MOST_DEVIATIONS = 4.0
"""By chance it is above this once in 30,000 runs."""


@dataclass(frozen=True)
class Timing:
    """What was found.

    Attributes:
        pairs: how many.
        slower: how often the one that begins rightly was answered later.
        median_us: of the differences; above 0 the right beginning takes longer.
        deviations: how far `slower` is from half, in standard deviations (sign test).
    """

    pairs: int
    slower: int
    median_us: float
    deviations: float

    @property
    def tells(self) -> bool:
        """The time tells something of the key."""
        return abs(self.deviations) > MOST_DEVIATIONS


def measure(receiver: ReceiverProcess, pairs: int, seed: int) -> Timing:
    """Ask for /status with `pairs` pairs of wrong keys."""
    chance = random.Random(seed)
    right = receiver.key
    close, far = right[:-1] + "~", "~" * len(right)
    differences: list[float] = []
    for number in range(-(-pairs // PAIRS_PER_ADDRESS)):
        source = str(FIRST_ADDRESS + number)
        with Line(receiver.port, None, source) as line:
            line.ask("GET", "/health")
            for _ in range(PAIRS_PER_ADDRESS):
                took = {key: _ask(line, key) for key in chance.sample([close, far], 2)}
                differences.append(took[close] - took[far])
    slower = sum(one > 0 for one in differences)
    count = len(differences)
    deviations = (slower - count / 2) / (count**0.5 / 2)
    return Timing(count, slower, statistics.median(differences) * 1e6, deviations)


def _ask(line: Line, key: str) -> float:
    headers = {"Authorization": f"Bearer {key}"}
    began = time.perf_counter()
    answer = line.ask("GET", "/status", headers)
    took = time.perf_counter() - began
    assert answer.status == 401, answer
    return took
