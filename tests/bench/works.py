"""What a work of the benchmark is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MEMORY_FOLDER = Path("/dev/shm")
"""What lies there is in memory."""


@dataclass(frozen=True)
class Settings:
    """How to measure: runs of the long ones, size of the big file, where data and pictures go."""

    runs: int
    size_bytes: int
    folder: Path
    images: Path


@dataclass(frozen=True)
class Section:
    """One table with the words around it."""

    title: str
    intro: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = field(default=())
    image: str = ""


Work = Callable[[Settings], Section]
