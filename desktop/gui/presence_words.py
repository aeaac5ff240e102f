"""What notifications say."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.gui.words import isolated

translate = QCoreApplication.translate


def open_label() -> str:
    """Return the word for showing the window."""
    return translate("Notifications", "Open")


def list_over(stored: int, failed: int, server: str) -> tuple[str, str]:
    """Return headline and sentence for a list that does not move any more.

    Args:
        stored, failed: how many files since it began to.
        server: the name of where they went.
    """
    all_stored = translate("Notifications", "%Ln files are stored on {server}.", "", stored)
    all_stored = all_stored.format(server=isolated(server))
    if not failed:
        return translate("Notifications", "Everything is stored"), all_stored
    return (
        translate("Notifications", "%Ln files could not be sent", "", failed),
        (all_stored + " " if stored else "")
        + translate("Notifications", "Open Wherry to see why, and what to do."),
    )
