"""`wherry`: the window, or with `send` the command line. The same as `python -m desktop`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

LINK_START = "wherry://"
FILE_START = "file://"
_WINDOW = "(window)"
"""No file and no command is typed like this."""


@contextmanager
def _loading() -> Iterator[None]:
    """Load modules, of which nothing becomes garbage: it is not looked for meanwhile.

    Says what to install where a package is missing.
    """
    gc.disable()
    try:
        yield
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"{error.name} is not installed. The window and `wherry send` need it: "
            "pip install 'wherry[desktop]'"
        ) from error
    finally:
        gc.freeze()
        gc.enable()


class _Commands(click.Group):
    """A group whose first word, where it is no command, is a file for the window.

    Of its commands only the one that is wanted is loaded: that takes a while.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["doctor", "send", *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        with _loading():
            if cmd_name == "send":
                from desktop.send import send

                return send
            if cmd_name == "doctor":
                from desktop.doctor import doctor

                return doctor
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.list_commands(ctx), *ctx.help_option_names):
            args = [_WINDOW, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands)
def main() -> None:
    """Send files of any size. `wherry [--to URL] [FILE ...]` opens the window with these files;
    a link that begins with wherry:// is offered to be added as a server.

    A file that is itself called "send" or "doctor" is written ./send or ./doctor.
    """


@main.command(_WINDOW, hidden=True)
@click.option("--to", metavar="URL|LINK|NAME", help="Where to, in this run of the window.")
@click.argument("words", metavar="[FILE ...]", nargs=-1)
def window(to: str | None, words: tuple[str, ...]) -> None:
    """Open the window."""
    with _loading():
        from desktop.app import run
    links = [word for word in words if word.lower().startswith(LINK_START)]
    paths = [path_of(word) for word in words if word not in links]
    raise SystemExit(run(paths, to, links[0] if links else ""))


def path_of(word: str) -> Path:
    """Return the path of a file that is named by its path or, as file managers do, by its URL."""
    if word.lower().startswith(FILE_START):
        from urllib.request import url2pathname

        return Path(url2pathname(urlsplit(word).path))
    return Path(word)


if __name__ == "__main__":
    main(prog_name="wherry")
