"""Asks before an upload is cancelled of which the server has a part: that part is dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.gui.questions import Question
from desktop.gui.words import QtWords, isolated
from desktop.transfer.events import Transfer

translate = QCoreApplication.translate


def ask_before_cancelling(
    lost: Sequence[Transfer], where: str, words: QtWords, parent: QWidget
) -> Question:
    """Ask about uploads that have begun; accepted when they may be cancelled.

    Args:
        lost: of which something would be lost; at least one.
        where: the name of their server, "" for several.
        words: how numbers are written.
        parent: the window.
    """
    size = words.size(sum(one.stored_bytes for one in lost))
    place = isolated(where) or translate("CancelQuestion", "their servers")
    if len(lost) == 1:
        question = Question(
            translate("CancelQuestion", "Cancel the upload of {name}?").format(
                name=isolated(lost[0].name)
            ),
            translate(
                "CancelQuestion",
                "{size} of it is already on {where}, and is dropped there. "
                "The file on this computer stays.",
            ).format(size=size, where=place),
            translate("CancelQuestion", "Cancel the &upload"),
            parent,
        )
    else:
        question = Question(
            translate("CancelQuestion", "Cancel %Ln uploads that have begun?", "", len(lost)),
            translate(
                "CancelQuestion",
                "{size} of them is already on {where}, and is dropped there. "
                "The files on this computer stay.",
            ).format(size=size, where=place),
            translate("CancelQuestion", "Cancel the &uploads"),
            parent,
        )
    question.cancel.setText(translate("CancelQuestion", "&Keep uploading"))
    return question
