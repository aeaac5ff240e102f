"""The list of transfers and the one lock around it: who shows, saves and hands out what.

Knows no network and no file. Workers take entries from it and report to it; roster.py puts files on
it; orders.py changes what is wanted; room.py decides what fits on the server.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop.transfer.api import Server
from desktop.transfer.entry import Entry, Kept, Wish, same_text
from desktop.transfer.events import Changed, Folder, Gathered, Problem, Removed, State
from desktop.transfer.ledger import Deletion, Ledger
from desktop.transfer.limit import Limit
from desktop.transfer.outbox import Outbox
from desktop.transfer.plan import take_turn
from desktop.transfer.ready import Ready
from desktop.transfer.source import Identity
from desktop.transfer.streams import Streams
from receiver.protocol import Route

SAVE_PROGRESS_S = 2.0
_MERE_PROGRESS = {"sent_bytes", "stored_bytes", "bytes_per_s", "eta_s"}


class Board:
    """All transfers. Every public method takes the lock; `condition` is notified of every change
    that a waiting thread may want to know.

    Args:
        ledger: keeps the list over restarts.
        outbox: tells what changes.
        server: where files go; None until there is one.
        streams: how many are handed out at a time; None for as many as help.
    """

    def __init__(
        self, ledger: Ledger, outbox: Outbox, server: Server | None, streams: int | None = None
    ) -> None:
        self.condition = threading.Condition(threading.RLock())
        self.ledger = ledger
        self.server = server
        self.asked_id = server.id if server else ""  # `server` follows, as an order
        self.generation = 0
        self.stopping = False
        self.deletions = 0
        """How many uploads were ordered to be dropped on a server."""
        self.running: set[Entry] = set()
        self.crowded: dict[str, dict[int, Entry]] = {}
        self.outbox = outbox
        self.politely = outbox.precedence.politely
        self.entries: dict[int, Entry] = {}
        self.folders: dict[int, Folder] = {}
        self._ready: dict[str, Ready] = {}
        self.unplanned = False
        self._unsaved: dict[int, Entry] | None = None
        self.limit = Limit()
        self.reading = threading.Lock()  # held by the batch whose files are being read
        self.streams = Streams(streams)
        self.next_id = 1
        self.next_place = 1.0

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Hold the lock for many changes, and save all of them in one go at the end."""
        with self.condition:
            self._unsaved = {}
            try:
                yield
            finally:
                unsaved, self._unsaved = self._unsaved, None
                self.ledger.save(entry.record for entry in self.politely(unsaved.values()))
                self.condition.notify_all()

    def forget(self, entries: Sequence[Entry]) -> None:
        """Take entries off the list and out of the ledger."""
        with self.condition:
            for entry in self.politely(entries):
                del self.entries[entry.id]
                if self._unsaved is not None:
                    self._unsaved.pop(entry.id, None)
            ids = tuple(entry.id for entry in entries)
            self.ledger.remove(ids)
            if ids:
                self.outbox.tell(Removed(ids))

    def _save(self, entry: Entry) -> None:
        if self._unsaved is None:
            self.ledger.save([entry.record])
        else:
            self._unsaved[entry.id] = entry

    def get(self, ids: Iterable[int]) -> list[Entry]:
        """Return the entries of these numbers, as far as they exist."""
        return [entry for one in ids if (entry := self.entries.get(one)) is not None]

    def ready(self, server_id: str) -> Ready:
        """Return the line of one server."""
        return self._ready.setdefault(server_id, Ready(server_id, self.folders, self.entries))

    def queue(self, entry: Entry) -> None:
        """Put an entry in line, and what waits for space out of that."""
        self.crowded.get(entry.server_id, {}).pop(entry.id, None)
        self.ready(entry.server_id).add(entry)

    def unqueue(self, entry: Entry) -> None:
        """Take an entry out of every line."""
        self.crowded.get(entry.server_id, {}).pop(entry.id, None)
        self.ready(entry.server_id).discard(entry)

    def take(self, batch_bytes: int) -> list[Entry]:
        """Hand out what comes next for the server in use; `leave` gives it back.

        Args:
            batch_bytes: how much may go into one request with small files.
        """
        with self.condition:
            if self.server is None or self.stopping or self.streams.is_held_back:
                return []
            ready = self.ready(self.server.id)
            taken = take_turn(ready, batch_bytes)
            if taken:
                limited = self.limit.bytes_per_s is not None
                if self.streams.begin(more_wait=len(ready) > 0, limited=limited):
                    self.condition.notify_all()
            for entry in taken:
                entry.running, entry.wish, entry.cut_at = True, Wish.RUN, math.inf
                self.running.add(entry)
            return taken

    @contextlib.contextmanager
    def adding(self) -> Iterator[None]:
        """Let files come onto the list first, for somebody who looks at it: as long as that keeps
        this program busy, what is sent goes one at a time.

        All of it is work for the one interpreter that there is. A list of 100,000 would else grow
        slower than it is sent, and the window stand still.
        """
        with self.condition:
            self.streams.hold_back(True)
        try:
            yield
        finally:
            with self.condition:
                self.streams.hold_back(False)
                self.condition.notify_all()

    def leave_all(self, entries: Iterable[Entry]) -> None:
        """Take from a worker all that it has in hand."""
        with self.condition:
            self.streams.end()
            self.leave_some(entries)

    def leave_some(self, entries: Iterable[Entry]) -> None:
        """Take entries back from a worker, and save what comes of it in one go."""
        with self.batch():
            for entry in self.politely(entries):
                self.leave(entry)

    def leave(self, entry: Entry) -> None:
        """Take an entry back from a worker; it stands in line again if it is to go on."""
        with self.condition:
            entry.running = False
            self.running.discard(entry)
            state, wish = entry.transfer.state, entry.wish
            if state is State.CANCELLED:
                self.drop_upload(entry, delete=True)
            if state.finished:
                entry.forget_course()
                if entry.unlisted:
                    self.forget([entry])
            elif wish is Wish.RUN or wish is Wish.LEAVE:
                entry.wish = Wish.RUN
                if entry.id not in self.crowded.get(entry.server_id, {}):
                    self.show(
                        entry, state=State.WAITING, problem=None, bytes_per_s=None, eta_s=None
                    )
                    self.queue(entry)
            self.condition.notify_all()

    def go_on(self, entry: Entry) -> None:
        """Make a paused, failed, cancelled or waiting entry go on at once."""
        with self.condition:
            entry.nudged, entry.unlisted = True, False
            entry.wish, entry.cut_at = Wish.RUN, math.inf
            state = entry.transfer.state
            if state in (State.PAUSED, State.WAITING_SPACE) or state.finished:
                self.show(entry, state=State.WAITING, problem=None)
            if not entry.running:
                self.queue(entry)
            self.condition.notify_all()

    def update(self, entry: Entry, **changes: Any) -> None:
        """Note what a worker tells; where something else is wanted by now, that state stays."""
        with self.condition:
            if entry.wish is not Wish.RUN:
                changes.pop("state", None)
                changes.pop("problem", None)
            self.show(entry, **changes)

    def show(self, entry: Entry, **changes: Any) -> None:
        """Change what is seen of an entry, tell it, and save what must outlive the program."""
        with self.condition:
            old = entry.transfer
            changes = {key: new for key, new in changes.items() if getattr(old, key) != new}
            if not changes:
                return
            entry.transfer = old._replace(**changes)
            self.streams.stored(max(0, entry.transfer.stored_bytes - old.stored_bytes))
            if changes.keys() <= _MERE_PROGRESS:
                self.outbox.tell_progress(entry.transfer)
            else:
                self.outbox.tell(Changed(entry.transfer))
            if old.state.kept != entry.transfer.state.kept or "stored_bytes" in changes:
                self._save_sometimes(entry, old.state)

    def _save_sometimes(self, entry: Entry, before: State) -> None:
        now = time.monotonic()
        same = before.kept == entry.transfer.state.kept
        if same and now - entry.course.saved_at < SAVE_PROGRESS_S:
            return
        if same:
            entry.course.saved_at = now
        self._save(entry)

    def mark_of(self, entry: Entry) -> str:
        """What a creation carries, so that it begins one upload however often it is sent."""
        return f"{self.ledger.mark}-{entry.id}-{entry.drops}"

    def ask(self, entry: Entry) -> None:
        """Note that a creation is about to be sent; it is repeated until its answer has come."""
        with self.condition:
            entry.asked = True
            self._save(entry)

    def begun(self, entry: Entry, upload_id: str) -> None:
        """Note the upload that an entry has begun on its server."""
        with self.condition:
            entry.upload_id = upload_id
            self.show(entry, upload_id=upload_id)
            self._save(entry)

    def drop_upload(self, entry: Entry, *, delete: bool) -> None:
        """Let the entry begin anew; with `delete` its upload is dropped on the server too."""
        with self.condition:
            if delete and entry.upload_id:
                self.deletions += 1
                self.ledger.add_deletion(Deletion(entry.server_id, entry.upload_id, entry.id))
            entry.upload_id, entry.asked = None, False
            entry.drops += 1
            entry.course.whole = None
            self.show(
                entry,
                upload_id=None,
                stored_bytes=0,
                sent_bytes=0,
                resumed_from_bytes=None,
                route=None,
                bytes_per_s=None,
                eta_s=None,
            )
            self._save(entry)
            self.condition.notify_all()

    def place(self, entry: Entry, place: float) -> None:
        """Give an entry another place in the list, and in its line."""
        with self.condition:
            ready = self.ready(entry.server_id)
            queued = entry in ready
            ready.discard(entry)
            self.show(entry, place=place)
            self._save(entry)
            if queued:
                ready.add(entry)

    def place_folder(self, folder: Folder) -> None:
        """Put a folder on the list, or give it another place, and its files with it."""
        with self.condition:
            self.folders[folder.id] = folder
            self.ledger.save_folder(folder)
            for ready in self._ready.values():
                ready.folder_moved(folder)
            self.outbox.tell(Gathered(folder))

    def take_version(self, entry: Entry, identity: Identity) -> None:
        """Note which version of the file is sent from now on."""
        with self.condition:
            entry.identity, entry.seen = identity, True
            self.show(entry, size_bytes=identity.size_bytes)

    def stored(
        self,
        entry: Entry,
        stored_name: str | None,
        *,
        before: bool = False,
        upload_id: str | None = None,
    ) -> None:
        """The server has the whole file, and the digests agree; true whatever was wished.

        With `before` it had that very file already; `upload_id` is given where one request was all.
        """
        with self.condition:
            entry.upload_id = upload_id or entry.upload_id
            size = entry.transfer.size_bytes
            self.show(
                entry,
                state=State.STORED,
                problem=None,
                stored_bytes=size,
                sent_bytes=size,
                bytes_per_s=None,
                eta_s=None,
                stored_name=same_text(stored_name, entry.transfer.name),
                upload_id=entry.upload_id,
                already_stored=before,
            )

    def stored_together(self, kept: Sequence[Kept]) -> None:
        """The server has these files of a batch, and the digests agree; true whatever was wished.

        One event each and one write to the ledger for all: there may be thousands a second.
        """
        with self.condition:
            for one in self.politely(kept):
                entry, size = one.entry, one.entry.transfer.size_bytes
                entry.upload_id = one.upload_id
                self.streams.stored(size)
                entry.transfer = entry.transfer._replace(
                    state=State.STORED,
                    problem=None,
                    route=Route.MEMORY,
                    stored_bytes=size,
                    sent_bytes=size,
                    bytes_per_s=None,
                    eta_s=None,
                    stored_name=same_text(one.stored_name, entry.transfer.name),
                    upload_id=one.upload_id,
                    already_stored=one.before,
                )
            self.ledger.save(one.entry.record for one in self.politely(kept))
            self.outbox.tell(*(Changed(one.entry.transfer) for one in kept))

    def show_together(self, entries: Iterable[Entry], **changes: Any) -> None:
        """Note the same of many, as `update` does; nothing of it need outlive the program."""
        with self.condition:
            wanted = [one for one in entries if one.wish is Wish.RUN]
            for entry in self.politely(wanted):
                entry.transfer = entry.transfer._replace(**changes)
            self.outbox.tell(*(Changed(entry.transfer) for entry in wanted))

    def failed(self, entry: Entry, problem: Problem) -> None:
        """Nothing more will happen by itself."""
        self.update(entry, state=State.FAILED, problem=problem, bytes_per_s=None, eta_s=None)

    def wait(self, seconds: float, *entries: Entry) -> None:
        """Wait for the next try, or until somebody wants it at once.

        Raises:
            InterruptedTransferError: something else is wanted of all of them.
        """
        until = time.monotonic() + seconds
        with self.condition:
            for entry in entries:
                entry.nudged = False
            while wanted := [one for one in entries if one.wish is Wish.RUN]:
                left_s = until - time.monotonic()
                if left_s <= 0 or any(one.nudged for one in wanted):
                    return
                self.condition.wait(left_s)
            entries[0].check()

    def crowd(self, entry: Entry, problem: Problem) -> None:
        """Let an entry wait for space on its server."""
        with self.condition:
            self.ready(entry.server_id).discard(entry)
            if entry.wish is Wish.RUN:
                self.crowded.setdefault(entry.server_id, {})[entry.id] = entry
                self.show(
                    entry,
                    state=State.WAITING_SPACE,
                    problem=problem,
                    bytes_per_s=None,
                    eta_s=None,
                    sent_bytes=entry.transfer.stored_bytes,
                )
