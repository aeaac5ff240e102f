"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.receiver_process import ReceiverProcess

settings.register_profile("wherry", deadline=None)
settings.load_profile("wherry")
"""No test asserts a time: a busy machine is not a failure."""


@pytest.fixture
def start_receiver(tmp_path: Path) -> Iterator[Callable[..., ReceiverProcess]]:
    """A factory of real receivers; each is stopped at the end of the test."""
    running: list[ReceiverProcess] = []

    def start(*options: str, data: Path | None = None, **keywords: object) -> ReceiverProcess:
        folder = data or tmp_path / f"received-{len(running)}"
        receiver = ReceiverProcess(folder, *options, **keywords)  # type: ignore[arg-type]
        running.append(receiver)
        return receiver.start()

    yield start
    for receiver in running:
        receiver.kill()


@pytest.fixture
def receiver(start_receiver: Callable[..., ReceiverProcess]) -> ReceiverProcess:
    """One real receiver with its default options."""
    return start_receiver()
