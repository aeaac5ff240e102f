"""The guide in docs/ says what is so: its links, commands, settings, quotations and examples."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from desktop.__main__ import main as wherry
from receiver.__main__ import main as wherry_receiver
from receiver.__main__ import serve
from tests.big_files import MIB
from tests.receiver_process import ROOT, ReceiverProcess

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
PROGRAMS: dict[str, click.Group] = {"wherry-receiver": wherry_receiver, "wherry": wherry}
UPPY = "https://cdn.jsdelivr.net/npm/uppy@6/dist/"
PACKAGES = ("tus-js-client@4", "uppy@6")
Start = Callable[..., ReceiverProcess]


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of code of a language, in order."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text(), re.M | re.S)
    return [str(one) for one in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text()
    targets = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    for target in targets:
        if "://" not in target:
            assert (page.parent / target.partition("#")[0]).exists(), target


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command line of the guide that calls one of the two programs."""
    for page in PAGES:
        text = page.read_text()
        lines = [line for block in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S)
                 for line in block.splitlines()]  # fmt: skip
        for line in [*lines, *re.findall(r"`([^`\n]+)`", text)]:
            match = re.search(r"(?:^|sudo |')((?:wherry|wherry-receiver) [a-z][^'>]*)", line)
            if match:
                yield page.name, shlex.split(match[1])


def test_commands_and_their_options_exist() -> None:
    found = list(commands())
    assert len(found) >= 12
    for page, words in found:
        command: click.Command = PROGRAMS[words[0]]
        rest = words[1:]
        while isinstance(command, click.Group) and rest:
            below = command.get_command(click.Context(command), rest[0])
            if below is None:
                break
            command, rest = below, rest[1:]
        assert not isinstance(command, click.Group), (page, words)
        known = {option for one in command.params for option in one.opts}
        unknown = [word for word in rest if word.startswith("--") and word not in known]
        assert not unknown, (page, words)


def test_settings_exist() -> None:
    known = {str(one.name).replace("_", "-") for one in serve.params}
    texts = [block for page in PAGES for block in blocks(page.name, "toml")]
    packaged = (ROOT / "packaging" / "debian" / "receiver.toml").read_text()
    texts += [packaged, re.sub(r"^#\s*([a-z-]+ = )", r"\1", packaged, flags=re.M)]
    assert len(texts) > 3
    for text in texts:
        lines = list(dict.fromkeys(line.partition(" = ")[0] for line in text.splitlines()))
        unique = {line.partition(" = ")[0]: line for line in text.splitlines() if " = " in line}
        assert lines
        assert set(tomllib.loads("\n".join(
            line for line in unique.values() if not line.lstrip().startswith("#")
        ))) <= known  # fmt: skip


def test_what_it_quotes_is_really_said() -> None:
    """The words in italics in the tables of "When something goes wrong"."""
    sources = [*(ROOT / "desktop").rglob("*.py"), *(ROOT / "receiver").rglob("*.py")]
    said = " ".join(" ".join(path.read_text() for path in sources).split()).replace('" "', "")
    for row in re.findall(r"^\| (.+?) \|", (DOCS / "trouble.md").read_text(), re.M):
        for quoted in re.findall(r"\*([^*]+?)(?: …)?\*", row):
            assert quoted in said or quoted in OF_THE_SYSTEM, quoted


OF_THE_SYSTEM = [os.strerror(13), os.strerror(98)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the examples find film.mkv and holiday/."""
    (tmp_path / "work" / "holiday").mkdir(parents=True)
    (tmp_path / "work" / "holiday" / "a.jpg").write_bytes(os.urandom(5000))
    (tmp_path / "work" / "film.mkv").write_bytes(os.urandom(3 * MIB + 5))
    return tmp_path / "work"


def environment(receiver: ReceiverProcess) -> dict[str, str]:
    return {**os.environ, "WHERRY_URL": receiver.url, "WHERRY_KEY": receiver.key}


def test_the_examples_for_curl_work(receiver: ReceiverProcess, folder: Path) -> None:
    for block in blocks("clients.md", "bash"):
        subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=folder,
            env=environment(receiver),
            check=True,
            capture_output=True,
            timeout=60,
        )
    stored, film = receiver.stored(), (folder / "film.mkv").read_bytes()
    assert stored["film.mkv"].read_bytes() == film
    assert stored["film-resumed.mkv"].read_bytes() == film
    assert stored["holiday.tar"].stat().st_size > 5000


def test_the_example_for_tuspy_works(receiver: ReceiverProcess, folder: Path) -> None:
    (block,) = blocks("clients.md", "python")
    subprocess.run(
        [sys.executable, "-c", block], cwd=folder, env=environment(receiver), check=True, timeout=60
    )
    stored = receiver.stored()["film-by-tuspy.mkv"]
    assert stored.read_bytes() == (folder / "film.mkv").read_bytes()


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clients as npm brings them."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    place = tmp_path_factory.mktemp("npm")
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(place), *PACKAGES]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return place / "node_modules"


@pytest.mark.install
def test_the_example_for_tus_js_client_works(
    receiver: ReceiverProcess, folder: Path, node_modules: Path
) -> None:
    (block,) = blocks("clients.md", "javascript")
    (folder / "node_modules").symlink_to(node_modules)
    (folder / "send.mjs").write_text(block)
    done = subprocess.run(
        ["node", "send.mjs"],
        cwd=folder,
        env=environment(receiver),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "stored\n"
    stored = receiver.stored()["film-by-tus-js.mkv"]
    assert stored.read_bytes() == (folder / "film.mkv").read_bytes()


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """A site that shows what is in the folder; another origin than the receiver's."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.install
def test_the_example_for_uppy_works_in_a_page_of_another_site(
    start_receiver: Start, folder: Path, node_modules: Path, site: str
) -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    receiver = start_receiver("--allow-origin", site)
    (block,) = blocks("clients.md", "html")
    assert UPPY in block
    block = block.replace(UPPY, "/uppy/").replace("WHERRY_URL", receiver.url)
    (folder / "index.html").write_text(block.replace("WHERRY_KEY", receiver.key))
    (folder / "uppy").symlink_to(node_modules / "uppy" / "dist")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options, Service(driver))
    try:
        browser.get(site + "/index.html")
        wait = WebDriverWait(browser, 30)
        wait.until(lambda page: page.execute_script("return window.uppy !== undefined"))
        browser.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(
            str(folder / "film.mkv")
        )
        result = browser.execute_async_script(
            "const done = arguments[0];"
            "uppy.upload().then(r => done([r.successful.length, r.failed.map(f => f.error)]))"
        )
    finally:
        browser.quit()
    assert result == [1, []]
    assert receiver.stored()["film.mkv"].read_bytes() == (folder / "film.mkv").read_bytes()
