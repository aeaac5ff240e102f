"""The memory budget and the routing: in memory, streamed, or not now. Nobody else decides.

The budget is made of two pools: blocks that streamed bodies are read into (one a body, small ones
when many run), and whole bodies of small uploads. A small upload, at most half of the available
memory, within its pool and under the cap, goes through memory; all else streams. While the machine
is short, the budget is smaller than at the start: what is in use, and half of what is left.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from receiver.errors import ReceiverError
from receiver.memory import MIB, MemoryReading, own_memory
from receiver.protocol import Code, Route
from receiver.recent import Recent

LARGE_BLOCK_BYTES = 1 * MIB
SMALL_BLOCK_BYTES = MIB // 4
LARGE_BLOCKS_MOST = 16
DEFAULT_LIMIT_BYTES = 48 * MIB
LARGEST_IN_MEMORY_BYTES = 4 * MIB
"""The cap. Up to here memory is the faster way or as fast, from 8 MiB on the stream is; one at a
time and in a crowd alike (docs/benchmarks.md, "In memory or as a stream?")."""
RESERVE_BYTES = 8 * MIB
PART_MOST_BYTES = 1 * MIB
"""A file of a batch is at most so large."""
LEASE_S = 30.0
SLOW_AFTER_S = 2.0
SLOW_BYTES_PER_S = 500.0
"""A body that has come slower than this for a while gives way when all slots are taken. Apache's
mod_reqtimeout gives up such a body in any case."""
GIVES_WAY_WITHIN_S = 0.5
READING_AGE_S = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget in bytes and what it is made of."""

    limit_bytes: int
    blocks_bytes: int
    in_memory_bytes: int
    largest_in_memory_bytes: int
    bodies: int


def plan_budget(available_bytes: int, wanted_bytes: int | None, bodies: int) -> Budget:
    """Divide the budget; pure arithmetic.

    Args:
        available_bytes: memory available at the start.
        wanted_bytes: the configured budget; None takes half of what is available less a reserve,
            at most 48 MiB.
        bodies: how many bodies at once are wanted; fewer when the budget is too small.

    Raises:
        ValueError: the budget would not hold a single small block.
    """
    if wanted_bytes is None:
        limit = min(DEFAULT_LIMIT_BYTES, max(0, available_bytes - RESERVE_BYTES) // 2)
    else:
        limit = wanted_bytes
    bodies = min(bodies, limit // 2 // SMALL_BLOCK_BYTES)
    if bodies < 1:
        raise ValueError(
            f"a memory budget of {limit // 1024} KiB is too small; "
            f"at least {2 * SMALL_BLOCK_BYTES // 1024} KiB is needed"
        )
    floor = bodies * SMALL_BLOCK_BYTES
    extra = min(LARGE_BLOCKS_MOST, bodies) * (LARGE_BLOCK_BYTES - SMALL_BLOCK_BYTES)
    blocks = floor + min(extra, (limit - floor) // 2)
    in_memory = limit - blocks
    return Budget(limit, blocks, in_memory, min(LARGEST_IN_MEMORY_BYTES, in_memory), bodies)


def turns_at_once() -> int:
    """How many bodies are worked on at the same time: one a core."""
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Room:
    """What is available, and what the budget therefore comes to; bytes."""

    available_bytes: int
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to receive one body: by which route, into a block of how many bytes."""

    route: Route
    block_bytes: int


class Arriving(Protocol):
    """A body that holds a slot while it arrives."""

    @property
    def received_bytes(self) -> int: ...
    def stop(self) -> None: ...


@dataclass(slots=True, eq=False)
class _Holder:
    """Who has a slot, since when (s), and how many bytes of its body had come by then."""

    body: Arriving | None
    since: float
    bytes_then: int

    def bytes_per_s(self, now: float) -> float:
        if self.body is None or now - self.since < SLOW_AFTER_S:
            return float("inf")
        return (self.body.received_bytes - self.bytes_then) / (now - self.since)


class Admission:
    """Keeps the budget.

    Args:
        budget: its size and parts.
        read: gives what memory is available now.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        budget: Budget,
        read: Callable[[], MemoryReading],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.budget = budget
        self._clock = clock
        self.turns = threading.BoundedSemaphore(turns_at_once())
        """Held while a block is copied, hashed or written: with more threads at work than there
        are cores, everybody else waits, /status too."""
        self._lock = threading.Condition()
        self._bodies = 0
        self._holders: list[_Holder] = []
        self._blocks_bytes = 0
        self._in_memory_bytes = 0
        self._promises: dict[str, tuple[int, float]] = {}
        self._read = read
        self._is_short = False
        self._room = Recent(self._read_room, READING_AGE_S, clock)

    def _read_room(self) -> _Room:
        held = self._blocks_bytes + self._in_memory_bytes
        available = self._read().available_bytes
        limit = min(self.budget.limit_bytes, held + available // 2)
        short = limit < self.budget.limit_bytes // (1 if self._is_short else 2)
        if short != self._is_short:
            self._is_short = short
            _log.warning(
                "%d KiB of memory are available: the budget is %d of %d KiB",
                available // 1024,
                limit // 1024,
                self.budget.limit_bytes // 1024,
            )
        return _Room(available, limit)

    @property
    def limit_bytes(self) -> int:
        """The budget now; less than at the start while the machine is short of memory."""
        return self._room().limit_bytes

    @property
    def used_bytes(self) -> int:
        """Blocks and bodies in use, and bodies promised; never above the limit."""
        with self._lock:
            return self._blocks_bytes + self._in_memory_bytes + self._promised()

    def _promised(self) -> int:
        now = self._clock()
        self._promises = {key: one for key, one in self._promises.items() if one[1] > now}
        return sum(size for size, _ in self._promises.values())

    def short(self) -> bool:
        """Tell whether the machine has become short of memory."""
        return self._room().available_bytes < RESERVE_BYTES

    def route(self, upload_id: str, size_bytes: int | None) -> Route:
        """Choose the route of a new upload; memory is promised to it for half a minute.

        Args:
            upload_id: whose promise it is.
            size_bytes: the whole upload; None when not known yet.

        Raises:
            ReceiverError: `low_memory`, when there is too little for either route.
        """
        room = self._room()
        with self._lock:
            promised = self._promised()
            available = room.available_bytes - promised
            if available < SMALL_BLOCK_BYTES + RESERVE_BYTES // 2:
                raise ReceiverError(
                    Code.LOW_MEMORY, f"{available} bytes are available", retry_after_s=5
                )
            if size_bytes is None or not self._fits(size_bytes, promised, room):
                return Route.STREAM
            self._promises[upload_id] = (size_bytes, self._clock() + LEASE_S)
            return Route.MEMORY

    def _fits(self, size_bytes: int, promised: int, room: _Room) -> bool:
        held = self._blocks_bytes + self._in_memory_bytes
        return (
            size_bytes <= (room.available_bytes - promised) // 2
            and size_bytes <= room.limit_bytes - held - promised
            and size_bytes <= self.budget.in_memory_bytes - self._in_memory_bytes - promised
            and size_bytes <= self.budget.largest_in_memory_bytes
        )

    def release(self, upload_id: str) -> None:
        """Take back a promise that was not used."""
        with self._lock:
            self._promises.pop(upload_id, None)

    @contextmanager
    def body(
        self, upload_id: str, in_memory_bytes: int | None, body: Arriving | None = None
    ) -> Iterator[Grant]:
        """Hold a slot and memory while one body is received.

        Args:
            upload_id: whose body; a promise of its becomes the memory it uses.
            in_memory_bytes: the body's size when it should go through memory; None to stream.
            body: stopped in favour of another when it hardly moves; None for one that never is.

        Raises:
            ReceiverError: `busy`, when all slots are taken; `low_memory`, when the machine has
                become so short that there is no block for another body.
        """
        holder = _Holder(body, self._clock(), body.received_bytes if body else 0)
        grant = self._take(upload_id, in_memory_bytes, holder)
        try:
            yield grant
        finally:
            self._give_back(grant, holder)

    @contextmanager
    def memory(
        self, what: str, size_bytes: int, body: Arriving | None = None
    ) -> Iterator[memoryview]:
        """Hold a slot and so much memory; see `body`.

        Raises:
            ReceiverError: `busy`, when all slots are taken; `low_memory`, when there is too little.
        """
        with self.body(what, size_bytes, body) as grant:
            if grant.route is not Route.MEMORY:
                raise ReceiverError(Code.LOW_MEMORY, f"no {size_bytes} bytes", retry_after_s=1)
            yield memoryview(own_memory(size_bytes))

    def _take(self, upload_id: str, in_memory_bytes: int | None, holder: _Holder) -> Grant:
        room = self._room()
        with self._lock:
            self._promises.pop(upload_id, None)
            if self._bodies >= self.budget.bodies:
                self._ask_slowest()
            if self._bodies >= self.budget.bodies:
                raise ReceiverError(
                    Code.BUSY, f"{self._bodies} bodies are being received", retry_after_s=1
                )
            grant = self._grant(in_memory_bytes, room)
            self._bodies += 1
            self._holders.append(holder)
            if grant.route is Route.MEMORY:
                self._in_memory_bytes += grant.block_bytes
            else:
                self._blocks_bytes += grant.block_bytes
            return grant

    def _ask_slowest(self) -> None:
        """Have the body that hardly moves give way; what has arrived of it counts as ever."""
        now = self._clock()
        slowest = min(self._holders, key=lambda one: one.bytes_per_s(now), default=None)
        if slowest is None or slowest.body is None:
            return
        if slowest.bytes_per_s(now) >= SLOW_BYTES_PER_S:
            return
        slowest.body.stop()
        slowest.body = None
        self._lock.wait_for(lambda: self._bodies < self.budget.bodies, GIVES_WAY_WITHIN_S)

    def _grant(self, in_memory_bytes: int | None, room: _Room) -> Grant:
        """Choose; one body at a time goes on however short memory is."""
        available = room.available_bytes
        if in_memory_bytes and self._fits(in_memory_bytes, self._promised(), room):
            return Grant(Route.MEMORY, in_memory_bytes)
        others = (self.budget.bodies - self._bodies - 1) * SMALL_BLOCK_BYTES
        blocks = self.budget.blocks_bytes - self._blocks_bytes - others
        left = room.limit_bytes - self._blocks_bytes - self._in_memory_bytes
        if left < SMALL_BLOCK_BYTES and self._bodies:
            raise ReceiverError(
                Code.LOW_MEMORY, f"{available} bytes are available", retry_after_s=2
            )
        large = min(blocks, left) >= LARGE_BLOCK_BYTES and available > 2 * RESERVE_BYTES
        return Grant(Route.STREAM, LARGE_BLOCK_BYTES if large else SMALL_BLOCK_BYTES)

    def _give_back(self, grant: Grant, holder: _Holder) -> None:
        with self._lock:
            self._bodies -= 1
            self._holders.remove(holder)
            self._lock.notify()
            if grant.route is Route.MEMORY:
                self._in_memory_bytes -= grant.block_bytes
            else:
                self._blocks_bytes -= grant.block_bytes
