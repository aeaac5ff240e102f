"""From dropped paths to files: folders are walked, what cannot be sent is named.

Links inside folders are not followed, so a loop of links does no harm; a dropped path that is
itself a link is.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desktop.transfer.answers import make_problem
from desktop.transfer.errors import UserMustActError
from desktop.transfer.events import Problem, ProblemKind, file_at
from desktop.transfer.source import Identity, current_identity, file_error


@dataclass(eq=False, slots=True)
class Drop:
    """A folder that is looked through; with its first file it becomes one of the list."""

    path: Path
    name: str
    folder_id: int = 0


class Found(NamedTuple):
    """A file to be sent; `root` and `name` as of a `Transfer`, `drop` is the folder it came in."""

    root: str
    name: str
    identity: Identity
    drop: Drop | None = None

    @property
    def file(self) -> str:
        """Where it lies."""
        return file_at(self.root, self.name)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A path that cannot be sent, and why."""

    path: Path
    problem: Problem


def scan(path: Path) -> Iterator[Found | Unfit]:
    """Yield what lies at `path`, and below it if it is a folder, as it is found."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield Unfit(path, file_error(error).problem)
        return
    if is_folder:
        yield from _folder(Drop(path, path.name or path.anchor.strip("\\/:") or "files"))
    else:
        yield _file(str(path), path.name, _root(path.parent))


def _root(folder: Path) -> str:
    text = str(folder)
    return sys.intern(text if text.endswith(os.sep) else text + os.sep)


def _file(path: str, name: str, root: str, drop: Drop | None = None) -> Found | Unfit:
    try:
        return Found(root, name, current_identity(path), drop)
    except UserMustActError as error:
        return Unfit(Path(path), error.problem)


def _folder(drop: Drop) -> Iterator[Found | Unfit]:
    """Walk without recursion: a deep tree costs neither stack nor open folders."""
    root = _root(drop.path)
    waiting = [(str(drop.path), drop.name)]
    while waiting:
        folder, name = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Unfit(Path(folder), file_error(error).problem)
            continue
        below = []
        for entry in entries:
            entry_name = f"{name}/{entry.name}"
            if _is_folder(entry):
                below.append((entry.path, entry_name))
            else:
                yield _entry(entry, entry_name, root, drop)
        waiting.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _entry(entry: os.DirEntry[str], name: str, root: str, drop: Drop) -> Found | Unfit:
    if entry.is_symlink() and _leads_to_folder(entry):
        detail = f"{entry.path} is a link to a folder"
        return Unfit(Path(entry.path), make_problem(ProblemKind.NOT_A_FILE, detail=detail))
    return _file(entry.path, name, root, drop)
