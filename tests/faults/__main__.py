"""Makes faults and tells what was lost: `python -m tests.faults [CAMPAIGN ...]`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence

from tests.bench.machine import Machine
from tests.bench.report import as_markdown, as_text, write
from tests.bench.works import Section
from tests.faults import (
    crowd,
    disks,
    fuzz,
    hostile,
    kill,
    line,
    memory,
    moments,
    power,
    schema,
    soak,
    steps,
)
from tests.faults.campaign import Campaign, Row, Settings
from tests.receiver_process import ROOT

PAGE = ROOT / "docs" / "reliability.md"
DATA = ROOT / "build" / "faults"
LONG = "soak"
CAMPAIGNS: dict[str, Campaign] = {
    "kill": kill.run,
    "moments": moments.run,
    "power": power.run,
    "steps": steps.run,
    "disks": disks.run,
    "memory": memory.run,
    "line": line.run,
    "crowd": crowd.run,
    "hostile": hostile.run,
    "fuzz": fuzz.run,
    "schema": schema.run,
    "soak": soak.run,
}


def main() -> None:
    options = _options()
    lost = 0
    for name in options.campaigns or [name for name in CAMPAIGNS if name != LONG]:
        folder = DATA / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        machine = Machine(folder)
        began = time.monotonic()
        rows = CAMPAIGNS[name](Settings(options.times, options.seed, folder))
        shutil.rmtree(folder)
        section = _section(name, rows, time.monotonic() - began)
        print("\n" + as_text(section) + "\n", flush=True)
        if options.docs:
            command = f"make faults WORK={name}"
            write(PAGE, name, as_markdown(name, section, machine.described(), command))
        lost += sum(len(row.lost) for row in rows)
    sys.exit(1 if lost else 0)


def _section(name: str, rows: Sequence[Row], seconds: float) -> Section:
    intro = (sys.modules[CAMPAIGNS[name].__module__].__doc__ or "").strip().splitlines()[0]
    return Section(
        f"Faults: {name}",
        intro,
        ("what was done", "how often", "lost or wrong"),
        tuple((row.what, row.how_often, str(len(row.lost))) for row in rows),
        (*(words for row in rows for words in row.lost), f"It took {seconds:.0f} s."),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "campaigns", nargs="*", choices=[[], *CAMPAIGNS], help="all but soak if none"
    )
    parser.add_argument("--times", type=int, help="how often the fault is made")
    parser.add_argument("--seed", type=int, default=1, help="decides what comes when (1)")
    parser.add_argument("--no-docs", dest="docs", action="store_false", help="leave docs/ as it is")
    return parser.parse_args()


if __name__ == "__main__":
    main()
