"""A whole window at work, and the longest time that it did not listen: `python -m ...heartbeat`.

Opens the real program on a folder, drives it through what people do with a long list, and prints
one line of JSON for each part. A timer in the GUI thread is the heart; what it beats late, the
window stood still. With `--stacks` what held it up longer than a given time is printed as well.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

STARTED = float(os.environ.get("WHERRY_BENCH_STARTED", time.time()))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (  # noqa: E402
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop import interpreter  # noqa: E402
from desktop.app import Program  # noqa: E402
from desktop.garbage import GarbageCollector  # noqa: E402
from desktop.gui.row_actions import RowAction  # noqa: E402
from desktop.gui.theme import Theme  # noqa: E402
from desktop.paths import Places  # noqa: E402
from desktop.transfer.events import State  # noqa: E402
from receiver.memory import resident_peak_bytes  # noqa: E402

SIZE = (1160, 800)
"""Of the window, as on a usual screen."""
BEAT_MS = 4
STALL_S = 0.01
SCROLL_MS = 40
MENU_MS = 300
PATIENCE_S = 300.0


class Heart(QObject):
    """Beats in the GUI thread; keeps how late it was, and the CPU time of what was in between.

    Attributes:
        stalls: where it was much too late: from when to when, and how long of it no core was free
            for it; seconds of the machine's own clock.
    """

    def __init__(self, stacks_over_s: float | None) -> None:
        super().__init__()
        self.late_s: list[float] = []
        self.worked_s: list[float] = []
        self.stalls: list[tuple[float, float, float]] = []
        self._cpu_at = time.thread_time()
        self._starved = Starved()
        self._starved_at = self._starved.seconds()
        self.beat_at = time.monotonic()
        self._over_s = stacks_over_s
        self._gui = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()
        if stacks_over_s is not None:
            threading.Thread(target=self._watch, daemon=True).start()

    def begin(self) -> None:
        """Count from now on."""
        self.late_s.clear()
        self.worked_s.clear()
        self.stalls.clear()
        self.beat_at, self._cpu_at = time.monotonic(), time.thread_time()
        self._starved_at = self._starved.seconds()

    @Slot()
    def _on_beat(self) -> None:
        now = time.monotonic()
        late_s = now - self.beat_at - BEAT_MS / 1000
        self.late_s.append(late_s)
        self.beat_at = now
        cpu_at = time.thread_time()
        self.worked_s.append(cpu_at - self._cpu_at)
        self._cpu_at = cpu_at
        starved_at = self._starved.seconds()
        if late_s > STALL_S:
            self.stalls.append((now - late_s, now, starved_at - self._starved_at))
        self._starved_at = starved_at

    def _watch(self) -> None:
        told = 0.0
        while True:
            time.sleep(0.005)
            beat_at = self.beat_at
            if beat_at != told and time.monotonic() - beat_at > (self._over_s or 0):
                told = beat_at
                names = {one.ident: one.name for one in threading.enumerate()}
                frames = sys._current_frames()
                told_lines = traceback.format_stack(frames.pop(self._gui))[-4:]
                for thread, frame in frames.items():
                    told_lines.append(f"  beside it {names.get(thread)}\n")
                    told_lines += traceback.format_stack(frame)[-1:]
                sys.stderr.write("---- the window stands still in\n" + "".join(told_lines))


class Starved:
    """How long the thread that made this would have worked, had a core been free; 0 off Linux.

    Kept open, and read by one call of the system: each gives the interpreter away, and a window
    that is watched so would wait for it again.
    """

    def __init__(self) -> None:
        path = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._descriptor = os.open(path, os.O_RDONLY) if path.exists() else None

    def seconds(self) -> float:
        if self._descriptor is None:
            return 0.0
        return int(os.pread(self._descriptor, 100, 0).split()[1]) / 1e9


@dataclass
class Part:
    """One thing that people do: how to begin it, and how it is known to be over."""

    name: str
    begin: Callable[[], None]
    over: Callable[[], bool]
    least_s: float = 0.0
    began: float = field(default=0.0)


class Drive(QObject):
    """Goes through the parts one after the other, scrolling the list all the time."""

    def __init__(self, program: Program, parts: Iterator[Part], heart: Heart) -> None:
        super().__init__()
        self._program, self._parts, self._heart = program, parts, heart
        self._part: Part | None = None
        self._painted = False
        self._down = True
        self._look = QTimer(self)
        self._look.setInterval(SCROLL_MS)
        self._look.timeout.connect(self._on_look)
        self._look.start()
        program.window.installEventFilter(self)

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        if not self._painted and event.type() is QEvent.Type.Paint:
            self._painted = True
            tell("first picture", seconds=time.time() - STARTED)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_look(self) -> None:
        self._scroll()
        part = self._part
        if part is not None:
            passed = time.monotonic() - part.began
            is_over = passed >= part.least_s and part.over() and self._heart.worked_s
            if not is_over and passed < PATIENCE_S:
                return
            late = sorted(self._heart.late_s)
            tell(
                part.name,
                seconds=passed,
                longest_ms=late[-1] * 1000,
                thousandth_ms=late[int(len(late) * 0.999)] * 1000,
                stalls=self._heart.stalls,
                worked_ms=max(self._heart.worked_s) * 1000,
                resident_mib=resident_peak_bytes() / (1 << 20),
                rows=self._program.window.page.model.rowCount(),
                files=self._program.window.page.model.totals.files,
                done=part.over(),
            )
        self._part = next(self._parts, None)
        if self._part is None:
            self._look.stop()
            QApplication.exit(0)
            return
        self._part.began = time.monotonic()
        self._heart.begin()
        self._part.begin()

    def _scroll(self) -> None:
        bar = self._program.window.page.view.verticalScrollBar()
        if bar.value() in (bar.minimum(), bar.maximum()):
            self._down = bar.value() == bar.minimum()
        bar.setValue(bar.value() + (37 if self._down else -37))


def tell(name: str, **figures: object) -> None:
    print(json.dumps({"part": name, **figures}), flush=True)


def parts_of(program: Program, folder: Path, count: int) -> Iterator[Part]:
    """Yield what is done with the window: fill the list, open the folder, upload, cancel, clear."""
    page = program.window.page
    model, acts = page.model, page.actions_

    def running() -> int:
        return model.totals.running

    def uploading() -> bool:
        return model.totals.all.stored_bytes > 0

    def open_folder() -> None:
        model.set_open(model.ids()[0], is_open=True)

    yield Part("the receiver starts", lambda: None, lambda: program.receiver.is_ready)
    yield Part(
        "a folder of many files comes",
        lambda: program.bridge.add([folder]),
        lambda: model.totals.files >= count,
    )
    yield Part("upload at full speed", lambda: None, uploading, least_s=10.0)
    yield Part("the folder is opened", open_folder, lambda: model.rowCount() > count)
    yield Part("upload at full speed, the folder open", lambda: None, uploading, least_s=10.0)
    yield Part("pause all", acts.pause_all.trigger, lambda: not running())
    yield Part("go on", acts.go_on_all.trigger, lambda: not model.totals.states[State.PAUSED])
    yield Part("select all", page.view.selectAll, lambda: True, least_s=1.0)

    def ask_what_can_be_done() -> None:
        menu = page.view.menu_for(page.view.selected())
        menu.popup(page.view.mapToGlobal(QPoint(0, 0)))
        QTimer.singleShot(MENU_MS, menu.close)

    yield Part("ask what can be done with them", ask_what_can_be_done, lambda: True, least_s=1.0)

    def select_files() -> None:
        files = QItemSelection(model.index(1), model.index(model.rowCount() - 1))
        page.view.selectionModel().select(files, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def press_space() -> None:
        QTest.keyClick(page.view, Qt.Key.Key_Space)

    yield Part("select all files", select_files, lambda: True, least_s=1.0)
    yield Part("pause them", press_space, lambda: not running())
    yield Part("go on with them", press_space, lambda: not model.totals.states[State.PAUSED])

    page.view.clearSelection()
    # Of what has begun, the window would ask first.
    every_other = map(page.listing.transfer, model.ids(1)[::2])
    ids = tuple(one.id for one in every_other if one is not None and not one.stored_bytes)
    yield Part(
        "cancel every other",
        lambda: page.requested.emit(RowAction.CANCEL, ids),
        lambda: running() <= count // 2 + 1,
    )
    yield Part(
        "clear finished",
        acts.clear_finished.trigger,
        lambda: not model.totals.states[State.CANCELLED],
    )
    yield Part("upload on", lambda: None, lambda: True, least_s=5.0)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path, help="a folder for settings, list and received files")
    parser.add_argument("folder", type=Path, help="what is sent")
    parser.add_argument("count", type=int, help="of the files in it; 0: only open the window")
    parser.add_argument("--stacks", type=float, help="show what holds the window up so many ms")
    options = parser.parse_args()
    interpreter.set_up()
    QLocale.setDefault(QLocale("en_US"))
    app = QApplication([])
    Theme(app)
    home = options.home
    program = Program(Places.below(home))
    heart = Heart(None if options.stacks is None else options.stacks / 1000)
    parts = parts_of(program, options.folder, options.count) if options.count else iter(())
    drive = Drive(program, parts, heart)
    garbage = GarbageCollector(app)
    program.window.resize(*SIZE)
    program.start()
    code = app.exec()
    drive.deleteLater()
    garbage.stop()
    program.stop()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
