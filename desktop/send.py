"""`wherry send`: the engine of the window, driven from a terminal.

A send that was killed goes on where it was when the same paths are given again: its ledger knows
the uploads they have begun. Sends at the same time use a ledger each.
"""

from __future__ import annotations

import dataclasses
import os
import queue
import re
import time
from collections.abc import Sequence
from pathlib import Path

import click
import platformdirs

from desktop import interpreter
from desktop.paths import places_of_user
from desktop.server_keys import KeyUnreadableError
from desktop.servers import find_server
from desktop.terminal import Display, Totals, complain_of_server, display_for
from desktop.transfer.api import Api, Server
from desktop.transfer.backoff import Backoff
from desktop.transfer.engine import Engine
from desktop.transfer.errors import TransferError, TryAgainError
from desktop.transfer.events import Changed, Event, Refused, Removed, Scanned, State, Transfer
from desktop.transfer.ledger import Ledger

ENV_TO = "WHERRY_TO"
ENV_KEY = "WHERRY_KEY"
ENV_STATE = "WHERRY_STATE"
FIRST_REACH_S = 10.0
FORGET_AFTER_S = 30 * 24 * 3600.0
MOST_LEDGERS = 100
UNKEPT = (
    "What is sent cannot be noted on this computer ({reason}). It is sent all the same; should it "
    "be interrupted, it begins anew."
)
DROPS = (
    "Nothing more is sent. {server} is still to free the space of uploads that were given up; "
    "waiting for it (Ctrl+C ends this)."
)
TELL_AFTER_S = 5.0
TICK_S = 0.1

STORED, NOT_STORED = 0, 1
_SPEED = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMG]?)(i?)B?(?:/s)?", re.IGNORECASE)


class Speed(click.ParamType):  # type: ignore[type-arg]
    """Bytes a second; K, M and G are powers of 1000, with an i (Ki) of 1024."""

    name = "RATE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        match = _SPEED.fullmatch(str(value))
        speed = 0.0
        if match:
            base = 1024 if match[3] else 1000
            speed = float(match[1]) * base ** " kmg".index(match[2].lower() or " ")
        if not speed:
            self.fail(f"{value!r} is not a speed such as 500K or 2.5M.", param, ctx)
        return speed


@click.command("send", short_help="Send files from the command line.")
@click.option("--to", envvar=ENV_TO, metavar="URL|LINK|NAME", help=f"Where to; else {ENV_TO}.")
@click.option("--limit", type=Speed(), help="No faster than this a second: 500K, 2.5M.")
@click.option(
    "--parallel",
    type=click.IntRange(1, 16),
    help="So many files at a time; else two, and more where that is faster.",
)
@click.option("--quiet", is_flag=True, help="Say only what goes wrong.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line an event.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
def send(
    to: str | None,
    limit: float | None,
    parallel: int | None,
    quiet: bool,
    as_json: bool,
    paths: tuple[Path, ...],
) -> None:
    """Send files and folders, and go on where an earlier try was broken off.

    NAME is a server that is saved in the window, with its key; for a URL the key comes from
    WHERRY_KEY. Ends with 0 when all is stored, with 1 when something is not,
    with 2 when it was called wrongly.
    """
    if quiet and as_json:
        raise click.UsageError("--quiet and --json exclude each other.")
    server = _server(to, os.environ.get(ENV_KEY, ""))
    try:
        server = _reach(server)
    except TransferError as error:
        complain_of_server(error.problem)
        raise SystemExit(NOT_STORED) from error
    display = display_for(quiet=quiet, as_json=as_json)
    raise SystemExit(_send(server, paths, display, limit, parallel))


def _server(to: str | None, key: str) -> Server:
    if not to:
        raise click.UsageError(
            f"Say where to: --to http://SERVER:5151, or put the address into {ENV_TO}."
        )
    try:
        return find_server(to, key, places_of_user())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except KeyUnreadableError as error:
        raise click.ClickException(f"{error} Open it, or put the key into {ENV_KEY}.") from error


def _reach(server: Server) -> Server:
    """Make the first contact, patient for a moment only; returns the server with its own name.

    Raises:
        TransferError: it cannot be reached, or does not let us in.
    """
    until = time.monotonic() + FIRST_REACH_S
    backoff = Backoff(most_s=2.0)
    with Api(server) as api:
        while True:
            try:
                name = api.status().name
                return dataclasses.replace(server, name=name or server.name)
            except TryAgainError as error:
                delay_s = error.retry_after_s or backoff.next_delay_s()
                if time.monotonic() + delay_s >= until:
                    raise
                time.sleep(delay_s)


def _ledger(paths: Sequence[Path]) -> Ledger:
    """Open the ledger that knows these paths; else the first that no other send is using."""
    folder = Path(os.environ.get(ENV_STATE) or platformdirs.user_state_path("wherry"))
    free: Ledger | None = None
    for number in range(1, MOST_LEDGERS):
        file = folder / ("send.db" if number == 1 else f"send-{number}.db")
        if free is not None and not file.exists():
            return free
        try:
            ledger = Ledger(file)
        except BlockingIOError:
            continue
        if any(ledger.knows(Path(os.path.abspath(path))) for path in paths):  # noqa: PTH100
            if free is not None:
                free.close()
            return ledger
        if free is None:
            free = ledger
        else:
            ledger.close()
    if free is None:
        raise click.ClickException("Too many sends are running at the same time.")
    return free


def _send(
    server: Server,
    paths: Sequence[Path],
    display: Display,
    limit: float | None,
    parallel: int | None,
) -> int:
    interpreter.set_up()
    ledger = _ledger(paths)
    ledger.forget_older_than(FORGET_AFTER_S)
    ledger.hold_back()
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    engine = Engine(ledger, events.put, server=server, streams=parallel, limit_bytes_per_s=limit)
    watch = Watch(display)
    if ledger.unkept:
        click.echo(UNKEPT.format(reason=ledger.unkept), err=True)
    engine.start()
    try:
        engine.add(paths)
        watch.until_done(events)
        _await_drops(engine, server)
        engine.remove(watch.stored_ids)
    except KeyboardInterrupt:
        watch.interrupted()
    finally:
        engine.stop()
    display.end(watch.totals)
    return NOT_STORED if watch.totals.not_stored else STORED


def _await_drops(engine: Engine, server: Server) -> None:
    """Leave no space promised for uploads that turned out to be needless.

    The files stay in the ledger until then: the same command, given again, finds it by them.
    """
    if not engine.await_drops(TELL_AFTER_S):
        click.echo(DROPS.format(server=server.name), err=True)
        engine.await_drops()


class Watch:
    """Counts what becomes of the files of this send; those it holds back are paused."""

    def __init__(self, display: Display) -> None:
        self.stored_ids: list[int] = []
        self.totals = Totals()
        self._display = display
        self._open: set[int] = set()
        self._scanned = False

    def until_done(self, events: queue.SimpleQueue[Event]) -> None:
        """Show events until every file has come to its end."""
        while self._open or not self._scanned:
            try:
                event = self._next(events)
            except queue.Empty:
                self._display.tick()
            else:
                if self._take(event):
                    self._display.show(event, self.totals)

    def _next(self, events: queue.SimpleQueue[Event]) -> Event:
        """Take the next event; what is shown need not be out before there is none."""
        try:
            return events.get_nowait()
        except queue.Empty:
            self._display.flush()
            return events.get(timeout=TICK_S)

    def interrupted(self) -> None:
        """Somebody pressed Ctrl+C: what is open is not stored, and how to go on."""
        self.totals.finished += len(self._open)
        self.totals.not_stored += len(self._open)
        self._open.clear()
        click.echo("\nStopped. Give the same command again to go on where it was.", err=True)

    def _take(self, event: Event) -> bool:
        """Count an event; False for one of a file that is none of this send."""
        if isinstance(event, Changed):
            return self._take_change(event.transfer)
        if isinstance(event, Refused):
            self.totals.count += 1
            self._finish(is_stored=False)
        self._scanned |= isinstance(event, Scanned)
        return not isinstance(event, Removed)

    def _take_change(self, transfer: Transfer) -> bool:
        number, state = transfer.id, transfer.state
        if not state.finished:
            if state is not State.PAUSED and number not in self._open:
                self._open.add(number)
                self.totals.count += 1
            return state is not State.PAUSED
        if number not in self._open:
            return False
        self._open.discard(number)
        self._finish(is_stored=state is State.STORED)
        if state is State.STORED:
            self.stored_ids.append(number)
        return True

    def _finish(self, *, is_stored: bool) -> None:
        self.totals.finished += 1
        self.totals.not_stored += not is_stored
