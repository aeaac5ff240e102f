"""Many small files in one go: written, made durable as a group, then named.

A batch is stored when its files and their folders are synced, each once. The disk is asked to
begin writing every file before the first is waited for, so that one wait serves for all.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

from receiver.errors import ReceiverError
from receiver.history import History, Receipt
from receiver.protocol import Code, Route
from receiver.space import DiskSpace
from receiver.store import SmallFile, UploadInfo, UploadStore
from receiver.upload import Creation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file of a batch: its receipt, or why not."""

    receipt: Receipt | None
    error: ReceiverError | None = None


class Batches:
    """Takes batches.

    Args:
        store: keeps the bytes.
        space: asked for room.
        history: keeps the receipts.
    """

    def __init__(self, store: UploadStore, space: DiskSpace, history: History) -> None:
        self._store = store
        self._space = space
        self._history = history

    def write(self, info: UploadInfo, content: bytes, blake3: bytes) -> SmallFile:
        """Write one file; it counts once `store` has returned.

        Raises:
            ReceiverError: `no_space`, `store_failed`.
        """
        self._space.check(len(content))
        with self._space.disk_errors(info.id, len(content)):
            return self._store.write_small(info, content, blake3)

    def take(self, wanted: Creation, content: bytes, blake3: bytes) -> Receipt:
        """Store one file at once.

        Raises:
            ReceiverError: `no_space`, `store_failed`.
        """
        verdict = self.store([self.write(small_info(wanted), content, blake3)])[0]
        if verdict.receipt is None:
            raise verdict.error or ReceiverError(Code.STORE_FAILED)
        return verdict.receipt

    def store(self, files: Iterable[SmallFile]) -> list[Verdict]:
        """Make files durable and name them; the verdicts come in order."""
        verdicts = []
        now = time.time()
        for file, result in self._store.store_small(list(files)):
            if isinstance(result, OSError):
                verdicts.append(Verdict(None, self._space.refusal(result, file.info.id)))
            else:
                verdicts.append(Verdict(Receipt.of(result, file.blake3, now)))
        self._history.add(*(one.receipt for one in verdicts if one.receipt))
        return verdicts


def small_info(wanted: Creation) -> UploadInfo:
    """Make the record of a small file that is all there."""
    return UploadInfo(
        secrets.token_hex(16),
        wanted.size_bytes,
        wanted.name,
        wanted.metadata,
        Route.MEMORY,
        wanted.sender,
        time.time(),
        wanted.mtime_ns,
    )
