"""What is kept of servers, and where: names in a file, keys in a keyring that may fail."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as ForgetfulKeyring
from keyring.errors import KeyringLocked

from desktop.paths import places_of_user
from desktop.server_keys import Kept, KeyStore, KeyUnreadableError
from desktop.servers import SavedServer, SavedServers, find_server, parse_server
from desktop.transfer.api import Server
from desktop.transfer.engine import Engine
from desktop.transfer.events import Changed, Event, Scanned
from desktop.transfer.ledger import Ledger
from tests.gui.conftest import MemoryKeyring, make_file
from tests.receiver_process import ROOT, ReceiverProcess
from tests.transfer.test_servers import link_to

NAS = SavedServer("https://nas:5151", "https://nas:5151", "nas", "ab" * 32)


def test_servers_are_there_again(tmp_path: Path) -> None:
    file = tmp_path / "config" / "servers.json"
    saved = SavedServers(file)
    saved.save(NAS)
    saved.save(replace(NAS, id="https://b:1", name="会議 & Büro"))
    assert SavedServers(file).all == saved.all
    assert SavedServers(file).named(" NAS ") == NAS
    assert list(tmp_path.rglob("*.new")) == []


def test_no_two_servers_have_the_same_name(tmp_path: Path) -> None:
    saved = SavedServers(tmp_path / "servers.json")
    saved.save(NAS)
    second = saved.save(replace(NAS, id="https://b:1", name="NAS"))
    assert second.name == "NAS 2"
    assert saved.save(replace(NAS, pin="")).name == "nas"
    renamed = saved.rename("https://b:1", "  ")
    assert renamed is not None
    assert renamed.name == "https://b:1"
    assert saved.rename("https://unknown", "x") is None


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    file = tmp_path / "servers.json"
    file.write_text('{"servers": [{"id": ')
    saved = SavedServers(file)
    assert saved.all == ()
    saved.save(NAS)
    assert SavedServers(file).all == (NAS,)
    assert file.with_name("servers.json.damaged").exists()


def test_what_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    saved = SavedServers(tmp_path / "config" / "servers.json")
    with pytest.raises(OSError, match="config"):
        saved.save(NAS)
    assert saved.all == ()


class LockedKeyring(MemoryKeyring):
    """Nobody types its password."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    set_password = get_password  # type: ignore[assignment]


class SilentKeyring(MemoryKeyring):
    """Somebody may be typing its password, for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait()


@pytest.fixture
def silent() -> Iterator[SilentKeyring]:
    made = SilentKeyring()
    yield made
    made.released.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)


def test_a_key_goes_into_the_keyring(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    store = KeyStore(tmp_path / "keys.json")
    assert store.keep("nas", "secret") is Kept.KEYRING
    assert store.find("nas") == "secret"
    assert store.find("other") == ""
    store.forget("nas")
    assert memory_keyring.keys == {}
    assert not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize("backend", [NoKeyring, ForgetfulKeyring, LockedKeyring])
def test_where_no_keyring_keeps_it_a_key_goes_into_a_file(
    tmp_path: Path, memory_keyring: MemoryKeyring, backend: Callable[[], MemoryKeyring]
) -> None:
    keyring.set_keyring(backend())
    file = tmp_path / "folder" / "keys.json"
    store = KeyStore(file)
    assert store.keep("nas", "secret") is Kept.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert KeyStore(file).find("nas") == "secret"
    keyring.set_keyring(memory_keyring)
    assert store.keep("nas", "newer") is Kept.KEYRING
    assert "secret" not in file.read_text()
    assert store.find("nas") == "newer"


def test_a_keyring_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, silent: SilentKeyring
) -> None:
    keyring.set_keyring(silent)
    store = KeyStore(tmp_path / "keys.json", patience_s=0.1)
    with pytest.raises(KeyUnreadableError):
        store.find("nas")
    assert store.keep("nas", "secret") is Kept.FILE
    assert store.find("nas") == "secret"


def test_send_takes_the_name_of_a_saved_server(
    start_receiver: Callable[..., ReceiverProcess],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = start_receiver("--host", "0.0.0.0")
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv("WHERRY_KEY", raising=False)
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    server, places = parse_server(link_to(office), ""), places_of_user()
    SavedServers(places.servers).save(SavedServer.of(replace(server, name="The office")))
    KeyStore(places.server_keys).keep(server.id, server.key)
    file = make_file(tmp_path / "from" / "a.bin", 3_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "send", "--to", "the office", str(file)],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert office.stored()["a.bin"].read_bytes() == file.read_bytes()
    places.server_keys.unlink()
    with pytest.raises(KeyUnreadableError, match="The office"):
        find_server("the office", "", places)
    assert find_server("the office", "given", places).key == "given"


def test_a_folder_goes_to_one_server_whoever_is_chosen_meanwhile(tmp_path: Path) -> None:
    """Also what its scan finds only afterwards; what was added to nobody goes to the next."""
    told: list[Event] = []
    first, later = threading.Event(), threading.Event()

    def take(event: Event) -> None:
        told.append(event)
        if isinstance(event, Scanned):
            (later if first.is_set() else first).set()

    names = [make_file(tmp_path / "from" / f"{n}.bin", 10).name for n in range(20)]
    orphan = make_file(tmp_path / "orphan.bin", 10)
    a, b = (Server(f"http://{one}", "http://127.0.0.1:9", "key", one) for one in "ab")
    engine = Engine(Ledger(tmp_path / "ledger.db"), take)
    engine.use(a)
    engine.add([tmp_path / "from"])
    engine.use(None)
    engine.add([orphan])
    engine.use(b)
    engine.start()
    assert first.wait(10)
    assert later.wait(10)
    engine.stop()
    latest = {one.transfer.name: one.transfer for one in told if isinstance(one, Changed)}
    assert {latest[f"from/{name}"].server_id for name in names} == {a.id}
    assert latest["orphan.bin"].server_id == b.id
