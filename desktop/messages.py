"""The only place where words for problems and states are made, from the texts in wording.py.

Each message says what happened, what it means for the file, and what to do, with numbers and the
name of the machine that is meant. Knows no Qt. The technical side stays in `Problem.detail`.
"""

from __future__ import annotations

import math
import string
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

import humanize

from desktop.transfer.events import Problem, State, Transfer
from desktop.wording import (
    ALREADY_STORED,
    ELSEWHERE,
    EXPLANATIONS,
    NOTES,
    NOW,
    SERVER,
    SOON,
    STATES,
)


class Words(Protocol):
    """How numbers are written and texts translated: by Qt in the window, plainly elsewhere."""

    def size(self, size_bytes: float, /) -> str: ...
    def rate(self, bytes_per_s: float, /) -> str: ...
    def duration(self, seconds: float, /) -> str: ...
    def count(self, value: int, /) -> str: ...
    def name(self, name: str, /) -> str: ...
    def translate(self, text: str, /) -> str: ...


@lru_cache(1000)
def _plain_size(size_bytes: float) -> str:
    return humanize.naturalsize(size_bytes, format="%.1f")


class PlainWords:
    """English, for a terminal."""

    def size(self, size_bytes: float, /) -> str:
        """Return "1.1 GB"."""
        return _plain_size(size_bytes)

    def rate(self, bytes_per_s: float, /) -> str:
        """Return "112.0 MB/s"."""
        return f"{self.size(bytes_per_s)}/s"

    def duration(self, seconds: float, /) -> str:
        """Return the two largest units: "3 min 20 s"."""
        minutes, left_s = divmod(max(0, round(seconds)), 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours} h {minutes} min"
        return f"{minutes} min {left_s} s" if minutes else f"{left_s} s"

    def count(self, value: int, /) -> str:
        return str(value)

    def name(self, name: str, /) -> str:
        """Return the name of a file or machine as it stands in a sentence."""
        return name

    def translate(self, text: str, /) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, what it means for the file, what to do; whole sentences."""

    headline: str
    meaning: str
    action: str


def explain(problem: Problem, words: Words, now: float | None = None) -> Explanation:
    """Put a problem into words.

    Args:
        problem: what happened.
        words: how numbers are written.
        now: seconds since the epoch, to count down to the next try; None for the clock's.
    """
    values = _values(problem, words, now)
    texts = EXPLANATIONS[problem.kind]
    chosen = next((one for one in texts if _fields(" ".join(one)) <= values.keys()), texts[-1])
    headline, meaning, action = (_fill(text, values, words) for text in chosen)
    if problem.retry_in_s is not None:
        again = SOON if "retry" in values else NOW
        meaning = f"{meaning} {_fill(again, values, words)}"
    return Explanation(headline, meaning, action)


def state_words(transfer: Transfer, words: Words, now: float | None = None) -> str:
    """Say in one line where a transfer stands; arguments as for `explain`."""
    if transfer.state is State.FAILED and transfer.problem is not None:
        return explain(transfer.problem, words, now).headline
    values = _values(transfer.problem, words, now) | _values_of_transfer(transfer, words)
    chosen = next(text for text in _texts(transfer) if _fields(text) <= values.keys())
    return _fill(chosen, values, words)


def elsewhere_words(transfer: Transfer, server: str, words: Words) -> str:
    """Say that a transfer waits for its server, which is not the one that is sent to now."""
    values = {
        **_values(None, words, 0.0),
        **_values_of_transfer(transfer, words),
        "server": words.name(server),
    }
    chosen = next(text for text in ELSEWHERE if _fields(text) <= values.keys())
    return _fill(chosen, values, words)


def _texts(transfer: Transfer) -> tuple[str, ...]:
    state, problem = transfer.state, transfer.problem
    if state is State.STORED and transfer.already_stored:
        return ALREADY_STORED
    if problem is None or state.finished or state in (State.PAUSED, State.VERIFYING):
        return STATES[state]
    return NOTES.get(problem.kind, STATES[state])


def _values(problem: Problem | None, words: Words, now: float | None) -> dict[str, str]:
    if problem is None:
        return {"where": words.translate(SERVER)}
    sizes = {
        "needed": problem.needed_bytes,
        "free": problem.free_bytes,
        "promised": problem.promised_bytes or None,
        "limit": problem.limit_bytes,
        "missing": _missing_bytes(problem),
    }
    values = {name: words.size(size) for name, size in sizes.items() if size is not None}
    values["where"] = _machine(problem.where, words) or words.translate(SERVER)
    seconds = seconds_left(problem, time.time() if now is None else now)
    if seconds > 0:
        values["retry"] = words.duration(seconds)
    return values


def _machine(where: str, words: Words) -> str:
    """Return a host's name as a name; a phrase such as "this computer" is part of its sentence."""
    return where if " " in where else words.name(where)


def _missing_bytes(problem: Problem) -> int | None:
    if problem.needed_bytes is None or problem.free_bytes is None:
        return None
    missing = problem.needed_bytes - (problem.free_bytes - (problem.promised_bytes or 0))
    return missing if missing > 0 else None


def seconds_left(problem: Problem, now: float) -> int:
    """Seconds until the next try: never more than it was to be, whatever the clock was set to."""
    if problem.retry_in_s is None:
        return 0
    return math.ceil(min(problem.retry_in_s, max(0.0, problem.at + problem.retry_in_s - now)))


def _values_of_transfer(transfer: Transfer, words: Words) -> dict[str, str]:
    """The shares are rounded down, and 100 is left to what is stored."""
    values = {}
    for name, part in (
        ("percent", transfer.stored_bytes),
        ("resumed", transfer.resumed_from_bytes or 0),
    ):
        if part > 0 and transfer.size_bytes:
            values[name] = words.count(min(99, part * 100 // transfer.size_bytes))
    if transfer.stored_name is not None and transfer.stored_name != transfer.name:
        values["stored_name"] = words.name(transfer.stored_name)
    return values


@cache
def _fields(text: str) -> frozenset[str]:
    """The values that a text of wording.py needs."""
    return frozenset(field for _, field, _, _ in string.Formatter().parse(text) if field)


def _fill(text: str, values: Mapping[str, str], words: Words) -> str:
    """Fill in; a phrase such as "this computer" is capitalised in front, a host's name is not."""
    filled = words.translate(text).format_map(values)
    if filled.startswith(values["where"]) and " " not in values["where"]:
        return filled
    return filled[:1].upper() + filled[1:]
