"""What the user chose and how the window stood, in one INI file that is handed in."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.destination import LOCAL_ID

_FOLDER = "receiver/folder"
_GEOMETRY = "window/geometry"
_CLOSING = "window/closing"
_LANGUAGE = "window/language"
_LAST_FOLDER = "add/folder"
_LIMIT = "send/limit"
_LIMITED = "send/limited"
_PAGE = "window/page"
_PORT = "receiver/port"
_RECEIVING = "receiver/on"
_SERVER = "send/server"
_SHARED = "receiver/shared"


_ASK = "ask"

PORT = 5151
"""Where the receiver listens for others unless chosen otherwise."""


class Settings:
    """Typed access to the settings file; values appear on disk with `save` at the latest."""

    def __init__(self, file: Path) -> None:
        self._values = QSettings(str(file), QSettings.Format.IniFormat)

    def _is_set(self, name: str, default: bool) -> bool:
        """Return a yes or no; the file knows texts only."""
        return str(self._values.value(name, default)).lower() == "true"

    def receiving(self) -> bool:
        """Return whether this computer takes files at all."""
        return self._is_set(_RECEIVING, True)

    def set_receiving(self, on: bool) -> None:
        self._values.setValue(_RECEIVING, on)

    def shared(self) -> bool:
        """Return whether others on the network may send to this computer."""
        return self._is_set(_SHARED, False)

    def set_shared(self, shared: bool) -> None:
        self._values.setValue(_SHARED, shared)

    def port(self) -> int:
        """Return where the receiver listens for others."""
        try:
            port = int(str(self._values.value(_PORT, PORT)))
        except ValueError:
            return PORT
        return port if 0 < port < 65536 else PORT

    def set_port(self, port: int) -> None:
        self._values.setValue(_PORT, port)

    def closing(self) -> str:
        """Return what closing the window means while files are on their way: "ask" at first."""
        text = str(self._values.value(_CLOSING, _ASK))
        return text if text in (_ASK, "stay", "stop") else _ASK

    def set_closing(self, choice: str) -> None:
        self._values.setValue(_CLOSING, choice)

    def language(self) -> str:
        """Return the language of the window, such as "de"; empty for the system's."""
        return str(self._values.value(_LANGUAGE, ""))

    def set_language(self, code: str) -> None:
        self._values.setValue(_LANGUAGE, code)

    def page(self) -> str:
        """Return the page that was shown the last time; empty the first time."""
        return str(self._values.value(_PAGE, ""))

    def set_page(self, page: str) -> None:
        self._values.setValue(_PAGE, page)

    def limited(self) -> bool:
        """Return whether the speed is limited."""
        return self._is_set(_LIMITED, False)

    def set_limited(self, on: bool) -> None:
        self._values.setValue(_LIMITED, on)

    def limit(self) -> float | None:
        """Return the speed limit that was chosen last, bytes a second; None the first time."""
        try:
            limit = float(str(self._values.value(_LIMIT, "")))
        except ValueError:
            return None
        return limit if limit >= 1 and math.isfinite(limit) else None

    def set_limit(self, bytes_per_s: float) -> None:
        self._values.setValue(_LIMIT, bytes_per_s)

    def folder(self, default: Path) -> Path:
        """Return the folder that the built-in receiver stores files in."""
        text = self._values.value(_FOLDER, "")
        return Path(text) if isinstance(text, str) and text else default

    def set_folder(self, folder: Path) -> None:
        self._values.setValue(_FOLDER, str(folder))

    def server(self) -> str:
        """Return the id of the server that files go to; this computer's unless chosen otherwise."""
        text = self._values.value(_SERVER, "")
        return text if isinstance(text, str) and text else LOCAL_ID

    def set_server(self, server_id: str) -> None:
        self._values.setValue(_SERVER, server_id)

    def add_from(self) -> Path:
        """Return the folder that the dialogs for adding files open in."""
        text = self._values.value(_LAST_FOLDER, "")
        return Path(text) if isinstance(text, str) and text else Path.home()

    def set_add_from(self, folder: Path) -> None:
        self._values.setValue(_LAST_FOLDER, str(folder))

    def geometry(self) -> QByteArray | None:
        """Return what `QWidget.saveGeometry` gave the last time; None the first time."""
        saved = self._values.value(_GEOMETRY)
        return saved if isinstance(saved, QByteArray) else None

    def set_geometry(self, geometry: QByteArray) -> None:
        self._values.setValue(_GEOMETRY, geometry)

    def save(self) -> None:
        self._values.sync()
