"""Where things lie on this computer: settings, the list, the log, the program's drawings."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

APP_NAME = "wherry"


@dataclass(frozen=True, slots=True)
class Places:
    """The files and folders of one user.

    Attributes:
        settings: what the user chose and how the window stood.
        ledger: the list of transfers, kept over restarts.
        log: what the program writes down for whoever helps.
        receiver_record: which receiver the window has started.
        servers: the saved servers, without their keys.
        server_keys: keys of saved servers where the system has no keyring for them.
        window: what a second start finds the open window by.
        received: the folder that the built-in receiver stores files in, unless chosen otherwise.
    """

    settings: Path
    ledger: Path
    log: Path
    receiver_record: Path
    servers: Path
    server_keys: Path
    window: Path
    received: Path

    @classmethod
    def within(cls, config: Path, data: Path, state: Path, log: Path, home: Path) -> Places:
        """Name the files in these folders, as systems tell them apart."""
        return cls(
            settings=config / "settings.ini",
            ledger=data / "transfers.sqlite3",
            log=log / "wherry.log",
            receiver_record=state / "receiver.json",
            servers=config / "servers.json",
            server_keys=data / "server-keys.json",
            window=state / "window.socket",
            received=home / "Wherry",
        )

    @classmethod
    def below(cls, folder: Path) -> Places:
        """Have all of them in one folder, away from those of the user."""
        return cls.within(folder, folder, folder, folder, folder)

    def make_folders(self) -> None:
        """Create the folders of the program's own files; `received` is made by the receiver.

        One that cannot be made is missed, and told, by whoever wants to write there.
        """
        own = (self.settings, self.ledger, self.log, self.receiver_record)
        for file in (*own, self.servers, self.server_keys, self.window):
            with suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)


def places_of_user() -> Places:
    """Return the places where this operating system keeps such files."""
    folders = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Places.within(
        folders.user_config_path,
        folders.user_data_path,
        folders.user_state_path,
        folders.user_log_path,
        Path.home(),
    )


@cache
def resources() -> Path:
    """Return the folder of drawings: in an installed or frozen program, or in a source tree."""
    here = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", here)) / "resources"
    for folder in (frozen, here / "resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the folder of drawings is missing from this installation")
