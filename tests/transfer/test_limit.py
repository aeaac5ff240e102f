"""The speed limit holds for all streams together, is set while they run, and hinders no order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer import limit as limit_module
from desktop.transfer.events import State
from desktop.transfer.limit import BURST_S, LEAST_PIECE_BYTES, Limit
from desktop.transfer.wake import ASLEEP_S, SleepWatch
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 20_000.0


def wanted() -> None:
    """Nobody wants it to end."""


@pytest.mark.parametrize("rate", [500.0, 1e6, 1e9])
def test_no_more_is_granted_than_the_time_allows(
    rate: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit_module, "LOOK_S", 0.0)
    ticks = itertools.count()
    limit = Limit(rate, clock=lambda: next(ticks) / 100)
    granted = sum(limit.grant(MIB, wanted) for _ in range(50))
    elapsed_s = next(ticks) / 100
    assert 0 < granted <= rate * elapsed_s + max(rate * BURST_S, 2 * LEAST_PIECE_BYTES)


def test_without_a_limit_all_is_granted() -> None:
    limit = Limit()
    assert limit.grant(MIB, wanted) == MIB
    limit.set(1.0)
    with pytest.raises(ValueError, match="no speed"):
        limit.set(0)
    limit.set(None)
    assert limit.grant(MIB, wanted) == MIB


def test_whoever_waits_can_be_told_to_end() -> None:
    def ended() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Limit(0.001).grant(MIB, ended)


def test_a_limit_is_set_and_lifted_while_files_are_sent(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    """Large files, a file with its creation, and a batch: all of them draw from it."""
    sender = start_sender(relay.url, limit_bytes_per_s=SLOW)
    paths = [make_file(3 * MIB, "large"), make_file(MIB, "small")]
    folder = [make_file(MIB // 4, f"{number}", "folder") for number in range(4)]
    sender.add(*paths)
    sender.wait(lambda: any(one.sent_bytes for one in sender.all))
    carried = relay.up_bytes
    assert carried < 256 * 1024
    sender.engine.pause([sender.all[0].id])
    sender.wait(lambda: sender.all[0].state is State.PAUSED)
    sender.engine.limit(None)
    sender.wait(lambda: sender.all[1].state is State.STORED)
    sender.engine.limit(2e6)
    sender.engine.go_on([sender.all[0].id])
    sender.add(folder[0].parent)
    sender.wait_stored()
    for path in paths:
        assert digest_of(receiver.stored()[path.name]) == digest_of(path)
    assert len(receiver.stored()) == 6


def test_sleep_is_told_from_time_that_passes() -> None:
    now = {"running": 100.0, "standing": 50.0}
    watch = SleepWatch(lambda: now["running"], lambda: now["standing"])
    now["running"] += 60
    now["standing"] += 60
    assert not watch.woke()
    now["running"] += ASLEEP_S + 1
    assert watch.woke()
    assert not watch.woke()
    now["running"] -= 3600
    assert not watch.woke(), "a wall clock that is set back"


def test_after_a_sleep_connections_are_opened_anew(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = make_file(12 * MIB)
    relay.slow_bytes_per_s = 20 * MIB
    sender = start_sender(relay.url, streams=1)
    sender.add(path)
    sender.wait_progress(4 * MIB)
    relay.stall()
    before = relay.connections
    asleep = iter([True])
    monkeypatch.setattr(SleepWatch, "woke", lambda self: next(asleep, False))
    sender.wait(lambda: sender.one.state is State.WAITING_NETWORK)
    relay.flow()
    sender.wait_stored()
    assert relay.connections > before
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)
