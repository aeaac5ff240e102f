"""The page as a person meets it: signing in, numbers, receipts, words."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.page.conftest import Open
from tests.receiver_process import KEY, ReceiverProcess
from tests.tus_sender import TusSender, eventually

pytestmark = pytest.mark.page

MIB = 1 << 20
REFUSED = ("status of 401", "status of 429")
NASTY = "<img src=x onerror=alert(1)><script>alert(2)<&lt;.txt"


def put(receiver: ReceiverProcess, name: str, content: bytes) -> None:
    url = f"{receiver.url}/put/{quote(name)}"
    requests.put(url, data=content, headers=receiver.headers, timeout=10).raise_for_status()


def test_sign_in_and_out(receiver: ReceiverProcess, open_page: Open) -> None:
    page = open_page(receiver)
    assert page.element("#key").is_displayed()
    page.sign_in()
    assert page.element("#app").is_displayed()
    assert page.run("return sessionStorage.length") == 1
    assert page.run("return localStorage.length") == 0
    assert page.run("return document.cookie") == ""
    page.click("#sign-out")
    page.wait_until("!document.getElementById('sign-in').hidden")
    assert page.run("return sessionStorage.length") == 0
    page.check_console()


def test_a_key_may_be_kept(
    receiver: ReceiverProcess, open_page: Open, chromium: webdriver.Chrome
) -> None:
    page = open_page(receiver)
    page.sign_in(stay=True)
    chromium.switch_to.new_window("tab")
    page.open(receiver.url)
    page.wait_for_text("#connection", "Connected")
    page.click("#sign-out")
    page.wait_until("!document.getElementById('sign-in').hidden")
    assert page.run("return localStorage.length") == 0


def test_a_wrong_key_is_told(receiver: ReceiverProcess, open_page: Open) -> None:
    page = open_page(receiver)
    page.try_key("not-the-key")
    said = page.wait_for_text("#sign-in-trouble", "This key is not valid here.")
    assert "ask whoever runs the receiver" in said
    assert "401" not in said
    page.sign_in()
    page.expect(*REFUSED)
    page.check_console()


def test_too_many_wrong_keys_are_told(receiver: ReceiverProcess, open_page: Open) -> None:
    page = open_page(receiver)
    headers = {"Authorization": "Bearer wrong"}
    for _ in range(10):
        requests.get(receiver.url + "/status", headers=headers, timeout=10)
    page.try_key(KEY)
    said = page.wait_for_text("#sign-in-trouble", "Too many wrong keys came from this address.")
    assert "listens again in" in said
    assert not page.element("#enter").is_enabled()


def test_a_removed_key_leads_back_to_the_sign_in(
    receiver: ReceiverProcess, open_page: Open
) -> None:
    page = open_page(receiver)
    page.sign_in()
    receiver.key = "another-key-9876543210"
    receiver.restart()
    page.wait_for_text("#sign-in-trouble", "This key is not valid here.")
    page.sign_in("another-key-9876543210")


def test_the_numbers_are_the_receivers(receiver: ReceiverProcess, open_page: Open) -> None:
    put(receiver, "film.mp4", bytes(3 * MIB))
    page = open_page(receiver)
    page.sign_in()
    assert page.text("#server-name") == receiver.status().name
    page.wait_for_text("#rate-note", "3.1 MB since the start")
    page.wait_for_text("#memory-legend", "Budget for uploads")
    own = receiver.status().memory.receiver_bytes / 1e6
    shown = float(page.text("#memory-now").removesuffix(" MB"))
    assert abs(shown - own) < 5
    page.wait_for_text("#disk-legend", "Promised to uploads")
    page.wait_for_text("#rate-chart figcaption", "Highest in the last minute: ")
    drawn = "return document.querySelector('#rate-chart canvas').toDataURL().length"
    assert page.run(drawn) > 2000
    page.check_console()


def test_the_past_is_there_at_once_and_can_be_read_with_the_keyboard(
    receiver: ReceiverProcess, open_page: Open
) -> None:
    def highest() -> float:
        url = f"{receiver.url}/status/history?seconds=60"
        columns = requests.get(url, headers=receiver.headers, timeout=10).json()
        return max(columns["bytes_per_s"], default=0)

    put(receiver, "film.mp4", bytes(30 * MIB))
    eventually(lambda: highest() > 1e6)
    page = open_page(receiver)
    page.sign_in()
    page.wait_until(
        "/minute: (?!0\\s)[0-9.]+\\s[kMG]?B/.test("
        "document.querySelector('#rate-chart figcaption').textContent)"
    )
    page.element("#rate-chart canvas").send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    page.wait_for_text("#rate-chart figcaption", "received")
    page.run("document.querySelector('#span input[value=\"3600\"]').click()")
    page.run("document.activeElement.blur()")
    page.wait_for_text("#rate-chart figcaption", "Highest in the last hour")


def test_who_is_sending_what(receiver: ReceiverProcess, open_page: Open) -> None:
    sender = TusSender(receiver)
    path = sender.create(100 * MIB, "holiday film.mp4")
    page = open_page(receiver)
    page.sign_in()
    page.wait_for_text("#arriving-list .name", "holiday film.mp4")
    assert "streamed" in page.text("#arriving-list .state")
    sender.patch(path, 0, bytes(25 * MIB))
    page.wait_for_text("#arriving-list .numbers", "25 %")
    sender.delete(path)
    page.wait_for_text("#arriving-empty", "Nobody is sending anything.")
    page.check_console()


def test_another_key_sees_others_only_as_a_count(
    start_receiver: Callable[..., ReceiverProcess], open_page: Open, tmp_path: Path
) -> None:
    from receiver.keys import Keys as KeyFile

    receiver = start_receiver()
    (tmp_path / "received-0" / ".wherry").mkdir(exist_ok=True)
    key = KeyFile(tmp_path / "received-0" / ".wherry" / "keys.json").make("guest")
    TusSender(receiver).create(100 * MIB, "secret.bin")
    page = open_page(receiver)
    page.sign_in(key)
    page.wait_for_text("#arriving-note", "1 upload of others")
    assert "secret" not in page.text("#arriving")


def test_received_files_and_their_receipts(receiver: ReceiverProcess, open_page: Open) -> None:
    put(receiver, "früh/am Tag.txt", b"hello")
    page = open_page(receiver)
    page.sign_in()
    page.wait_for_text("#received-list", "am Tag.txt")
    page.click("#received-list summary")
    receipt = requests.get(receiver.url + "/received", headers=receiver.headers, timeout=10)
    found = receipt.json()[0]
    said = page.wait_for_text("#received-list .receipt", found["blake3"])
    assert "früh/am Tag.txt" in said
    assert "5 bytes" in said
    page.wait_for_text(
        "#received-list .receipt",
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    )
    page.check_console()


def test_new_files_come_up_by_themselves_and_old_ones_on_request(
    receiver: ReceiverProcess, open_page: Open
) -> None:
    for number in range(120):
        put(receiver, f"file-{number:03}", secrets.token_bytes(10))
    page = open_page(receiver)
    page.sign_in()
    rows = "document.querySelectorAll('#received-list > li').length"
    page.wait_until(f"{rows} === 50")
    page.click("#show-more")
    page.wait_until(f"{rows} === 100")
    page.click("#show-more")
    page.wait_until(f"{rows} === 120")
    page.wait_until("document.getElementById('show-more').hidden")
    put(receiver, "the newest", b"new")
    page.wait_for_text("#received-list > li:first-child", "the newest")
    assert page.run(f"return {rows}") == 121
    page.check_console()


def test_a_name_with_markup_is_text_everywhere(
    receiver: ReceiverProcess, open_page: Open, tmp_path: Path
) -> None:
    file = tmp_path / NASTY
    file.write_bytes(secrets.token_bytes(2 * MIB))
    page = open_page(receiver)
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Stored as")
    assert page.text("#files .name") == NASTY
    page.wait_for_text("#received-list", "onerror")
    page.click("#received-list summary")
    page.wait_for_text("#received-list .receipt", NASTY)
    assert page.run("return document.querySelectorAll('#app script, #app img').length") == 0
    page.check_console()


def test_too_little_space_is_told_with_numbers_and_the_machine(
    start_receiver: Callable[..., ReceiverProcess], open_page: Open, tmp_path: Path
) -> None:
    receiver = start_receiver("--keep-free", "900T", "--name", "office-server")
    file = tmp_path / "film.bin"
    file.write_bytes(bytes(20 * MIB))
    page = open_page(receiver)
    page.sign_in()
    page.choose(file)
    page.wait_for_state("Waiting for space on office-server: 21 MB more is needed")
    said = page.wait_for_text("#room", "Not enough space on office-server: 21 MB is missing.")
    assert "The list needs 21 MB;" in said
    assert "is free there" in said
    assert "Delete something there, or take files off the list." in said
    assert "507" not in page.text("#send")
    assert receiver.stored() == {}
    page.click("#files button[aria-label^=Cancel]")
    page.wait_until("document.getElementById('room').hidden")
    page.check_console()


def test_a_file_that_is_too_large_is_told(
    start_receiver: Callable[..., ReceiverProcess], open_page: Open, tmp_path: Path
) -> None:
    receiver = start_receiver("--max-upload", "5M", "--name", "office-server")
    file = tmp_path / "film.bin"
    file.write_bytes(bytes(6 * MIB))
    page = open_page(receiver)
    page.sign_in()
    page.choose(file)
    page.wait_for_state("The file is larger than office-server takes.")
    assert "At most 5.2 MB is taken there." in page.text("#files .trouble")


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_screen(
    receiver: ReceiverProcess, open_page: Open, chromium: webdriver.Chrome, width: int
) -> None:
    put(receiver, "a" * 200, b"long")
    put(receiver, "長" * 70, b"wide")
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 740, "deviceScaleFactor": 2, "mobile": width < 500},
    )
    page = open_page(receiver)
    assert page.run("return document.documentElement.scrollWidth") == width
    page.sign_in()
    page.wait_for_text("#received-list", "aaa")
    page.click("#received-list summary")
    page.wait_for_text("#received-list .receipt", "SHA-256")
    assert page.run("return document.documentElement.scrollWidth") == width


def test_the_keyboard_alone_is_enough(receiver: ReceiverProcess, open_page: Open) -> None:
    page = open_page(receiver)
    page.element("#key").send_keys(KEY, Keys.ENTER)
    page.wait_for_text("#connection", "Connected")
    reached: list[str] = []
    for _ in range(16):
        page.browser.switch_to.active_element.send_keys(Keys.TAB)
        active = page.browser.switch_to.active_element
        assert active.value_of_css_property("outline-style") != "none" or active.tag_name in (
            "body",
            "input",
        )
        reached.append(active.get_attribute("id") or active.get_attribute("name") or "")
    assert {"sign-out", "span", "add-files", "add-folder", "whose"} <= set(reached)
