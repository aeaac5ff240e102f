"""Several senders at once, a fault under way, and what is wrong when all of them are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.faults.campaign import settled, wrong_in
from tests.faults.command_sender import CommandSender
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import eventually

UNDER_WAY_WITHIN_S = 60.0
DONE_WITHIN_S = 900.0


@dataclass(frozen=True)
class Outcome:
    """How many files were sent, and what is lost or wrong, in words."""

    files: int
    wrong: tuple[str, ...]


def carry(
    receiver: ReceiverProcess, senders: Sequence[CommandSender], fault: Callable[[], None]
) -> Outcome:
    """Start a receiver and its senders, make a fault, let what has begun end, and compare.

    Args:
        receiver: not running; it is not afterwards either.
        senders: not begun.
        fault: made when something of each sender's has come.
    """
    receiver.start()
    try:
        stuck = _work(receiver, senders, fault)
        expected = {name: digest for one in senders for name, digest in one.expected.items()}
        failed = [words for sender in senders for words in sender.failed]
        with settled(receiver) as last:
            return Outcome(len(expected), (*wrong_in(last, expected), *stuck, *failed))
    finally:
        receiver.kill()


def _work(
    receiver: ReceiverProcess, senders: Sequence[CommandSender], fault: Callable[[], None]
) -> list[str]:
    """Let them work; says who did not come to an end."""
    try:
        for sender in senders:
            sender.start()
        eventually(lambda: all(_has_begun(receiver, one) for one in senders), UNDER_WAY_WITHIN_S)
        fault()
        for sender in senders:
            sender.finish()
        for sender in senders:
            sender.join(DONE_WITHIN_S)
        return [f"{sender.name} is not done" for sender in senders if sender.is_alive()]
    finally:
        for sender in senders:
            sender.stop()


def _has_begun(receiver: ReceiverProcess, sender: CommandSender) -> bool:
    """Tell whether anything of a sender's has come."""
    uploads = [one.name for one in receiver.status().uploads]
    return any(name.startswith(f"{sender.mark}-") for name in (*uploads, *receiver.stored()))
