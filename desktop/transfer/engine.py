"""Carries a list of files to a receiver; what the window and the command line drive.

The life of one upload:

    add       the scan finds the file; size, time of change and place on disk are noted (scan,
              source); it is on the board, in the ledger, and waits its turn
    space     a worker takes it and asks /status whether it fits; else it waits for space, nothing
              sent (room)
    create    POST with its size, name and fingerprint; the answer tells the route and the offset.
              A file up to 1 MiB is sent whole with it. One that is stored there already is only
              compared. Many small files go together, without any of this (batch)
    windows   PATCH after PATCH, each about two seconds' worth, checked by its digest. The next
              window is hashed while this one is on the wire (hashing, window). The offset in the
              answer is what is stored
    trouble   a cut line, a busy server: wait with backoff, ask for the offset, go on from there
              (worker). A full disk: wait for space. Another version of the file: begin anew
    end       the receiver's digest of the whole file must be ours; only then it is stored
    restart   ledger and receiver remember: ask for the offset, go on, hash the beginning again
              meanwhile

Threads: one takes orders (`_run`), one scans, one tells events (outbox), one drops what was
cancelled (sweeper), and one for each stream (worker) with its two that hash. All of them are
begun in `start` and awaited in `stop`.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from threading import Event as Flag
from threading import Thread

from desktop.transfer import orders, roster
from desktop.transfer.api import Server
from desktop.transfer.board import Board
from desktop.transfer.entry import Wish
from desktop.transfer.events import WHOLE_LIST, Event, Refused, Scanned
from desktop.transfer.ledger import Ledger
from desktop.transfer.outbox import Outbox
from desktop.transfer.precedence import Precedence
from desktop.transfer.room import Room
from desktop.transfer.scan import Found, Unfit, scan
from desktop.transfer.sweeper import Sweeper
from desktop.transfer.wake import SleepWatch
from desktop.transfer.worker import Worker

BATCH_FILES = 500
BATCH_S = 0.1
CUT_AGAIN_S = 0.25
SLEEP_LOOK_S = 2.0
_log = logging.getLogger(__name__)

_Order = Callable[[], None]
_Scan = tuple[Sequence[Path], str]
"""Paths, and the server that they were meant for when they were added."""


def _nothing() -> None:
    """The order when there is none."""


class Engine:
    """The queue and its threads. Methods may be called from any thread and return at once.

    Where ids are asked for, those of folders stand for the files in them, and `WHOLE_LIST` for all;
    see `orders.meant`.

    Args:
        ledger: the list over restarts; the engine closes it in `stop`.
        emit: takes the events, always from one and the same thread of the engine, one at a time.
        server: where files go; None until `use`.
        streams: how many files are sent at a time; None for as many as help.
        limit_bytes_per_s: the speed of all of them together; None for no limit.
        precedence: of a window over the engine, where there is one.
    """

    def __init__(
        self,
        ledger: Ledger,
        emit: Callable[[Event], None],
        *,
        server: Server | None = None,
        streams: int | None = None,
        limit_bytes_per_s: float | None = None,
        precedence: Precedence | None = None,
    ) -> None:
        self._ledger = ledger
        self._outbox = Outbox(emit, precedence)
        self._board = Board(ledger, self._outbox, server, streams)
        self._board.limit.set(limit_bytes_per_s)
        self._adding = self._board.adding if precedence else nullcontext
        self._sleep = SleepWatch()
        self._room = Room(self._board)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._scans: queue.SimpleQueue[_Scan | None] = queue.SimpleQueue()
        self._workers = [
            Worker(number, self._board, self._room, self._start_workers)
            for number in range(self._board.streams.most)
        ]
        self._workers_begun = 0
        self._sweeper = Sweeper(self._board)
        self._threads = [
            Thread(target=self._run, name="wherry-orders", daemon=True),
            Thread(target=self._scan_all, name="wherry-scan", daemon=True),
        ]
        self._started = False
        self._loaded = Flag()

    def start(self) -> None:
        """Begin: tells `Changed` for every transfer of the ledger; unfinished ones go on."""
        self._started = True
        self._outbox.start()
        self._orders.put(self._load)
        for thread in self._threads:
            thread.start()
        self._start_workers()
        self._sweeper.start()

    def _start_workers(self) -> None:
        """Start those that may find work now: there are seldom more than a few."""
        with self._board.condition:
            for worker in self._workers[self._workers_begun : self._board.streams.wanted]:
                worker.start()
                self._workers_begun += 1

    def use(self, server: Server | None) -> None:
        """Send to this server from now on; its transfers go on at once, those of others wait.

        None: to nobody; what is added meanwhile goes to the server that is used next.
        """
        self._board.asked_id = server.id if server else ""
        self._orders.put(partial(self._use, server))

    def add(self, paths: Sequence[Path]) -> None:
        """Put files, and all files in folders, on the list. `Scanned` tells the end of it.

        All of them go to the server in use now, also those that are found after another one is.
        """
        self._scans.put((tuple(paths), self._board.asked_id))

    def pause(self, ids: Iterable[int]) -> None:
        """Pause; the window that is on the wire gets a moment to end."""
        self._order(orders.pause, ids)

    def go_on(self, ids: Iterable[int]) -> None:
        """Let paused ones go on, and have those that wait try again now."""
        self._order(orders.go_on, ids)

    def cancel(self, ids: Iterable[int]) -> None:
        """Give up, and drop on the server what has got there."""
        self._order(orders.cancel, ids)

    def retry(self, ids: Iterable[int]) -> None:
        """Begin failed or cancelled ones again, where they stand."""
        self._order(orders.retry, ids)

    def remove(self, ids: Iterable[int]) -> None:
        """Take finished ones off the list; others stay."""
        self._order(orders.remove, ids)

    def limit(self, bytes_per_s: float | None) -> None:
        """Hold all streams together to this speed from now on; None for no limit.

        Raises:
            ValueError: it is not more than 0.
        """
        self._board.limit.set(bytes_per_s)

    def move(self, ids: Sequence[int], after: int | None, before: int | None) -> None:
        """Let these come between two others, in the order given; None for an end of the list."""
        self._orders.put(partial(orders.move, self._board, tuple(ids), after, before))

    def clear_finished(self) -> None:
        """Take all finished ones off the list."""
        self.remove((WHOLE_LIST,))

    def await_drops(self, timeout_s: float | None = None) -> bool:
        """Wait until the server has dropped what was given up, or refuses to.

        Args:
            timeout_s: how long at most; None for as long as it takes.

        Returns:
            False when the time is over.
        """
        return self._sweeper.wait(timeout_s)

    def stop(self, timeout_s: float = 10.0) -> None:
        """End all threads and close the ledger. What is unfinished goes on with the next start.

        A thread that still waits for the system (a name that does not resolve) when the time is
        over is left behind; it is a daemon and holds nothing that must be saved.
        """
        if not self._started:
            self._ledger.close()
            return
        self._started = False
        until = time.monotonic() + timeout_s
        with self._board.condition:
            self._board.stopping = True
            self._board.condition.notify_all()
        orders.interrupt_all(self._board, min(orders.LET_END_ON_STOP_S, timeout_s / 4))
        self._scans.put(None)
        self._await_workers(until)
        self._orders.put(None)
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))
        self._outbox.stop(max(0.1, until - time.monotonic()))
        self._ledger.close()

    def _await_workers(self, until: float) -> None:
        """Wait for the streams, cutting again and again what does not end by itself."""
        left: list[Worker | Sweeper] = [*self._workers, self._sweeper]
        while left and time.monotonic() < until:
            self._sweeper.cut()
            self._cut_overdue()
            left = [one for one in left if not one.join(CUT_AGAIN_S / len(left))]
        if left:
            _log.warning("%d threads did not end in time", len(left))

    def _order(self, order: orders.Order, ids: Iterable[int]) -> None:
        self._orders.put(partial(self._carry_out, order, tuple(ids)))

    def _carry_out(self, order: orders.Order, ids: Sequence[int]) -> None:
        """Do it in parts: between them, others get at the board."""
        wanted, most = orders.meant(self._board, order, ids), orders.most_at_once(order)
        for start in range(0, len(wanted), most):
            order(self._board, wanted[start : start + most])
            self._cut_overdue()
            self._outbox.rest()

    def _run(self) -> None:
        """Carry out orders, and cut connections whose time to end by themselves is over."""
        while True:
            try:
                order = self._orders.get(timeout=self._cut_overdue())
            except queue.Empty:
                order = self._wake_up if self._sleep.woke() else _nothing
            if order is None:
                return
            try:
                order()
                self._outbox.rest()
            except Exception:  # noqa: BLE001 - the top of a thread
                _log.exception("an order could not be carried out")

    def _cut_overdue(self) -> float:
        """Cut what is unwanted and due; returns the seconds until it is to be called again."""
        waiting = False
        for worker in self._workers:
            unwanted = [one.cut_at for one in worker.entries if one.wish is not Wish.RUN]
            if unwanted:
                waiting = True
                if time.monotonic() >= min(unwanted):
                    worker.cut()
        return CUT_AGAIN_S if waiting else SLEEP_LOOK_S

    def _wake_up(self) -> None:
        """The computer has slept: open new connections at once, and wait for nothing."""
        _log.info("the computer has slept; connections are opened anew")
        board = self._board
        with board.condition:
            self._room.forget()
            for entry in board.running:
                entry.nudged = True
            board.condition.notify_all()
        for worker in self._workers:
            worker.cut()
        self._sweeper.cut()

    def _use(self, server: Server | None) -> None:
        board = self._board
        with board.condition:
            self._room.forget()
            if server != board.server:
                orders.interrupt_all(board, 0.0)
                board.server = server
                board.streams.start()
                board.generation += 1
                if server is not None:
                    roster.adopt(board, server)
            for entry in board.running:
                entry.nudged = True
            board.condition.notify_all()

    def _load(self) -> None:
        try:
            roster.load(self._board)
        finally:
            self._loaded.set()

    def _scan_all(self) -> None:
        self._loaded.wait()
        while (work := self._scans.get()) is not None:
            try:
                with self._adding():
                    self._scan(*work)
            except Exception:  # noqa: BLE001 - the top of a thread
                _log.exception("the scan of %s ended early", work[0])
                self._outbox.tell(Scanned(0))

    def _scan(self, paths: Sequence[Path], server_id: str) -> None:
        count = 0
        batch: list[Found] = []
        began = time.monotonic()
        for path in paths:
            for one in self._board.politely(scan(path)):
                if self._board.stopping:
                    return
                if isinstance(one, Unfit):
                    self._outbox.tell(Refused(one.path, one.problem))
                    continue
                batch.append(one)
                if len(batch) >= BATCH_FILES or time.monotonic() - began > BATCH_S:
                    count += roster.add(self._board, batch, server_id)
                    self._outbox.rest()
                    batch, began = [], time.monotonic()
        count += roster.add(self._board, batch, server_id)
        self._outbox.tell(Scanned(count))
