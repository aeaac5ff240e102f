"""Many small files in one go: written, made durable as a group, then named.

A batch is stored when its files and their folders are synced, all of them in one go.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple

from receiver.errors import ReceiverError
from receiver.history import History, Receipt, readable
from receiver.protocol import Code, Route
from receiver.space import DiskSpace
from receiver.store import SmallFile, StoredSmall, UploadInfo, UploadStore
from receiver.upload import Creation, View


class Verdict(NamedTuple):
    """What became of one file of a batch: its receipt, or why not.

    Attributes:
        before: the same bytes stood under that name already.
    """

    receipt: Receipt | None
    error: ReceiverError | None = None
    before: bool = False


class Taken(NamedTuple):
    """A file of a batch that has been written, and what its receipt tells besides."""

    file: SmallFile
    sha256: bytes
    wanted: Creation


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

    @contextmanager
    def room(self, size_bytes: int) -> Iterator[None]:
        """Hold room on the disk for a whole batch.

        Raises:
            ReceiverError: `no_space`.
        """
        batch_id = secrets.token_hex(16)
        self._space.reserve(batch_id, size_bytes)
        try:
            yield
        finally:
            self._space.release(batch_id)

    def write(self, wanted: Creation, content: bytes, blake3: bytes) -> Taken:
        """Write one file, for which there is `room`; it counts once `store` has returned.

        Raises:
            ReceiverError: `no_space`, `store_failed`.
        """
        info = _small_info(wanted, len(content))
        try:
            file = self._store.write_small(info, content, blake3)
        except OSError as error:
            raise self._space.refusal(error, info.id, len(content)) from error
        return Taken(file, sha256(content).digest(), wanted)

    def take(self, wanted: Creation, content: bytes, blake3: bytes) -> View:
        """Store one file at once.

        Raises:
            ReceiverError: `no_space`, `store_failed`.
        """
        with self.room(len(content)):
            verdict = self.store([self.write(wanted, content, blake3)])[0]
        if verdict.receipt is None:
            raise verdict.error or ReceiverError(Code.STORE_FAILED)
        return View.of_receipt(verdict.receipt, before=verdict.before)

    def store(self, taken: Sequence[Taken]) -> list[Verdict]:
        """Make files durable and name them; the verdicts come in order.

        A file that stood there already, perhaps because the sender never got its answer, keeps the
        receipt that it has.
        """
        now = time.time()
        verdicts, added = [], []
        outcomes = self._store.store_small([one.file for one in taken])
        for one, result in zip(taken, outcomes, strict=True):
            if isinstance(result, OSError):
                verdicts.append(Verdict(None, self._space.refusal(result, one.file.info.id)))
                continue
            receipt = self._known(result, one.file.blake3) if result.before else None
            if receipt is None:
                receipt = _receipt(one, result, now)
                added.append(receipt)
            verdicts.append(Verdict(receipt, before=result.before))
        if added:
            self._history.stored(*added)
        return verdicts

    def _known(self, stored: StoredSmall, blake3: bytes) -> Receipt | None:
        known = self._history.named(stored.name)
        return next((one for one in known if one.blake3 == blake3), None)


def _small_info(wanted: Creation, size_bytes: int) -> UploadInfo:
    """Make the record of a small file that is all there."""
    return UploadInfo(
        secrets.token_hex(16),
        size_bytes,
        wanted.name,
        wanted.metadata,
        Route.MEMORY,
        wanted.sender,
        time.time(),
        wanted.mtime_ns,
    )


def _receipt(taken: Taken, stored: StoredSmall, ended: float) -> Receipt:
    """Make the receipt; `Receipt.of` would read the metadata a second time."""
    info = taken.file.info
    return Receipt(
        info.id,
        readable(taken.wanted.called),
        stored.name,
        info.size_bytes or 0,
        stored.mtime_ns,
        taken.file.blake3,
        taken.sha256,
        info.metadata,
        readable(taken.wanted.fingerprint),
        info.route,
        info.sender,
        info.started,
        ended,
    )
