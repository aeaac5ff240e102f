"""Every text of the window has its translations, and every word it shows is such a text."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import language
from desktop.gui.words import QtWords, isolated

ROOT = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    """Import the script that collects the texts."""
    found = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


TEXTS = load()
LANGUAGES = ("ar", "de", "en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_is_missing(code: str) -> None:
    """`make translations` adds what is new; it is translated in resources/translations."""
    missing = [f"{one.context}: {one.source}" for one in TEXTS.missing(code)]
    assert not missing, "not translated:\n" + "\n".join(missing)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_window_reads_is_up_to_date(code: str, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    TEXTS.compile_to(TEXTS.FOLDER / f"wherry_{code}.ts", made)
    assert made.read_bytes() == (TEXTS.FOLDER / f"wherry_{code}.qm").read_bytes()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_translation_asks_for_what_is_not_there(code: str) -> None:
    for text, forms in TEXTS.read(TEXTS.FOLDER / f"wherry_{code}.ts").items():
        if text.plural:
            assert len(forms) == TEXTS.FORMS[code], text
        for form in forms:
            assert fields(form) <= fields(text.source), (text, form)


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "ملف واحد"), (2, "ملفين"), (5, "٥ ملفات"), (11, "١١ ملفًا"), (100, "١٠٠ ملف")],
)
def test_arabic_counts_in_its_forms(qapp: QApplication, number: int, told: str) -> None:
    before, translator = QLocale(), QTranslator(qapp)
    assert translator.load("wherry_ar", str(TEXTS.FOLDER))
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale("ar_EG"))
    try:
        made = QCoreApplication.translate("SummaryBar", "{stored} of %Ln files", "", number)
        assert made == f"{{stored}} من {told}"
        assert QtWords().duration(125) == "٢ د ٥ ث"
    finally:
        qapp.removeTranslator(translator)
        QLocale.setDefault(before)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_language_brings_its_direction(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    before = QLocale()
    monkeypatch.setenv(language.VARIABLE, code)
    try:
        assert language.install(qapp, "de") == code
        right = qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
        assert right is (code == "ar")
        send = QCoreApplication.translate("PageTabs", "Send")
        assert send == {"ar": "إرسال", "de": "Senden", "en": "Send"}[code]
        cancel = QCoreApplication.translate("QPlatformTheme", "Cancel")
        assert (cancel == "Cancel") is (code == "en"), "the system's dialogs speak it too"
    finally:
        monkeypatch.setenv(language.VARIABLE, "en")
        language.install(qapp)
        QLocale.setDefault(before)


def test_the_language_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "")
    assert language.wanted("de") == "de"
    assert language.wanted("xx") in language.available()
    monkeypatch.setenv(language.VARIABLE, "de_AT.UTF-8")
    assert language.wanted("ar") == "de"
    assert {language.own_name(code) for code in LANGUAGES} == {"English", "Deutsch", "العربية"}


SHOWN_BY = {
    "setText",
    "setToolTip",
    "setWindowTitle",
    "setAccessibleName",
    "setAccessibleDescription",
    "setPlaceholderText",
    "setStatusTip",
    "addTab",
    "setTitle",
    "setInformativeText",
}
SHOWING = {"Text", "ElidedText", "Button", "Switch", "QAction", "QLabel", "Card", "Notice", "Gauge"}
NOT_WORDS = re.compile(r"[^A-Za-z]*\Z|wherry(://…)?\s*\Z|BLAKE3\Z|SHA-256\Z", re.IGNORECASE)
"""Names of the program and of digests, and what has no letters, are the same in all languages."""


def untranslated(source: str) -> list[str]:
    """Return the texts that are shown and are no texts to translate, with their lines."""
    return [
        f"{node.lineno}: {text}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node) in SHOWN_BY | SHOWING
        for argument in node.args[:2]
        for text in _literals(argument)
        if not NOT_WORDS.match(text)
    ]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield what is written out in an argument; what is inside of a call is that call's affair."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) for one in node.values if isinstance(one, ast.Constant))
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


SOURCES = [*(ROOT / "desktop" / "gui").glob("*.py"), *(ROOT / "desktop").glob("*.py")]


@pytest.mark.parametrize("path", sorted(SOURCES), ids=lambda path: path.name)
def test_all_that_is_shown_is_translated(path: Path) -> None:
    assert not untranslated(path.read_text("utf-8")), path


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("Ready")',
        'Text(f"{count} files")',
        'button.setToolTip("Open" if open else self.tr("Close"))',
        'QAction(icon, "Quit")',
    ],
)
def test_a_text_that_is_not_translated_is_found(source: str) -> None:
    assert untranslated(source)


def test_texts_are_collected_with_their_plurals() -> None:
    source = (
        'class A:\n    def f(self, n):\n        self.tr("a " "b")\n        self.tr("%n c", "", n)\n'
        'translate("B", "%n d", "", len(x))\nQT_TRANSLATE_NOOP("C", "e")\n'
    )
    found = set(TEXTS.texts_of(ast.parse(source)))
    assert found == {
        TEXTS.Text("A", "a b"),
        TEXTS.Text("A", "%n c", True),
        TEXTS.Text("B", "%n d", True),
        TEXTS.Text("C", "e"),
    }
    with pytest.raises(ValueError, match="line 1"):
        list(TEXTS.texts_of(ast.parse("translate('A', words)")))


def test_names_are_isolated() -> None:
    assert isolated("a.pdf") == "\u2068a.pdf\u2069"
    assert isolated("") == ""
