"""Puts the receiver's parts together, starts them, tells their limits, and stops them."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

import click

from receiver import __version__
from receiver.admission import Admission, plan_budget
from receiver.batch import Batches
from receiver.config import Config
from receiver.disk_store import DiskStore
from receiver.history import History
from receiver.identity import CertificateFiles, fingerprint, own_certificate
from receiver.janitor import Janitor
from receiver.keys import Keys
from receiver.logs import log_stored
from receiver.memory import MIB, read_memory, resident_bytes, settle, share_heaps
from receiver.names import HIDDEN
from receiver.serve import HttpServer
from receiver.sha256_pass import Sha256Pass
from receiver.space import DiskSpace, default_keep_free, lies_in_memory, read_disk
from receiver.telemetry import Telemetry, Traffic
from receiver.uploads import Uploads
from receiver.web import Services, create_app

if TYPE_CHECKING:
    from receiver.webhook import Webhook

ENV_WEBHOOK_SECRET = "WHERRY_WEBHOOK_SECRET"
KEYS_FILE = "keys.json"
STOP_S = 4.5
_log = logging.getLogger(__name__)


class Part(Protocol):
    """Works on threads of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def run(config: Config, given_key: str | None) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        config: the settings.
        given_key: a key that is valid beside the stored ones.

    Raises:
        FolderInUseError: another receiver works in the folder.
        OSError: the folder cannot be used, the address is taken, or a certificate is unusable.
        ValueError: the memory budget is too small.
    """
    ended = threading.Event()
    _stop_on_signals(ended)
    with _running(config, given_key) as url:
        click.echo(f"Ready {url}")
        ended.wait()
        click.echo("Stopping; unfinished uploads go on after the next start.")
        _end_at_last()


def _end_at_last() -> None:
    """End the process even where a disk keeps it waiting: a kill at any moment loses nothing."""

    def end() -> None:
        _log.warning(
            "not all was ended in %g s; what is unfinished goes on after the start", STOP_S
        )
        logging.shutdown()
        os._exit(0)

    timer = threading.Timer(STOP_S, end)
    timer.daemon = True
    timer.start()


def _stop_on_signals(ended: threading.Event) -> None:
    def on_signal(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)


@contextlib.contextmanager
def _running(config: Config, given_key: str | None) -> Iterator[str]:
    """Start the parts, and stop them in reverse order; yields the URL."""
    share_heaps()
    with contextlib.ExitStack() as stack:
        store = DiskStore(config.data)
        stack.callback(store.close)
        hidden = config.data / HIDDEN
        keys = Keys(hidden / KEYS_FILE, given_key)
        history = History(hidden / "history.db", config.data)
        history.listeners.append(log_stored)
        stack.callback(history.close)
        services, recovered = _assemble(config, keys, store, history)
        files = _certificate(config, hidden)
        bodies = services.admission.budget.bodies
        turns = services.admission.turns
        server = HttpServer(
            create_app(services), config.host, config.port, bodies, files, turns=turns
        )
        janitor = Janitor(services.uploads, history, recovered, config.expire_after_s)
        parts: list[Part] = [services.telemetry, janitor, Sha256Pass(history, config.data), server]
        if config.webhook:
            parts.insert(0, _webhook(config, services))
        for part in parts:
            part.start()
            stack.callback(part.stop)
        settle()
        _tell_limits(services)
        if files is not None:
            click.echo(f"Certificate: SHA-256 {fingerprint(files.certificate)}")
        _make_first_key(keys)
        host, port = server.address
        scheme = "http" if files is None else "https"
        yield f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"


def _webhook(config: Config, services: Services) -> Webhook:
    from receiver.webhook import Hook, Webhook

    secret = os.environ.get(ENV_WEBHOOK_SECRET, "")
    hook = Hook(config.webhook, secret, config.webhook_low_space_bytes, config.name)
    webhook = Webhook(hook, services.space.figures)
    services.history.listeners.append(webhook.stored)
    return webhook


def _certificate(config: Config, hidden: Path) -> CertificateFiles | None:
    if config.tls_files is not None:
        return CertificateFiles(*config.tls_files)
    return own_certificate(hidden) if config.own_certificate else None


def _assemble(
    config: Config, keys: Keys, store: DiskStore, history: History
) -> tuple[Services, list[str]]:
    keep_free = config.keep_free_bytes
    if keep_free is None:
        keep_free = default_keep_free(read_disk(config.data).total_bytes)
    space = DiskSpace(lambda: read_disk(config.data), keep_free)
    budget = plan_budget(read_memory().available_bytes, config.memory_budget_bytes, config.bodies)
    admission = Admission(budget, read_memory)
    traffic = Traffic()
    uploads = Uploads(store, space, admission, history, traffic.count, config.max_upload_bytes)
    recovered = uploads.recover()
    services = Services(
        config=config,
        keys=keys,
        history=history,
        batches=Batches(store, space, history),
        uploads=uploads,
        admission=admission,
        space=space,
        traffic=traffic,
        telemetry=Telemetry(
            traffic,
            space.figures,
            lambda: {
                one[0].info.id: sum(live.received for live in one)
                for one in uploads.registry.files()
            },
        ),
        data_in_memory=lies_in_memory(config.data),
        temporary_in_memory=lies_in_memory(Path(tempfile.gettempdir())),
    )
    return services, recovered


def _tell_limits(services: Services) -> None:
    """Print the budget and what it is made of, and the limits."""
    budget, base_bytes = services.admission.budget, resident_bytes()
    memory = read_memory()
    reading, promised, usable = services.space.figures()
    click.echo(f"Wherry receiver {__version__}, folder {services.config.data}")
    click.echo(
        f"Memory: {memory.available_bytes // MIB} of {memory.total_bytes // MIB} MiB available "
        f"({memory.source}). At most about {(base_bytes + budget.limit_bytes) // MIB} MiB used: "
        f"{base_bytes // MIB} base + {budget.blocks_bytes // MIB} for blocks of up to "
        f"{budget.bodies} bodies + {budget.in_memory_bytes // MIB} for files held in memory "
        f"(each at most {budget.largest_in_memory_bytes // MIB} MiB)."
    )
    click.echo(
        f"Disk: {usable // MIB} MiB usable; {reading.free_bytes // MIB} free, "
        f"{promised // MIB} promised, {services.space.keep_free_bytes // MIB} kept free."
    )
    if services.data_in_memory:
        click.echo("Warning: the folder lies in memory (tmpfs): received files use up memory.")
    if services.temporary_in_memory:
        click.echo(
            f"Note: {tempfile.gettempdir()} lies in memory; received files never go there, "
            "a proxy's might."
        )


def _make_first_key(keys: Keys) -> None:
    if keys:
        return
    if _prints_to_journal():
        click.echo("There is no key yet. Make a link for a sender: wherry-receiver link NAME")
    else:
        click.echo(f"Key: {keys.make('first', admin=True)}")
        click.echo("Write the key down: it is shown only this once. Senders need it.")


def _prints_to_journal() -> bool:
    """Whether systemd keeps what is printed (systemd.exec(5), JOURNAL_STREAM), so no keys."""
    kept = os.environ.get("JOURNAL_STREAM")
    if not kept:
        return False
    output = os.fstat(1)
    return kept == f"{output.st_dev}:{output.st_ino}"
