"""Which server files go to: keeps the choice and the saved servers, and finds their keys.

The one who is used changes in three steps: `chosen` tells whose name to show, `used` with None
that nobody is sent to for the moment, and `used` with a `Server` as soon as its key is read or its
process is ready. What is added in between goes to the one that was chosen.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.background import Background
from desktop.destination import LOCAL_ID, Destination, address_of
from desktop.paths import Places
from desktop.sample import Sample
from desktop.server_keys import Kept, KeyStore, KeyUnreadableError
from desktop.servers import SavedServer, SavedServers
from desktop.settings import Settings
from desktop.transfer.api import Server

_log = logging.getLogger(__name__)


class Destinations(QObject):
    """Lives in the GUI thread; keys are read and written on another.

    Signals:
        listed: a tuple of `Destination`, whenever one comes, goes or changes its name.
        chosen: the `Destination` whose name is to be shown.
        used: the `Server` to send to from now on; None for nobody.
        local_wanted: the receiver on this computer is to run.
        key_unreadable: the `Destination` whose key cannot be read.
        added: the id of a server that has just been saved, and where its key is: a `Kept`.
        not_saved: why the list of servers could not be written, as the system says it.
    """

    listed = Signal(object)
    chosen = Signal(object)
    used = Signal(object)
    local_wanted = Signal()
    key_unreadable = Signal(object)
    added = Signal(object, object)
    not_saved = Signal(object)

    def __init__(
        self,
        places: Places,
        settings: Settings,
        to: Server | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take where servers and keys are kept.

        Args:
            to: a server to send to in this run of the program, saved or not.
        """
        super().__init__(parent)
        self._settings, self._to = settings, to
        self._saved = SavedServers(places.servers)
        self._keys = KeyStore(places.server_keys)
        self._background = Background("server keys", self)
        self._local: Server | None = None
        self._server: Server | None = None
        self._current = self._at_first()

    @property
    def current(self) -> Destination:
        return self._current

    @property
    def all(self) -> tuple[Destination, ...]:
        """Return all there are: this computer first, then one of this run, then the saved ones."""
        saved = [_of(server) for server in self._saved.all if not self._is_given(server.id)]
        return (self._here(), *self._given(), *saved)

    def _here(self) -> Destination:
        return Destination(LOCAL_ID, self.tr("this computer"), self.tr("This computer"))

    def _given(self) -> tuple[Destination, ...]:
        if self._to is None:
            return ()
        name = self._to.name
        saved = self._saved.get(self._to.id) is not None
        return (Destination(self._to.id, name, name, address_of(self._to.url), saved),)

    def _is_given(self, server_id: str) -> bool:
        return self._to is not None and self._to.id == server_id

    def _at_first(self) -> Destination:
        return self._to_id(self._settings.server() if self._to is None else self._to.id)

    def _to_id(self, server_id: str) -> Destination:
        return next((one for one in self.all if one.id == server_id), self._here())

    def begin(self) -> None:
        """Tell what there is, and use what was chosen the last time."""
        self.listed.emit(self.all)
        self._turn_to(self._current)

    def stop(self) -> None:
        self._background.stop()

    @Slot(str)
    def choose(self, server_id: str) -> None:
        """Send to this server from now on, and remember it."""
        wanted = self._to_id(server_id)
        if wanted.id == self._current.id and self._server is not None:
            return
        if not self._is_given(wanted.id):
            self._settings.set_server(wanted.id)
            self._settings.save()
        self._turn_to(wanted)

    def _turn_to(self, wanted: Destination) -> None:
        self._current = wanted
        self.chosen.emit(wanted)
        if wanted.local:
            self._use(self._local)
            self.local_wanted.emit()
        elif self._is_given(wanted.id):
            self._use(self._to)
        else:
            self._use(None)
            self._background.run(partial(self._find, wanted.id), partial(self._on_found, wanted.id))

    def _use(self, server: Server | None) -> None:
        self._server = server
        self.used.emit(server)

    def _find(self, server_id: str) -> str | None:
        """Return the key, None where it cannot be read; on the other thread."""
        try:
            return self._keys.find(server_id)
        except KeyUnreadableError:
            return None

    def _on_found(self, server_id: str, key: str | None) -> None:
        saved = self._saved.get(server_id)
        if saved is None or server_id != self._current.id or self._server is not None:
            return
        if key is None:
            self.key_unreadable.emit(self._current)
        else:
            self._use(saved.with_key(key))

    @Slot(object)
    def on_local_ready(self, server: Server) -> None:
        """The receiver on this computer runs, perhaps at another address than before."""
        self._local = server
        if self._current.local:
            self._use(server)

    @Slot()
    def on_local_gone(self) -> None:
        """The receiver on this computer was turned off, or is to store elsewhere from now on."""
        self._local = None
        if self._current.local:
            self._use(None)

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        """Call a server that nobody has named what it calls itself."""
        name, given = sample.status.name, self._to
        if given is None or not name or name == given.name or given.id != self._current.id:
            return
        if self._saved.get(given.id) is None:
            self._to = dataclasses.replace(given, name=name)
            self._tell_names()

    def _tell_names(self) -> None:
        self._current = self._to_id(self._current.id)
        self.listed.emit(self.all)
        self.chosen.emit(self._current)

    def add(self, server: Server) -> None:
        """Save a server with its key, and send to it from now on."""
        try:
            saved = self._saved.save(SavedServer.of(server))
        except OSError as error:
            self._tell_not_saved(error)
            return
        if self._is_given(saved.id):
            self._to = None
        keep = partial(self._keep, saved.id, server.key)
        self._background.run(keep, partial(self._on_kept, saved.with_key(server.key)))

    def _keep(self, server_id: str, key: str) -> Kept | None:
        try:
            return self._keys.keep(server_id, key)
        except OSError:
            _log.exception("the key of %s cannot be kept", server_id)
            return None

    def _on_kept(self, server: Server, kept: Kept | None) -> None:
        self._settings.set_server(server.id)
        self._settings.save()
        self.listed.emit(self.all)
        self._current = self._to_id(server.id)
        self.chosen.emit(self._current)
        self._use(server)
        self.added.emit(server.id, kept)

    def finder(self, server_id: str) -> Callable[[], Server | None]:
        """Return what finds a server with its key, to be called on another thread; None: it cannot.

        Args:
            server_id: of any server that files are or were sent to.
        """
        known = {one.id: one for one in (self._local, self._to) if one is not None}
        saved = self._saved.get(server_id)
        if server_id in known or saved is None:
            return partial(known.get, server_id)

        def find() -> Server | None:
            key = self._find(server_id)
            return None if key is None else saved.with_key(key)

        return find

    @Slot(str, str)
    def rename(self, server_id: str, name: str) -> None:
        try:
            renamed = self._saved.rename(server_id, name)
        except OSError as error:
            self._tell_not_saved(error)
            return
        if renamed is None:
            return
        if self._to is not None and self._is_given(server_id):
            self._to = dataclasses.replace(self._to, name=renamed.name)
        self._tell_names()
        if self._current.id == server_id and self._server is not None:
            self._use(dataclasses.replace(self._server, name=renamed.name))

    @Slot(str)
    def remove(self, server_id: str) -> None:
        """Take a server and its key off the list; files that wait for it stay on theirs."""
        try:
            self._saved.remove(server_id)
        except OSError as error:
            self._tell_not_saved(error)
            return
        if self._is_given(server_id):
            self._to = None
        self._background.run(partial(self._forget, server_id), self._on_forgotten)
        self.listed.emit(self.all)
        if self._current.id == server_id:
            self.choose(LOCAL_ID)

    def _forget(self, server_id: str) -> None:
        try:
            self._keys.forget(server_id)
        except OSError:
            _log.exception("the key of %s cannot be dropped", server_id)

    def _on_forgotten(self, _answer: None) -> None:
        """Nobody waits for it."""

    def _tell_not_saved(self, error: OSError) -> None:
        _log.error("the list of servers cannot be written: %s", error)
        self.listed.emit(self.all)
        self.not_saved.emit(error.strerror or str(error))


def _of(server: SavedServer) -> Destination:
    return Destination(server.id, server.name, server.name, address_of(server.url), saved=True)
