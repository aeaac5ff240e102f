"""A clock that jumps while a process runs: libfaketime before the C library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LIBRARIES = (
    Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
    Path("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
)


class JumpingClock:
    """The wall clock of the processes that are started with `environment`.

    Only what a person, or a time server, can set is changed: `CLOCK_MONOTONIC` goes on, and times
    of files stay those of the system.

    Args:
        file: where the shift stands.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.set(0)

    @staticmethod
    def library() -> Path | None:
        """The library that it takes; None where it is not installed."""
        return next((one for one in LIBRARIES if one.exists()), None)

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(self.library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, shift_s: int) -> None:
        """Have the clock show so many seconds more than the system's, or less."""
        aside = self._file.with_suffix(".new")
        aside.write_text(f"{shift_s:+d}\n", "ascii")
        aside.replace(self._file)
