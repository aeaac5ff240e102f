"""Lines that are cut anywhere, crawl, fall silent, lose their name, or end in a proxy's HTML."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults import far_line
from tests.faults.campaign import Row, Settings
from tests.faults.command_sender import CommandSender
from tests.faults.senders import carry
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay

FAULTS = 60
SENDERS = 4
CALM_S = (0.02, 0.4)
HEAD_BYTES = 700
HTML = (413, 502, 503, 504, 524, 200)


def run(settings: Settings) -> Sequence[Row]:
    """Make one fault after another on the way of four senders."""
    found = [
        _campaign(settings.folder / str(number), words, fault, settings)
        for number, (words, fault) in enumerate(_FAULTS.items())
    ]
    return found + far_line.rows(settings.folder, settings.seed)


def _campaign(
    folder: Path, words: str, fault: Callable[[Relay, random.Random], None], settings: Settings
) -> Row:
    chance = random.Random(f"{settings.seed}-{words}")
    times = settings.times or FAULTS
    receiver = ReceiverProcess(folder / "received")
    with Relay(receiver.port) as relay:
        senders = [
            CommandSender(relay.url, receiver.key, folder / f"s{n}", n + 1, deadly=False)
            for n in range(SENDERS)
        ]

        def faults() -> None:
            for _ in range(times):
                threading.Event().wait(chance.uniform(*CALM_S))
                fault(relay, chance)
            relay.answer_status, relay.refuse, relay.cut_after_bytes = None, False, None
            relay.flow()

        outcome = carry(receiver, senders, faults)
    what = f"{words}; {SENDERS} senders, {outcome.files} files"
    return Row(what, f"{times} times", outcome.wrong)


def _cut(relay: Relay, chance: random.Random) -> None:
    """In a header, at the first byte of a body, in its middle, or after its last byte."""
    ahead = chance.choice([1, chance.randint(1, HEAD_BYTES), HEAD_BYTES, 65_536, 3_000_000])
    relay.cut_after_bytes = relay.up_bytes + ahead


def _cut_all(relay: Relay, chance: random.Random) -> None:
    relay.cut()


def _reset_all(relay: Relay, chance: random.Random) -> None:
    relay.reset()


def _half_close(relay: Relay, chance: random.Random) -> None:
    relay.half_close()


def _refuse(relay: Relay, chance: random.Random) -> None:
    relay.refuse = True
    relay.cut()
    threading.Event().wait(chance.uniform(0.05, 0.3))
    relay.refuse = False


def _html(relay: Relay, chance: random.Random) -> None:
    relay.answer_status = chance.choice(HTML)
    relay.cut()
    threading.Event().wait(chance.uniform(0.05, 0.5))
    relay.answer_status = None


def _silent(relay: Relay, chance: random.Random) -> None:
    relay.stall()
    threading.Event().wait(chance.uniform(0.1, 1.0))
    relay.flow()


_FAULTS: dict[str, Callable[[Relay, random.Random], None]] = {
    "cut at a byte: in a header, at a body's first, middle or last": _cut,
    "end of all connections at once": _cut_all,
    "reset of all connections at once": _reset_all,
    "half of all connections closed": _half_close,
    "refused for a moment": _refuse,
    "answered by HTML (413, 502, 503, 504, 524, a captive portal's 200)": _html,
    "silent for up to a second": _silent,
}
