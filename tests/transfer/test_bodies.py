"""Bodies of requests: piece by piece, and never another file than they began with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.transfer.bodies import READ_BYTES, Body
from desktop.transfer.errors import FileChangedError, UserMustActError
from desktop.transfer.events import ProblemKind
from desktop.transfer.source import open_regular
from tests.transfer.conftest import MIB

MakeFile = Callable[..., Path]


class Watcher:
    """Grants pieces of a size, and notes what it is told."""

    def __init__(self, granted: int) -> None:
        self.granted = granted
        self.grants = 0
        self.heeded = bytearray()
        self.positions: list[int] = []

    def before_piece(self) -> int:
        self.grants += 1
        return self.granted

    def handed(self, position: int) -> None:
        self.positions.append(position)

    def heed(self, position: int, piece: memoryview) -> None:
        assert position == 1000 + len(self.heeded)
        self.heeded += piece


@pytest.mark.parametrize("granted", [100_000, READ_BYTES, 3 * READ_BYTES])
def test_a_body_hands_over_exactly_its_part(make_file: MakeFile, granted: int) -> None:
    """What was granted is used up before more is asked for: a limit holds."""
    path, watch = make_file(3 * MIB + 17), Watcher(granted)
    expected = path.read_bytes()[1000 : 1000 + 2 * MIB]
    with open_regular(path) as file:
        body = Body(file, 1000, 2 * MIB, watch, watch.heed)
        assert len(body) == 2 * MIB
        handed = b"".join(bytes(piece) for piece in body)
    assert handed == watch.heeded == expected
    assert watch.positions[-1] == 1000 + 2 * MIB
    assert watch.positions == sorted(watch.positions)
    assert watch.grants == -(-2 * MIB // granted)


def test_a_file_cut_short_raises_and_does_not_end_early(make_file: MakeFile) -> None:
    path = make_file(MIB)
    with open_regular(path) as file:
        pieces = iter(Body(file, 0, MIB, Watcher(100_000)))
        next(pieces)
        os.truncate(path, 100)
        with pytest.raises(FileChangedError):
            next(pieces)


def test_a_disk_that_cannot_be_read_is_the_files_trouble() -> None:
    """The lowest page of a process is never there: reading it is an error of the disk (EIO)."""
    file: Any = open("/proc/self/mem", "rb", buffering=0)  # noqa: PTH123, SIM115
    with file, pytest.raises(UserMustActError) as caught:
        next(iter(Body(file, 0, 4096, Watcher(4096))))
    assert caught.value.problem.kind is ProblemKind.READ_FAILED
