"""The page in a browser, by what a person sees and does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

WITHIN_S = 30.0


class OpenPage:
    """One tab with the receiver's page."""

    def __init__(self, browser: webdriver.Chrome, key: str) -> None:
        self.browser = browser
        self._key = key
        self._expected: tuple[str, ...] = ()

    def open(self, url: str) -> None:
        self.browser.get(url)

    def reload(self) -> None:
        self.browser.refresh()

    def element(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        """Return what is to be read there; "" while nothing is."""
        try:
            found = self.browser.find_elements(By.CSS_SELECTOR, selector)
            return found[0].text if found else ""
        except StaleElementReferenceException:
            return ""

    def wait_for_text(self, selector: str, part: str, within_s: float = WITHIN_S) -> str:
        """Wait until a part of a text is to be read; return the whole."""
        wait = WebDriverWait(self.browser, within_s, poll_frequency=0.05)
        wait.until(lambda _: part in self.text(selector), f"{part!r} is not in {selector}")
        return self.text(selector)

    def wait_until(self, condition: str, within_s: float = WITHIN_S) -> None:
        """Wait until an expression of JavaScript holds."""
        wait = WebDriverWait(self.browser, within_s, poll_frequency=0.05)
        wait.until(lambda _: self.run(f"return Boolean({condition})"), condition)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def click(self, selector: str) -> None:
        self.element(selector).click()

    def sign_in(self, key: str | None = None, stay: bool = False) -> None:
        """Type a key and press the button; the page opens when it is right."""
        self.try_key(self._key if key is None else key, stay)
        self.wait_until("!document.getElementById('app').hidden")

    def try_key(self, key: str, stay: bool = False) -> None:
        field = self.element("#key")
        field.clear()
        field.send_keys(key)
        if stay:
            self.click("#stay")
        self.click("#enter")

    def choose(self, *files: Path) -> None:
        """Choose files by the button, as a person does."""
        self.element("#choose-files").send_keys("\n".join(str(file) for file in files))

    def drop(self, *paths: Path) -> None:
        """Drop files and folders from outside onto the page."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            event = {"type": kind, "x": 300, "y": 300, "data": data}
            self.browser.execute_cdp_cmd("Input.dispatchDragEvent", event)

    def choose_again(self, file: Path) -> None:
        """Press the first row's button for the same file, and choose one."""
        self.run("HTMLInputElement.prototype.click = function () {}")
        self.click("#files .actions button")
        self.element("#choose-again").send_keys(str(file))

    def wait_for_state(self, part: str, row: int = 0, within_s: float = WITHIN_S) -> str:
        """Wait until the line below a file of the list says something."""
        return self.wait_for_text(f"#files > li:nth-child({row + 1}) .state", part, within_s)

    def wait_for_share(self, percent: int, row: int = 0) -> int:
        """Wait until the server has so much of a file; return how much it has."""
        bar = f"document.querySelectorAll('#files .bar')[{row}]"
        self.wait_until(f"Number({bar}?.getAttribute('aria-valuenow')) >= {percent}")
        return int(self.run(f"return {bar}.getAttribute('aria-valuenow')"))

    def expect(self, *parts: str) -> None:
        """Name what the console may say from now on, beside nothing."""
        self._expected = parts

    def check_console(self) -> None:
        """No error, no warning, nothing that the policy forbade."""
        entries = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        said = [one for one in entries if one["level"] not in ("DEBUG", "INFO")]
        bad = [one for one in said if not any(part in one["message"] for part in self._expected)]
        assert not bad, bad
