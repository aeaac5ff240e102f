"""Uploads from a browser: what is stored is what was chosen, whatever happens in between."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.page.conftest import PLAIN_HOST, Open
from tests.page.open_page import OpenPage
from tests.receiver_process import ReceiverProcess
from tests.relay import Relay
from tests.tus_sender import TusSender, eventually

pytestmark = pytest.mark.page

MIB = 1 << 20
SLOW_BYTES_PER_S = 3e6
CUT = ("net::ERR_",)


@pytest.fixture
def relay(receiver: ReceiverProcess) -> Iterator[Relay]:
    """A line to the receiver that can be slowed down and cut."""
    with Relay(receiver.port) as between:
        yield between


def random_file(path: Path, size_bytes: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(secrets.token_bytes(size_bytes))
    return path


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def begin(page: OpenPage, relay: Relay, file: Path, percent: int = 10) -> int:
    """Send a file slowly until the server has a part of it; return how many percent."""
    relay.slow_bytes_per_s = SLOW_BYTES_PER_S
    page.choose(file)
    return page.wait_for_share(percent)


def test_a_file_arrives_as_it_was(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 20 * MIB)
    page = open_page(receiver)
    page.sign_in()
    page.choose(file)
    assert page.wait_for_state("Stored") == "Stored"
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    assert page.text("#summary-text").startswith("1 of 1 file stored")
    page.wait_for_text("#received-list", "film.bin")
    assert page.run("return Object.keys(localStorage).length") == 0
    page.check_console()


def test_plain_http_is_enough(receiver: ReceiverProcess, open_page: Open, tmp_path: Path) -> None:
    """On an address that is not trusted a browser offers neither SHA-256 nor the clipboard."""
    file = random_file(tmp_path / "film.bin", 12 * MIB)
    page = open_page(receiver, f"http://{PLAIN_HOST}:{receiver.port}")
    assert not page.run("return window.isSecureContext")
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    page.wait_for_text("#received-list", "film.bin")
    page.click("#received-list summary")
    page.wait_for_text("#received-list .receipt", "SHA-256")
    page.click("#received-list .receipt button")
    page.wait_for_text("#announced", "Copied")
    page.check_console()


def test_tls_with_the_receivers_own_certificate(
    start_receiver: Callable[..., ReceiverProcess], open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 12 * MIB)
    receiver = start_receiver("--host", "0.0.0.0")
    page = open_page(receiver, f"https://{PLAIN_HOST}:{receiver.port}")
    assert page.run("return window.isSecureContext")
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    page.check_console()


def test_files_of_all_sizes_follow_each_other(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path
) -> None:
    sizes = [0, 1, 1023, 1024, 1025, MIB, MIB + 1, 5 * MIB, 9 * MIB + 17]
    files = [random_file(tmp_path / f"file-{size}", size) for size in sizes]
    page = open_page(receiver)
    page.sign_in()
    page.choose(*files)
    page.wait_for_text("#summary-text", f"{len(sizes)} of {len(sizes)} files stored")
    stored = receiver.stored()
    assert {file.name: sha256(file) for file in files} == {
        name: sha256(path) for name, path in stored.items()
    }
    page.check_console()


def test_metadata_travels_with_the_file(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "音楽 – Größe 🎵.bin", 3000)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    page = open_page(receiver)
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Stored")
    stored = receiver.stored()[file.name]
    assert round(stored.stat().st_mtime) == 1_600_000_000


def test_goes_on_after_a_reload_with_the_same_file(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file, 15)
    page.reload()
    page.wait_for_text("#connection", "Connected")
    said = page.wait_for_state("Choose the same file again to go on at")
    percent = int(said.split()[-2])
    assert percent >= 15
    before = relay.up_bytes
    relay.slow_bytes_per_s = None
    page.choose_again(file)
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    assert relay.up_bytes - before < file.stat().st_size * (101 - percent) / 100 + MIB
    page.expect(*CUT)
    page.check_console()


def test_the_same_file_is_known_when_it_is_simply_dropped_again(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file)
    page.reload()
    page.wait_for_state("Choose the same file again")
    page.choose(file)
    page.wait_for_state("went on at")
    relay.slow_bytes_per_s = None
    page.wait_for_state("Stored")
    assert page.run("return document.querySelectorAll('#files > li').length") == 1
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)


def test_another_file_is_not_mixed_into_an_upload(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file)
    page.reload()
    page.wait_for_state("Choose the same file again")
    page.choose_again(random_file(tmp_path / "other" / "film.bin", 50 * MIB - 1))
    page.wait_for_text("#files .trouble", "That is another file.")
    page.element("#choose-again").send_keys(str(file))
    relay.slow_bytes_per_s = None
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)


def test_a_changed_file_with_the_same_date_and_size_is_sent_anew(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    found = file.stat()
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file)
    page.reload()
    page.wait_for_state("Choose the same file again")
    random_file(file, 50 * MIB)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    relay.slow_bytes_per_s = None
    page.choose_again(file)
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)


def test_goes_on_by_itself_after_the_receiver_was_killed(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    percent = begin(page, relay, file)
    receiver.kill()
    page.wait_for_state("Waiting for the network, trying again")
    page.wait_for_text("#connection", "Not reachable, trying again")
    page.wait_for_text("#age", "ago")
    relay.slow_bytes_per_s = None
    before = relay.up_bytes
    receiver.start()
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    assert relay.up_bytes - before < file.stat().st_size * (101 - percent) / 100 + MIB
    page.wait_for_text("#connection", "Connected")
    page.expect(*CUT)
    page.check_console()


def test_goes_on_by_itself_after_a_cut_line(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    relay.cut_after_bytes = 12 * MIB
    page.choose(file)
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)
    assert relay.cut_after_bytes is None


def test_parts_get_smaller_where_a_proxy_lets_no_large_ones_by(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file)
    relay.answer_status = 413
    relay.cut()
    page.wait_for_state("Held up on the way to", within_s=60)
    relay.answer_status = None
    relay.slow_bytes_per_s = None
    page.wait_for_state("Stored", within_s=60)
    assert sha256(receiver.stored()["film.bin"]) == sha256(file)


def test_pause_go_on_and_cancel(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    first = random_file(tmp_path / "first.bin", 50 * MIB)
    second = random_file(tmp_path / "second.bin", 50 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    relay.slow_bytes_per_s = SLOW_BYTES_PER_S
    page.choose(first, second)
    page.wait_for_share(10)
    page.click("#files > li:nth-child(1) button[aria-label^=Pause]")
    page.wait_for_state("Paused at")
    page.wait_for_share(5, row=1)
    page.click("#files > li:nth-child(2) button[aria-label^=Cancel]")
    page.wait_for_state("Cancelled", row=1)
    relay.slow_bytes_per_s = None
    page.click("#files > li:nth-child(1) button[aria-label^='Go on']")
    page.wait_for_state("Stored")
    assert sha256(receiver.stored()["first.bin"]) == sha256(first)
    eventually(lambda: receiver.status().uploads == ())
    assert receiver.status().disk.promised_bytes == 0
    assert list(receiver.stored()) == ["first.bin"]
    page.check_console()


def test_what_is_stored_already_is_not_sent_again(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 20 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Stored")
    page.click("#clear")
    before = relay.up_bytes
    page.choose(file)
    assert page.wait_for_state("Already stored") == "Already stored"
    assert relay.up_bytes - before < MIB
    assert list(receiver.stored()) == ["film.bin"]
    eventually(lambda: receiver.status().uploads == ())


def test_the_same_name_with_other_content_says_how_it_is_stored(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path
) -> None:
    TusSender(receiver).send(b"somebody else's", "notes.txt")
    page = open_page(receiver)
    page.sign_in()
    page.choose(random_file(tmp_path / "notes.txt", 500))
    assert page.wait_for_state("Stored") == "Stored as notes (1).txt"


@pytest.mark.parametrize("way", ["drop", "button"])
def test_folders_are_kept(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path, way: str
) -> None:
    folder = tmp_path / "trip"
    names = ["a.jpg", "day 1/b.jpg", *(f"day 1/x/{number}.jpg" for number in range(120))]
    files = [random_file(folder / name, 2000) for name in names]
    page = open_page(receiver)
    page.sign_in()
    if way == "drop":
        single = random_file(tmp_path / "single.txt", 10)
        files.append(single)
        page.drop(folder, single)
    else:
        page.element("#choose-folder").send_keys(str(folder))
    page.wait_for_text("#summary-text", f"{len(files)} of {len(files)} files stored")
    wanted = {str(file.relative_to(tmp_path)): sha256(file) for file in files}
    assert {name: sha256(path) for name, path in receiver.stored().items()} == wanted


def test_a_file_that_vanished_is_told(
    receiver: ReceiverProcess, relay: Relay, open_page: Open, tmp_path: Path
) -> None:
    file = random_file(tmp_path / "film.bin", 60 * MIB)
    page = open_page(receiver, relay.url)
    page.sign_in()
    begin(page, relay, file, 5)
    file.unlink()
    page.wait_for_state("The file can no longer be read.")
    assert "Choose it again." in page.text("#files .trouble")
    assert receiver.stored() == {}


def test_many_small_files(receiver: ReceiverProcess, open_page: Open, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for number in range(200):
        random_file(folder / f"{number:03}.txt", 1000 + number)
    page = open_page(receiver)
    page.sign_in()
    page.element("#choose-folder").send_keys(str(folder))
    page.wait_for_text("#summary-text", "200 of 200 files stored", within_s=120)
    assert len(receiver.stored()) == 200
    assert page.run("return document.querySelectorAll('#files > li').length") <= 60
    assert page.text("#more-files") == "and 140 more files"
    page.check_console()
