"""Carries the speed limit from its button to the engine, and over restarts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.bridge import Bridge
from desktop.gui.main_window import MainWindow
from desktop.settings import Settings


class SpeedLimit(QObject):
    """Lives in the GUI thread. The limit that was on is on again from the start, and shown."""

    def __init__(self, window: MainWindow, bridge: Bridge, settings: Settings) -> None:
        super().__init__(window)
        self._bridge, self._settings = bridge, settings
        self._panel = window.panel
        button = window.page.summary.limit
        rate = settings.limit() or button.bytes_per_s
        button.restore(rate, on=settings.limited())
        button.limited.connect(self._on_limited)
        if button.on:
            self._apply(rate)

    @Slot(object)
    def _on_limited(self, bytes_per_s: float | None) -> None:
        if bytes_per_s is not None:
            self._settings.set_limit(bytes_per_s)
        self._settings.set_limited(bytes_per_s is not None)
        self._settings.save()
        self._apply(bytes_per_s)

    def _apply(self, bytes_per_s: float | None) -> None:
        self._bridge.limit(bytes_per_s)
        self._panel.show_limit(bytes_per_s)
