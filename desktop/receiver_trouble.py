"""Why the built-in receiver cannot start, found out by looking at its folder and its port."""

from __future__ import annotations

import errno
import socket
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

_HIDDEN = ".wherry"
_LOCK = "lock"
_LAST_RESERVED, _LAST_PORT, _NEAR = 1023, 65535, 20
_USUAL = range(5151, 5251)
_FULL = (errno.ENOSPC, errno.EDQUOT)


class TroubleKind(StrEnum):
    """What is wrong, for the words in desktop/gui/receiver_words.py."""

    NOT_A_FOLDER = "not_a_folder"
    NOT_WRITABLE = "not_writable"
    DISK_FULL = "disk_full"
    IN_USE = "in_use"
    """Another receiver works in the folder."""
    PORT_IN_USE = "port_in_use"
    PORT_REFUSED = "port_refused"
    """The system lets nobody of this user listen there."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why it cannot start.

    Attributes:
        kind: what to say.
        folder: the folder that it was to work in.
        detail: its last words, for Details.
        port: that it was to listen on; 0 for any that is free.
        free_port: another one, where the port is what is wrong; else 0.
    """

    kind: TroubleKind
    folder: Path
    detail: str = ""
    port: int = 0
    free_port: int = 0


def trouble_of(folder: Path, detail: str, port: int = 0) -> Trouble:
    """Find out why a receiver that has just ended could not work in a folder, on a port."""
    kind = _kind_of(folder) or _kind_of_port(port) or TroubleKind.UNKNOWN
    is_port = kind in (TroubleKind.PORT_IN_USE, TroubleKind.PORT_REFUSED)
    return Trouble(kind, folder, detail, port, _free_port_above(port) if is_port else 0)


def _free_port_above(port: int) -> int:
    """Return one that anybody may use, near by if there is one."""
    near = range(max(port, _LAST_RESERVED) + 1, min(port + _NEAR, _LAST_PORT) + 1)
    free = (one for one in (*near, *_USUAL) if _kind_of_port(one) is None)
    return next(free, 0)


def _kind_of_port(port: int) -> TroubleKind | None:
    """Return what is wrong with a port; None where nothing is."""
    try:
        with socket.create_server(("", port)):
            return None
    except PermissionError:
        return TroubleKind.PORT_REFUSED
    except OSError:
        return TroubleKind.PORT_IN_USE


def _kind_of(folder: Path) -> TroubleKind | None:
    try:
        hidden = folder / _HIDDEN
        existing = next(one for one in (hidden, *hidden.parents) if one.exists())
        if not existing.is_dir():
            return TroubleKind.NOT_A_FOLDER
        with tempfile.TemporaryFile(dir=existing):
            pass
        return TroubleKind.IN_USE if _is_locked(hidden / _LOCK) else None
    except NotADirectoryError:
        return TroubleKind.NOT_A_FOLDER
    except OSError as error:
        return TroubleKind.DISK_FULL if error.errno in _FULL else TroubleKind.NOT_WRITABLE


def _is_locked(file: Path) -> bool:
    if not file.exists():
        return False
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
