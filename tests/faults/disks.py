"""Disks that fill up, or let nobody write, under several uploads at once; and come back."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from receiver.names import HIDDEN
from tests.faults.campaign import Row, Settings
from tests.faults.command_sender import CommandSender
from tests.faults.power import mounted
from tests.faults.senders import carry
from tests.receiver_process import ReceiverProcess

TIMES = 4
SENDERS = 3
IMAGE_MIB = 1024
FOR_S = 1.5


def run(settings: Settings) -> Sequence[Row]:
    """Take the disk away while three senders upload, give it back, and see that all arrives."""
    faults = {
        "ext4: filled by other data, then emptied": _filled,
        "ext4: its folders write-protected, then free again": _protected,
    }
    rows = []
    for number, (words, fault) in enumerate(faults.items()):
        lost: list[str] = []
        times = settings.times or TIMES
        for turn in range(times):
            folder = settings.folder / f"{number}-{turn}"
            lost += _once(folder, fault, settings.seed + turn)
        rows.append(Row(f"{words}, under {SENDERS} senders", f"{times} times", tuple(lost)))
    return rows


def _once(folder: Path, fault: Callable[[Path], None], seed: int) -> tuple[str, ...]:
    folder.mkdir()
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(IMAGE_MIB << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(image, folder / "disk") as disk:
        receiver = ReceiverProcess(disk / "received", "--keep-free", "0")
        senders = [
            CommandSender(receiver.url, receiver.key, folder / f"s{n}", 100 * seed + n, False)
            for n in range(1, SENDERS + 1)
        ]
        return carry(receiver, senders, lambda: fault(disk)).wrong


def _filled(disk: Path) -> None:
    filler = disk / "other-data"
    with filler.open("wb") as file:
        figures = os.statvfs(disk)
        os.posix_fallocate(file.fileno(), 0, max(1, figures.f_bavail * figures.f_frsize - 4096))
    threading.Event().wait(FOR_S)
    filler.unlink()


def _protected(disk: Path) -> None:
    folders = [str(disk / "received"), str(disk / "received" / HIDDEN / "uploads")]
    subprocess.run(["chattr", "+i", *folders], check=True)
    threading.Event().wait(FOR_S)
    subprocess.run(["chattr", "-i", *folders], check=True)
