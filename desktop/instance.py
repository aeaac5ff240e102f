"""One window at a time: a second start hands what it was given to the window that is open.

A request is one line of JSON, answered by one line; only the same user can reach the socket.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 5000
_LONGEST_ADDRESS = 90
"""Bytes of a socket's path that every system takes."""
_TAKEN = b"taken\n"
_TOKEN = "XDG_ACTIVATION_TOKEN"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What a start was given.

    Attributes:
        paths: files and folders for the list, absolute.
        link: a pairing link; empty for none.
        token: the desktop's leave to come to the front; empty where it gives none.
    """

    paths: tuple[Path, ...] = ()
    link: str = ""
    token: str = ""

    @classmethod
    def of(cls, paths: Sequence[Path], link: str) -> Request:
        """Make the request of this start; paths are those of its own working folder."""
        whole = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100
        return cls(whole, link, os.environ.get(_TOKEN, ""))

    def line(self) -> bytes:
        paths = [os.fsencode(path).hex() for path in self.paths]
        entry = {"paths": paths, "link": self.link, "token": self.token}
        return json.dumps(entry).encode() + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> Request:
        """Read what `line` wrote.

        Raises:
            ValueError: it is something else.
        """
        entry = json.loads(line)
        try:
            paths = [Path(os.fsdecode(bytes.fromhex(one))) for one in entry["paths"]]
            return cls(tuple(paths), str(entry["link"]), str(entry["token"]))
        except (KeyError, TypeError) as error:
            raise ValueError("not a request") from error


def address_of(file: Path) -> str:
    """Return where the window listens: the file, or a name made of it where that cannot be."""
    if sys.platform != "win32" and len(os.fsencode(file)) < _LONGEST_ADDRESS:
        return str(file)
    return "wherry-" + hashlib.sha256(os.fsencode(file)).hexdigest()[:24]


class Door(QObject):
    """What an open window listens at.

    Signals:
        knocked: the `Request` of a second start.
    """

    knocked = Signal(object)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        """Take the file that `hand_over` is given too."""
        super().__init__(parent)
        self.address = address_of(file)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def open(self) -> None:
        """Listen. Call it only while no other window can be open: a socket left over goes."""
        QLocalServer.removeServer(self.address)
        if not self._server.listen(self.address):
            _log.error("a second start will not find this window: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready_read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    @Slot()
    def _on_ready_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        try:
            request = Request.parse(bytes(socket.readLine().data()))
        except ValueError:
            _log.warning("something knocked that is no second start")
            socket.disconnectFromServer()
            return
        socket.write(_TAKEN)
        socket.disconnectFromServer()
        if request.token:
            os.environ[_TOKEN] = request.token
        self.knocked.emit(request)


def _is_ours(address: str) -> bool:
    """Tell whether what listens there was made by this user: paths and keys are for nobody else."""
    if sys.platform == "win32":
        return True
    try:
        return Path(QDir.tempPath(), address).stat().st_uid == os.getuid()
    except OSError:
        return False


def hand_over(file: Path, request: Request, patience_ms: int = PATIENCE_MS) -> bool:
    """Give a request to the window that is open; tells whether there is one that took it."""
    address = address_of(file)
    if not _is_ours(address):
        return False
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(patience_ms):
        return False
    socket.write(request.line())
    while socket.bytesToWrite():
        if not socket.waitForBytesWritten(patience_ms):
            return False
    while not socket.canReadLine():
        if not socket.waitForReadyRead(patience_ms):
            return False
    return bytes(socket.readLine().data()) == _TAKEN
