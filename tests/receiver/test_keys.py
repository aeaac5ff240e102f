"""Keys: nobody gets in without one, guessing is slowed down, and nobody sees another's uploads."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from receiver.errors import ReceiverError
from receiver.keys import WRONG_MOST, WRONG_WITHIN_S, Keys
from receiver.protocol import Status
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, patch_headers

Start = Callable[..., ReceiverProcess]


def keys_file(receiver: ReceiverProcess) -> Path:
    return receiver.data / ".wherry" / "keys.json"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/status"),
        ("GET", "/status/history"),
        ("GET", "/received"),
        ("GET", "/metrics"),
        ("POST", "/files"),
        ("HEAD", "/files/x"),
        ("PATCH", "/files/x"),
        ("DELETE", "/files/x"),
        ("GET", "/files/x/receipt"),
        ("PUT", "/put/x"),
        ("POST", "/batch"),
        ("POST", "/form"),
        ("GET", "/nowhere"),
    ],
)
@pytest.mark.parametrize(
    ("offered", "code"),
    [
        ({}, "key_missing"),
        ({"Authorization": "Bearer"}, "key_missing"),
        ({"Authorization": "Basic dGVzdDp0ZXN0"}, "key_missing"),
        ({"Authorization": "Bearer wrong"}, "key_wrong"),
        ({"Authorization": "Bearer ä"}, "key_wrong"),
    ],
)
def test_nothing_is_done_without_a_key(
    many_tries: TusSender, method: str, path: str, offered: dict[str, str], code: str
) -> None:
    """401 with WWW-Authenticate and a problem document (RFC 9110, 11.6.1; RFC 9457)."""
    with many_tries.line(source=next_address()) as line:
        line.key = None
        answer = line.ask(method, path, offered)
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["tus-resumable"] == "1.0.0"
    if method != "HEAD":
        assert answer.code == code


_addresses = (f"127.0.{number // 250}.{number % 250 + 2}" for number in range(10_000))


def next_address() -> str:
    """A loopback address that has not been used: wrong keys are counted for each."""
    return next(_addresses)


@pytest.fixture(scope="module")
def many_tries(shared_receiver: ReceiverProcess) -> TusSender:
    return TusSender(shared_receiver)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/health"), ("OPTIONS", "/files"), ("GET", "/")]
)
def test_a_few_things_need_no_key(tus: TusSender, method: str, path: str) -> None:
    with tus.line() as line:
        line.key = None
        answer = line.ask(method, path)
    assert answer.status in (200, 204)


def test_health_tells_nothing_else(tus: TusSender) -> None:
    assert tus.ask("GET", "/health").body == b"ok"


def test_the_scheme_is_case_insensitive(tus: TusSender) -> None:
    """RFC 9110, 11.1."""
    with tus.line() as line:
        answer = line.ask("GET", "/status", {"Authorization": f"bEARER  {tus.key} "})
    assert answer.status == 200


def test_guessing_is_slowed_down(receiver: ReceiverProcess) -> None:
    """Ten wrong keys from an address within a minute, and that address waits; others do not."""
    tus = TusSender(receiver)
    for _ in range(WRONG_MOST):
        with tus.line("wrong") as line:
            assert line.ask("GET", "/status").code == "key_wrong"
    for key in ("wrong", tus.key):
        with tus.line(key) as line:
            answer = line.ask("GET", "/status")
        assert (answer.status, answer.code) == (429, "too_many_tries")
        assert 0 < int(answer.headers["retry-after"]) <= WRONG_WITHIN_S + 1
    with tus.line(source="127.0.0.2") as line:
        assert line.ask("GET", "/status").status == 200


def test_an_address_that_has_waited_may_try_again(tmp_path: Path) -> None:
    now = 100.0
    keys = Keys(tmp_path / "keys.json", "right", lambda: now)
    for _ in range(WRONG_MOST):
        with pytest.raises(ReceiverError, match="key_wrong"):
            keys.check("wrong", "a")
    with pytest.raises(ReceiverError, match="too_many_tries"):
        keys.check("right", "a")
    now += WRONG_WITHIN_S
    assert keys.check("right", "a").admin


def test_the_first_start_makes_a_key_and_shows_it_once(start_receiver: Start) -> None:
    receiver = start_receiver(environment={"WHERRY_KEY": ""})
    (shown,) = [line for line in receiver.output if line.startswith("Key: ")]
    key = shown.removeprefix("Key: ")
    assert TusSender(receiver, key).ask("GET", "/status").status == 200
    assert key not in keys_file(receiver).read_text()
    receiver.output.clear()
    receiver.stop()
    receiver.start()
    assert not [line for line in receiver.output if line.startswith("Key: ")]
    assert TusSender(receiver, key).ask("GET", "/status").status == 200


def test_keys_are_kept_as_hashes_for_nobody_else_to_read(tmp_path: Path) -> None:
    text = Keys(tmp_path / "keys.json").make("ada")
    assert text not in (tmp_path / "keys.json").read_text()
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_the_hidden_folder_is_for_nobody_else(shared_receiver: ReceiverProcess) -> None:
    assert stat.S_IMODE((shared_receiver.data / ".wherry").stat().st_mode) == 0o700


def test_a_given_key_works_beside_the_stored_ones(start_receiver: Start, tmp_path: Path) -> None:
    hidden = tmp_path / "data" / ".wherry"
    hidden.mkdir(parents=True)
    stored = Keys(hidden / "keys.json").make("ada")
    receiver = start_receiver(data=tmp_path / "data")
    for key in (stored, receiver.key):
        assert TusSender(receiver, key).ask("GET", "/status").status == 200
    assert len(json.loads((hidden / "keys.json").read_text())) == 1


def test_a_key_that_is_removed_stops_working_at_once(start_receiver: Start, tmp_path: Path) -> None:
    hidden = tmp_path / "data" / ".wherry"
    hidden.mkdir(parents=True)
    keys = Keys(hidden / "keys.json")
    ada, bob = keys.make("ada"), keys.make("bob")
    receiver = start_receiver(data=tmp_path / "data")
    keys.remove("ada")
    assert TusSender(receiver, ada).ask("GET", "/status").status == 401
    assert TusSender(receiver, bob).ask("GET", "/status").status == 200


def test_a_list_of_keys_that_is_damaged_while_it_runs_locks_nobody_out(
    start_receiver: Start, tmp_path: Path
) -> None:
    hidden = tmp_path / "data" / ".wherry"
    hidden.mkdir(parents=True)
    ada = Keys(hidden / "keys.json").make("ada")
    receiver = start_receiver(data=tmp_path / "data")
    (hidden / "keys.json").write_text("[{")
    for key in (ada, receiver.key):
        assert TusSender(receiver, key).ask("GET", "/status").status == 200


def test_no_key_is_ever_logged(start_receiver: Start) -> None:
    receiver = start_receiver("--log-level", "DEBUG")
    tus = TusSender(receiver)
    tus.send(b"content", "file.txt")
    with tus.line("a-wrong-key-123") as line:
        line.ask("GET", "/status")
    with tus.line() as line:
        line.send_head("PATCH", "/files/x", {"Bad Header": tus.key})
        line.read_answer()
    receiver.stop()
    output = "\n".join(receiver.output)
    assert "file.txt" in output
    assert receiver.key not in output
    assert "a-wrong-key-123" not in output


@dataclass
class Two:
    """Two senders with keys of their own, and the owner's, to one receiver."""

    ada: TusSender
    bob: TusSender
    owner: TusSender


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    data = tmp_path_factory.mktemp("two") / "data"
    (data / ".wherry").mkdir(parents=True)
    keys = Keys(data / ".wherry" / "keys.json")
    ada, bob = keys.make("ada"), keys.make("bob")
    receiver = ReceiverProcess(data).start()
    yield Two(TusSender(receiver, ada), TusSender(receiver, bob), TusSender(receiver))
    receiver.kill()


def shown(tus: TusSender) -> list[tuple[str, str]]:
    status = Status.from_json(json.loads(tus.ask("GET", "/status").body))
    return [(one.id, one.name) for one in status.uploads]


def test_anothers_upload_looks_as_if_it_were_not_there(two: Two) -> None:
    path = two.ada.create(10, "secret.txt")
    for answer in (
        two.bob.head(path),
        two.bob.patch(path, 0, b"x"),
        two.bob.delete(path),
        two.bob.ask("GET", path + "/receipt"),
    ):
        assert answer.status == 404
        assert "upload-offset" not in answer.headers
    assert two.ada.offset(path) == 0
    two.ada.delete(path)


def test_anothers_stored_file_looks_as_if_it_were_not_there(two: Two) -> None:
    path = two.ada.send(b"delivered", "delivered.txt")
    for answer in (two.bob.head(path), two.bob.ask("GET", path + "/receipt")):
        assert answer.status == 404
    assert json.loads(two.bob.ask("GET", "/received").body) == []
    (received,) = json.loads(two.ada.ask("GET", "/received").body)
    assert (received["stored_name"], received["sender"]) == ("delivered.txt", "ada")


def test_status_shows_ones_own_uploads_by_name_and_counts_the_others(two: Two) -> None:
    path = two.ada.create(10, "mine.txt")
    upload = path.rpartition("/")[2]
    assert shown(two.ada) == [(upload, "mine.txt")]
    assert shown(two.bob) == [("", "")]
    assert shown(two.owner) == [(upload, "mine.txt")]
    two.ada.delete(path)


def test_the_owner_may_touch_everybodys(two: Two) -> None:
    path = two.ada.create(10)
    assert two.owner.head(path).status == 200
    assert two.owner.delete(path).status == 204


def test_a_refused_key_does_not_cost_the_receiver_the_body(tus: TusSender) -> None:
    """Before the body is read: nobody without a key can make the receiver take bytes."""
    with tus.line("wrong") as line:
        line.send_head("PATCH", "/files/x", patch_headers(0, 1 << 30))
        assert line.read_answer().status == 401
        assert line.hung_up()
