"""The life of one upload on the receiver's side, whatever route of the web it came by.

    create   name made safe, disk reserved, route chosen, record durable
    append   one writer; the offset compared; a slot and memory granted; then block by block
             socket -> buffer -> disk -> digests. A checked window counts whole or not at all,
             an unchecked one as far as it arrived. The offset moves when the bytes are durable.
             By the memory route the body is taken whole, verified, then written in one go.
    finish   at the last byte: fsync, digest of the whole file, final name, receipt, promise freed
    delete   partial bytes and promise gone

After a crash `recover` brings back what was accepted: offset, promise, and the finish if all
bytes were there. Knows no HTTP: a body is anything that fills a buffer.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress

from receiver.admission import Admission, Grant
from receiver.concatenation import Concatenation
from receiver.digests import WholeDigest
from receiver.errors import ReceiverError
from receiver.history import History, Receipt
from receiver.intake import Checksum, Intake
from receiver.protocol import Code, Route, UploadState
from receiver.registry import Registry, cannot_stop
from receiver.space import DiskSpace
from receiver.store import UploadInfo, UploadStore
from receiver.upload import Body, Creation, Ending, Live, View

CATCH_UP_BYTES = 64 << 20
_log = logging.getLogger(__name__)


class Uploads:
    """All uploads of one receiver.

    Args:
        store: keeps the bytes.
        space: keeps the promises of disk.
        admission: keeps the memory budget.
        history: keeps the receipts.
        count: told the number of body bytes as they arrive.
        largest_bytes: the largest upload allowed; None for no limit but the disk.
    """

    def __init__(
        self,
        store: UploadStore,
        space: DiskSpace,
        admission: Admission,
        history: History,
        count: Callable[[int], None],
        largest_bytes: int | None = None,
    ) -> None:
        self._store = store
        self._space = space
        self._admission = admission
        self._history = history
        self._count = count
        self._largest_bytes = largest_bytes
        self.registry = Registry(store, space, admission, history)
        self.concatenation = Concatenation(
            self.registry, store, space, self.create, self._declare, self._finish
        )

    def create(self, wanted: Creation) -> View:
        """Accept an upload of `wanted.size_bytes` bytes; complete at once when that is 0.

        A creation that its sender repeats, because it got no answer, finds what it has begun.

        Raises:
            ReceiverError: `too_large`, `no_space`, `low_memory`, `store_failed`.
        """
        self._check_largest(wanted.size_bytes or 0)
        if wanted.place is not None:
            self.concatenation.check_place(wanted.place, wanted.size_bytes, wanted.sender)
            there = self.concatenation.part_at(wanted.place, wanted.size_bytes, wanted.sender)
            if there is not None:
                return self.registry.view(there.info.id)
        begun = self.registry.begun(wanted) if wanted.is_marked else None
        if begun is not None:
            return self.registry.view(begun.info.id)
        upload_id = secrets.token_hex(16)
        self._space.reserve(upload_id, 0 if wanted.place else wanted.size_bytes or 0)
        try:
            live = self._begin(upload_id, wanted)
        except BaseException:
            self._space.release(upload_id)
            self._admission.release(upload_id)
            raise
        if live.to_be_stored and not wanted.concat:
            with self.registry.hold(upload_id, cannot_stop):
                self._finish(live)
        return self.registry.view(upload_id)

    def _check_largest(self, size_bytes: int) -> None:
        if self._largest_bytes is not None and size_bytes > self._largest_bytes:
            raise ReceiverError(
                Code.TOO_LARGE,
                f"at most {self._largest_bytes} bytes are taken",
                limit=self._largest_bytes,
            )

    def _begin(self, upload_id: str, wanted: Creation) -> Live:
        streamed = wanted.size_bytes if not wanted.concat else None
        route = self._admission.route(upload_id, streamed)
        info = UploadInfo(
            upload_id,
            wanted.size_bytes,
            wanted.name,
            wanted.metadata,
            route,
            wanted.sender,
            time.time(),
            wanted.mtime_ns,
            concat=wanted.concat,
            place=wanted.place,
            parts=wanted.parts,
            held_open=wanted.held_open,
            digests=wanted.digests,
            at_once=wanted.at_once,
        )
        with self._space.disk_errors(upload_id, wanted.size_bytes or 0):
            self._store.create(info)
        live = Live(info, 0, 0, WholeDigest(info.digests))
        self.registry.add(live)
        return live

    def view(self, upload_id: str) -> View:
        """Tell how far an upload is; see `Registry.view`."""
        return self.registry.view(upload_id)

    def recover(self) -> list[str]:
        """Bring back what a stop or a crash left; returns the ids, for `catch_up`."""
        recovered = self.registry.recover()
        for live in self.registry.running():
            if live.info.assembled:
                self.concatenation.recount(live)
                self._space.remaining(live.info.id, live.promised_bytes)
        return recovered

    def append(
        self,
        upload_id: str,
        offset: int,
        body: Body,
        checksum: Checksum | None,
        size_bytes: int | None = None,
        grant: Grant | None = None,
        whole: bytes | None = None,
        ending: Ending = Ending.AT_LENGTH,
        acknowledge: Callable[[int], None] | None = None,
    ) -> View:
        """Take one body at `offset`; finish the upload when it is whole.

        Args:
            upload_id: which upload.
            offset: where the sender believes it stands.
            body: the bytes.
            checksum: what they must hash to, if the sender says so.
            size_bytes: the size of the whole file, from a sender who did not know it before.
            grant: leave to receive that the caller holds already; None takes one.
            whole: BLAKE3 of the whole file, compared before the file gets its name; where it
                differs the upload is dropped.
            ending: whether the upload ends with this body.
            acknowledge: told the durable offset while the body arrives; see `Intake.take`.

        Raises:
            ReceiverError: `offset_mismatch` (with the offset), `already_stored`,
                `length_exceeded`, `length_inconsistent`, `digest_mismatch`, `busy`, `no_space`,
                `store_failed`, `upload_locked`, `upload_unknown`; `bad_request` when the line
                was cut.
        """
        with self.registry.hold(upload_id, body.stop):
            live = self._at(upload_id, offset)
            if live is not None:
                if live.info.is_final:
                    raise ReceiverError(Code.FINAL_UPLOAD, upload_id)
                if size_bytes is not None:
                    self._declare(live, size_bytes)
                live.expected = whole or live.expected
                self._check_room(live, body.length_bytes or 0)
                if ending is not Ending.NOW:
                    self._hold_open(live, ending is Ending.LATER)
                self._take(live, body, checksum, grant, acknowledge)
                self._end(live, body, ending)
            elif body.length_bytes != 0 or ending is Ending.LATER:
                raise ReceiverError(Code.ALREADY_STORED, upload_id)
        view = self.registry.view(upload_id)
        if live is not None and live.info.is_part and view.offset == view.size_bytes:
            self.concatenation.part_done(upload_id)
        return view

    def _hold_open(self, live: Live, held_open: bool) -> None:
        if live.info.held_open != held_open:
            self._update(live, live.info._replace(held_open=held_open))

    def _update(self, live: Live, info: UploadInfo) -> None:
        with self._space.disk_errors(info.id, 0):
            self._store.update(info)
        live.info = info

    def _end(self, live: Live, body: Body, ending: Ending) -> None:
        """Finish the upload if it ends here."""
        if ending is Ending.NOW and body.complete:
            if live.info.size_bytes is None:
                self._declare(live, live.offset)
            if live.offset != live.info.size_bytes:
                raise ReceiverError(
                    Code.LENGTH_INCONSISTENT,
                    f"it ends at {live.offset}, not at {live.info.size_bytes}",
                )
            self._hold_open(live, False)
        if live.to_be_stored:
            self._finish(live)
        elif not body.complete:
            raise ReceiverError(Code.BAD_REQUEST, "the line was cut in the middle of the body")

    def conclude(self, upload_id: str) -> View:
        """Store an upload whose size was not known: it is what has arrived.

        Raises:
            ReceiverError: `store_failed`, `upload_unknown`, `upload_locked`.
        """
        with self.registry.hold(upload_id, cannot_stop):
            live = self.registry.find(upload_id)
            if live is not None:
                self._declare(live, live.offset)
                self._finish(live)
        return self.registry.view(upload_id)

    def _at(self, upload_id: str, offset: int) -> Live | None:
        """Return the upload if it stands at `offset`; None when it is stored."""
        view = self.registry.view(upload_id)
        if offset != view.offset:
            raise ReceiverError(
                Code.OFFSET_MISMATCH,
                f"the offset is {view.offset}, not {offset}",
                offset=view.offset,
            )
        return self.registry.find(upload_id)

    def _declare(self, live: Live, size_bytes: int) -> None:
        """Learn the size of the whole file; once said it stays (tus, Upload-Defer-Length)."""
        known = live.info.size_bytes
        if known == size_bytes:
            return
        if known is not None or size_bytes < live.offset:
            raise ReceiverError(
                Code.BAD_REQUEST, f"the size is {known}, the offset {live.offset}, not {size_bytes}"
            )
        self._check_largest(size_bytes)
        self._space.extend(live.info.id, size_bytes - live.offset)
        self._update(live, live.info._replace(size_bytes=size_bytes))

    def _check_room(self, live: Live, length_bytes: int) -> None:
        """Refuse a body that is too long before it is read."""
        if live.info.size_bytes is None:
            self._check_largest(live.offset + length_bytes)
            self._space.check(length_bytes)
            return
        room = live.info.size_bytes - live.offset
        if length_bytes > room:
            raise ReceiverError(
                Code.LENGTH_EXCEEDED, f"{length_bytes} bytes where {room} are left", limit=room
            )

    def _take(
        self,
        live: Live,
        body: Body,
        checksum: Checksum | None,
        given: Grant | None,
        acknowledge: Callable[[int], None] | None,
    ) -> None:
        info = live.info
        whole = body.length_bytes == info.size_bytes and info.route is Route.MEMORY
        live.state = UploadState.RECEIVING
        try:
            if body.length_bytes != 0 or checksum is not None:
                leave = self._admission.body(info.id, info.size_bytes if whole else None, body)
                with nullcontext(given) if given else leave as grant:
                    intake = Intake(
                        live,
                        self._store,
                        self._space,
                        self._admission,
                        self._count,
                        self._largest_bytes,
                    )
                    with self._space.disk_errors(info.id, live.promised_bytes):
                        intake.take(body, checksum, grant, acknowledge)
        finally:
            live.received = live.offset
            live.state = UploadState.WAITING
            self._space.remaining(info.id, live.promised_bytes)
            self.concatenation.placed(live)

    def _finish(self, live: Live) -> None:
        """Store a whole upload. What fails here is tried again by the next empty append."""
        info = live.info
        live.state = UploadState.STORING
        try:
            with self._space.disk_errors(info.id, 0):
                live.digest.catch_up(lambda: self._store.reader(info.id), live.offset)
                blake3 = self._agreed_digest(live)
                info = self._stored_before(info, blake3) or self._store.finish(info)
        finally:
            live.state = UploadState.WAITING
        self.registry.stored(info, blake3)

    def _agreed_digest(self, live: Live) -> bytes:
        blake3 = live.digest.digest()
        if live.digest.disagrees() or live.expected not in (None, blake3):
            self.registry.drop(live.info.id)
            raise ReceiverError(Code.DIGEST_MISMATCH, "the whole file differs; it is dropped")
        return blake3

    def _stored_before(self, info: UploadInfo, blake3: bytes) -> UploadInfo | None:
        """Find the same bytes under the same name; they need not be stored twice."""
        same = self._history.same_file(info.name, info.size_bytes or 0, blake3)
        if same is None:
            return None
        return info._replace(stored_name=same[0], mtime_ns=same[1])

    def known(self, wanted: Creation) -> Receipt | None:
        """Return the receipt of a stored file that seems to be the same, if there is one."""
        if wanted.size_bytes is None:
            return None
        return self._history.same_fingerprint(wanted.size_bytes, wanted.fingerprint)

    def delete(self, upload_id: str) -> None:
        """Drop an unfinished upload, cutting off whoever sends it.

        Raises:
            ReceiverError: `already_stored`, `upload_unknown`, `upload_locked`, `store_failed`.
        """
        with self.registry.hold(upload_id, cannot_stop):
            if self.registry.view(upload_id).receipt is not None:
                raise ReceiverError(Code.ALREADY_STORED, upload_id)
            with self._space.disk_errors(upload_id, 0):
                self.registry.drop(upload_id)
        _log.info("upload %s was cancelled", upload_id)

    def discard(self, upload_id: str) -> None:
        """Drop an unfinished upload whose sender cannot go on; stored ones stay."""
        with suppress(ReceiverError):
            self.delete(upload_id)

    def catch_up(self, upload_id: str, go_on: Callable[[], bool]) -> None:
        """Hash what was on disk before the start, beside the sender; finish what was whole.

        Args:
            upload_id: an id that `recover` returned.
            go_on: asked between blocks; False ends the work.

        Raises:
            OSError: the partial file cannot be read.
            ReceiverError: the finish failed; see `append`.
        """
        while (live := self.registry.find(upload_id)) and go_on():
            if live.info.place or live.digest.hashed_bytes >= live.offset:
                break  # a part in its place has no digest of its own
            until = min(live.offset, live.digest.hashed_bytes + CATCH_UP_BYTES)
            live.digest.catch_up(lambda: self._store.reader(upload_id), until)
        if live is not None and live.info.parts:
            self.concatenation.try_join(upload_id)
        if live is None or not live.to_be_stored:
            return
        with self.registry.hold(upload_id, cannot_stop):
            if self.registry.find(upload_id) is not None:
                self._finish(live)
