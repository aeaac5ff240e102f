"""A real Chromium, headless, on a profile of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.page.open_page import OpenPage
from tests.receiver_process import ReceiverProcess

Open = Callable[..., OpenPage]

PLAIN_HOST = "office.example"
"""Leads to this machine, but no browser trusts it without TLS."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
    "--lang=en-GB",
    "--window-size=1280,900",
)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A browser that has never been anywhere."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert browser and driver, "chromium and chromedriver are missing; `make test-page` brings them"
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.accept_insecure_certs = True
    logged: dict[str, Any] = {"browser": "ALL"}
    options.set_capability("goog:loggingPrefs", logged)
    started = webdriver.Chrome(options=options, service=Service(driver))
    yield started
    started.quit()


@pytest.fixture
def open_page(chromium: webdriver.Chrome) -> Open:
    """Open the page of a receiver, or of what stands before it."""

    def open_one(receiver: ReceiverProcess, url: str | None = None) -> OpenPage:
        page = OpenPage(chromium, receiver.key)
        page.open(url or receiver.url)
        return page

    return open_one
