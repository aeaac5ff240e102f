"""Files that are over, and that a disk would not remove, as where a folder is write-protected."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)


class Remains:
    """Removes files, later those that stayed. Any thread may call."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()

    def remove(self, path: Path) -> None:
        """Remove a file if it is there; where the disk refuses, `tidy` does it."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s is left for later: %s", path.name, error)
            self._paths.add(path)

    def tidy(self) -> None:
        """Try again with all that stayed."""
        for path in tuple(self._paths):
            with suppress(OSError):
                path.unlink(missing_ok=True)
                self._paths.discard(path)
