"""Lets others send to this computer: makes the key for them, and the link that carries it.

The key is one of the receiver's own, made by its command line and kept in the keyring, so that the
link stays the same from run to run. It belongs to a folder, as the receiver's keys do. A key that
the receiver does not know any more is made anew, and the link with it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.addresses import own_addresses
from desktop.background import Background
from desktop.invitation import GUESTS, Invitation
from desktop.local_receiver import Terms, command, command_folder
from desktop.server_keys import KeyStore, KeyUnreadableError
from desktop.servers import link_of
from desktop.transfer.api import Api, Server
from desktop.transfer.errors import TransferError
from desktop.transfer.events import ProblemKind

_COMMAND_S = 60.0
_LOOK_MS = 5000
_log = logging.getLogger(__name__)


class Sharing(QObject):
    """Lives in the GUI thread; keys are made and looked for on another.

    Signals:
        changed: an `Invitation`; None while there is none.
        failed: there can be none; what the system says.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, keys: KeyStore, name: str, parent: QObject | None = None) -> None:
        """Take where keys are kept, and what this computer is called in the link."""
        super().__init__(parent)
        self._keys, self._name = keys, name
        self._background = Background("sharing", self)
        self._lock = threading.Lock()
        self._api: Api | None = None
        self._terms: Terms | None = None
        self._server: Server | None = None
        self._key = ""
        self._preferred = ""
        self._told: Invitation | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def invitation(self) -> Invitation | None:
        return self._told

    def begin(self, terms: Terms, server: Server) -> None:
        """The receiver takes files of others at these terms.

        Args:
            terms: that it works on.
            server: how this window reaches it.
        """
        self._terms, self._server, self._key = terms, server, ""
        self._ask(renew=False)

    def renew(self) -> None:
        """Make another key: links given out before do not work any more."""
        if self._server is not None:
            self._ask(renew=True)

    def _ask(self, *, renew: bool) -> None:
        terms, server = self._terms, self._server
        if terms is not None and server is not None:
            find = partial(self._find, terms, server, renew)
            self._background.run(find, partial(self._on_found, server))

    @Slot()
    def end(self) -> None:
        """Nobody else can send any more."""
        self._terms = self._server = None
        self._key = ""
        self._look.stop()
        self._tell(None)

    def stop(self) -> None:
        """Cut the line and wait for the thread."""
        self.end()
        with self._lock:
            if self._api is not None:
                self._api.cut()
        self._background.stop()

    @Slot(str)
    def prefer(self, address: str) -> None:
        """Put this one of the addresses into the link."""
        self._preferred = address
        self._on_look()

    def _find(self, terms: Terms, server: Server, renew: bool) -> str | OSError:
        """Return a key that the receiver knows; on the other thread."""
        place = _place(terms.folder)
        try:
            kept = "" if renew else self._keys.find(place)
        except KeyUnreadableError:
            kept = ""
        try:
            if kept and self._is_known(replace(server, key=kept)):
                return kept
            made = _make_key(terms.folder)
            self._keys.keep(place, made)
        except OSError as error:
            _log.exception("no key for others could be made")
            return error
        return made

    def _is_known(self, server: Server) -> bool:
        """Ask the receiver whether it knows the key; one that does not answer is no reason to
        make another."""
        with Api(server) as api:
            with self._lock:
                self._api = api
            try:
                api.status()
            except TransferError as error:
                return error.problem.kind is not ProblemKind.KEY_WRONG
            finally:
                with self._lock:
                    self._api = None
        return True

    def _on_found(self, server: Server, found: str | OSError) -> None:
        if server is not self._server:
            return
        if isinstance(found, OSError):
            self.failed.emit(found.strerror or str(found))
            return
        self._key = found
        self._look.start()
        self._on_look()

    @Slot()
    def _on_look(self) -> None:
        """The addresses change as networks come and go."""
        if self._server is not None and self._key:
            self._tell(self._invite(self._server, own_addresses()))

    def _invite(self, server: Server, addresses: tuple[str, ...]) -> Invitation:
        ordered = tuple(sorted(addresses, key=lambda one: one != self._preferred))
        if not ordered:
            return Invitation("", "", (), server.pin)
        url = f"https://{ordered[0]}:{urlsplit(server.url).port}"
        link = link_of(Server(url, url, self._key, self._name, server.pin))
        return Invitation(link, url, ordered, server.pin)

    def _tell(self, invitation: Invitation | None) -> None:
        if invitation != self._told:
            self._told = invitation
            self.changed.emit(invitation)


def _place(folder: Path) -> str:
    return f"link to {folder}"


def _make_key(folder: Path) -> str:
    """Have the receiver make the key for others; one made before stops working.

    Raises:
        OSError: it could not, with what it said.
    """
    try:
        return _run("key", "add", GUESTS, "--data", str(folder)).strip()
    except OSError:
        _run("key", "remove", GUESTS, "--data", str(folder))
    return _run("key", "add", GUESTS, "--data", str(folder)).strip()


def _run(*words: str) -> str:
    environment = {name: text for name, text in os.environ.items() if name != "WHERRY_KEY"}
    try:
        done = subprocess.run(
            command(*words),
            cwd=command_folder(),
            env=environment,
            capture_output=True,
            text=True,
            timeout=_COMMAND_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.CalledProcessError as error:
        raise OSError(str(error.stderr).strip() or str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise OSError(str(error)) from error
    return done.stdout
