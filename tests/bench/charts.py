"""The charts of throughput, side by side, and of how soon `/status` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from tests.bench.plot import COLOURS, INK, STYLE

OURS = COLOURS[-1]
THEIRS = "#8b949e"
BAR_INCHES = 0.42
SVG_METADATA = {"Date": None, "Creator": None}


@dataclass(frozen=True)
class Bar:
    """How fast one way was; `ours` where Wherry receives."""

    label: str
    value: float
    ours: bool


def draw_bars(path: Path, title: str, groups: Mapping[str, Sequence[Bar]]) -> None:
    """Draw bars side by side, as SVG.

    Args:
        path: the picture.
        title: what is measured, with its unit.
        groups: what stands together, by its name; "" for one that needs none.
    """
    rows = [(name, bar) for name, bars in groups.items() for bar in bars]
    height = len(rows) + 0.8 * len(groups)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.4, 0.7 + BAR_INCHES * height), layout="constrained")
        axes = figure.add_subplot()
        at, places, labels, seen = 0.0, [], [], set[str]()
        for name, bar in rows:
            if name not in seen:
                seen.add(name)
                at += 0.8
                axes.text(0, at - 0.72, name, weight="bold", va="center")
            axes.barh(at, bar.value, height=0.72, color=OURS if bar.ours else THEIRS)
            axes.annotate(
                f"{bar.value:,.0f}",
                (bar.value, at),
                (6, 0),
                textcoords="offset points",
                va="center",
                weight="bold",
            )
            places.append(at)
            labels.append(bar.label)
            at += 1
        axes.set_yticks(places, labels)
        axes.set_ylim(at - 0.4, -0.2)
        axes.set_xlim(0, 1.12 * max(bar.value for _, bar in rows))
        axes.set_xticks([])
        _clear(axes, title)
        figure.savefig(path, transparent=True, metadata=SVG_METADATA)


def draw_latency(
    path: Path, title: str, answers_s: Mapping[str, Sequence[float]], limit_s: float
) -> None:
    """Draw which share of answers had come after how long, as SVG.

    Args:
        path: the picture.
        title: what is measured.
        answers_s: the seconds that each answer took, by the circumstances.
        limit_s: so soon 99 % of them are to come.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.4, 3.8), layout="constrained")
        axes = figure.add_subplot()
        for (name, found), colour in zip(answers_s.items(), (THEIRS, *COLOURS), strict=False):
            times_ms = sorted(one * 1000 for one in found)
            shares = [100 * (number + 1) / len(times_ms) for number in range(len(times_ms))]
            axes.step(times_ms, shares, where="post", color=colour, linewidth=2, label=name)
        axes.axvline(limit_s * 1000, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.axhline(99, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} ms"))
        axes.set_ylim(0, 101)
        axes.set_yticks([0, 25, 50, 75, 99], ["0", "25 %", "50 %", "75 %", "99 %"])
        axes.legend(loc="lower right", bbox_to_anchor=(0.93, 0.02), frameon=False)
        axes.grid(axis="both", color=INK, alpha=0.2)
        _clear(axes, title)
        figure.savefig(path, transparent=True, metadata=SVG_METADATA)


def _clear(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", color=INK)
    axes.spines[["top", "right", "bottom", "left"]].set_visible(False)
    axes.tick_params(length=0)
