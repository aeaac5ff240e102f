"""One large file over several connections: only where that helps, and it goes on after any end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.transfer import parts, upload
from desktop.transfer.events import State
from desktop.transfer.parts import FIRST_STREAMS, LEAST_SEGMENT_BYTES, MOST_SEGMENTS, cut
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, digest_of

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
SLOW = 3 * MIB


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small segments, tried early, so that a small file is enough."""
    monkeypatch.setattr(parts, "LEAST_SEGMENT_BYTES", MIB)
    monkeypatch.setattr(upload, "SPLIT_FROM_S", 1.0)


def in_parts(relay: Relay, sender: Sender, stored_bytes: int) -> None:
    sender.wait(
        lambda: relay.connections >= FIRST_STREAMS and sender.one.stored_bytes >= stored_bytes
    )


def assert_whole(receiver: ReceiverProcess, path: Path) -> None:
    assert digest_of(receiver.stored()[path.name]) == digest_of(path)
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []


def test_segments_cover_the_rest_and_are_the_same_whoever_asks() -> None:
    for begin, size in ((0, 1), (5, 100 * MIB + 3), (12 * MIB, 200_000 * MIB)):
        segments = cut(begin, size)
        assert segments == cut(begin, size)
        assert [one.start for one in segments] == [
            begin,
            *(one.start + one.length for one in segments[:-1]),
        ]
        assert segments[-1].start + segments[-1].length == size
        assert len(segments) <= MOST_SEGMENTS
        assert all(one.length >= LEAST_SEGMENT_BYTES for one in segments[:-1])


def test_a_line_where_each_connection_is_slow(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    path = make_file(48 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url, streams=1)
    sender.add(path)
    sender.wait_stored(60)
    assert relay.connections >= FIRST_STREAMS
    assert relay.up_bytes < 49 * MIB
    assert_whole(receiver, path)


def test_a_receiver_that_is_killed_is_asked_only_for_what_is_missing(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
    soon: None,
) -> None:
    path = make_file(24 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url, streams=1)
    sender.add(path)
    in_parts(relay, sender, 6 * MIB)
    receiver.kill()
    sender.wait_state(State.WAITING_NETWORK)
    relay.wait_idle()
    stored = sender.one.stored_bytes
    carried = relay.up_bytes
    receiver.start()
    relay.slow_bytes_per_s = None
    sender.wait_stored(60)
    assert relay.up_bytes - carried <= 24 * MIB - stored + MIB
    assert sender.one.resumed_from_bytes
    assert_whole(receiver, path)


def test_a_sender_that_is_ended_goes_on_with_the_parts(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
    soon: None,
) -> None:
    path = make_file(24 * MIB)
    relay.slow_bytes_per_s = SLOW
    sender = start_sender(relay.url, streams=1)
    sender.add(path)
    in_parts(relay, sender, 6 * MIB)
    sender.stop()
    stored = sender.one.stored_bytes
    relay.wait_idle()
    carried = relay.up_bytes
    relay.slow_bytes_per_s = None
    sender = start_sender(relay.url, streams=1)
    sender.wait_state(State.STORED, within_s=60)
    assert relay.up_bytes - carried <= 24 * MIB - stored + MIB
    assert (sender.one.resumed_from_bytes or 0) >= stored
    assert_whole(receiver, path)


def test_where_a_further_connection_is_of_no_use_none_is_kept(
    receiver: ReceiverProcess,
    relay: Relay,
    start_sender: StartSender,
    make_file: MakeFile,
    soon: None,
) -> None:
    relay.shared_bytes_per_s = 8 * MIB
    sender = start_sender(relay.url, streams=1)
    sender.add(make_file(40 * MIB, "one"))
    sender.wait_stored(60)
    tried = relay.connections
    assert 1 < tried <= 2 + FIRST_STREAMS
    sender.add(make_file(40 * MIB, "two"))
    sender.wait(lambda: len(sender.all) == 2 and sender.all[1].stored_bytes >= 8 * MIB)
    relay.shared_bytes_per_s = None
    sender.wait_stored(60)
    assert relay.connections == tried
