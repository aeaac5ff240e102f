"""The memory budget: never exceeded, whatever comes in whatever order; and the choice of route."""

from __future__ import annotations

import random
import threading
from contextlib import ExitStack, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from receiver.admission import (
    LEASE_S,
    RESERVE_BYTES,
    SMALL_BLOCK_BYTES,
    Admission,
    Budget,
    Grant,
    plan_budget,
)
from receiver.errors import ReceiverError
from receiver.memory import MemoryReading
from receiver.protocol import Code, Route

MIB = 1 << 20
GIB = 1 << 30
SIZES = st.one_of(st.integers(0, 10 * MIB), st.integers(0, 1 << 40), st.just(0))


class Machine:
    """A clock and a memory reading that stand still until a test moves them."""

    def __init__(self, available_bytes: int = GIB) -> None:
        self.available_bytes = available_bytes
        self.now = 0.0

    def read(self) -> MemoryReading:
        return MemoryReading(2 * GIB, self.available_bytes, 0, "host")

    def admission(self, budget: Budget) -> Admission:
        return Admission(budget, self.read, lambda: self.now)


@given(st.integers(0, 1 << 40), st.none() | st.integers(0, 1 << 32), st.integers(1, 1024))
def test_the_parts_of_a_budget_make_the_whole(
    available: int, wanted: int | None, bodies: int
) -> None:
    try:
        budget = plan_budget(available, wanted, bodies)
    except ValueError:
        assert (wanted if wanted is not None else available // 2) < MIB + RESERVE_BYTES
        return
    assert budget.blocks_bytes + budget.in_memory_bytes == budget.limit_bytes
    assert 1 <= budget.bodies <= bodies
    assert budget.bodies * SMALL_BLOCK_BYTES <= budget.blocks_bytes
    assert 0 <= budget.largest_in_memory_bytes <= budget.in_memory_bytes
    assert wanted is not None or budget.limit_bytes <= available // 2


def test_a_budget_for_less_than_one_block_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least 512 KiB"):
        plan_budget(GIB, 500 * 1024, 64)


@given(st.integers(0, 64 * MIB), st.integers(0, 1 << 31))
def test_what_goes_through_memory_is_at_most_half_of_what_is_there(
    size: int, available: int
) -> None:
    """A body of at most half of the available memory, in the budget and under the cap; no other."""
    budget = plan_budget(GIB, 48 * MIB, 8)
    admission = Machine(available).admission(budget)
    try:
        route = admission.route("one", size)
    except ReceiverError as error:
        assert error.code is Code.LOW_MEMORY
        assert error.retry_after_s
        assert available < RESERVE_BYTES
        return
    small = size <= min(available // 2, budget.largest_in_memory_bytes, budget.in_memory_bytes)
    assert route is (Route.MEMORY if small else Route.STREAM)
    assert admission.used_bytes == (size if small else 0)


def test_an_upload_of_unknown_size_streams() -> None:
    assert Machine().admission(plan_budget(GIB, 48 * MIB, 8)).route("one", None) is Route.STREAM


def test_a_promise_ends_by_itself() -> None:
    machine = Machine()
    admission = machine.admission(plan_budget(GIB, 48 * MIB, 8))
    admission.route("one", MIB)
    machine.now = 29.9
    assert admission.used_bytes == MIB
    machine.now = 30.1
    assert admission.used_bytes == 0


def test_a_promise_becomes_the_memory_that_it_was_for() -> None:
    machine = Machine()
    admission = machine.admission(plan_budget(GIB, 48 * MIB, 8))
    admission.route("one", MIB)
    with admission.body("one", MIB) as grant:
        assert grant == Grant(Route.MEMORY, MIB)
        assert admission.used_bytes == MIB
    assert admission.used_bytes == 0


def test_a_promise_whose_memory_is_gone_streams_instead() -> None:
    machine = Machine()
    admission = machine.admission(plan_budget(GIB, 48 * MIB, 8))
    admission.route("one", 4 * MIB)
    machine.now, machine.available_bytes = 1.0, 7 * MIB
    with admission.body("one", 4 * MIB) as grant:
        assert grant.route is Route.STREAM


def test_blocks_are_large_for_few_and_small_for_many() -> None:
    admission = Machine().admission(plan_budget(GIB, 48 * MIB, 64))
    with ExitStack() as stack:
        grants = [stack.enter_context(admission.body(str(n), None)) for n in range(64)]
        assert grants[0].block_bytes == MIB
        assert grants[-1].block_bytes == SMALL_BLOCK_BYTES
        assert admission.used_bytes <= admission.budget.blocks_bytes
        with pytest.raises(ReceiverError) as refused:
            stack.enter_context(admission.body("one too many", None))
        assert (refused.value.code, refused.value.retry_after_s) == (Code.BUSY, 1)


@given(st.lists(st.integers(0, 64 * MIB), max_size=40), st.integers(0, 64 * MIB))
def test_a_machine_that_gets_short_shrinks_the_budget(bodies: list[int], available: int) -> None:
    """Bodies of one moment take at most half of what is available; one always goes on."""
    machine = Machine()
    admission = machine.admission(plan_budget(GIB, 48 * MIB, 64))
    machine.available_bytes = available
    with ExitStack() as stack:
        for number, size in enumerate(bodies):
            try:
                stack.enter_context(admission.body(str(number), size))
            except ReceiverError as error:
                assert error.code is Code.LOW_MEMORY
                assert error.retry_after_s
        assert admission.limit_bytes == min(48 * MIB, available // 2)
        assert admission.used_bytes <= max(admission.limit_bytes, SMALL_BLOCK_BYTES)
        assert bool(admission.used_bytes) == bool(bodies)
        machine.now, machine.available_bytes = 1.0, GIB
        assert admission.limit_bytes == 48 * MIB


class AnyOrder(RuleBasedStateMachine):
    """Routes, bodies, releases, time and memory in any order."""

    ids = Bundle("ids")
    bodies = Bundle("bodies")

    def __init__(self) -> None:
        super().__init__()
        self.machine = Machine()
        self.admission = self.machine.admission(plan_budget(GIB, 3 * MIB, 4))
        self.count = 0

    @rule(target=ids, size=SIZES)
    def create(self, size: int) -> str:
        self.count += 1
        with suppress(ReceiverError):
            self.admission.route(str(self.count), size)
        return str(self.count)

    @rule(target=bodies, upload=ids, size=st.none() | SIZES)
    def begin(self, upload: str, size: int | None) -> object:
        stack = ExitStack()
        try:
            stack.enter_context(self.admission.body(upload, size))
        except ReceiverError as error:
            assert error.code in (Code.BUSY, Code.LOW_MEMORY)
            assert self.admission.used_bytes, "one body at a time always goes on"
            return multiple()
        return stack

    @rule(stack=consumes(bodies))
    def end(self, stack: ExitStack) -> None:
        stack.close()

    @rule(upload=ids)
    def give_up(self, upload: str) -> None:
        self.admission.release(upload)

    @rule(seconds=st.floats(0, 2 * LEASE_S))
    def wait(self, seconds: float) -> None:
        self.machine.now += seconds

    @rule(available=st.integers(0, GIB))
    def change_memory(self, available: int) -> None:
        self.machine.available_bytes = available

    @invariant()
    def within_the_budget(self) -> None:
        assert 0 <= self.admission.used_bytes <= self.admission.budget.limit_bytes


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnyOrder = AnyOrder.TestCase


def test_the_budget_holds_with_real_threads() -> None:
    admission = Admission(plan_budget(GIB, 4 * MIB, 8), Machine().read)
    exceeded: list[int] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for step in range(300):
            upload, size = f"{seed}-{step}", chance.choice([1000, MIB // 2, MIB, 3 * MIB, 1 << 30])
            with suppress(ReceiverError):
                admission.route(upload, size)
                if chance.random() < 0.2:
                    admission.release(upload)
                with admission.body(upload, chance.choice([None, size])):
                    used = admission.used_bytes
                    if not 0 < used <= admission.budget.limit_bytes:
                        exceeded.append(used)
            admission.release(upload)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not exceeded
    assert admission.used_bytes == 0


class Crawling:
    """A body of which a byte comes now and then; lets go of its slot when it is stopped."""

    def __init__(self, bytes_per_s: float, machine: Machine, slots: ExitStack) -> None:
        self._bytes_per_s = bytes_per_s
        self._machine = machine
        self._slots = slots

    @property
    def received_bytes(self) -> int:
        return int(self._bytes_per_s * self._machine.now)

    def stop(self) -> None:
        threading.Thread(target=self._slots.close).start()


def test_a_body_that_hardly_moves_gives_way_when_all_slots_are_taken() -> None:
    machine = Machine()
    admission = machine.admission(plan_budget(GIB, 48 * MIB, 3))
    crawling, walking = ExitStack(), ExitStack()
    crawling.enter_context(admission.body("crawls", None, Crawling(20, machine, crawling)))
    for rate in (600, 1e6):
        body = Crawling(rate, machine, walking)
        walking.enter_context(admission.body("walks", None, body))
    machine.now = 1.5
    with pytest.raises(ReceiverError), admission.body("too early to tell", None):
        pass
    machine.now = 2.5
    with admission.body("comes in its place", None):
        machine.now = 12.0
        with pytest.raises(ReceiverError), admission.body("nobody else gives way", None):
            pass
    walking.close()
    assert admission.used_bytes == 0
