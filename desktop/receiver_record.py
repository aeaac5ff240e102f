"""Remembers which receiver the window has started, to end it if the window itself was killed.

A receiver that was left behind would hold its folder for ever. It is ended only if it is without
doubt ours: same process id and time of creation as written down, and the window that wrote it
down is gone.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import psutil

_log = logging.getLogger(__name__)


class ReceiverRecord:
    """A small file with two processes in it: the receiver, and the window it belongs to."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, pid: int) -> None:
        """Write down a receiver that was just started."""
        entry = {"receiver": _identity(pid), "window": _identity(os.getpid())}
        unfinished = self._file.with_suffix(".new")
        try:
            unfinished.write_text(json.dumps(entry), encoding="utf-8")
            unfinished.replace(self._file)
        except OSError:
            _log.exception("cannot write down which receiver was started")

    def forget(self) -> None:
        """The receiver was stopped in good order."""
        self._file.unlink(missing_ok=True)

    def end_left_behind(self, *, by_force: bool = False) -> bool:
        """Ask the receiver of a window that was killed to end; returns whether there is one still.

        Does not wait: call it again until it is gone.
        """
        left = self._left_behind()
        if left is None:
            return False
        _log.warning("ending receiver %d that was left behind", left.pid)
        try:
            left.kill() if by_force else left.terminate()
        except psutil.Error:
            _log.exception("cannot end receiver %d", left.pid)
            return False
        return True

    def _left_behind(self) -> psutil.Process | None:
        try:
            entry = json.loads(self._file.read_text(encoding="utf-8"))
            receiver, window = _found(entry["receiver"]), _found(entry["window"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return receiver if window is None else None


def _identity(pid: int) -> list[float]:
    try:
        return [pid, psutil.Process(pid).create_time()]
    except psutil.Error:
        return [pid, 0.0]


def _found(identity: list[float]) -> psutil.Process | None:
    """Return the process if it is still the one that was written down."""
    try:
        process = psutil.Process(int(identity[0]))
        same = abs(process.create_time() - float(identity[1])) < 0.5
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None
