"""The receiver's command line."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from receiver import __version__, logs
from receiver.config import DEFAULT_BODIES, DEFAULT_PORT, Config, parse_size, parse_time
from receiver.disk_store import FolderInUseError
from receiver.names import HIDDEN


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


HTTPS_PORT = 443
SIZE = _Parsed("size", parse_size)
TIME = _Parsed("time", parse_time)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path.home() / "Wherry",
    show_default="Wherry in your home",
    envvar="WHERRY_DATA",
    help="Folder for received files.",
)


def _read_settings(context: click.Context, option: click.Parameter, path: Path | None) -> None:
    """Take a TOML file's values as defaults; its names are the options of `serve`.

    Other commands take of it what they share with `serve`: where the files are, and the port.
    """
    if path is None:
        return
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(error)) from error
    known = {parameter.name for parameter in serve.params}
    given = {key.replace("-", "_"): value for key, value in values.items()}
    if unknown := sorted(set(given) - known):
        raise click.BadParameter(f"{path} has settings that are not known: {', '.join(unknown)}")
    if context.command is not serve:
        shared = {"data", "behind_proxy"} | (set() if given.get("behind_proxy") else {"port"})
        given = {name: value for name, value in given.items() if name in shared}
    context.default_map = {
        name: value if isinstance(value, list) else str(value) for name, value in given.items()
    }


CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_read_settings,
    envvar="WHERRY_CONFIG",
    help="TOML file with the options of `serve`.",
)


@click.group(context_settings={"auto_envvar_prefix": "WHERRY"})
@click.version_option(__version__, prog_name="wherry-receiver")
def main() -> None:
    """Wherry's receiver: takes files of any size within a small budget of memory."""


@main.command(context_settings={"auto_envvar_prefix": "WHERRY"})
@CONFIG
@DATA
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=DEFAULT_PORT, show_default=True, help="0: a free one.")
@click.option("--tls", default="auto", show_default=True,
              help="auto: where others can reach it; off; or CERTIFICATE:KEY.")  # fmt: skip
@click.option("--behind-proxy", is_flag=True, help="A proxy speaks TLS and tells the address.")
@click.option("--memory-budget", type=SIZE, help="Memory for bodies in flight, e.g. 32M.")
@click.option("--keep-free", type=SIZE, help="Disk that is never filled, e.g. 500M.")
@click.option("--max-upload", type=SIZE, help="Largest file taken, e.g. 20G.")
@click.option("--expire-after", type=TIME, default="7d", show_default=True,
              help="Remove an upload that got no byte for so long.")  # fmt: skip
@click.option("--bodies", type=int, default=DEFAULT_BODIES, show_default=True,
              help="Files received at once, at most.")  # fmt: skip
@click.option("--allow-origin", multiple=True, help="A site whose pages may send; repeatable.")
@click.option("--webhook", default="", metavar="URL",
              help="Told of stored files and low space; WHERRY_WEBHOOK_SECRET signs.")  # fmt: skip
@click.option("--webhook-low-space", type=SIZE, default="5G", show_default=True,
              help="Usable disk below which the webhook is told.")  # fmt: skip
@click.option("--name", default=platform.node() or "receiver", help="What people call it.")
@click.option("--log-level", default="INFO", show_default=True, help="DEBUG to ERROR.")
@click.option("--log-json", is_flag=True, help="Log JSON lines instead of text.")
def serve(
    data: Path,
    host: str,
    port: int,
    tls: str,
    behind_proxy: bool,
    memory_budget: int | None,
    keep_free: int | None,
    max_upload: int | None,
    expire_after: float,
    bodies: int,
    allow_origin: tuple[str, ...],
    webhook: str,
    webhook_low_space: int,
    name: str,
    log_level: str,
    log_json: bool,
) -> None:
    """Receive files until told to stop."""
    from receiver.assembly import run

    try:
        logs.start(log_level, log_json)
        config = Config(
            data=data.absolute(),
            host=host,
            port=port,
            tls=tls,
            behind_proxy=behind_proxy,
            memory_budget_bytes=memory_budget,
            keep_free_bytes=keep_free,
            max_upload_bytes=max_upload,
            expire_after_s=expire_after,
            bodies=bodies,
            name=name,
            allow_origins=tuple(allow_origin),
            webhook=webhook,
            webhook_low_space_bytes=webhook_low_space,
        )
        run(config, os.environ.get("WHERRY_KEY"))
    except FolderInUseError as error:
        raise click.ClickException(
            f"Another receiver is working in {error}. Stop it, or choose another folder by --data."
        ) from error
    except sqlite3.Error as error:
        raise click.ClickException(f"The list of received files cannot be used: {error}") from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else f" ({host}:{port})"
        raise click.ClickException(f"{error.strerror or error}{where}") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@main.group()
def key() -> None:
    """Make, list and remove the keys that senders need."""


@key.command("add")
@click.argument("name")
@click.option("--admin", is_flag=True, help="Sees and may touch everybody's uploads.")
@CONFIG
@DATA
def add_key(name: str, admin: bool, data: Path) -> None:
    """Make a key called NAME; it is shown only now."""
    click.echo(_keys(data).make(_new_name(data, name), admin))


@key.command("list")
@CONFIG
@DATA
def list_keys(data: Path) -> None:
    """Show the names of the keys."""
    for one in _keys(data).stored():
        click.echo(f"{one.name}{'  (admin)' if one.admin else ''}")


@key.command("remove")
@click.argument("name")
@CONFIG
@DATA
def remove_key(name: str, data: Path) -> None:
    """Remove the key called NAME; it stops working at once."""
    if not _keys(data).remove(name):
        raise click.ClickException(f"There is no key called {name}.")
    click.echo(f"The key {name} is removed.")


@main.command()
@click.argument("name", default="")
@CONFIG
@DATA
@click.option("--host", default="", help="Name or address that senders reach; default: its own.")
@click.option(
    "--port", type=int, help=f"Where it listens.  [default: {DEFAULT_PORT}; a proxy: 443]"
)
@click.option("--behind-proxy", is_flag=True, help="A proxy has the certificate; needs --host.")
def link(name: str, data: Path, host: str, port: int | None, behind_proxy: bool) -> None:
    """Make a key called NAME and print the link to send by, with its QR code."""
    from receiver.identity import fingerprint, own_address, own_certificate, pairing_link

    if behind_proxy and not host:
        raise click.UsageError("Name the proxy: --behind-proxy --host files.example.org")
    keys = _keys(data)
    text = keys.make(_new_name(data, name or time.strftime("link-%Y%m%d-%H%M%S")))
    pin = None if behind_proxy else fingerprint(own_certificate(data / HIDDEN).certificate)
    port = port or (HTTPS_PORT if behind_proxy else DEFAULT_PORT)
    address = pairing_link(host or own_address(), port, text, pin, platform.node() or "receiver")
    click.echo(address)
    _print_qr(address)


@main.command("proxy-config")
@click.argument("kind", metavar="nginx|caddy", type=click.Choice(["nginx", "caddy"]))
@click.option("--domain", required=True, help="The name that senders use, e.g. files.example.org.")
@click.option("--port", type=int, default=DEFAULT_PORT, show_default=True,
              help="Where the receiver listens on this machine.")  # fmt: skip
def make_proxy_config(kind: str, domain: str, port: int) -> None:
    """Print a set-up for nginx or Caddy that lets uploads of any size through."""
    from receiver.proxy_config import proxy_config

    try:
        click.echo(proxy_config(kind, domain, port, DEFAULT_PORT), nl=False)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@CONFIG
@DATA
@click.option("--port", type=int, default=DEFAULT_PORT, show_default=True)
def check(data: Path, port: int) -> None:
    """Look at folder, disk, memory, clock and port, and say what to mend."""
    from receiver.checkup import findings

    found = list(findings(data, port))
    for finding in found:
        click.echo(("ok    " if finding.fine else "MEND  ") + finding.words)
    if not all(finding.fine for finding in found):
        raise SystemExit(1)


def _keys(data: Path) -> Any:
    """Open the keys of a folder, whether a receiver works there or not."""
    from receiver.assembly import KEYS_FILE
    from receiver.keys import Keys

    hidden = data / HIDDEN
    try:
        hidden.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Keys(hidden / KEYS_FILE)
    except OSError as error:
        raise click.ClickException(f"{error.strerror} ({error.filename})") from error


def _new_name(data: Path, name: str) -> str:
    if any(one.name == name for one in _keys(data).stored()):
        raise click.ClickException(f"There is a key called {name} already; remove it first.")
    return name


def _print_qr(text: str) -> None:
    """Draw the QR code where a terminal can show its blocks."""
    import segno

    if sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower():
        segno.make(text, error="l").terminal(compact=True)


if __name__ == "__main__":
    main()
