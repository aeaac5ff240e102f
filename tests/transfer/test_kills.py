"""A sender that says all is stored leaves nothing behind, whenever either side was killed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.campaign import wrong_in
from tests.faults.moments import Moment, Trial
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB

SMALL, LARGE = (1000,), (2 * MIB,)


@pytest.fixture
def trial(relay: Relay, receiver: ReceiverProcess, tmp_path: Path) -> Trial:
    return Trial(relay, receiver, tmp_path / "sent")


@pytest.mark.parametrize("hit", ["sender", "receiver"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_each_request_of_a_file_that_is_there_already(
    trial: Trial, receiver: ReceiverProcess, hit: str, when: str
) -> None:
    for request in ("POST /files", "DELETE /files"):
        assert trial.send(LARGE, [(hit, when, request)], again=True) == []
    assert wrong_in(receiver, trial.sender.expected) == ()


def test_what_is_there_already_is_not_sent_again_after_a_kill(
    trial: Trial, receiver: ReceiverProcess, relay: Relay
) -> None:
    sizes = (20 * MIB,)
    assert trial.send(sizes, [("sender", "before", "DELETE /files")], again=True) == []
    assert relay.up_bytes < 21 * MIB


@pytest.mark.parametrize(
    ("sizes", "moments"),
    [
        (LARGE, [("sender", "after", "DELETE /files"), ("sender", "after", "POST /files")]),
        (LARGE, [("sender", "after", "POST /files"), ("receiver", "before", "DELETE /files")]),
        (LARGE, [("line", "before", "DELETE /files"), ("receiver", "after", "DELETE /files")]),
        (SMALL, [("line", "after", "POST /files"), ("sender", "after", "POST /files")]),
    ],
)
def test_kills_that_follow_each_other(
    trial: Trial, receiver: ReceiverProcess, sizes: Sequence[int], moments: Sequence[Moment]
) -> None:
    assert trial.send(sizes, moments, again=True) == []
    assert trial.made == len(moments)
    assert wrong_in(receiver, trial.sender.expected) == ()
