"""What the user chose and how the window stood, in one INI file that is handed in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.destination import LOCAL_ID

_FOLDER = "receiver/folder"
_GEOMETRY = "window/geometry"
_LAST_FOLDER = "add/folder"
_SERVER = "send/server"


class Settings:
    """Typed access to the settings file; values appear on disk with `save` at the latest."""

    def __init__(self, file: Path) -> None:
        self._values = QSettings(str(file), QSettings.Format.IniFormat)

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
