"""`wherry`: the window, or with `send` the command line. The same as `python -m desktop`."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.send import send

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
    """Send files of any size. `wherry [--to URL] [FILE ...]` opens the window with these files.

    A file that is itself called "send" is written ./send.
    """


@main.command(_WINDOW, hidden=True)
@click.option("--to", metavar="URL", help="Where to, instead of this computer.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
def window(to: str | None, paths: tuple[Path, ...]) -> None:
    """Open the window."""
    from desktop.app import run

    raise SystemExit(run(list(paths), to))


main.add_command(send)

if __name__ == "__main__":
    main(prog_name="wherry")
