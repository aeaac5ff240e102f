"""Starts the window's own receiver, watches it, starts it again when it dies, and stops it.

The life of one run: STARTING until its line "Ready URL"; then READY. If it ends unasked, the
uploads see a cut line and wait; it is started again after a pause that doubles with each failure
and counts from the beginning once a run has lasted. A run that ends before it was ready is a
`Trouble` that is told; the attempts go on meanwhile, for the trouble may be put right elsewhere.

Where others may send to it, it listens on all addresses of this computer, with TLS by a
certificate of its own that it names before it is ready; else on the loopback address alone.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from desktop.destination import LOCAL_ID
from desktop.receiver_record import ReceiverRecord
from desktop.receiver_trouble import trouble_of
from desktop.transfer.api import Server

_READY, _CERTIFICATE = "Ready ", "Certificate: SHA-256 "
_EVERYWHERE = "0.0.0.0"
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 15.0
_LASTED_S = 20.0
_TERMINATE_MS, _KILL_MS = 8000, 2000
_LEFT_BEHIND_S, _LEFT_BEHIND_MS = 5.0, 200
_LAST_LINES = 12
BEHIND = 10
"""How much nicer a run is than the window (nice(1)), which stands still less often with it beside
an upload at full speed. Threads of the engine cannot be: the window waits for what they hold."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a receiver works.

    Attributes:
        folder: where it stores files.
        shared: others on the network may send to it, on `port`; else only this computer, on a
            port that happens to be free.
        port: the same from run to run, so that links to it last.
    """

    folder: Path
    shared: bool = False
    port: int = 0

    @property
    def options(self) -> list[str]:
        """Its command line, from `serve` on."""
        where = (
            ["--host", _EVERYWHERE, "--port", str(self.port)] if self.shared else ["--port", "0"]
        )
        return ["serve", "--data", str(self.folder), *where]


def command(*words: str) -> list[str]:
    """Return a command line of the receiver; keys travel in the environment."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--run-receiver", *words]
    return [sys.executable, "-m", "receiver", *words]


def command_folder() -> str | None:
    """Return where to run it. `-m` looks for modules in the working folder first: never in one
    full of downloads."""
    frozen = getattr(sys, "frozen", False)
    return None if frozen else str(Path(__file__).resolve().parents[1])


def _behind(words: list[str]) -> list[str]:
    """Return a command line of a process that waits for a core that the window wants too."""
    nice = shutil.which("nice") if sys.platform != "win32" else None
    return [nice, "-n", str(BEHIND), *words] if nice else words


class LocalReceiver(QObject):
    """One receiver process on a folder.

    Signals:
        starting: a run begins.
        ready: the `Server` to send to; again after each restart, with another address.
        lost: it has ended unasked; the seconds until it is started again.
        troubled: a `Trouble`: it cannot start.
        moving: it is ended to be started on other terms.
        turned_off: it was told to end, and is no longer in use.
    """

    starting = Signal()
    ready = Signal(object)
    lost = Signal(object)
    troubled = Signal(object)
    moving = Signal()
    turned_off = Signal()

    def __init__(
        self,
        terms: Terms,
        name: str,
        record: ReceiverRecord,
        environment: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._terms, self._name, self._record = terms, name, record
        self._environment = dict(environment or {})
        self._key = secrets.token_urlsafe(32)
        self._wanted = False
        self._moving = False
        self._failures = 0
        self._left_behind_until = 0.0
        self._ready_at: float | None = None
        self._pin = ""
        self._output = b""
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._on_again)

    @property
    def terms(self) -> Terms:
        return self._terms

    @property
    def is_wanted(self) -> bool:
        return self._wanted

    @property
    def pid(self) -> int | None:
        return int(self._process.processId()) or None

    @property
    def is_ready(self) -> bool:
        return self._ready_at is not None

    @Slot()
    def start(self) -> None:
        """Begin the first run; one left behind by a killed window is ended before."""
        if self._wanted:
            return
        self._wanted = True
        self._moving = self._is_running
        self._left_behind_until = time.monotonic() + _LEFT_BEHIND_S
        self._on_again()

    def _run(self) -> None:
        program, *arguments = _behind(command(*self._terms.options))
        self._output, self._ready_at, self._pin = b"", None, ""
        self._last_lines.clear()
        self._process.setProcessEnvironment(self._make_environment())
        if (folder := command_folder()) is not None:
            self._process.setWorkingDirectory(folder)
        self.starting.emit()
        self._process.start(program, arguments)

    def _make_environment(self) -> QProcessEnvironment:
        made = QProcessEnvironment.systemEnvironment()
        for name, value in self._environment.items():
            made.insert(name, value)
        made.insert("WHERRY_KEY", self._key)
        made.insert("PYTHONUNBUFFERED", "1")
        return made

    @Slot()
    def _on_output(self) -> None:
        self._output += bytes(self._process.readAllStandardOutput().data())
        *lines, self._output = self._output.split(b"\n")
        for line in lines:
            self._read_line(line.decode("utf-8", "replace").rstrip())

    def _read_line(self, line: str) -> None:
        self._last_lines.append(line)
        _log.debug("receiver: %s", line)
        if line.startswith(_CERTIFICATE):
            self._pin = line.removeprefix(_CERTIFICATE).strip()
        elif line.startswith(_READY) and self._ready_at is None:
            self._ready_at = time.monotonic()
            self._record.write(int(self._process.processId()))
            url = _as_seen_here(line.removeprefix(_READY).strip())
            self.ready.emit(Server(LOCAL_ID, url, self._key, self._name, self._pin))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._last_lines.append(self._process.errorString())
            self._on_ended()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        _log.info("the receiver has ended with %d", code)
        self._on_ended()

    def _on_ended(self) -> None:
        was_ready_at, self._ready_at = self._ready_at, None
        if not self._wanted:
            self._record.forget()
            return
        if self._moving:
            self._moving = False
            self._again.start(0)
            return
        lasted_s = 0.0 if was_ready_at is None else time.monotonic() - was_ready_at
        self._failures = 0 if lasted_s > _LASTED_S else self._failures
        pause_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**self._failures)
        self._failures += 1
        self._again.start(round(pause_s * 1000))
        if was_ready_at is None:
            port = self._terms.port if self._terms.shared else 0
            told = "\n".join(self._last_lines)
            self.troubled.emit(trouble_of(self._terms.folder, told, port))
        else:
            self.lost.emit(pause_s)

    @Slot()
    def _on_again(self) -> None:
        if not self._wanted or self._is_running:
            return
        overdue = time.monotonic() > self._left_behind_until
        if self._record.end_left_behind(by_force=overdue):
            self._again.start(_LEFT_BEHIND_MS)
        else:
            self._run()

    @Slot(object)
    def change(self, terms: Terms) -> None:
        """Work on other terms from now on; uploads that run see a short break of the line."""
        same = terms.options == self._terms.options
        self._terms, self._failures = terms, 0
        if same or not self._wanted:
            return
        if self._is_running:
            self._moving = True
            self._process.terminate()
            self.moving.emit()
        else:
            self._again.start(0)

    @property
    def _is_running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    @Slot()
    def turn_off(self) -> None:
        """Ask it to end, and do not start it again; what is unfinished is kept."""
        if not self._wanted:
            return
        self._wanted = self._moving = False
        self._again.stop()
        if self._is_running:
            self._process.terminate()
        self.turned_off.emit()

    def stop(self) -> None:
        """Ask it to end, insist after a while, and wait until it is gone."""
        if self._wanted:
            self._record.forget()
        self._wanted = False
        self._again.stop()
        if self._is_running:
            self._process.terminate()
            if not self._process.waitForFinished(_TERMINATE_MS):
                self._process.kill()
                self._process.waitForFinished(_KILL_MS)


def _as_seen_here(url: str) -> str:
    """Return the address by which this computer reaches what listens on all of its addresses."""
    parts = urlsplit(url)
    if parts.hostname != _EVERYWHERE:
        return url
    return parts._replace(netloc=f"127.0.0.1:{parts.port}").geturl()
