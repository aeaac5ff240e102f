"""Brings the translations up to date with the program's texts, and makes what the window reads.

    python packaging/translations.py

New texts appear in resources/translations/wherry_*.ts as unfinished; translate them there, by hand
or with Qt Linguist, and run this again. English needs only the texts with a number in them, for
"1 file" and "2 files". A language is added by adding its file: an empty wherry_fr.ts.

The texts are collected here rather than by Qt's lupdate: in Python that overlooks the plurals of
`translate`, and texts whose number is more than a name.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("ar", "de", "en")
FORMS = {"ar": 6, "de": 2, "en": 2}
"""How many forms a text with a number has (Unicode CLDR); Qt Linguist knows the others."""
_MARKS = ("translate", "QT_TRANSLATE_NOOP")


@dataclass(frozen=True, order=True)
class Text:
    """A text of the program. `plural`: it has a number in it, and several forms."""

    context: str
    source: str
    plural: bool = False


def _string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts_of(tree: ast.AST, within: str = "") -> Iterator[Text]:
    """Yield the texts of a module.

    Raises:
        ValueError: one is not written out, so that nobody could translate it.
    """
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, ast.ClassDef) else within
        if isinstance(node, ast.Call):
            yield from _text_of(node, within)
        yield from texts_of(node, inner)


def _text_of(call: ast.Call, within: str) -> Iterator[Text]:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name == "tr" and call.args:
        context, source, plural = within, _string(call.args[0]), len(call.args) > 2
    elif name in _MARKS and len(call.args) > 1:
        context, source = _string(call.args[0]) or "", _string(call.args[1])
        plural = len(call.args) > 3
    else:
        return
    if source is None:
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            return  # words.translate(text): the text is marked where it is written
        raise ValueError(f"line {call.lineno}: a text that is not written out")
    yield Text(context, source, plural)


def all_texts() -> list[Text]:
    """Return the texts of the whole program, each once."""
    found: set[Text] = set()
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        try:
            found.update(texts_of(ast.parse(path.read_text("utf-8"))))
        except ValueError as error:
            raise ValueError(f"{path.relative_to(ROOT)}: {error}") from error
    return sorted(found)


def read(file: Path) -> dict[Text, list[str]]:
    """Return the translations of a file, an empty one for each that is unfinished."""
    if not file.exists() or not file.stat().st_size:
        return {}
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            plural = message.get("numerus") == "yes"
            source = message.findtext("source", "")
            text = Text(context.findtext("name", ""), source, plural)
            translation = message.find("translation")
            assert translation is not None
            forms = [one.text or "" for one in translation.iter("numerusform")]
            done = forms if plural else [translation.text or ""]
            found[text] = [] if translation.get("type") == "unfinished" else done
    return found


def wanted(language: str) -> list[Text]:
    """Return the texts that a language needs."""
    return [text for text in all_texts() if language != "en" or text.plural]


def missing(language: str) -> list[Text]:
    """Return the texts that have no translation, or not in all of their forms."""
    known = read(FOLDER / f"wherry_{language}.ts")
    return [text for text in wanted(language) if not all(known.get(text) or [""])]


def update(file: Path) -> None:
    """Take the program's texts into a file; translations that are there stay."""
    language, known = file.stem.removeprefix("wherry_"), read(file)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = None
    for text in wanted(language):
        if context is None or context.findtext("name") != text.context:
            context = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = text.context
        message = ET.SubElement(context, "message", numerus="yes" if text.plural else "no")
        if not text.plural:
            del message.attrib["numerus"]
        ET.SubElement(message, "source").text = text.source
        _add_translation(message, text, known.get(text) or [], FORMS.get(language, 1))
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def _add_translation(message: ET.Element, text: Text, forms: list[str], count: int) -> None:
    translation = ET.SubElement(message, "translation")
    if not forms or not all(forms):
        translation.set("type", "unfinished")
    if text.plural:
        for form in forms or [""] * count:
            ET.SubElement(translation, "numerusform").text = form
    else:
        translation.text = "".join(forms)


def compile_to(source: Path, target: Path) -> None:
    """Make what the window reads, by Qt's lrelease."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([tool, "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = {path.stem.removeprefix("wherry_") for path in FOLDER.glob("wherry_*.ts")}
    left = 0
    for language in sorted(known | set(LANGUAGES)):
        file = FOLDER / f"wherry_{language}.ts"
        update(file)
        compile_to(file, file.with_suffix(".qm"))
        for text in missing(language):
            left += 1
            print(f"{file.name}: {text.context}: {text.source}")
    print(f"{left} texts are still to be translated." if left else "Everything is translated.")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
