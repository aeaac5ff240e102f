"""Which names of a folder are taken, upper and lower case being the same.

Received folders are copied and shared: to a system that does not tell "Plan.pdf" from "plan.pdf",
two files would be one. A folder is listed once and again when somebody else has changed it; of
each name only a hash is kept, eight bytes.
"""

from __future__ import annotations

import os
import threading
import unicodedata
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FOLDERS_KEPT = 16


def folded(name: str) -> str:
    """What two names have in common that some system takes for the same (Unicode 15, 3.13)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


@dataclass(slots=True)
class _Listing:
    """The sorted hashes of a folder's names, and the folder's time when they were read."""

    hashes: array[int]
    mtime_ns: int


class TakenNames:
    """Keeps the listings of the folders that were used last."""

    def __init__(self) -> None:
        self.making_folders = threading.Lock()
        """Held while a folder is looked for and made, so that two who want it get one."""
        self._lock = threading.Lock()
        self._listings: OrderedDict[Path, _Listing] = OrderedDict()
        self._claims: set[tuple[Path, int]] = set()

    @contextmanager
    def claim(self, target: Path) -> Iterator[bool]:
        """Hold a name while it is taken; False when it, or one that differs in case, is taken.

        Args:
            target: the name, in a folder that exists.

        Raises:
            OSError: the folder cannot be read.
        """
        wanted = hash(folded(target.name))
        with self._lock:
            free = self._add(target.parent, wanted)
        if not free:
            yield False
            return
        try:
            yield True
        except BaseException:
            with self._lock:
                self._listings.pop(target.parent, None)
            raise
        finally:
            with self._lock:
                self._claims.discard((target.parent, wanted))
        with self._lock:
            self._settle(target.parent)

    def variant(self, target: Path) -> Path | None:
        """Find what has this name but for case; None when nothing has."""
        wanted = folded(target.name)
        with os.scandir(target.parent) as entries:
            names = sorted(one.name for one in entries if folded(one.name) == wanted)
        return target.with_name(names[0]) if names else None

    def _add(self, folder: Path, wanted: int) -> bool:
        hashes = self._listing(folder).hashes
        place = bisect_left(hashes, wanted)
        if hashes[place : place + 1] == array("q", [wanted]):
            return False
        hashes.insert(place, wanted)
        self._claims.add((folder, wanted))
        return True

    def _settle(self, folder: Path) -> None:
        """Our own change of the folder is no reason to list it again."""
        listing = self._listings.get(folder)
        if listing is not None:
            listing.mtime_ns = folder.stat().st_mtime_ns

    def _listing(self, folder: Path) -> _Listing:
        mtime_ns = folder.stat().st_mtime_ns
        listing = self._listings.get(folder)
        if listing is None or listing.mtime_ns != mtime_ns:
            found = {wanted for claimed, wanted in self._claims if claimed == folder}
            with os.scandir(folder) as entries:
                found.update(hash(folded(one.name)) for one in entries)
            listing = self._listings[folder] = _Listing(array("q", sorted(found)), mtime_ns)
            if len(self._listings) > FOLDERS_KEPT:
                self._listings.popitem(last=False)
        self._listings.move_to_end(folder)
        return listing
