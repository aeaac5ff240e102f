"""`wherry`: the window, or with `send` the command line. The same as `python -m desktop`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

try:
    from desktop.doctor import doctor
    from desktop.send import send
except ModuleNotFoundError as error:
    raise SystemExit(
        f"{error.name} is not installed. The window and `wherry send` need it: "
        "pip install 'wherry[desktop]'"
    ) from error

LINK_START = "wherry://"
FILE_START = "file://"
_WINDOW = "(window)"
"""No file and no command is typed like this."""


class _WindowUnlessNamed(click.Group):
    """A group whose first word, where it is no command, is a file for the window."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, *ctx.help_option_names):
            args = [_WINDOW, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_WindowUnlessNamed)
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
    from desktop.app import run

    links = [word for word in words if word.lower().startswith(LINK_START)]
    paths = [path_of(word) for word in words if word not in links]
    raise SystemExit(run(paths, to, links[0] if links else ""))


def path_of(word: str) -> Path:
    """Return the path of a file that is named by its path or, as file managers do, by its URL."""
    if word.lower().startswith(FILE_START):
        return Path(url2pathname(urlsplit(word).path))
    return Path(word)


main.add_command(send)
main.add_command(doctor)

if __name__ == "__main__":
    main(prog_name="wherry")
