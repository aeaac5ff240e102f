"""The receiver's command line, and where its parts are put together."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import click

from receiver import __version__
from receiver.admission import Admission, Budget, plan_budget
from receiver.batch import Batches
from receiver.config import (
    DEFAULT_BODIES,
    DEFAULT_PORT,
    Config,
    parse_size,
    parse_time,
)
from receiver.disk_store import DiskStore, FolderInUseError
from receiver.history import History
from receiver.janitor import Janitor
from receiver.keys import Keys
from receiver.memory import MIB, read_memory, resident_bytes
from receiver.names import HIDDEN
from receiver.serve import HttpServer
from receiver.sha256_pass import Sha256Pass
from receiver.space import DiskSpace, default_keep_free, lies_in_memory, read_disk
from receiver.telemetry import Telemetry, Traffic
from receiver.uploads import Uploads
from receiver.web import Services, create_app

_log = logging.getLogger(__name__)


class _Parsed(click.ParamType[Any]):
    """An option's value by a function that raises ValueError."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


SIZE = _Parsed("size", parse_size)
TIME = _Parsed("time", parse_time)


@click.group(context_settings={"auto_envvar_prefix": "WHERRY"})
@click.version_option(__version__, prog_name="wherry-receiver")
def main() -> None:
    """Wherry's receiver: takes files of any size within a small budget of memory."""


@main.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path.home() / "Wherry",
              show_default="Wherry in your home", help="Folder for received files.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=DEFAULT_PORT, show_default=True, help="0: a free one.")
@click.option("--tls", type=click.Choice(["auto", "off"]), default="auto", help="off: plain HTTP.")
@click.option("--memory-budget", type=SIZE, help="Memory for bodies in flight, e.g. 32M.")
@click.option("--keep-free", type=SIZE, help="Disk that is never filled, e.g. 500M.")
@click.option("--max-upload", type=SIZE, help="Largest file taken, e.g. 20G.")
@click.option("--expire-after", type=TIME, default="7d", show_default=True,
              help="Remove an upload that got no byte for so long.")  # fmt: skip
@click.option("--bodies", type=int, default=DEFAULT_BODIES, show_default=True,
              help="Files received at once, at most.")  # fmt: skip
@click.option("--allow-origin", multiple=True, help="A site whose pages may send; repeatable.")
def serve(
    data: Path,
    host: str,
    port: int,
    tls: str,
    memory_budget: int | None,
    keep_free: int | None,
    max_upload: int | None,
    expire_after: float,
    bodies: int,
    allow_origin: tuple[str, ...],
) -> None:
    """Receive files until told to stop."""
    logging.basicConfig(
        level=os.environ.get("WHERRY_LOG", "INFO"),
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    try:
        config = Config(
            data=data.absolute(),
            host=host,
            port=port,
            plain=tls == "off",
            memory_budget_bytes=memory_budget,
            keep_free_bytes=keep_free,
            max_upload_bytes=max_upload,
            expire_after_s=expire_after,
            bodies=bodies,
            allow_origins=allow_origin,
        )
        run(config, os.environ.get("WHERRY_KEY"))
    except FolderInUseError as error:
        raise click.ClickException(
            f"Another receiver is working in {error}. Stop it, or choose another folder by --data."
        ) from error
    except sqlite3.Error as error:
        raise click.ClickException(f"The list of received files is damaged: {error}") from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else f" ({host}:{port})"
        raise click.ClickException(f"{error.strerror or error}{where}") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def run(config: Config, given_key: str | None) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        FolderInUseError: another receiver works in the folder.
        OSError: the folder cannot be used, or the address is taken.
        ValueError: the memory budget is too small.
    """
    ended = threading.Event()
    _stop_on_signals(ended)
    with _running(config, given_key) as url:
        click.echo(f"Ready {url}")
        ended.wait()
        click.echo("Stopping; unfinished uploads go on after the next start.")


def _stop_on_signals(ended: threading.Event) -> None:
    def on_signal(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)


@contextlib.contextmanager
def _running(config: Config, given_key: str | None) -> Iterator[str]:
    """Put the parts together, start them, and stop them in reverse order; yields the URL."""
    with contextlib.ExitStack() as stack:
        store = DiskStore(config.data)
        stack.callback(store.close)
        keys = Keys(config.data / HIDDEN / "keys.json", given_key)
        history = History(config.data / HIDDEN / "history.db", config.data)
        stack.callback(history.close)
        services, recovered = _assemble(config, keys, store, history)
        server = HttpServer(
            create_app(services), config.host, config.port, services.admission.budget.bodies
        )
        janitor = Janitor(services.uploads, recovered, config.expire_after_s)
        sha256_pass = Sha256Pass(history, config.data)
        for part in (services.telemetry, janitor, sha256_pass, server):
            part.start()
            stack.callback(part.stop)
        _tell_limits(services)
        _make_first_key(keys)
        host, port = server.address
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _assemble(
    config: Config, keys: Keys, store: DiskStore, history: History
) -> tuple[Services, list[str]]:
    total_bytes = read_disk(config.data).total_bytes
    keep_free = config.keep_free_bytes
    space = DiskSpace(
        lambda: read_disk(config.data),
        default_keep_free(total_bytes) if keep_free is None else keep_free,
    )
    budget = plan_budget(read_memory().available_bytes, config.memory_budget_bytes, config.bodies)
    admission = Admission(budget, read_memory)
    traffic = Traffic()
    uploads = Uploads(store, space, admission, history, traffic.count, config.max_upload_bytes)
    recovered = uploads.recover()
    telemetry = Telemetry(
        traffic,
        space.figures,
        lambda: {live.info.id: live.received for live in uploads.running()},
    )
    in_memory = lies_in_memory(config.data)
    return Services(
        config,
        keys,
        history,
        Batches(store, space, history),
        uploads,
        admission,
        space,
        traffic,
        telemetry,
        in_memory,
    ), recovered


def _tell_limits(services: Services) -> None:
    """Print the budget and what it is made of, and the limits."""
    budget: Budget = services.admission.budget
    memory = read_memory()
    reading, promised, usable = services.space.figures()
    click.echo(f"Wherry receiver {__version__}, folder {services.config.data}")
    click.echo(
        f"Memory: {memory.available_bytes // MIB} of {memory.total_bytes // MIB} MiB available "
        f"({memory.source}). At most about {(resident_bytes() + budget.limit_bytes) // MIB} MiB "
        f"used: {resident_bytes() // MIB} base + {budget.blocks_bytes // MIB} for blocks of up to "
        f"{budget.bodies} bodies + {budget.in_memory_bytes // MIB} for files held in memory "
        f"(each at most {budget.largest_in_memory_bytes // MIB} MiB)."
    )
    click.echo(
        f"Disk: {usable // MIB} MiB usable; {reading.free_bytes // MIB} free, "
        f"{promised // MIB} promised, {services.space.keep_free_bytes // MIB} kept free."
    )
    if services.data_in_memory:
        click.echo("Warning: the folder lies in memory (tmpfs): received files use up memory.")
    if lies_in_memory(Path(tempfile.gettempdir())):
        _log.info("the folder for temporary files lies in memory; received files do not go there")


def _make_first_key(keys: Keys) -> None:
    if not keys:
        click.echo(f"Key: {keys.make('first', admin=True)}")
        click.echo("Write the key down: it is shown only this once. Senders need it.")


if __name__ == "__main__":
    main()
