"""How Python and its memory are set for many threads that take turns. No Qt."""

from __future__ import annotations

import ctypes
import sys

SWITCH_INTERVAL_S = 0.0005
"""Threads of the engine hold the interpreter for up to this long while the window waits for it.
With the default of 5 ms a timer of 16 ms came up to 49 ms late beside a scan; with this one 7 ms.
Without a window some 10 % more small files are sent: a thread that reads them waits for its turn
after each call of the system."""

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""Of mallopt(3), glibc only."""

_GIVEN_BACK_BYTES = 5 << 18
"""More than a block of a file, so that those stay; less than the tables of a long list."""


def set_up() -> None:
    """Set both, for the whole process; called before its threads begin.

    One heap for all threads: where each has its own, the twenty of the engine keep some 15 MiB
    that none of the others can have. And what is large goes back to the system when it is freed.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 1)
            mallopt(_M_MMAP_THRESHOLD, _GIVEN_BACK_BYTES)
