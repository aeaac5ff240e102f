"""Small files go together; whatever happens to them, each is stored once, or says why not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from threading import Event as Flag

import pytest
import requests

from desktop.transfer import engine, roster
from desktop.transfer.board import Board
from desktop.transfer.events import ProblemKind, State
from desktop.transfer.ledger import Ledger
from desktop.transfer.outbox import Outbox
from desktop.transfer.precedence import Precedence
from desktop.transfer.scan import Found, Unfit, scan
from receiver.protocol import parse_metadata
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import Sender, server_at

MakeFile = Callable[..., Path]
StartSender = Callable[..., Sender]
FILES = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small files in folders; an empty one and the largest that go together are among them."""
    made = tmp_path / "many"
    sizes = [0, 1, 1000, 1 * MIB, *[4096] * (FILES - 4)]
    for number, size in enumerate(sizes):
        path = made / f"{number % 3}" / f"datei ü {number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {
        f"many/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def stored(receiver: ReceiverProcess) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in receiver.stored().items()}


def receipts(receiver: ReceiverProcess) -> int:
    url = f"{receiver.url}/received?limit=1000"
    return len(requests.get(url, headers=receiver.headers, timeout=10).json())


def test_they_take_few_requests(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, folder: Path
) -> None:
    sender = start_sender(relay.url, streams=1)
    sender.add(folder)
    sender.wait_stored()
    assert stored(receiver) == contents(folder)
    assert receipts(receiver) == FILES
    for number in range(1, FILES + 1):
        assert sender.states(number) == [State.WAITING, State.UPLOADING, State.STORED]
    assert all(one.upload_id and one.stored_name == one.name for one in sender.all)
    assert 1 <= relay.posts <= FILES / 10


def test_while_somebody_sees_the_list_grow_one_goes_at_a_time(tmp_path: Path, folder: Path) -> None:
    ledger = Ledger(tmp_path / "list.db")
    board = Board(ledger, Outbox(lambda event: None), server_at("http://127.0.0.1:9"))
    found = [one for one in scan(folder) if isinstance(one, Found)]
    assert roster.add(board, found, "") == FILES
    with board.adding():
        first = board.take(MIB)
        assert first and not board.take(MIB)
        board.leave_all(first)
        assert board.take(MIB), "the next one, when that is over"
    assert board.take(MIB), "two, when all are on the list"
    ledger.close()


@pytest.mark.parametrize("seen", [True, False])
def test_only_where_a_window_shows_it_the_growing_list_goes_first(
    start_sender: StartSender, folder: Path, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    adding, told = Board.adding, []

    def watch(board: Board) -> AbstractContextManager[None]:
        told.append(board)
        return adding(board)

    monkeypatch.setattr(Board, "adding", watch)
    sender = start_sender(None, precedence=Precedence() if seen else None)
    sender.add(folder)
    sender.wait(lambda: len(sender.all) == FILES)
    assert bool(told) is seen


def test_a_scan_that_takes_its_time_holds_nothing_back(
    receiver: ReceiverProcess,
    start_sender: StartSender,
    make_file: MakeFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A slow drive: what was found is all there is for a long time, and nobody is busy."""
    go_on = Flag()
    for name in ("one", "two"):
        folder = make_file(16 * MIB, name).parent

    def slow_scan(path: Path) -> Iterator[Found | Unfit]:
        yield from scan(path)
        go_on.wait()

    monkeypatch.setattr(engine, "scan", slow_scan)
    monkeypatch.setattr(engine, "BATCH_FILES", 1)
    sender = start_sender(receiver.url, precedence=Precedence(), limit_bytes_per_s=MIB)
    try:
        sender.engine.add([folder])
        sender.wait(lambda: [one.state for one in sender.all] == [State.UPLOADING] * 2)
    finally:
        go_on.set()


def test_after_a_lost_answer_nothing_is_stored_twice(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, folder: Path
) -> None:
    relay.lose_answer_to = b"POST /batch"
    sender = start_sender(relay.url)
    sender.add(folder)
    sender.wait_stored()
    assert relay.lose_answer_to is None
    assert stored(receiver) == contents(folder)
    assert receipts(receiver) == FILES
    assert not any(one.already_stored for one in sender.all), "it was this very sending"


def test_the_same_folder_again_is_stored_already(
    receiver: ReceiverProcess, start_sender: StartSender, folder: Path
) -> None:
    sender = start_sender(receiver.url)
    sender.add(folder)
    sender.wait_stored()
    sender.add(folder)
    sender.wait(lambda: all(one.already_stored for one in sender.all))
    assert len(sender.all) == FILES
    assert stored(receiver) == contents(folder)
    assert receipts(receiver) == FILES


def test_what_is_special_about_one_is_no_matter_to_the_others(
    receiver: ReceiverProcess, start_sender: StartSender, folder: Path
) -> None:
    sender = start_sender(None)
    sender.add(folder)
    changed, vanished = folder / "0" / "datei ü 6.bin", folder / "1" / "datei ü 7.bin"
    changed.write_bytes(b"another version")
    vanished.unlink()
    sender.engine.use(server_at(receiver.url))
    sender.wait(lambda: all(one.state.finished for one in sender.all))
    failed = [one for one in sender.all if one.state is State.FAILED]
    assert [(one.path, one.problem and one.problem.kind) for one in failed] == [
        (vanished, ProblemKind.FILE_VANISHED)
    ]
    assert stored(receiver) == contents(folder)


def test_one_is_paused_and_one_cancelled_on_a_slow_line(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, folder: Path
) -> None:
    relay.slow_bytes_per_s = 300_000
    sender = start_sender(relay.url, streams=1)
    sender.add(folder)
    sender.wait(lambda: sender.all[9].state is State.UPLOADING)
    paused, cancelled = sender.all[9], sender.all[10]
    sender.engine.pause([paused.id])
    sender.engine.cancel([cancelled.id])
    sender.wait(lambda: sender.transfers[cancelled.id].state is State.CANCELLED)
    relay.slow_bytes_per_s = None
    rest = [one.id for one in sender.all if one.id not in (paused.id, cancelled.id)]
    sender.wait(lambda: all(sender.transfers[one].state is State.STORED for one in rest))
    assert sender.transfers[paused.id].state is State.PAUSED
    sender.engine.go_on([paused.id])
    sender.wait(lambda: sender.transfers[paused.id].state is State.STORED)
    wanted = contents(folder)
    assert wanted.items() >= stored(receiver).items()
    assert stored(receiver).keys() >= wanted.keys() - {cancelled.name}


def test_both_sides_are_ended_in_the_middle(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, folder: Path
) -> None:
    relay.slow_bytes_per_s = 500_000
    sender = start_sender(relay.url)
    sender.add(folder)
    sender.wait(lambda: any(one.state is State.UPLOADING for one in sender.all))
    receiver.kill()
    sender.wait(lambda: any(one.state is State.WAITING_NETWORK for one in sender.all))
    sender.stop()
    receiver.start()
    relay.slow_bytes_per_s = None
    sender = start_sender(relay.url)
    sender.wait(lambda: len(sender.all) == FILES)
    sender.wait_stored()
    assert stored(receiver) == contents(folder)
    assert receipts(receiver) == FILES


def test_cancelling_some_of_a_batch_does_not_hold_up_the_rest(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, folder: Path
) -> None:
    """They leave the list while the others are still on the wire, or wait for their next try."""
    relay.slow_bytes_per_s = 200_000
    sender = start_sender(relay.url, streams=1)
    sender.add(folder)
    sender.wait(lambda: any(one.state is State.UPLOADING for one in sender.all))
    cancelled = [one.id for one in sender.all][::2]
    sender.engine.cancel(cancelled)
    sender.engine.clear_finished()
    sender.wait(lambda: len(sender.transfers) == FILES // 2)
    relay.slow_bytes_per_s = None
    sender.wait_stored()
    assert set(sender.transfers).isdisjoint(cancelled)


def test_a_file_of_an_earlier_run_bears_its_mark_when_its_batch_is_repeated(
    receiver: ReceiverProcess, relay: Relay, start_sender: StartSender, make_file: MakeFile
) -> None:
    """By it the receiver knows that what that run may have begun is not wanted any more."""
    first, second = make_file(20_000, "first"), make_file(20_000, "second")
    sender = start_sender(None)
    sender.add(first)
    sender.stop()
    sender = start_sender(None, streams=1)
    sender.add(second)
    relay.cut_after_bytes = 25_000
    sender.engine.use(server_at(relay.url))
    sender.wait_stored()
    assert relay.cut_after_bytes is None
    receiver.stop()
    with closing(sqlite3.connect(receiver.data / ".wherry" / "history.db")) as history:
        row = history.execute("SELECT metadata FROM received WHERE name = 'first'").fetchone()
    assert parse_metadata(row[0])["transfer"]
