"""How the page is served: to everybody, under a strict policy, small. No browser is needed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
import requests

from receiver.protocol import PATH_HISTORY, PATH_RECEIVED, PATH_STATUS
from receiver.web.pages import ASSETS, FOLDER, PAGE, PATHS, read_asset
from tests.receiver_process import ReceiverProcess

MOST_BYTES = 60_000
LONGEST_FILE_LINES = 400
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    """One receiver for all tests of this module."""
    running = ReceiverProcess(tmp_path_factory.mktemp("page") / "received")
    running.start()
    yield running
    running.kill()


def get(receiver: ReceiverProcess, path: str, **headers: str) -> requests.Response:
    """Ask without a key."""
    return requests.get(receiver.url + path, headers=headers, timeout=10)


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_page_needs_no_key_and_has_its_policy(receiver: ReceiverProcess, path: str) -> None:
    answer = get(receiver, path)
    assert answer.status_code == 200
    policy = dict(
        part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
    )
    assert policy == POLICY
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ASSETS)
def test_files_have_the_type_that_browsers_insist_on(receiver: ReceiverProcess, name: str) -> None:
    kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
    answer = get(receiver, f"/page/{name}")
    assert answer.headers["Content-Type"].split(";")[0] == kinds[name.rpartition(".")[2]]
    assert answer.content == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("path", [PATH_STATUS, PATH_HISTORY, PATH_RECEIVED, "/files/x/receipt"])
def test_what_the_page_shows_needs_the_key(receiver: ReceiverProcess, path: str) -> None:
    assert get(receiver, path).status_code == 401


@pytest.mark.parametrize(
    "path", ["/page", "/page/", "/page/../pages.py", "/page/%2e%2e/pages.py", "/page/page.html"]
)
def test_nothing_else_is_served_without_a_key(receiver: ReceiverProcess, path: str) -> None:
    with requests.Session() as session:
        request = requests.Request("GET", receiver.url).prepare()
        request.url = receiver.url + path
        assert session.send(request, timeout=10).status_code == 401


def test_files_travel_packed_and_only_once(receiver: ReceiverProcess) -> None:
    path = "/page/page.js"
    packed = requests.get(receiver.url + path, stream=True, timeout=10)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.raw.read()) == read_asset("page.js").content
    plain = get(receiver, path, **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    again = get(receiver, path, **{"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    html = (FOLDER / PAGE).read_text("utf-8")
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL)
    assert scripts
    assert all("src=" in attributes and not body for attributes, body in scripts)
    assert not re.search(r"<style|\bstyle=|\son\w+=|javascript:", html)


def test_the_page_takes_nothing_from_elsewhere() -> None:
    for name in (PAGE, *ASSETS):
        text = re.sub(r'xmlns="[^"]*"', "", (FOLDER / name).read_text("utf-8"))
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).replace(
            "http://www.w3.org/2000/svg", ""
        )
        assert not re.search(r"https?:|url\((?!#)|@import", code), name


def test_names_never_become_markup() -> None:
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    for name in ASSETS:
        assert not re.search(ways, (FOLDER / name).read_text("utf-8")), name


def test_every_file_of_the_folder_is_served() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {PAGE, *ASSETS}


def test_the_page_is_small() -> None:
    travels = sum(len(read_asset(name).packed) for name in (PAGE, *ASSETS))
    assert travels < MOST_BYTES
    for name in ASSETS:
        assert read_asset(name).content.count(b"\n") <= LONGEST_FILE_LINES, name
