"""The power fails: all is lost that no sync has brought to the disk.

The receiver works on a real ext4 in an image, whose journal is committed by nothing but syncs. At
some moment the receiver is stopped and the image is copied: the copy is the disk as a power cut
would have left it, for what only the page cache held is not in it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from receiver.boot import BOOT_ID
from tests.faults.campaign import Row, Settings
from tests.faults.writers import Acknowledged, Writer, broken_promises
from tests.receiver_process import ReceiverProcess

CUTS = 40
WRITERS = 4
IMAGE_MIB = 1024
RUNS_S = (0.1, 2.5)


def run(settings: Settings) -> Sequence[Row]:
    """Cut the power again and again, each time on a new disk."""
    cuts = settings.times or CUTS
    lost: list[str] = []
    stored = offsets = 0
    for number in range(cuts):
        told, wrong = _cut(settings.folder / f"cut-{number}", settings.seed + number)
        stored += len(told.stored)
        offsets += sum(offset > 0 for offset, _ in told.offsets.values())
        lost += [f"cut {number}: {words}" for words in wrong]
    what = f"power cut under {WRITERS} senders; {stored} files and {offsets} offsets acknowledged"
    return [Row(what, f"{cuts} times", tuple(lost))]


def _cut(folder: Path, seed: int) -> tuple[Acknowledged, list[str]]:
    folder.mkdir()
    image, after = folder / "disk.img", folder / "after.img"
    with image.open("wb") as file:
        file.truncate(IMAGE_MIB << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(image, folder / "disk", "commit=300") as disk:
        told, refused = _work_until_the_cut(disk, seed, image, after)
    image.unlink()
    with mounted(after, folder / "disk") as disk:
        receiver = ReceiverProcess(disk / "received", "--keep-free", "0", prefix=_next_boot(folder))
        receiver.start()
        try:
            lost = broken_promises(receiver, told)
        finally:
            receiver.kill()
    after.unlink()
    return told, refused + lost


def _next_boot(folder: Path) -> tuple[str, ...]:
    """Begin a command as on a machine that has been switched on again."""
    name = folder / "boot_id"
    name.write_text(f"{uuid.uuid4()}\n", "ascii")
    script = f'mount --bind "$0" {BOOT_ID} && exec "$@"'
    return ("unshare", "--mount", "sh", "-c", script, str(name))


def _work_until_the_cut(
    disk: Path, seed: int, image: Path, after: Path
) -> tuple[Acknowledged, list[str]]:
    receiver = ReceiverProcess(disk / "received", "--keep-free", "0")
    receiver.start()
    writers = [Writer(receiver, number, seed) for number in range(WRITERS)]
    try:
        for writer in writers:
            writer.start()
        time.sleep(random.Random(seed).uniform(*RUNS_S))
        os.kill(receiver.pid, signal.SIGSTOP)
        told = _all_told(writers)
        _copy(image, after)
    finally:
        receiver.kill()
        for writer in writers:
            writer.join()
    return told, [words for writer in writers for words in writer.refused]


def _copy(image: Path, after: Path) -> None:
    """Copy a disk as it is at one moment.

    A sync that was under way when its program was stopped still comes to its end, and anybody's
    sync(2) writes to all disks: a copy that is read meanwhile would be of no moment at all.
    """
    while True:
        began = image.stat().st_mtime_ns
        subprocess.run(["cp", "--sparse=always", str(image), str(after)], check=True)
        if image.stat().st_mtime_ns == began:
            return


def _all_told(writers: Sequence[Writer]) -> Acknowledged:
    """What was acknowledged up to now; `contents` go on to be shared, they hold what was begun."""
    every = Acknowledged()
    for writer in writers:
        every.stored |= set(writer.told.stored)
        every.offsets.update(dict(tuple(writer.told.offsets.items())))
        every.contents.update(dict(tuple(writer.told.contents.items())))
    return every


@contextmanager
def mounted(image: Path, point: Path, options: str = "") -> Iterator[Path]:
    """Mount an image on a folder, which is made.

    Raises:
        subprocess.CalledProcessError: it cannot be mounted, as by anybody but root.
    """
    point.mkdir(exist_ok=True)
    given = ",".join(filter(None, ("loop", options)))
    subprocess.run(["mount", "-o", given, str(image), str(point)], check=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", str(point)], check=True)
