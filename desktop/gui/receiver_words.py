"""Plain words for the built-in receiver: how it stands, why it cannot start, what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.receiver_trouble import Trouble, TroubleKind

translate = QCoreApplication.translate


def headline(trouble: Trouble) -> str:
    """Return what has happened."""
    if trouble.kind is TroubleKind.UNKNOWN:
        return translate("ReceiverWords", "The receiver on this computer does not start.")
    if trouble.kind in (TroubleKind.PORT_IN_USE, TroubleKind.PORT_REFUSED):
        return translate(
            "ReceiverWords", "Others cannot reach this computer on port {port}."
        ).format(port=trouble.port)
    return translate("ReceiverWords", "Files cannot be stored in {folder}.").format(
        folder=trouble.folder
    )


def advice(trouble: Trouble) -> str:
    """Return why, what it means for the list, and what to do."""
    kept = translate("ReceiverWords", "Your list is kept, and goes on as soon as this is solved.")
    return f"{_reason(trouble)} {kept}"


def _reason(trouble: Trouble) -> str:
    texts = {
        TroubleKind.NOT_A_FOLDER: translate(
            "ReceiverWords", "It is not a folder. Choose another one."
        ),
        TroubleKind.NOT_WRITABLE: translate(
            "ReceiverWords",
            "Wherry is not allowed to write there. Choose another folder, or ask whoever looks "
            "after this computer for permission.",
        ),
        TroubleKind.DISK_FULL: translate(
            "ReceiverWords",
            "The disk is full. Make room there, or choose a folder on another disk.",
        ),
        TroubleKind.IN_USE: translate(
            "ReceiverWords",
            "Another receiver is already using this folder. Close the other one, or choose "
            "another folder.",
        ),
        TroubleKind.PORT_IN_USE: translate(
            "ReceiverWords",
            "Another program is using this port. Choose another one on the page Receive, for "
            "example {free}.",
        ).format(free=trouble.free_port),
        TroubleKind.PORT_REFUSED: translate(
            "ReceiverWords",
            "This computer keeps this port for itself. Choose one above 1023 on the page Receive.",
        ),
        TroubleKind.UNKNOWN: translate(
            "ReceiverWords",
            "It is tried again and again. Choosing another folder may help; if it does not, give "
            "the text under Details to whoever helps you.",
        ),
    }
    return texts[trouble.kind]
