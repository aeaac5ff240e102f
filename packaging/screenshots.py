"""Makes the pictures of the window in docs/images: the real window, its real receiver, real files.

    python packaging/screenshots.py [FOLDER [SCENE ...]]

Only the line between the two is slowed down, as a network would, so that there is something to
see. Nothing of whoever runs it is in the pictures: home folder and settings are temporary ones.
Each scene is a process of its own, at twice the pixels.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import socket  # noqa: E402

import psutil  # noqa: E402
from PySide6.QtCore import QLocale, QObject, QTimer, Slot  # noqa: E402
from PySide6.QtGui import QFont  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop import language, sharing  # noqa: E402
from desktop.app import Program  # noqa: E402
from desktop.gui.header import Page  # noqa: E402
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
LONG = "Minutes of the general meeting of the housing association, with all attachments, signed"
FOLDERS = {
    f"Estate of Großtante Wilhelmine, letters and photographs 1911 to 1987/{name}": size_bytes
    for name, size_bytes in {
        f"{LONG} (final, really final, 3rd version).pdf": 31 * MB,
        f"letters/1911/{'very ' * 20}long letter from Valparaíso.tif": 160 * MB,
        "letters/1912/письмо.tif": 90 * MB,
        "photographs/رحلة إلى البحر ١٩٥٣.jpg": 12 * MB,
        "photographs/IMG_0001.jpg": 7 * MB,
        **{f"photographs/more/IMG_{number:04}.jpg": 40_000 for number in range(1200)},
    }.items()
} | {
    **{f"holiday/IMG_{number:04}.jpg": 300_000 for number in range(240)},
    f"{LONG}.docx": 5 * MB,
    "backup of the whole office/server.img": 3800 * MB,
    "backup of the whole office/mail.zip": 80 * MB,
}
SETTLED_MS = 600
WIDE, SMALL, DOUBLE = (1280, 800), (640, 480), (960, 600)


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
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except ConnectionRefusedError:  # the receiver starts anew elsewhere
                near.close()
                continue
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


Prepare = Callable[["Photographer"], None]


@dataclass(frozen=True)
class Shot:
    """A picture: what is done for it, and how long is waited then, seconds."""

    name: str
    prepare: Prepare
    after_s: float = SETTLED_MS / 1000


@dataclass(frozen=True)
class Scene:
    """Pictures that one run of the program gives."""

    shots: tuple[Shot, ...]
    language: str = "en"
    environment: dict[str, str] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=lambda: FILES)


class Photographer(QObject):
    """Opens the window, lets it work for a while, and takes the pictures."""

    def __init__(self, app: QApplication, home: Path, folder: Path, scene: Scene) -> None:
        super().__init__()
        self._app, self._folder = app, folder
        self._shots = list(scene.shots)
        self._theme = Theme(app, Scheme.LIGHT)
        self._files = make_files(home / "Documents", scene.files)
        self._program = Program(Places.below(home))
        receiver, where = self._program.receiver, self._program.destinations
        receiver.ready.disconnect(where.on_local_ready)
        receiver.ready.connect(self._on_ready)
        self._began = False
        self._program.start()
        self._program.window.resize(*WIDE)

    @Slot(object)
    def _on_ready(self, server: Server) -> None:
        address = server.url.rstrip("/")
        line = SlowLine(int(address.rpartition(":")[2]))
        scheme = address.partition(":")[0]
        through = replace(server, url=f"{scheme}://127.0.0.1:{line.port}")
        self._program.destinations.on_local_ready(through)
        self._program.monitor.watch(server)
        if not self._began:
            self._began = True
            self._next()

    def _next(self) -> None:
        if self._shots:
            self._shots[0].prepare(self)
            QTimer.singleShot(round(self._shots[0].after_s * 1000), self, self._on_settled)
        else:
            self._program.quit()
            self._app.quit()

    @Slot()
    def _on_settled(self) -> None:
        self._take(self._shots.pop(0).name)
        self._next()

    def _take(self, name: str) -> None:
        picture = self._program.window.grab()
        picture.save(str(self._folder / name))
        print(f"{name}: {picture.width()} x {picture.height()}", flush=True)

    def look(self) -> None:
        """Do nothing but look."""

    def send(self) -> None:
        self._program.bridge.add(self._files)

    def open_folder(self) -> None:
        """Open the first folder, as soon as it is on the list."""
        self._program.window.page.model.set_open(-1, is_open=True)

    def darken(self) -> None:
        self._theme.apply(Scheme.DARK)

    def shrink(self) -> None:
        self._program.window.resize(*SMALL)

    def double(self) -> None:
        """A screen of 1920 x 1200 at 200 %."""
        self._program.window.resize(*DOUBLE)

    def share(self) -> None:
        """Let others send; the link names an address of an office, not one of this computer."""
        sharing.own_addresses = lambda: ("192.168.1.20",)
        window = self._program.window
        window.header.turn_to(Page.RECEIVE)
        window.receive.sharing.switch.click()

    def turn_to_receive(self) -> None:
        self._program.window.header.turn_to(Page.RECEIVE)

    def end(self) -> None:
        self._program.stop()


def _short_of_space() -> dict[str, str]:
    """Have a receiver that takes nothing large, and has not much room."""
    free_bytes = psutil.disk_usage(tempfile.gettempdir()).free
    return {"WHERRY_KEEP_FREE": str(free_bytes - 900 * MB), "WHERRY_MAX_UPLOAD": str(1500 * MB)}


def scenes() -> dict[str, Scene]:
    """Return the scenes by name."""
    look, send = Photographer.look, Photographer.send
    return {
        "send": Scene(
            (
                Shot("window-empty.png", look, 1.5),
                Shot("window.png", send, 50),
                Shot("window-dark.png", Photographer.darken),
                Shot("window-small.png", Photographer.shrink),
            )
        ),
        "receive": Scene(
            (
                Shot("window-receive.png", _share_and_send, 14),
                Shot("window-receive-dark.png", Photographer.darken),
            )
        ),
        "troubles": Scene(
            (
                Shot("window-troubles.png", send, 22),
                Shot("window-200.png", Photographer.double),
            ),
            environment=_short_of_space(),
        ),
        "folders": Scene(
            (
                Shot("window-folder.png", _send_and_open, 7),
                Shot("window-folder-dark.png", Photographer.darken),
                Shot("window-folder-small.png", Photographer.shrink),
            ),
            environment={"WHERRY_MAX_UPLOAD": str(1500 * MB)},
            files=FOLDERS,
        ),
        "arabic": Scene(
            (
                Shot("window-arabic.png", send, 30),
                Shot("window-arabic-receive.png", Photographer.turn_to_receive, 4),
            ),
            language="ar",
        ),
    }


def _send_and_open(photographer: Photographer) -> None:
    photographer.open_folder()
    photographer.send()


def _share_and_send(photographer: Photographer) -> None:
    photographer.share()
    photographer.send()


def make_files(folder: Path, files: dict[str, int]) -> list[Path]:
    """Make files that take no room until they are sent."""
    for name, size_bytes in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size_bytes)
            file.write(name.encode())
    return sorted(folder.iterdir())


def photograph(folder: Path, scene: Scene) -> int:
    """Take the pictures of one scene; returns the exit code."""
    os.environ.update(scene.environment)
    with tempfile.TemporaryDirectory(prefix="wherry-") as name:
        os.environ["HOME"] = name
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        app = QApplication([])
        app.setFont(QFont("Noto Sans", 10))
        language.install(app, scene.language)
        if scene.language == "en":
            QLocale.setDefault(QLocale("en_US"))
        photographer = Photographer(app, Path(name), folder, scene)
        code = app.exec()
        photographer.end()
    return code


def main(words: list[str]) -> int:
    folder = Path(words[0]) if words else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    names = words[1:] or list(scenes())
    if len(names) == 1:
        return photograph(folder, scenes()[names[0]])
    codes = [subprocess.call([sys.executable, __file__, str(folder), name]) for name in names]
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
