"""The English texts of messages.py: for each problem what happened, what it means, what to do.

Sentences with {placeholders}; the source of all translations. Names of machines stand first in some
of them, sizes and times come formatted.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.transfer.events import ProblemKind, State


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name lupdate looks for
    """Mark a text for Qt's lupdate; returns it as it is."""
    del context
    return text


SERVER = QT_TRANSLATE_NOOP("Messages", "the server")
NOW = QT_TRANSLATE_NOOP("Messages", "It tries again now.")
SOON = QT_TRANSLATE_NOOP("Messages", "It tries again in {retry}.")

EXPLANATIONS: Mapping[ProblemKind, tuple[tuple[str, str, str], ...]] = {
    ProblemKind.UNREACHABLE: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} cannot be reached."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "What has been stored there stays; the file goes on from there by itself.",
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Check that this computer is on the network and that the receiver is running.",
            ),
        ),
    ),
    ProblemKind.NOT_WHERRY: (
        (
            QT_TRANSLATE_NOOP(
                "Messages", "Something answers in place of {where}, but not a Wherry receiver."
            ),
            QT_TRANSLATE_NOOP(
                "Messages", "Nothing is sent until the receiver itself answers again."
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Check the address, and whether this network asks you to sign in first.",
            ),
        ),
    ),
    ProblemKind.CERTIFICATE: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} does not prove that it is {where}."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing was sent: somebody may be listening in between, or the server was set up "
                "anew.",
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Ask whoever runs the receiver for a new link, and send by that one.",
            ),
        ),
    ),
    ProblemKind.KEY_MISSING: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} asks for a key."),
            QT_TRANSLATE_NOOP("Messages", "The file is not sent without one."),
            QT_TRANSLATE_NOOP(
                "Messages", "Ask whoever runs the receiver for a key, enter it, and try again."
            ),
        ),
    ),
    ProblemKind.KEY_WRONG: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} does not accept the key."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "The file is not sent; what was stored of it before is kept for a while.",
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Ask whoever runs the receiver for a valid key, enter it, and try again.",
            ),
        ),
    ),
    ProblemKind.TOO_MANY_TRIES: (
        (
            QT_TRANSLATE_NOOP(
                "Messages", "{where} was given a wrong key too often from this computer."
            ),
            QT_TRANSLATE_NOOP("Messages", "It listens again after a while; the file waits."),
            QT_TRANSLATE_NOOP("Messages", "Check the key of this server meanwhile."),
        ),
    ),
    ProblemKind.NO_SPACE: (
        (
            QT_TRANSLATE_NOOP("Messages", "Not enough space on {where}."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "This file needs {needed}; {free} is free there, and {promised} of that is "
                "promised to other uploads. It goes on by itself when there is room.",
            ),
            QT_TRANSLATE_NOOP("Messages", "Delete something there, or take files off the list."),
        ),
        (
            QT_TRANSLATE_NOOP("Messages", "Not enough space on {where}."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "This file needs {needed}; {free} is free there. "
                "It goes on by itself when there is room.",
            ),
            QT_TRANSLATE_NOOP("Messages", "Delete something there, or take files off the list."),
        ),
        (
            QT_TRANSLATE_NOOP("Messages", "Not enough space on {where}."),
            QT_TRANSLATE_NOOP("Messages", "The file goes on by itself when there is room."),
            QT_TRANSLATE_NOOP("Messages", "Delete something there, or take files off the list."),
        ),
    ),
    ProblemKind.TOO_LARGE: (
        (
            QT_TRANSLATE_NOOP("Messages", "The file is larger than {where} takes."),
            QT_TRANSLATE_NOOP(
                "Messages", "It has {needed}, and at most {limit} is taken there. It is not sent."
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Ask whoever runs the receiver to allow larger files, or send it elsewhere.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Messages", "The file is larger than {where} takes."),
            QT_TRANSLATE_NOOP("Messages", "It is not sent."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Ask whoever runs the receiver to allow larger files, or send it elsewhere.",
            ),
        ),
    ),
    ProblemKind.LOW_MEMORY: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} is short of memory."),
            QT_TRANSLATE_NOOP(
                "Messages", "The file waits and goes on by itself; what is stored stays."
            ),
            QT_TRANSLATE_NOOP("Messages", "If it lasts, close other programs on that machine."),
        ),
    ),
    ProblemKind.BUSY: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} is busy with other uploads."),
            QT_TRANSLATE_NOOP(
                "Messages", "The file waits and goes on by itself; what is stored stays."
            ),
            QT_TRANSLATE_NOOP("Messages", "There is nothing to do but wait."),
        ),
    ),
    ProblemKind.PROXY: (
        (
            QT_TRANSLATE_NOOP(
                "Messages", "Something between this computer and {where} does not let the file by."
            ),
            QT_TRANSLATE_NOOP(
                "Messages", "It is tried again in smaller parts; what is stored stays."
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "If it lasts, show the details to whoever runs the server or the network.",
            ),
        ),
    ),
    ProblemKind.UPLOAD_GONE: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} no longer has the beginning of the file."),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It was away for too long, or was removed there. All of it is sent anew.",
            ),
            QT_TRANSLATE_NOOP("Messages", "There is nothing to do."),
        ),
    ),
    ProblemKind.STORE_FAILED: (
        (
            QT_TRANSLATE_NOOP("Messages", "{where} could not write the file to its disk."),
            QT_TRANSLATE_NOOP("Messages", "The file is not stored; what was accepted is kept."),
            QT_TRANSLATE_NOOP(
                "Messages", "Have the disk of that machine looked at, then try again."
            ),
        ),
    ),
    ProblemKind.DIGEST_MISMATCH: (
        (
            QT_TRANSLATE_NOOP("Messages", "The file was damaged on its way to {where}."),
            QT_TRANSLATE_NOOP(
                "Messages", "What lies there is not this file, and does not count as stored."
            ),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Try again. If it happens again, check disk and memory of both machines.",
            ),
        ),
    ),
    ProblemKind.NO_PERMISSION: (
        (
            QT_TRANSLATE_NOOP("Messages", "You are not allowed to read this file."),
            QT_TRANSLATE_NOOP("Messages", "It is not sent."),
            QT_TRANSLATE_NOOP(
                "Messages", "Change its permissions, or ask its owner, then add it again."
            ),
        ),
    ),
    ProblemKind.FILE_VANISHED: (
        (
            QT_TRANSLATE_NOOP("Messages", "The file is no longer there."),
            QT_TRANSLATE_NOOP("Messages", "It was moved, renamed or deleted, and is not sent."),
            QT_TRANSLATE_NOOP(
                "Messages", "Put it back and try again, or add it from where it is now."
            ),
        ),
    ),
    ProblemKind.FILE_CHANGED: (
        (
            QT_TRANSLATE_NOOP("Messages", "The file keeps changing while it is being sent."),
            QT_TRANSLATE_NOOP(
                "Messages", "Parts of different versions are never mixed, so it is not stored."
            ),
            QT_TRANSLATE_NOOP(
                "Messages", "Wait until the program that writes it is done, then try again."
            ),
        ),
    ),
    ProblemKind.READ_FAILED: (
        (
            QT_TRANSLATE_NOOP("Messages", "The file cannot be read."),
            QT_TRANSLATE_NOOP(
                "Messages", "The disk or network folder it lies on gave an error. It is not sent."
            ),
            QT_TRANSLATE_NOOP("Messages", "Check that disk on this computer, then try again."),
        ),
    ),
    ProblemKind.NOT_A_FILE: (
        (
            QT_TRANSLATE_NOOP("Messages", "This is neither a file nor a folder."),
            QT_TRANSLATE_NOOP(
                "Messages", "Devices, pipes and links to folders inside a folder are not sent."
            ),
            QT_TRANSLATE_NOOP("Messages", "Add the file or folder that is meant itself."),
        ),
    ),
    ProblemKind.BUG: (
        (
            QT_TRANSLATE_NOOP("Messages", "Wherry has made a mistake."),
            QT_TRANSLATE_NOOP("Messages", "The file is not stored."),
            QT_TRANSLATE_NOOP(
                "Messages", "Try again. If it fails again, report it with the details."
            ),
        ),
    ),
}
"""For each kind one or more wordings: the first whose numbers are all known is taken."""

STATES: Mapping[State, tuple[str, ...]] = {
    State.WAITING: (
        QT_TRANSLATE_NOOP("Messages", "Waiting its turn, goes on at {percent} %"),
        QT_TRANSLATE_NOOP("Messages", "Waiting its turn"),
    ),
    State.CHECKING: (
        QT_TRANSLATE_NOOP("Messages", "Goes on at {percent} %"),
        QT_TRANSLATE_NOOP("Messages", "Checking space"),
    ),
    State.UPLOADING: (
        QT_TRANSLATE_NOOP("Messages", "Uploading, went on at {resumed} %"),
        QT_TRANSLATE_NOOP("Messages", "Uploading"),
    ),
    State.PAUSED: (
        QT_TRANSLATE_NOOP("Messages", "Paused at {percent} %"),
        QT_TRANSLATE_NOOP("Messages", "Paused"),
    ),
    State.WAITING_NETWORK: (
        QT_TRANSLATE_NOOP("Messages", "Waiting for the network, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "Waiting for the network, trying again now"),
    ),
    State.WAITING_SPACE: (
        QT_TRANSLATE_NOOP("Messages", "Waiting for space on {where}: {missing} more is needed"),
        QT_TRANSLATE_NOOP("Messages", "Waiting for space on {where}"),
    ),
    State.WAITING_SERVER: (
        QT_TRANSLATE_NOOP("Messages", "{where} is busy, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "{where} is busy, trying again now"),
    ),
    State.VERIFYING: (QT_TRANSLATE_NOOP("Messages", "Verifying"),),
    State.STORED: (
        QT_TRANSLATE_NOOP("Messages", "Stored as {stored_name}"),
        QT_TRANSLATE_NOOP("Messages", "Stored"),
    ),
    State.FAILED: (QT_TRANSLATE_NOOP("Messages", "Failed"),),
    State.CANCELLED: (QT_TRANSLATE_NOOP("Messages", "Cancelled"),),
}

ELSEWHERE = (
    QT_TRANSLATE_NOOP("Messages", "Waits at {percent} % until you choose {server} again"),
    QT_TRANSLATE_NOOP("Messages", "Waits until you choose {server} again"),
)
"""What is said of an unfinished transfer to another server than the one in use."""

ALREADY_STORED = (
    QT_TRANSLATE_NOOP("Messages", "Already stored as {stored_name}"),
    QT_TRANSLATE_NOOP("Messages", "Already stored"),
)

NOTES: Mapping[ProblemKind, tuple[str, ...]] = {
    ProblemKind.FILE_CHANGED: (
        QT_TRANSLATE_NOOP("Messages", "The file has changed and is sent anew"),
    ),
    ProblemKind.UPLOAD_GONE: (
        QT_TRANSLATE_NOOP("Messages", "{where} no longer has the beginning; all is sent anew"),
    ),
    ProblemKind.DIGEST_MISMATCH: (
        QT_TRANSLATE_NOOP("Messages", "The file was damaged on its way and is sent anew"),
    ),
    ProblemKind.NOT_WHERRY: (
        QT_TRANSLATE_NOOP("Messages", "Not a Wherry receiver, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "Not a Wherry receiver, trying again now"),
    ),
    ProblemKind.PROXY: (
        QT_TRANSLATE_NOOP("Messages", "Held up on the way to {where}, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "Held up on the way to {where}, trying again now"),
    ),
    ProblemKind.LOW_MEMORY: (
        QT_TRANSLATE_NOOP("Messages", "{where} is short of memory, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "{where} is short of memory, trying again now"),
    ),
    ProblemKind.STORE_FAILED: (
        QT_TRANSLATE_NOOP("Messages", "{where} could not write, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "{where} could not write, trying again now"),
    ),
    ProblemKind.TOO_MANY_TRIES: (
        QT_TRANSLATE_NOOP("Messages", "{where} had too many wrong keys, trying again in {retry}"),
        QT_TRANSLATE_NOOP("Messages", "{where} had too many wrong keys, trying again now"),
    ),
}
"""What is said of a transfer that goes on or waits, where the state alone does not say it."""
