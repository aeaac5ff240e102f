"""Which uploads there are: the unfinished ones, who holds them, and what may be told of them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from receiver.admission import Admission
from receiver.digests import WholeDigest
from receiver.errors import ReceiverError
from receiver.history import History, Receipt
from receiver.locks import UploadLocks
from receiver.protocol import Code, UploadState
from receiver.space import DiskSpace
from receiver.store import UploadInfo, UploadStore
from receiver.upload import Creation, Live, View

SILENT_S = 1.0
REPEATED_AFTER_S = 5.0
EXPIRED_REMEMBERED = 10_000
_log = logging.getLogger(__name__)


def cannot_stop() -> None:
    """Let a short piece of work come to its own end; for `Registry.hold`."""


class Registry:
    """The unfinished uploads of one receiver, and the way to the stored ones.

    Args:
        store: keeps the bytes.
        space: keeps the promises of disk.
        admission: keeps the memory budget.
        history: keeps the receipts.
    """

    def __init__(
        self, store: UploadStore, space: DiskSpace, admission: Admission, history: History
    ) -> None:
        self._store = store
        self._space = space
        self._admission = admission
        self._history = history
        self._locks = UploadLocks()
        self._live: dict[str, Live] = {}
        self._live_lock = threading.Lock()
        self._expired: deque[str] = deque(maxlen=EXPIRED_REMEMBERED)
        self._unlisted: set[str] = set()

    def hold(self, upload_id: str, let_go: Callable[[], None]) -> AbstractContextManager[None]:
        """Be the only one at work on an upload; see `UploadLocks.hold`."""
        return self._locks.hold(upload_id, let_go)

    def add(self, live: Live) -> None:
        """Note an upload that has begun."""
        with self._live_lock:
            self._live[live.info.id] = live

    def find(self, upload_id: str) -> Live | None:
        """Return an unfinished upload; None when it is stored or not known."""
        return self._live.get(upload_id)

    def running(self) -> list[Live]:
        """Return the unfinished uploads, oldest first."""
        with self._live_lock:
            return sorted(self._live.values(), key=lambda live: live.info.started)

    def begun(self, wanted: Creation) -> Live | None:
        """Return the upload that an earlier try of the same creation has begun."""
        same = (wanted.metadata, wanted.size_bytes, wanted.sender, wanted.concat)
        for live in self.running():
            info = live.info
            if (info.metadata, info.size_bytes, info.sender, info.concat) == same:
                return live
        return None

    def drop_repeated(self) -> None:
        """Drop what waits although its sender has sent the same transfer once more, and whole.

        One that was restarted may not know that a creation of its had got through.
        """
        for live in self.running():
            info = live.info
            if live.silent_s > REPEATED_AFTER_S and self._history.has_transfer(info):
                with suppress(ReceiverError), self.hold(info.id, cannot_stop):
                    self.drop(info.id)
                    _log.info("upload %s came another way and is removed", info.id)

    def files(self) -> list[tuple[Live, ...]]:
        """Return the unfinished uploads, oldest first, each followed by the parts placed in it."""
        running = self.running()
        found = {live.info.id: [live] for live in running if live.info.place is None}
        for live in running:
            if live.info.place is not None and live.info.place.upload_id in found:
                found[live.info.place.upload_id].append(live)
        return [tuple(one) for one in found.values()]

    def view(self, upload_id: str) -> View:
        """Tell how far an upload is.

        Raises:
            ReceiverError: `upload_unknown`, `upload_expired`.
        """
        live = self._live.get(upload_id)
        if live is not None:
            return View.of_live(live)
        receipt = self._history.find(upload_id)
        if receipt is None:
            gone = upload_id in self._expired
            raise ReceiverError(Code.UPLOAD_EXPIRED if gone else Code.UPLOAD_UNKNOWN, upload_id)
        return View.of_receipt(receipt)

    def settle(self, upload_id: str, at_once: bool = False) -> None:
        """Make a sender whose line has been silent for a second let go, so the offset is final.

        Args:
            upload_id: which upload.
            at_once: any sender, silent or not.

        Raises:
            ReceiverError: `upload_locked`.
        """
        live = self._live.get(upload_id)
        if live is None or live.state is not UploadState.RECEIVING:
            return
        if at_once or live.silent_s > SILENT_S:
            with self.hold(upload_id, cannot_stop):
                pass

    def stored(self, info: UploadInfo, blake3: bytes) -> None:
        """Note that an upload stands under its final name: receipt written, promise freed."""
        receipt = Receipt.of(info, blake3, time.time())
        listed = self._history.stored(receipt)
        with self._live_lock:
            self._live.pop(info.id, None)
        self._space.release(info.id)
        if listed:
            self._store.forget(info.id)
        else:  # its record brings the receipt back after the next start
            self._unlisted.add(info.id)

    def drop(self, upload_id: str) -> None:
        """Remove an unfinished upload, its bytes and promises, and the parts placed in it.

        Raises:
            OSError: the disk keeps it, and so it is there as before.
        """
        with self._live_lock:
            gone = [one for one in self._live.values() if one.info.belongs_to(upload_id)]
        for live in sorted(gone, key=lambda one: one.info.place is None):
            whole = self._live.get(live.info.place.upload_id) if live.info.place else None
            if whole is not None:
                whole.digest = WholeDigest(whole.info.digests)
            self._store.delete(live.info.id)
            with self._live_lock:
                self._live.pop(live.info.id, None)
            self._space.release(live.info.id)
            self._admission.release(live.info.id)

    def tidy(self) -> None:
        """Remove what is over, and could not be removed when it ended.

        Raises:
            OSError: the disk still keeps a part of a file that is stored.
        """
        for live in self.running():
            if live.info.place is not None and live.info.place.upload_id not in self._live:
                self.drop(live.info.id)
        unlisted = tuple(self._unlisted)
        if unlisted and self._history.add():
            for upload_id in unlisted:
                self._store.forget(upload_id)
            self._unlisted.difference_update(unlisted)
        self._store.tidy()

    def recover(self) -> list[str]:
        """Bring back what a stop or a crash left; returns the ids."""
        for info in self._store.unfinished():
            if self._history.find(info.id) is not None:
                self._store.forget(info.id)
                continue
            offset = self._store.offset(info)
            live = Live(info, offset, offset, WholeDigest(info.digests))
            live.touched -= max(0.0, time.time() - self._store.touched(info.id))
            self._live[info.id] = live
            self._space.restore(info.id, live.promised_bytes)
            if info.at_once and not live.to_be_stored:
                self.drop(info.id)
        self.tidy()
        return [live.info.id for live in self.running()]

    def expire(self, silent_s: float) -> None:
        """Drop unfinished uploads that got no byte for so many seconds."""
        for live in self.running():
            upload_id = live.info.id
            if live.to_be_stored or live.silent_s <= silent_s:
                continue
            with suppress(ReceiverError), self.hold(upload_id, cannot_stop):
                if upload_id in self._live and live.silent_s > silent_s:
                    self.drop(upload_id)
                    self._expired.append(upload_id)
                    _log.info("upload %s was given up by its sender and is removed", upload_id)
