"""Tells something while nobody looks at the window, by the desktop's notifications.

On Linux by its own interface (org.freedesktop.Notifications), for that needs no tray; elsewhere,
and where nobody answers there, `unheard` says that the tray icon is to tell it.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.paths import APP_NAME, resources

_ANSWER_S = 5.0
_LOOK_S = 0.5
_CLICKED_WITHIN_S = 600.0
_JOIN_S = 6.0
_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """A headline, and a sentence below it."""

    title: str
    text: str


class Notifier(QObject):
    """Lives in the GUI thread; talks to the desktop on another, which ends by itself.

    Signals:
        clicked: somebody wants to see what was told.
        unheard: the `Notice` that nobody takes.
    """

    clicked = Signal()
    unheard = Signal(object)
    _clicked = Signal()
    _unheard = Signal(object)

    def __init__(self, open_label: str, parent: QObject | None = None) -> None:
        """Take the word for opening the window."""
        super().__init__(parent)
        self._open_label = open_label
        self._waiting: queue.SimpleQueue[Notice] = queue.SimpleQueue()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._clicked.connect(self._on_clicked, queued)
        self._unheard.connect(self._on_unheard, queued)

    def tell(self, notice: Notice) -> None:
        if not sys.platform.startswith("linux"):
            self.unheard.emit(notice)
            return
        self._waiting.put(notice)
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)
            self._thread.start()

    @Slot()
    def _on_clicked(self) -> None:
        self.clicked.emit()

    @Slot(object)
    def _on_unheard(self, notice: Notice) -> None:
        self.unheard.emit(notice)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(_JOIN_S)
            self._thread = None

    def _run(self) -> None:
        """Tell what waits, and listen for a click for a while after the last."""
        try:
            self._talk()
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("notifications have failed")

    def _talk(self) -> None:
        from jeepney.io.blocking import open_dbus_connection

        try:
            bus = open_dbus_connection()
        except (OSError, KeyError) as error:
            _log.info("there is no desktop to tell anything: %r", error)
            self._give_up()
            return
        with bus:
            _listen(bus)
            shown: set[int] = set()
            until = time.monotonic() + _CLICKED_WITHIN_S
            while not self._over.is_set() and (shown or not self._waiting.empty()):
                while not self._waiting.empty():
                    shown |= self._show(bus, self._waiting.get())
                shown -= self._hear(bus)
                if time.monotonic() > until:
                    return

    def _give_up(self) -> None:
        while not self._waiting.empty():
            self._unheard.emit(self._waiting.get())

    def _show(self, bus: object, notice: Notice) -> set[int]:
        """Show it; returns its number, or nothing where the desktop refuses."""
        from jeepney import DBusAddress, new_method_call
        from jeepney.wrappers import DBusErrorResponse, unwrap_msg

        icon = _icon_address()
        hints = {"desktop-entry": ("s", APP_NAME), "image-path": ("s", icon)}
        message = new_method_call(
            DBusAddress(_PATH, bus_name=_NAME, interface=_NAME),
            "Notify",
            "susssasa{sv}i",
            (
                "Wherry",
                0,
                icon,
                notice.title,
                notice.text,
                ["default", self._open_label],
                hints,
                -1,
            ),
        )
        try:
            answer = bus.send_and_get_reply(message, timeout=_ANSWER_S)  # type: ignore[attr-defined]
            return {unwrap_msg(answer)[0]}
        except (OSError, DBusErrorResponse) as error:
            _log.info("the desktop shows no notifications: %r", error)
            self._unheard.emit(notice)
            return set()

    def _hear(self, bus: object) -> set[int]:
        """Wait a moment for what becomes of them; returns the numbers of those that are gone."""
        from jeepney import HeaderFields

        try:
            message = bus.receive(timeout=_LOOK_S)  # type: ignore[attr-defined]
        except TimeoutError:
            return set()
        member = message.header.fields.get(HeaderFields.member)
        if member == "ActionInvoked":
            self._clicked.emit()
            return set()
        return {message.body[0]} if member == "NotificationClosed" else set()


def _listen(bus: object) -> None:
    """Have the bus pass on what becomes of notifications."""
    from jeepney import MatchRule, message_bus

    for member in ("ActionInvoked", "NotificationClosed"):
        rule = MatchRule(type="signal", interface=_NAME, path=_PATH, member=member)
        bus.send_and_get_reply(  # type: ignore[attr-defined]
            message_bus.AddMatch(rule), timeout=_ANSWER_S
        )


def _icon_address() -> str:
    return Path(resources() / "wherry.svg").as_uri()
