"""SHA-256 of stored files, for their receipts: later, one at a time, at low priority and a third of
the disk's speed."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import threading
import time
from pathlib import Path

from blake3 import blake3

from receiver.history import History, Receipt

BLOCK_BYTES = 1 << 20
LOWEST_PRIORITY = 19
RESTS = 2
"""So many times as long as a block takes it rests after it. Without, whoever sits at the same
computer waits for disk and cores: the window stood still for up to 130 ms, with it for 40."""
TRIES_AGAIN_S = 60.0
_log = logging.getLogger(__name__)


class Sha256Pass:
    """Works on a thread of its own until all receipts have their digests.

    Args:
        history: whose receipts.
        folder: where the stored files are.
    """

    def __init__(self, history: History, folder: Path) -> None:
        self._history = history
        self._folder = folder
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sha256")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it; what is not done is done after the next start."""
        self._ended.set()
        self._history.added.set()
        self._thread.join()

    def _run(self) -> None:
        if sys.platform == "linux":
            with contextlib.suppress(PermissionError):  # where the system forbids it, without
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST_PRIORITY)
        while not self._ended.is_set():
            try:
                self._work()
            except Exception:  # noqa: BLE001
                _log.exception("digests could not be made; they are tried again later")
                self._ended.wait(TRIES_AGAIN_S)

    def _work(self) -> None:
        self._history.added.clear()
        receipt = self._history.without_digest()
        if receipt is None:
            self._history.added.wait()
        else:
            self._work_on(receipt)

    def _work_on(self, receipt: Receipt) -> None:
        try:
            digests = self._digests(self._folder / receipt.stored_name)
        except OSError as error:
            _log.info("%r is gone, so it gets no SHA-256: %s", receipt.stored_name, error)
            digests = (b"", b"")
        if digests is not None:
            self._history.set_digests(receipt.id, *digests)

    def _digests(self, path: Path) -> tuple[bytes, bytes] | None:
        """Read the file once; None when told to stop."""
        first, second = blake3(), hashlib.sha256()
        block = memoryview(bytearray(BLOCK_BYTES))
        with path.open("rb", buffering=0) as file:
            began = time.monotonic()
            while count := file.readinto(block):
                first.update(block[:count])
                second.update(block[:count])
                if hasattr(os, "posix_fadvise"):
                    end = file.tell()
                    os.posix_fadvise(file.fileno(), end - count, count, os.POSIX_FADV_DONTNEED)
                if self._ended.wait(RESTS * (time.monotonic() - began)):
                    return None
                began = time.monotonic()
        return first.digest(), second.digest()
