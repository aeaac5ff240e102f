"""What `wherry send` shows: one line that is rewritten, plain lines, or JSON. Knows no engine."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
import time
import unicodedata
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, TextIO

from desktop.messages import PlainWords, explain, state_words
from desktop.transfer.events import Changed, Event, Problem, ProblemKind, Refused, State, Transfer
from receiver.protocol import Route

REPAINT_S = 0.1
PLAIN_PROGRESS_S = 10.0
NAME_COLUMNS = 40
_WORDS = PlainWords()
_ROUTES = {Route.MEMORY: "taken in memory", Route.STREAM: "streamed", None: ""}
_WAITING = frozenset((State.WAITING_NETWORK, State.WAITING_SPACE, State.WAITING_SERVER))
_NEWS = _WAITING | {State.STORED, State.CANCELLED}
"""What is told in a line each; a failure is told on stderr, in full."""


@dataclass(slots=True)
class Totals:
    """The list as a whole, as it grows: files finished of all, and those that were not stored."""

    finished: int = 0
    count: int = 0
    not_stored: int = 0


class Display(Protocol):
    """Shows events as they come."""

    def show(self, event: Event, totals: Totals) -> None: ...
    def tick(self) -> None:
        """Called a few times a second, events or not."""

    def flush(self) -> None:
        """Called whenever nothing more is to be shown at once."""

    def end(self, totals: Totals) -> None: ...


def display_for(*, quiet: bool, as_json: bool) -> Display:
    """Choose the display: asked for, or by whether somebody watches."""
    if as_json:
        return JsonLines(sys.stdout)
    if quiet:
        return Quiet()
    return Live(sys.stdout) if sys.stdout.isatty() else Lines(sys.stdout)


def complain(what: str, problem: Problem) -> None:
    """Say on stderr what went wrong with `what`, what that means, and what to do."""
    told = explain(problem, _WORDS)
    print(f"{printable(what)}: {told.headline} {told.meaning} {told.action}", file=sys.stderr)  # noqa: T201


def complain_of_server(problem: Problem) -> None:
    """Say on stderr why a send could not even begin."""
    told = explain(dataclasses.replace(problem, retry_in_s=None), _WORDS)
    print(f"{told.headline} Nothing was sent. {told.action}", file=sys.stderr)  # noqa: T201


def printable(text: str) -> str:
    """Return a name without what would move the cursor or cannot be written."""
    if text.isprintable():
        return text
    kept = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
    return kept.encode("utf-8", "replace").decode("utf-8")


class Quiet:
    """Nothing but what went wrong."""

    def show(self, event: Event, totals: Totals) -> None:
        if isinstance(event, Changed):
            transfer = event.transfer
            if transfer.state is State.FAILED:
                complain(transfer.name, transfer.problem or Problem(ProblemKind.BUG))
        elif isinstance(event, Refused):
            complain(str(event.path), event.problem)

    def tick(self) -> None:
        """Nothing moves here."""

    def flush(self) -> None:
        """Nothing is held back here."""

    def end(self, totals: Totals) -> None:
        """The exit code tells."""


class JsonLines(Quiet):
    """One JSON object a line, one line an event."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def show(self, event: Event, totals: Totals) -> None:
        super().show(event, totals)
        self._write({"event": type(event).__name__.lower(), **_plain(event)})

    def end(self, totals: Totals) -> None:
        self._write({"event": "ended", **dataclasses.asdict(totals)})
        self.flush()

    def flush(self) -> None:
        self._out.flush()

    def _write(self, fields: dict[str, Any]) -> None:
        print(json.dumps(fields), file=self._out)


def _plain(event: Event) -> dict[str, Any]:
    return {key: _json_value(value) for key, value in dataclasses.asdict(event).items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, Transfer):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _json_value(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Path) else value


class Lines(Quiet):
    """A line for each file that ends or has to wait, and now and then one that tells how far."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._waiting: dict[int, State] = {}
        self._told_at = time.monotonic()

    def show(self, event: Event, totals: Totals) -> None:
        super().show(event, totals)
        if isinstance(event, Changed):
            self._note(event.transfer, totals)

    def end(self, totals: Totals) -> None:
        stored = totals.finished - totals.not_stored
        files = "file" if totals.count == 1 else "files"
        self._print(f"{stored} of {totals.count} {files} stored.")
        self.flush()

    def _note(self, transfer: Transfer, totals: Totals) -> None:
        state = transfer.state
        before = self._waiting.pop(transfer.id, None)
        if state in _WAITING:
            self._waiting[transfer.id] = state
        if state in _NEWS and state is not before:
            self._print(news(transfer))
        elif time.monotonic() - self._told_at >= PLAIN_PROGRESS_S:
            self._told_at = time.monotonic()
            self._print(progress(transfer, totals))

    def flush(self) -> None:
        self._out.flush()

    def _print(self, line: str) -> None:
        print(line, file=self._out)


class Live(Lines):
    """The same news, and below them one line that is rewritten in place."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self._moving: dict[int, Transfer] = {}
        self._totals = Totals()
        self._columns = 0
        self._painted_at = 0.0

    def show(self, event: Event, totals: Totals) -> None:
        if isinstance(event, Refused):
            self._wipe()
        super().show(event, totals)
        self._totals = totals
        self.tick()

    def tick(self) -> None:
        now = time.monotonic()
        if self._moving and now - self._painted_at >= REPAINT_S:
            self._painted_at = now
            self._paint(progress(self._moving[min(self._moving)], self._totals))

    def end(self, totals: Totals) -> None:
        self._wipe()
        super().end(totals)

    def _note(self, transfer: Transfer, totals: Totals) -> None:
        if transfer.state in (State.WAITING, State.PAUSED) or transfer.state.finished:
            self._moving.pop(transfer.id, None)
        else:
            self._moving[transfer.id] = transfer
        if transfer.state.finished:
            self._wipe()
            if transfer.state is not State.FAILED:
                super()._print(news(transfer))

    def _paint(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        line = fit(line, width)
        columns = _columns(line)
        self._out.write("\r" + line + " " * max(0, self._columns - columns))
        self._out.flush()
        self._columns = columns

    def _wipe(self) -> None:
        if self._columns:
            self._out.write("\r" + " " * self._columns + "\r")
            self._out.flush()
        self._columns = 0


def news(transfer: Transfer) -> str:
    """One line about a file that has ended or has to wait."""
    said = printable(state_words(transfer, _WORDS))
    return f"{printable(transfer.name)} ({_WORDS.size(transfer.size_bytes)}): {said}"


def progress(transfer: Transfer, totals: Totals) -> str:
    """One line about a file that moves: how far, how fast, how long, and how it is taken."""
    number = (
        f"[{min(totals.finished + 1, totals.count)}/{totals.count}] " if totals.count > 1 else ""
    )
    name = number + fit(printable(transfer.name), NAME_COLUMNS)
    stored, size = transfer.stored_bytes, transfer.size_bytes
    percent = min(99, stored * 100 // size) if size else 0
    parts = [f"{name}  {percent} %", f"{_WORDS.size(stored)} of {_WORDS.size(size)}"]
    if transfer.state is not State.UPLOADING:
        return "  ".join([*parts, printable(state_words(transfer, _WORDS))])
    if transfer.bytes_per_s is not None:
        parts.append(_WORDS.rate(transfer.bytes_per_s))
    if transfer.eta_s is not None:
        parts.append(f"{_WORDS.duration(transfer.eta_s)} left")
    return "  ".join([*parts, _ROUTES[transfer.route]]).rstrip()


def fit(text: str, columns: int) -> str:
    """Shorten to so many columns of a terminal; wide characters count twice."""
    if _columns(text) <= columns:
        return text
    kept = ""
    for one in text:
        if _columns(kept + one) >= columns:
            break
        kept += one
    return kept + "\N{HORIZONTAL ELLIPSIS}"


def _columns(text: str) -> int:
    return sum(_width(one) for one in text)


def _width(one: str) -> int:
    if unicodedata.combining(one):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1
