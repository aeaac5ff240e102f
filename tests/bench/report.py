"""Tables on the screen and in docs/benchmarks.md; each work replaces its own section there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bench.works import Section

HEAD = """# Benchmarks

Measured, not estimated; every figure is as the last run gave it. `make bench` measures all of it
anew and rewrites this page, `make bench WORK=origin` one section. It wants Linux, root (it makes
memory cgroups and mounts a tmpfs), 20 GB of disk, and the registries for other programs. Receivers
take turns, so that a slow minute of the machine meets all of them; times are medians. Figures drift
from machine to machine: compare the rows of one table.
"""


def as_text(section: Section) -> str:
    """Render for the terminal."""
    table = [section.headings, *section.rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(section.headings))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    ]
    return "\n".join([section.title, "", *(line.rstrip() for line in lines), "", *section.notes])


def as_markdown(name: str, section: Section, machine: list[str], command: str) -> str:
    """Render for the page, between the marks that let the next run find it."""
    rows = [section.headings, ("---",) * len(section.headings), *section.rows]
    parts = [
        f"<!-- begin {name} -->",
        f"## {section.title}",
        section.intro,
        *([f"![{section.title}]({section.image})"] if section.image else []),
        "\n".join("| " + " | ".join(row) + " |" for row in rows),
        *(["\n".join(f"- {note}" for note in section.notes)] if section.notes else []),
        "Measured on: " + "; ".join(machine) + f". Again: `{command}`.",
        f"<!-- end {name} -->",
    ]
    return "\n\n".join(parts)


def write(page: Path, name: str, text: str) -> None:
    """Put a section in its place on the page, or at the end of it."""
    before = page.read_text("utf-8") if page.exists() else HEAD
    mark = re.compile(rf"<!-- begin {name} -->.*?<!-- end {name} -->", re.DOTALL)
    if mark.search(before):
        after = mark.sub(lambda _: text, before)
    else:
        after = before.rstrip() + "\n\n" + text + "\n"
    page.write_text(after, "utf-8")
