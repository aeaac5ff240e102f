"""The rules of the house: who may import whom, how long a file may be, what a module is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE_LINES = 400
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}
WITHOUT_INIT = ("packaging", "resources")

QT = ("PySide6", "shiboken6")
HTTP = ("requests", "requests_toolbelt", "urllib", "urllib3", "http", "socket", "ssl")
FLASK = ("flask", "werkzeug")
SHARED = ("receiver/protocol.py", "receiver/tls_line.py")
BOTH_SIDES = ("receiver.protocol", "receiver.tls_line")


@dataclass(frozen=True)
class ImportRule:
    """Files that match `files` and not `but` import none of `banned`, `allowed` excepted."""

    files: str
    banned: tuple[str, ...]
    but: str = ""
    allowed: tuple[str, ...] = ()

    def applies_to(self, path: str) -> bool:
        return fnmatch(path, self.files) and not fnmatch(path, self.but)

    def forbids(self, module: str) -> bool:
        if any(_is_within(module, name) for name in self.allowed):
            return False
        return any(_is_within(module, name) for name in self.banned)


RULES = (
    ImportRule("receiver/*", ("desktop", *QT, "requests", "requests_toolbelt")),
    *(ImportRule(file, ("receiver", *FLASK, "cheroot", "psutil", "blake3")) for file in SHARED),
    ImportRule("receiver/store.py", FLASK),
    ImportRule("receiver/*_store.py", FLASK),
    ImportRule("receiver/*", ("cheroot",), but="receiver/serve.py"),
    ImportRule("desktop/*", ("receiver",), allowed=BOTH_SIDES),
    ImportRule("desktop/*", ("cheroot", *FLASK)),
    ImportRule("desktop/transfer/*", (*QT, "desktop.gui", "desktop.bridge", "desktop.app")),
    ImportRule("desktop/gui/*", (*HTTP, "PySide6.QtNetwork")),
)


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def imports_of(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each thing that a file imports; `from a import b` is a.b."""
    package = PurePosixPath(path).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{origin}.{alias.name}"


def file_reads_of(tree: ast.Module) -> Iterator[int]:
    """Yield the line of each call that opens a file or reads its bytes."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open":
            yield node.lineno
        elif isinstance(called, ast.Attribute):
            owner = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr == "read_bytes" or (called.attr == "open" and owner in {"io", "os"}):
                yield node.lineno


def offences(path: str, source: str) -> list[str]:
    """Name what a Python file does against the rules.

    Args:
        path: below the project's folder, with forward slashes.
        source: what stands in it.
    """
    tree = ast.parse(source, path)
    found = [
        f"{path}:{line} imports {module}"
        for line, module in imports_of(path, tree)
        if any(rule.applies_to(path) and rule.forbids(module) for rule in RULES)
    ]
    if path.startswith("desktop/gui/"):
        found += [f"{path}:{line} reads a file" for line in file_reads_of(tree)]
    lines = source.count("\n")
    if lines > LONGEST_FILE_LINES:
        found.append(f"{path} has {lines} lines")
    name = PurePosixPath(path)
    if name.stem in EMPTY_NAMES:
        found.append(f"{path} has a name that says nothing")
    if name.name == "__init__.py" and name.parts[0] in WITHOUT_INIT:
        found.append(f"{path} makes a package of a plain folder")
    return found


def python_files() -> list[Path]:
    folders = ("desktop", "receiver", "resources", "tests", "packaging")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_every_file_keeps_the_rules() -> None:
    found: list[str] = []
    for path in python_files():
        found += offences(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    assert not found, "\n".join(found)


def test_the_search_sees_both_packages() -> None:
    seen = {path.relative_to(ROOT).as_posix() for path in python_files()}
    assert {"receiver/protocol.py", "desktop/transfer/events.py", "tests/test_house.py"} <= seen


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("receiver/space.py", "import desktop"),
        ("receiver/web/tus.py", "from desktop.transfer import events"),
        ("receiver/web/tus.py", "from PySide6.QtCore import QTimer"),
        ("receiver/keys.py", "import requests"),
        ("receiver/keys.py", "def late():\n    import requests.adapters"),
        ("receiver/web/__init__.py", "import cheroot.wsgi"),
        ("receiver/__main__.py", "from cheroot import wsgi"),
        ("receiver/protocol.py", "from receiver import errors"),
        ("receiver/protocol.py", "from . import errors"),
        ("receiver/tls_line.py", "from receiver import errors"),
        ("receiver/store.py", "import flask"),
        ("receiver/disk_store.py", "from werkzeug.datastructures import Headers"),
        ("desktop/monitor.py", "from receiver.memory import available"),
        ("desktop/monitor.py", "import receiver"),
        ("desktop/monitor.py", "from receiver import space"),
        ("desktop/transfer/engine.py", "from PySide6 import QtCore"),
        ("desktop/transfer/engine.py", "from desktop.gui import send_page"),
        ("desktop/transfer/engine.py", "from .. import bridge"),
        ("desktop/gui/send_page.py", "import socket"),
        ("desktop/gui/send_page.py", "from urllib.request import urlopen"),
        ("desktop/gui/send_page.py", "import requests"),
        ("desktop/gui/send_page.py", "with open('x') as file: pass"),
        ("desktop/gui/send_page.py", "path.read_bytes()"),
        ("receiver/space.py", "x = 1\n" * (LONGEST_FILE_LINES + 1)),
        ("desktop/utils.py", ""),
        ("receiver/manager.py", ""),
        ("packaging/__init__.py", ""),
        ("resources/icons/__init__.py", ""),
    ],
)
def test_each_rule_can_fail(path: str, source: str) -> None:
    assert offences(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("receiver/serve.py", "from cheroot import wsgi"),
        ("receiver/web/tus.py", "from flask import Blueprint\nfrom ..store import Upload"),
        ("desktop/monitor.py", "import requests\nfrom receiver.protocol import Status"),
        ("desktop/monitor.py", "from receiver import protocol"),
        ("desktop/gui/send_page.py", "from PySide6.QtWidgets import QDialog\nQDialog().open()"),
        ("desktop/transfer/engine.py", "import requests\nfrom . import events"),
        ("receiver/space.py", "x = 1\n" * LONGEST_FILE_LINES),
        ("desktop/__init__.py", ""),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert offences(path, source) == []
