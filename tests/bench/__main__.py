"""Runs the benchmark: `python -m tests.bench [WORK ...]`."""

from __future__ import annotations

import argparse
import compileall
import shutil
from pathlib import Path

from tests.bench import budgets, finish, floor, many, nginx, origin, route, slow, small, tls, window
from tests.bench.machine import Machine
from tests.bench.report import as_markdown, as_text, write
from tests.bench.works import Settings, Work
from tests.receiver_process import ROOT

DOCS = ROOT / "docs"
DATA = ROOT / "build" / "bench"
WORKS: dict[str, Work] = {
    "origin": origin.measure,
    "small": small.measure,
    "budgets": budgets.measure,
    "nginx": nginx.measure,
    "floor": floor.measure,
    "finish": finish.measure,
    "tls": tls.measure,
    "many": many.measure,
    "slow": slow.measure,
    "route": route.measure,
    "window": window.measure,
}


def main() -> None:
    options = _options()
    images = DOCS / "images" if options.docs else ROOT / "build"
    settings = Settings(options.runs, round(options.size_gib * 2**30), DATA, images)
    for package in ("desktop", "receiver"):  # as pip does when it installs them
        compileall.compile_dir(ROOT / package, quiet=1)
    for name in options.works or list(WORKS):
        _clear(DATA)
        images.mkdir(parents=True, exist_ok=True)
        machine = Machine(DATA)
        section = WORKS[name](settings)
        print("\n" + as_text(section) + "\n", flush=True)
        if options.docs:
            command = f"make bench WORK={name} ARGS='--runs {options.runs}'"
            text = as_markdown(name, section, machine.described(), command)
            write(DOCS / "benchmarks.md", name, text)
    shutil.rmtree(DATA)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("works", nargs="*", choices=[[], *WORKS], help="all of them if none")
    parser.add_argument("--runs", type=int, default=3, help="of each long upload (3)")
    parser.add_argument("--size-gib", type=float, default=3, help="the big file's size (3)")
    parser.add_argument("--no-docs", dest="docs", action="store_false", help="leave docs/ as it is")
    return parser.parse_args()


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


if __name__ == "__main__":
    main()
