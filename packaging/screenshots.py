"""Makes the pictures of the window in docs/images: the real window, its real receiver, real files.

    python packaging/screenshots.py [FOLDER]

Only the line between the two is slowed down, as a network would, so that there is something to
see. Nothing of whoever runs it is in the pictures: home folder and settings are temporary ones.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import socket  # noqa: E402

from PySide6.QtCore import QLocale, QObject, QTimer, Slot  # noqa: E402
from PySide6.QtGui import QFont  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.app import Program  # noqa: E402
from desktop.gui.theme import Scheme, Theme  # noqa: E402
from desktop.paths import Places  # noqa: E402
from desktop.transfer.api import Server  # noqa: E402

MB = 1_000_000
RATE = 42 * MB
BLOCK = 64 * 1024
FILES = {
    "annual report 2026.pdf": 12 * MB,
    "holiday/IMG_2041.jpg": 4 * MB,
    "wedding, ceremony and dinner.mov": 1900 * MB,
    "project archive.zip": 1400 * MB,
    "interview with grandmother.wav": 700 * MB,
    "会議の録音.mp3": 90 * MB,
}
SHOTS_AFTER_S = 50
SETTLED_MS = 300
WIDE, SMALL = (1280, 800), (640, 480)


class SlowLine:
    """Passes bytes on to a port at a limited rate, all connections together."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = threading.Lock()
        self._free_at = time.monotonic()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near, _ = self._listener.accept()
            far = socket.create_connection(("127.0.0.1", self._target))
            for ends in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, slow: bool) -> None:
        try:
            while data := source.recv(BLOCK):
                if slow:
                    self._wait(len(data))
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            target.close()

    def _wait(self, size_bytes: int) -> None:
        with self._lock:
            start = max(self._free_at, time.monotonic() - 0.05)
            wobble = 1 + 0.25 * ((int(start * 1.3) * 7919) % 13 - 6) / 6
            self._free_at = start + size_bytes / (RATE * wobble)
        time.sleep(max(0.0, start - time.monotonic()))


class Photographer(QObject):
    """Opens the window, lets it work for a while, and takes the pictures."""

    def __init__(self, app: QApplication, home: Path, folder: Path) -> None:
        super().__init__()
        self._app, self._folder = app, folder
        self._theme = Theme(app, Scheme.LIGHT)
        self._files = make_files(home / "Documents")
        self._program = Program(places_in(home))
        receiver, where = self._program.receiver, self._program.destinations
        receiver.ready.disconnect(where.on_local_ready)
        receiver.ready.connect(self._on_ready)
        self._program.start()
        self._program.window.resize(*WIDE)

    @Slot(object)
    def _on_ready(self, server: Server) -> None:
        line = SlowLine(int(server.url.rstrip("/").rpartition(":")[2]))
        through = replace(server, url=f"http://127.0.0.1:{line.port}")
        self._program.destinations.on_local_ready(through)
        self._program.monitor.watch(server)
        QTimer.singleShot(1500, self, self._on_empty)

    @Slot()
    def _on_empty(self) -> None:
        self._take("window-empty.png")
        self._program.bridge.add(self._files)
        QTimer.singleShot(SHOTS_AFTER_S * 1000, self, self._on_busy)

    @Slot()
    def _on_busy(self) -> None:
        self._take("window.png")
        self._theme.apply(Scheme.DARK)
        QTimer.singleShot(SETTLED_MS, self, self._on_dark)

    @Slot()
    def _on_dark(self) -> None:
        self._take("window-dark.png")
        self._program.window.resize(*SMALL)
        QTimer.singleShot(SETTLED_MS, self, self._on_small)

    @Slot()
    def _on_small(self) -> None:
        self._take("window-small.png")
        self._program.window.close()
        self._app.quit()

    def _take(self, name: str) -> None:
        picture = self._program.window.grab()
        picture.save(str(self._folder / name))
        print(f"{name}: {picture.width()} x {picture.height()}")

    def end(self) -> None:
        self._program.stop()


def make_files(folder: Path) -> list[Path]:
    """Make files that take no room until they are sent."""
    for name, size_bytes in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size_bytes)
            file.write(name.encode())
    return sorted(folder.iterdir())


def places_in(home: Path) -> Places:
    return Places(
        settings=home / "settings.ini",
        ledger=home / "transfers.sqlite3",
        log=home / "wherry.log",
        receiver_record=home / "receiver.json",
        servers=home / "servers.json",
        server_keys=home / "server-keys.json",
        window=home / "window.socket",
        received=home / "Wherry",
    )


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale("en_US"))
    with tempfile.TemporaryDirectory(prefix="wherry-") as name:
        os.environ["HOME"] = name
        app = QApplication([])
        app.setFont(QFont("Noto Sans", 10))
        photographer = Photographer(app, Path(name), folder)
        code = app.exec()
        photographer.end()
    return code


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "images"))
