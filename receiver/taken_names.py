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
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

FOLDERS_KEPT = 16


def folded(name: str) -> str:
    """What two names have in common that some system takes for the same (Unicode 15, 3.13)."""
    if name.isascii():
        return name.lower()
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
        self._claims: defaultdict[Path, set[int]] = defaultdict(set)

    @contextmanager
    def claim(self, folder: Path, *names: str) -> Iterator[list[bool]]:
        """Hold names while they are taken.

        Yields:
            Of each, whether it is free: neither it nor one that differs in case is taken. Of two
            that are alike, the first may be.

        Args:
            folder: it exists.
            names: in it.

        Raises:
            OSError: the folder cannot be read.
        """
        wanted = [hash(folded(name)) for name in names]
        with self._lock:
            hashes = self._listing(folder).hashes
            free = [_add(hashes, one) for one in wanted]
            held = set(compress(wanted, free))
            self._claims[folder] |= held
        try:
            yield free
        except BaseException:
            self.forget(folder)
            raise
        finally:
            with self._lock:
                self._claims[folder] -= held
                if not self._claims[folder]:
                    del self._claims[folder]
        if held:
            with self._lock:
                self._settle(folder)

    def forget(self, folder: Path) -> None:
        """List the folder anew when it is used next: a claimed name was not taken."""
        with self._lock:
            self._listings.pop(folder, None)

    def variant(self, target: Path) -> Path | None:
        """Find what has this name but for case; None when nothing has."""
        wanted = folded(target.name)
        with os.scandir(target.parent) as entries:
            names = sorted(one.name for one in entries if folded(one.name) == wanted)
        return target.with_name(names[0]) if names else None

    def _settle(self, folder: Path) -> None:
        """Our own change of the folder is no reason to list it again."""
        listing = self._listings.get(folder)
        if listing is not None:
            listing.mtime_ns = folder.stat().st_mtime_ns

    def _listing(self, folder: Path) -> _Listing:
        mtime_ns = folder.stat().st_mtime_ns
        listing = self._listings.get(folder)
        if listing is None or listing.mtime_ns != mtime_ns:
            found = set(self._claims.get(folder, ()))
            with os.scandir(folder) as entries:
                found.update(hash(folded(one.name)) for one in entries)
            listing = self._listings[folder] = _Listing(array("q", sorted(found)), mtime_ns)
            if len(self._listings) > FOLDERS_KEPT:
                self._listings.popitem(last=False)
        self._listings.move_to_end(folder)
        return listing


def _add(hashes: array[int], wanted: int) -> bool:
    """Add to what is sorted; False when it is there already."""
    place = bisect_left(hashes, wanted)
    if place < len(hashes) and hashes[place] == wanted:
        return False
    hashes.insert(place, wanted)
    return True
