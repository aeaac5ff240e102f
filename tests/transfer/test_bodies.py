"""Bodies of requests on real connections: sent unread where the system can, else read."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.transfer.bodies import Body, FilePiece
from desktop.transfer.errors import FileChangedError, UserMustActError
from desktop.transfer.events import ProblemKind
from desktop.transfer.source import open_regular
from tests.transfer.conftest import MIB

MakeFile = Callable[..., Path]
BUFFER = memoryview(bytearray(4096))


class Disguised(socket.socket):
    """Nobody knows what becomes of bytes in here, as under TLS: they have to be read."""


class Unwatched:
    """Lets every piece by; pieces of an odd size."""

    def __init__(self) -> None:
        self.positions: list[int] = []

    def before_piece(self) -> int:
        return 100_000

    def handed(self, position: int) -> None:
        self.positions.append(position)


class Pair:
    """Both ends of a TCP connection, the far one read by a thread."""

    def __init__(self, near: type[socket.socket]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.near = near(socket.AF_INET)
            self.near.settimeout(10)
            self.near.connect(listening.getsockname())
            self.far, _ = listening.accept()
        self.arrived = bytearray()

    def read_all(self) -> threading.Thread:
        thread = threading.Thread(target=self._read_all)
        thread.start()
        return thread

    def _read_all(self) -> None:
        while data := self.far.recv(1 << 16):
            self.arrived += data


@pytest.fixture(params=[socket.socket, Disguised], ids=["plain", "any"])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    both = Pair(request.param)
    with both.near, both.far:
        yield both


def _send(body: Body, line: socket.socket) -> None:
    for piece in body:
        piece.send_over(line)


def test_a_body_sends_exactly_its_part(make_file: MakeFile, pair: Pair) -> None:
    path = make_file(3 * MIB + 17)
    watch = Unwatched()
    reading = pair.read_all()
    with open_regular(path) as file:
        body = Body(file, 1000, 2 * MIB, watch)
        assert len(body) == 2 * MIB
        _send(body, pair.near)
    pair.near.shutdown(socket.SHUT_WR)
    reading.join()
    assert pair.arrived == path.read_bytes()[1000 : 1000 + 2 * MIB]
    assert watch.positions[-1] == 1000 + 2 * MIB
    assert watch.positions == sorted(watch.positions)


def test_a_file_cut_short_raises_and_does_not_end_early(make_file: MakeFile, pair: Pair) -> None:
    path = make_file(MIB)
    reading = pair.read_all()
    with open_regular(path) as file:
        pieces = iter(Body(file, 0, MIB, Unwatched()))
        next(pieces).send_over(pair.near)
        os.truncate(path, 100)
        with pytest.raises(FileChangedError):
            next(pieces).send_over(pair.near)
    pair.near.shutdown(socket.SHUT_WR)
    reading.join()


def test_a_line_that_is_cut_is_the_lines_trouble(make_file: MakeFile, pair: Pair) -> None:
    path = make_file(32 * MIB)
    pair.far.close()
    with open_regular(path) as file, pytest.raises(ConnectionError):
        FilePiece(file, 0, 32 * MIB, BUFFER).send_over(pair.near)


def test_a_line_that_stands_still_is_given_up(make_file: MakeFile, pair: Pair) -> None:
    path = make_file(32 * MIB)
    pair.near.settimeout(0.2)
    with open_regular(path) as file, pytest.raises(TimeoutError):
        FilePiece(file, 0, 32 * MIB, BUFFER).send_over(pair.near)


def test_a_disk_that_cannot_be_read_is_the_files_trouble(pair: Pair) -> None:
    """The lowest page of a process is never there: reading it is an error of the disk (EIO)."""
    file: Any = open("/proc/self/mem", "rb", buffering=0)  # noqa: PTH123, SIM115
    with file, pytest.raises(UserMustActError) as caught:
        FilePiece(file, 0, 4096, BUFFER).send_over(pair.near)
    assert caught.value.problem.kind is ProblemKind.READ_FAILED
