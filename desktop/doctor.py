"""`wherry doctor`: looks at the way to a server and says in plain words what to mend."""

from __future__ import annotations

import os

import click

from desktop.diagnosis import STALL_S, Check, Diagnosis
from desktop.diagnosis_words import advise
from desktop.messages import PlainWords
from desktop.paths import places_of_user
from desktop.send import ENV_KEY
from desktop.server_keys import KeyUnreadableError
from desktop.servers import find_server
from desktop.terminal import printable
from desktop.transfer.api import Server

FINE, TO_MEND = 0, 1


@click.command("doctor", short_help="Find out what is wrong on the way to a server.")
@click.argument("to", metavar="URL|LINK|NAME")
@click.option("--stall", "stall_s", type=click.FloatRange(1, 28), default=STALL_S,
              show_default=True, help="Seconds for which the line is left silent.")  # fmt: skip
def doctor(to: str, stall_s: float) -> None:
    """Send through everything that stands before a server, and say what to mend.

    Nothing is stored there. NAME is a server that is saved in the window, with its key; for a URL
    the key comes from WHERRY_KEY. Ends with 0 when all is well, with 1 when something is to be
    mended, with 2 when it was called wrongly.
    """
    server = _server(to)
    all_fine = True
    name = server.name
    for finding in Diagnosis(server, stall_s).run():
        if finding.check is Check.REACH and finding.fine:
            name = finding.told or name
        all_fine &= finding.fine
        for line in advise(finding, name, PlainWords()).printed("ok" if finding.fine else "MEND"):
            click.echo(printable(line))
        if finding.check is Check.STREAMING:
            click.echo(f"      (the line is left silent for {stall_s:g} s now)")
    raise SystemExit(FINE if all_fine else TO_MEND)


def _server(to: str) -> Server:
    try:
        return find_server(to, os.environ.get(ENV_KEY, ""), places_of_user())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except KeyUnreadableError as error:
        raise click.ClickException(f"{error} Open it, or put the key into {ENV_KEY}.") from error
