"""The memory plot: what each receiver holds while the big file arrives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from tests.bench.runs import Ending, Run
from tests.big_files import GIB, MIB

Side = Literal["left", "right"]
# Greys and colours that stand out on white and on GitHub's dark page alike.
INK = "#7d8590"
COLOURS = ("#e5534b", "#c69026", "#8a7fd8", "#1f9e54")
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wherry",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


@dataclass(frozen=True)
class Line:
    """A receiver's name and the run that is drawn."""

    name: str
    run: Run

    @property
    def points(self) -> list[tuple[float, float]]:
        """Seconds and MiB, as long as the receiver lived."""
        alive = (sample for sample in self.run.samples if sample.resident_bytes)
        return [(one.at_s, (one.resident_bytes + one.tmpfs_bytes) / MIB) for one in alive]

    @property
    def end_s(self) -> float:
        return self.points[-1][0]

    @property
    def is_stored(self) -> bool:
        return self.run.ending is Ending.STORED

    @property
    def label(self) -> str:
        how = f"stored after {self.run.answered_s:.1f} s" if self.is_stored else self.run.ending
        return f"{self.name}: {how}"


def draw_memory(path: Path, lines: list[Line], size_bytes: int, limit_bytes: int) -> None:
    """Draw memory that cannot be taken back (resident set and tmpfs) over time, as SVG."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.4, 3.8), layout="constrained")
        axes = figure.add_subplot()
        coloured = list(zip(lines, COLOURS, strict=True))
        for line, colour in coloured:
            _line(axes, line, colour)
        _label_the_lost(axes, [pair for pair in coloured if not pair[0].is_stored], limit_bytes)
        _label_the_stored(axes, [pair for pair in coloured if pair[0].is_stored])
        _frame(axes, size_bytes, limit_bytes)
        figure.savefig(path, transparent=True, metadata={"Date": None, "Creator": None})


def _line(axes: Axes, line: Line, colour: str) -> None:
    times, held = zip(*line.points, strict=True)
    axes.plot(times, held, color=colour, linewidth=2.2, solid_capstyle="round")
    marker, size = ("o", 6) if line.is_stored else ("X", 10)
    axes.plot(times[-1], held[-1], marker=marker, color=colour, markersize=size)


def _label_the_lost(axes: Axes, lost: list[tuple[Line, str]], limit_bytes: int) -> None:
    """Label the lines that end at the limit, one below the other, right of the last of them."""
    right_s = max((line.end_s for line, _ in lost), default=0)
    for number, (line, colour) in enumerate(lost):
        height = limit_bytes / MIB * (0.87 - 0.1 * number)
        _label(axes, line, colour, (right_s, height), (12, 0), "left")


def _label_the_stored(axes: Axes, stored: list[tuple[Line, str]]) -> None:
    """Label the lines that stay low above their ends, each a step higher than the one before."""
    latest_first = sorted(stored, key=lambda pair: -pair[0].end_s)
    for number, (line, colour) in enumerate(latest_first):
        side: Side = "right" if line.end_s > latest_first[0][0].end_s / 2 else "left"
        _label(axes, line, colour, line.points[-1], (0, 16 + 22 * number), side)


def _label(
    axes: Axes,
    line: Line,
    colour: str,
    point: tuple[float, float],
    offset: tuple[float, float],
    side: Side,
) -> None:
    axes.annotate(
        line.label,
        point,
        xytext=offset,
        textcoords="offset points",
        color=colour,
        ha=side,
        va="center",
        weight="bold",
    )


def _frame(axes: Axes, size_bytes: int, limit_bytes: int) -> None:
    limit_mib = limit_bytes / MIB
    axes.axhline(limit_mib, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    axes.set_ylim(0, limit_mib * 1.08)
    axes.set_xlim(left=0)
    axes.set_yticks(
        [0, limit_mib / 4, limit_mib / 2, limit_mib * 3 / 4, limit_mib],
        ["0", "256 MiB", "512 MiB", "768 MiB", "all: 1 GiB"],
    )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(f"seconds since the upload of {size_bytes / GIB:g} GiB began")
    axes.set_title("Memory that the receiver cannot give back", loc="left", color=INK)
    axes.grid(axis="y", color=INK, alpha=0.2)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0)
