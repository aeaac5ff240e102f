"""Runs the dialogs for servers: asks what they want asked, and saves what they want saved."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.destination import named
from desktop.destinations import Destinations
from desktop.examination import Examination
from desktop.gui.add_server_dialog import AddServerDialog
from desktop.gui.diagnosis_dialog import DiagnosisDialog
from desktop.gui.servers_dialog import ServersDialog
from desktop.gui.totals import Totals
from desktop.gui.words import QtWords
from desktop.messages import explain
from desktop.server_check import Finding, ServerCheck
from desktop.server_keys import Kept
from desktop.servers import parse_server
from desktop.transfer.api import Server

_HERE = ("127.0.0.1", "::1", "localhost")


class ServerDialogs(QObject):
    """Lives as long as the window; one dialog for adding at a time."""

    def __init__(
        self, destinations: Destinations, words: QtWords, window: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._destinations, self._words, self._window = destinations, words, window
        self._check = ServerCheck(self)
        self._check.done.connect(self._on_checked)
        self._examination = Examination(self)
        self._waiting: Counter[str] = Counter()
        self._dialog: AddServerDialog | None = None
        self._server: Server | None = None
        destinations.added.connect(self._on_added)
        destinations.not_saved.connect(self._on_not_saved)

    def stop(self) -> None:
        self._check.stop()
        self._examination.stop()

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        self._waiting = totals.running_to

    @Slot()
    def on_add_wanted(self) -> None:
        self.open_with("")

    @Slot(str)
    def open_with(self, place: str) -> None:
        """Open the dialog for adding with a link or address in it; an open one takes it over."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
            self._dialog.open()
        self._dialog.activateWindow()
        if place:
            self._dialog.fill(place)

    def _make_dialog(self) -> AddServerDialog:
        dialog = AddServerDialog(self._words, self._window)
        dialog.check_wanted.connect(self._on_check_wanted)
        dialog.check_unwanted.connect(self._on_check_unwanted)
        dialog.save_wanted.connect(self._on_save_wanted)
        dialog.finished.connect(self._on_finished)
        return dialog

    @Slot()
    def on_edit_wanted(self) -> None:
        dialog = ServersDialog(self._waiting, self._window)
        dialog.on_listed(self._destinations.all)
        self._destinations.listed.connect(dialog.on_listed)
        # Queued: the list is filled anew by it, which it must not be while it ends an edit.
        dialog.renamed.connect(self._destinations.rename, Qt.ConnectionType.QueuedConnection)
        dialog.removed.connect(self._destinations.remove)
        dialog.check_wanted.connect(self.on_diagnosis_wanted)
        dialog.open()

    @Slot(str)
    def on_diagnosis_wanted(self, server_id: str) -> None:
        """Look at the way to a server, and show what is found."""
        found = (one for one in self._window.findChildren(QDialog) if one.isVisible())
        parent = next(found, self._window)
        name = named(server_id, self._destinations.all)
        dialog = DiagnosisDialog(name, self._words, parent)
        find_server = self._destinations.finder(server_id)
        dialog.wanted.connect(partial(self._examination.start, find_server))
        dialog.unwanted.connect(self._examination.cancel)
        self._examination.found.connect(dialog.on_found)
        self._examination.ended.connect(dialog.on_ended)
        dialog.open()
        dialog.begin()

    @Slot(str, str)
    def _on_check_wanted(self, place: str, key: str) -> None:
        try:
            self._server = parse_server(place, key)
        except ValueError:
            self._server = None
            if self._dialog is not None:
                self._dialog.show_unreadable()
            return
        self._check.ask(self._server)

    @Slot()
    def _on_check_unwanted(self) -> None:
        self._server = None
        self._check.cancel()

    @Slot(object)
    def _on_checked(self, finding: Finding) -> None:
        if self._dialog is None:
            return
        name = finding.server.name
        if finding.problem is not None:
            told = explain(finding.problem, self._words)
            self._dialog.show_problem(name, told, passing=finding.passing)
        elif finding.status is not None:
            disk = finding.status.disk
            name = finding.status.name or name
            free = max(0, disk.free_bytes - disk.promised_bytes)
            self._dialog.show_found(name, free, encrypted=_is_private(finding.server))

    @Slot(str)
    def _on_save_wanted(self, name: str) -> None:
        if self._server is not None:
            named = dataclasses.replace(self._server, name=name or self._server.name)
            self._destinations.add(named)

    @Slot(object, object)
    def _on_added(self, _server_id: str, kept: Kept | None) -> None:
        if self._dialog is None:
            return
        if kept is Kept.KEYRING:
            self._dialog.accept()
        elif kept is Kept.FILE:
            self._dialog.show_key_in_file()
        else:
            self._dialog.show_key_not_kept()

    @Slot(object)
    def _on_not_saved(self, reason: str) -> None:
        if self._dialog is not None:
            self._dialog.show_not_saved(reason)

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None
        self._check.cancel()


def _is_private(server: Server) -> bool:
    """Tell whether nobody on the network can read along."""
    parts = urlsplit(server.url)
    return parts.scheme == "https" or parts.hostname in _HERE
