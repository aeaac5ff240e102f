"""Fixtures for what stands around the receiver on a server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.install.debian_root import DebianRoot, debian_root
from tests.install.proxies import Proxy, printed_proxy
from tests.receiver_process import ROOT, ReceiverProcess
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


@dataclass(frozen=True)
class Packages:
    """What was built."""

    wheel: Path
    single_file: Path
    debian: Path


@pytest.fixture(scope="session")
def packages() -> Packages:
    """Built anew."""
    patterns = ("*.whl", "*.pyz", "wherry-receiver_*.deb")
    for old in (path for pattern in patterns for path in (ROOT / "dist").glob(pattern)):
        old.unlink()
    subprocess.run([ROOT / "packaging" / "package.sh"], check=True, capture_output=True)
    (wheel,), (single_file,), (debian,) = ((ROOT / "dist").glob(one) for one in patterns)
    return Packages(wheel, single_file, debian)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebianRoot]:
    """A server's Debian, of its smallest set of packages."""
    with debian_root(tmp_path_factory.mktemp("debian") / "root", "systemd-sysv", "dbus") as made:
        if made.python != "{}.{}".format(*sys.version_info):
            pytest.skip(f"the packages are built for another Python than {made.python}")
        yield made
