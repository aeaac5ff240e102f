"""Parallel uploads of one file: parts, and the upload that they become (tus, Concatenation).

A part may say which upload's file it belongs to and where it begins there: then it is written
straight to its place, and putting the parts together copies nothing. Other parts are kept by
themselves and joined when the last is whole; a file system that can share blocks copies nothing
then either. The final upload may be asked for before its parts are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from receiver.digests import WholeDigest
from receiver.errors import ReceiverError
from receiver.protocol import Code
from receiver.registry import Registry, cannot_stop
from receiver.space import DiskSpace
from receiver.store import Place, UploadInfo, UploadStore
from receiver.upload import Creation, Live, View


class Concatenation:
    """Puts parts together.

    Args:
        registry: which uploads there are.
        store: keeps the bytes.
        space: keeps the promises of disk.
        create: begins an upload.
        declare: tells an upload its size.
        finish: stores an upload that is whole.
    """

    def __init__(
        self,
        registry: Registry,
        store: UploadStore,
        space: DiskSpace,
        create: Callable[[Creation], View],
        declare: Callable[[Live, int], None],
        finish: Callable[[Live], None],
    ) -> None:
        self._registry = registry
        self._store = store
        self._space = space
        self._create = create
        self._declare = declare
        self._finish = finish

    def check_place(self, place: Place, size_bytes: int | None, sender: str) -> None:
        """See that a part may be written where it says, and make the file take parts only.

        Raises:
            ReceiverError: `upload_unknown`, or `bad_request` when it does not fit there.
        """
        with self._registry.hold(place.upload_id, cannot_stop):
            live = self._registry.find(place.upload_id)
            if live is None or live.info.sender != sender:
                raise ReceiverError(Code.UPLOAD_UNKNOWN, place.upload_id)
            info = live.info
            end = place.start_bytes + (size_bytes or 0)
            takes_parts = not info.is_part and not info.parts
            if place.start_bytes < live.offset:
                raise ReceiverError(Code.BAD_REQUEST, f"it has {live.offset} bytes by itself")
            if size_bytes is None or info.size_bytes is None or end > info.size_bytes:
                raise ReceiverError(Code.BAD_REQUEST, "the part does not fit into its upload")
            if not takes_parts:
                raise ReceiverError(Code.BAD_REQUEST, "that upload takes no parts")
            if not info.assembled:
                self._update(live, info._replace(assembled=True, own_bytes=live.offset))

    def part_at(self, place: Place, size_bytes: int | None, sender: str) -> Live | None:
        """Return the part that stands there already, for a sender that has lost sight of it."""
        for live in self._registry.running():
            info = live.info
            if (info.place, info.size_bytes, info.sender) == (place, size_bytes, sender):
                return live
        return None

    def _update(self, live: Live, info: UploadInfo) -> None:
        with self._space.disk_errors(info.id, 0):
            self._store.update(info)
        live.info = info

    def placed(self, part: Live) -> None:
        """Note that bytes of a placed part arrived: the file's promise shrinks, and its digest
        follows as far as there is no gap, so that its end is no long wait."""
        place = part.info.place
        whole = self._registry.find(place.upload_id) if place else None
        if whole is None:
            return
        whole.touched = part.touched
        parts = self.recount(whole)
        self._space.remaining(whole.info.id, whole.promised_bytes)
        with self._space.disk_errors(whole.info.id, 0):
            whole.digest.catch_up(
                lambda: self._store.reader(whole.info.id), _without_gap(whole, parts)
            )

    def recount(self, whole: Live) -> list[Live]:
        """Count what the parts of an upload have got; returns them in their order."""
        parts = [
            one
            for one in self._registry.running()
            if one.info.place and one.info.place.upload_id == whole.info.id
        ]
        whole.parts_bytes = sum(one.offset for one in parts)
        return sorted(parts, key=lambda one: one.info.place.start_bytes if one.info.place else 0)

    def join(self, wanted: Creation, part_ids: Sequence[str]) -> View:
        """Begin the final upload of these parts; stored at once when they are all whole.

        Raises:
            ReceiverError: `bad_request` when something is no part, or the parts do not fit
                together; else as `Uploads.create`.
        """
        parts = [self._part(upload_id, wanted.sender) for upload_id in part_ids]
        places = {one.info.place.upload_id if one.info.place else "" for one in parts}
        if len(places) != 1:
            raise ReceiverError(Code.BAD_REQUEST, "the parts do not belong together")
        final_id = places.pop()
        if final_id:
            self._claim(final_id, wanted, parts)
        else:
            sizes = [one.info.size_bytes for one in parts]
            total = sum(size or 0 for size in sizes) if None not in sizes else None
            final_id = self._create(
                wanted._replace(size_bytes=total, parts=tuple(part_ids))
            ).info_id
        self.try_join(final_id)
        return self._registry.view(final_id)

    def _part(self, upload_id: str, sender: str) -> Live:
        live = self._registry.find(upload_id)
        if live is None or not live.info.is_part or live.info.sender != sender:
            raise ReceiverError(Code.BAD_REQUEST, f"{upload_id} is no part")
        return live

    def _claim(self, final_id: str, wanted: Creation, parts: Sequence[Live]) -> None:
        """Note which parts an upload is made of, when they cover it without a gap."""
        with self._registry.hold(final_id, cannot_stop):
            live = self._registry.find(final_id)
            if live is None:
                raise ReceiverError(Code.UPLOAD_UNKNOWN, final_id)
            end = live.info.own_bytes
            for part in parts:
                if part.info.place is None or part.info.place.start_bytes != end:
                    raise ReceiverError(Code.BAD_REQUEST, f"nothing begins at byte {end}")
                end += part.info.size_bytes or 0
            if end != live.info.size_bytes:
                raise ReceiverError(Code.BAD_REQUEST, f"the parts end at byte {end}")
            ids = tuple(part.info.id for part in parts)
            self._update(live, live.info._replace(concat=wanted.concat, parts=ids))

    def part_done(self, part_id: str) -> None:
        """Store what waited for this part only."""
        for live in self._registry.running():
            if part_id in live.info.parts:
                self.try_join(live.info.id)

    def try_join(self, final_id: str) -> None:
        """Store a final upload if all its parts are whole; what fails is tried again later.

        Raises:
            ReceiverError: `no_space`, `store_failed`, `digest_mismatch`.
        """
        with self._registry.hold(final_id, cannot_stop):
            live = self._registry.find(final_id)
            if live is None or not live.info.parts:
                return
            parts = [self._registry.find(upload_id) for upload_id in live.info.parts]
            whole = [one for one in parts if one and one.offset == one.info.size_bytes]
            if len(whole) < len(live.info.parts):
                return
            self._declare(live, live.info.own_bytes + sum(one.offset for one in whole))
            if not live.info.assembled:
                with self._space.disk_errors(final_id, live.promised_bytes):
                    self._store.join(live.info, [one.info for one in whole])
                live.digest = WholeDigest(live.info.digests)
            live.offset, live.parts_bytes = live.info.size_bytes or 0, 0
            ids = set(live.info.parts)
            self._finish(live)
        for upload_id in ids:
            self._registry.drop(upload_id)


def _without_gap(whole: Live, parts: Sequence[Live]) -> int:
    """How far the file is there from its first byte on."""
    end = whole.info.own_bytes
    for part in parts:
        if part.info.place is None or part.info.place.start_bytes != end:
            break
        end += part.offset
        if part.offset != part.info.size_bytes:
            break
    return end
