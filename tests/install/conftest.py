"""Fixtures for what stands around the receiver on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.install.proxies import Proxy, printed_proxy
from tests.receiver_process import ReceiverProcess
from tests.transfer.sender import Sender


@pytest.fixture
def start_proxy(tmp_path: Path) -> Iterator[Callable[[str, ReceiverProcess], Proxy]]:
    """A factory of proxies with the set-up that the receiver prints."""
    with ExitStack() as stack:

        def start(kind: str, receiver: ReceiverProcess) -> Proxy:
            return stack.enter_context(printed_proxy(kind, tmp_path / kind, receiver.port))

        yield start


@pytest.fixture
def start_sender(tmp_path: Path) -> Iterator[Callable[..., Sender]]:
    """A factory of engines; each is stopped at the end."""
    with ExitStack() as stack:

        def start(url: str, **keywords: str) -> Sender:
            sender = Sender(tmp_path / "ledger.db", url, **keywords)  # type: ignore[arg-type]
            stack.callback(sender.stop)
            return sender

        yield start
