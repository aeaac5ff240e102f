"""Texts about problems that are put together from several: Details, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.gui.words import QtWords, isolated
from desktop.messages import Explanation, explain
from desktop.transfer.events import Problem, ProblemKind, Refused, Transfer

translate = QCoreApplication.translate

_NAMED = 3

ON_THE_WAY = frozenset(
    {
        ProblemKind.UNREACHABLE,
        ProblemKind.NOT_WHERRY,
        ProblemKind.CERTIFICATE,
        ProblemKind.KEY_MISSING,
        ProblemKind.KEY_WRONG,
        ProblemKind.TOO_MANY_TRIES,
        ProblemKind.PROXY,
        ProblemKind.DIGEST_MISMATCH,
    }
)
"""Problems of which a look at the way to the server may tell more."""


def plain(told: Explanation) -> str:
    """Return what a problem means and what to do, in one paragraph."""
    return " ".join(part for part in (told.meaning, told.action) if part)


def details_of(transfer: Transfer, problem: Problem, words: QtWords) -> str:
    """Return the text to copy: code, time, file, how far it is, and what the machines said."""
    lines = [
        (translate("ProblemText", "Code"), problem.kind.value),
        (translate("ProblemText", "Time"), words.moment(problem.at) if problem.at else ""),
        (translate("ProblemText", "Where"), problem.where),
        (translate("ProblemText", "File"), str(transfer.path)),
        (
            translate("ProblemText", "Size"),
            translate("ProblemText", "{count} bytes").format(count=transfer.size_bytes),
        ),
        (
            translate("ProblemText", "Stored"),
            translate("ProblemText", "{count} bytes").format(count=transfer.stored_bytes),
        ),
        (translate("ProblemText", "State"), transfer.state.value),
        (translate("ProblemText", "Route"), transfer.route.value if transfer.route else ""),
        (translate("ProblemText", "Details"), problem.detail),
    ]
    return _as_text(lines)


def _as_text(lines: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {text}" for name, text in lines if text)


def refused_headline(refused: Sequence[Refused | str]) -> str:
    return translate("ProblemText", "%Ln things could not be added to the list", "", len(refused))


def refused_text(refused: Sequence[Refused | str], words: QtWords) -> str:
    """Name the first few of what was refused, each with its reason, and count the others."""
    lines = [_refused_line(one, words) for one in refused[:_NAMED]]
    more = len(refused) - len(lines)
    if more > 0:
        lines.append(translate("ProblemText", "and %Ln more", "", more))
    return "\n".join(lines)


def _refused_line(one: Refused | str, words: QtWords) -> str:
    if isinstance(one, str):
        return translate("ProblemText", "{name}: this is no file of this computer.").format(
            name=isolated(one)
        )
    name = isolated(str(one.path.name or one.path))
    return f"{name}: {explain(one.problem, words).headline}"


def refused_details(refused: Sequence[Refused | str], words: QtWords) -> str:
    """Return all of what was refused as a text to copy."""
    return "\n\n".join(_refused_entry(one, words) for one in refused)


def _refused_entry(one: Refused | str, words: QtWords) -> str:
    if isinstance(one, str):
        return _refused_line(one, words)
    told = explain(one.problem, words)
    return "\n".join(
        part
        for part in (
            str(one.path),
            told.headline,
            plain(told),
            f"{one.problem.kind.value} {one.problem.detail}".strip(),
        )
        if part
    )
