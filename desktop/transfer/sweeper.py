"""Drops on the server what was cancelled here; what the server does not hear of now, it does later.

The ledger remembers: an upload that was cancelled while the server was away is dropped when it is
back, also after a restart of the program.
"""

from __future__ import annotations

import logging
import threading
import time

from desktop.transfer.api import Api, Server
from desktop.transfer.backoff import Backoff
from desktop.transfer.board import Board
from desktop.transfer.errors import (
    AlreadyStoredError,
    TransferError,
    TryAgainError,
    UploadGoneError,
)
from desktop.transfer.events import State
from desktop.transfer.ledger import Deletion

_log = logging.getLogger(__name__)


class Sweeper:
    """A thread of its own: people do not wait for it."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._backoff = Backoff()
        self._refused_by: int | None = None
        self._seen: tuple[int, int] | None = None
        self._api: Api | None = None
        self._thread = threading.Thread(target=self._run, name="wherry-sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cut(self) -> None:
        """End what it has on the wire; from any thread."""
        api = self._api
        if api is not None:
            api.cut()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; tells whether it came."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def wait(self, timeout_s: float | None) -> bool:
        """Wait until nothing is left to do; see `Engine.await_drops`."""
        with self._board.condition:
            return self._board.condition.wait_for(self._is_done, timeout_s)

    def _is_done(self) -> bool:
        board, server = self._board, self._board.server
        refused = board.generation == self._refused_by
        return server is None or refused or not board.ledger.deletions(server.id)

    def _give_up(self, generation: int) -> None:
        """Ask nothing more of this server."""
        with self._board.condition:
            self._refused_by = generation
            self._board.condition.notify_all()

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                self._sweep(*work)
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("cancelled uploads are no longer dropped on the server")
            self._give_up(self._board.generation)

    def _next(self) -> tuple[Server, int, list[Deletion]] | None:
        board = self._board
        with board.condition:
            while not board.stopping:
                now = (board.generation, board.deletions)
                known = now == self._seen or board.generation == self._refused_by
                if board.server is not None and not known:
                    self._seen = now
                    found = board.ledger.deletions(board.server.id)
                    if found:
                        return board.server, board.generation, found
                board.condition.wait()
        return None

    def _sweep(self, server: Server, generation: int, deletions: list[Deletion]) -> None:
        with Api(server) as api:
            self._api = api
            try:
                for deletion in deletions:
                    if self._board.stopping:
                        return
                    self._delete(api, deletion)
                    self._backoff.reset()
            except TryAgainError as error:
                self._seen = None
                self._rest(error.retry_after_s or self._backoff.next_delay_s())
            except TransferError as error:
                _log.warning("%s does not let cancelled uploads be dropped: %s", server.name, error)
                self._give_up(generation)
            finally:
                self._api = None

    def _delete(self, api: Api, deletion: Deletion) -> None:
        try:
            api.delete(deletion.upload_id)
        except UploadGoneError:
            pass
        except AlreadyStoredError:
            self._stored_after_all(deletion)
        with self._board.condition:
            self._board.ledger.drop_deletion(deletion)
            self._board.condition.notify_all()

    def _stored_after_all(self, deletion: Deletion) -> None:
        """The file was whole before the order to cancel got there, and stays: say so."""
        with self._board.condition:
            for entry in self._board.get([deletion.transfer_id]):
                if entry.transfer.state is State.CANCELLED:
                    self._board.stored(entry, None)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        with self._board.condition:
            while not self._board.stopping and (left_s := until - time.monotonic()) > 0:
                self._board.condition.wait(left_s)
