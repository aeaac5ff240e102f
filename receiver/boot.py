"""Which run of the machine this is: what no sync has brought to the disk ends with it."""

from __future__ import annotations

from pathlib import Path

import psutil

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Return what every run of the machine has of its own (proc_sys_kernel(5), random)."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return f"{psutil.boot_time():.0f}"
