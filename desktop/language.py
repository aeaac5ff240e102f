"""The language of the window: the system's, if there is a translation, unless chosen otherwise."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.paths import resources

VARIABLE = "WHERRY_LANGUAGE"
SOURCE = "en"
"""The language that the program's texts are written in."""

_log = logging.getLogger(__name__)


def available() -> tuple[str, ...]:
    """Return the codes of the languages that there are, such as "de"."""
    files = (resources() / "translations").glob("wherry_*.qm")
    return tuple(sorted(file.stem.removeprefix("wherry_") for file in files))


def own_name(code: str) -> str:
    """Return what a language calls itself."""
    name = QLocale(code).nativeLanguageName()
    return "English" if code == SOURCE else name[:1].upper() + name[1:]


def wanted(chosen: str) -> str:
    """Return the code of the language to use.

    Args:
        chosen: by the user; empty for the system's. The environment's comes before either.
    """
    there = available()
    asked = [os.environ.get(VARIABLE, ""), chosen, *QLocale.system().uiLanguages()]
    for one in asked:
        code = one.replace("_", "-").split("-")[0].lower()
        if code in there:
            return code
    return SOURCE


def install(app: QApplication, chosen: str = "") -> str:
    """Have the application speak a language: its texts, its numbers and its direction.

    Args:
        app: the application; windows that are open already keep their texts.
        chosen: as for `wanted`.
    """
    code = wanted(chosen)
    system = QLocale.system()
    language = QLocale(code).language()
    # Whoever lives in Austria writes numbers as they do there.
    same = system.language() == language
    locale = system if same else QLocale(code)
    QLocale.setDefault(locale)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _add(app, f"qtbase_{code}", qt)
    _add(app, f"wherry_{code}", str(resources() / "translations"))
    app.setLayoutDirection(locale.textDirection())
    return code


def _add(app: QApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        _log.info("there is no translation %s in %s", name, folder)
        translator.deleteLater()
