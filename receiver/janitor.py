"""After a start, brings unfinished uploads and the list of files up to date; later, removes
abandoned uploads.

What is all there but could not be stored is tried again.
"""

from __future__ import annotations

import logging
import threading
import time

from receiver.history import History
from receiver.protocol import UploadState
from receiver.uploads import Uploads

LOOKS_EVERY_S = 60.0
_log = logging.getLogger(__name__)


class Janitor:
    """Works on a thread of its own.

    Args:
        uploads, history: what it looks after.
        recovered: ids of uploads that a stop or crash left unfinished.
        expire_after_s: seconds without a byte after which an upload is removed.
    """

    def __init__(
        self, uploads: Uploads, history: History, recovered: list[str], expire_after_s: float
    ) -> None:
        self._began = time.time()
        self._uploads = uploads
        self._history = history
        self._recovered = recovered
        self._expire_after_s = expire_after_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="janitor")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        self._expire()
        for upload_id in self._recovered:
            self._catch_up(upload_id)
        self._list_files()
        while not self._ended.wait(LOOKS_EVERY_S):
            self._expire()
            self._store_whole()

    def _store_whole(self) -> None:
        """Try again what is all there but could not be stored, as on a disk that was full."""
        for live in self._uploads.registry.running():
            if (live.to_be_stored or live.info.parts) and live.state is UploadState.WAITING:
                self._catch_up(live.info.id)

    def _expire(self) -> None:
        try:
            self._uploads.registry.expire(self._expire_after_s)
            self._uploads.registry.drop_repeated()
            self._uploads.registry.tidy()
        except Exception:  # noqa: BLE001
            _log.exception("abandoned uploads could not be removed")

    def _list_files(self) -> None:
        try:
            self._history.add_unlisted(self._began, lambda: not self._ended.is_set())
        except Exception:  # noqa: BLE001
            _log.exception("the list of received files could not be brought up to date")

    def _catch_up(self, upload_id: str) -> None:
        try:
            self._uploads.catch_up(upload_id, lambda: not self._ended.is_set())
        except Exception:  # noqa: BLE001
            _log.exception("upload %s could not be brought up to date yet", upload_id)
