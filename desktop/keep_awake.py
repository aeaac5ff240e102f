"""Keeps the computer from falling asleep while files are on their way.

The system takes the wish back only from the thread that made it, and may be slow to answer: the
wish lives on a thread of its own.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from wakepy import keep

_LINGER_MS = 10_000
"""Between two files, or in a short break of the line, it stays awake."""
_JOIN_S = 5.0
_log = logging.getLogger(__name__)


class KeepAwake(QObject):
    """Lives in the GUI thread."""

    def __init__(self, linger_ms: int = _LINGER_MS, parent: QObject | None = None) -> None:
        """Take how long it stays awake after nothing is on its way any more, milliseconds."""
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(linger_ms)
        self._linger.timeout.connect(self.stop)

    @property
    def is_awake(self) -> bool:
        """Tell whether the system was asked; not every one heeds it."""
        return self._thread is not None

    def want(self, awake: bool) -> None:
        """Keep it awake from now on; or let it sleep after a moment."""
        if not awake:
            if self._thread is not None and not self._linger.isActive():
                self._linger.start()
            return
        self._linger.stop()
        if self._thread is None:
            self._over = threading.Event()
            self._thread = threading.Thread(
                target=_hold, args=(self._over,), name="keep awake", daemon=True
            )
            self._thread.start()

    @Slot()
    def stop(self) -> None:
        """Let it sleep, and wait for the thread."""
        self._linger.stop()
        self._over.set()
        if self._thread is not None:
            self._thread.join(_JOIN_S)
            self._thread = None


def _bus() -> Any:
    """Return how wakepy is to talk to the desktop; None where it does not.

    Its own way collects garbage when it hangs up. On this thread that would destroy widgets that
    wait to be collected, which only the window's thread may.
    """
    if not sys.platform.startswith("linux"):
        return None
    from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter

    class Bus(JeepneyDBusAdapter):
        def close_connections(self) -> None:
            while self._connections:
                self.close_connection(self._connections.popitem()[1])

    return Bus


def _hold(over: threading.Event) -> None:
    try:
        with keep.running(on_fail="pass", dbus_adapter=_bus()) as mode:
            if not mode.active:
                _log.info("this system does not let itself be kept awake")
            over.wait()
    except Exception:  # noqa: BLE001 - the top of a thread
        _log.exception("the wish to stay awake has failed")
