"""The icon in the system's tray: how far the list is, and what can be done without the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from desktop.gui import icons, theme
from desktop.gui.theme import Role, Scheme, Tone

_SIDE = 64
_LINE = 9


class Tray(QObject):
    """Where the system has no tray, nothing of it is seen.

    Signals:
        opened: somebody wants to see the window.
        paused, went_on, left: the menu's entries.
    """

    opened = Signal()
    paused = Signal()
    went_on = Signal()
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[int | None, bool] | None = None
        self._menu = QMenu()
        self.open_ = self._entry(self.tr("&Open Wherry"), self.opened)
        self._menu.addSeparator()
        self.pause = self._entry(self.tr("&Pause all"), self.paused)
        self.go_on = self._entry(self.tr("&Go on"), self.went_on)
        self._menu.addSeparator()
        self.quit = self._entry(self.tr("&Quit"), self.left)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.opened)
        self.show_progress(None, failed=False, words="")
        self.ensure()

    def _entry(self, text: str, signal: object) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(signal)
        self._menu.addAction(action)
        return action

    @property
    def is_there(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def ensure(self) -> bool:
        """Appear if there is a tray by now; tells whether there is."""
        if self.is_there and not self.icon.isVisible():
            self.icon.show()
        return self.is_there

    def show_progress(self, share: float | None, *, failed: bool, words: str) -> None:
        """Paint how far it is.

        Args:
            share: stored, of the whole list, 0 to 1; None while nothing runs.
            failed: something needs attention.
            words: the tooltip's second line.
        """
        drawn = None if share is None else int(share * 100), failed
        if drawn != self._drawn:
            self._drawn = drawn
            self.icon.setIcon(_picture(share, failed=failed))
        self.icon.setToolTip(f"Wherry\n{words}" if words else "Wherry")

    def offer(self, *, pause: bool, go_on: bool) -> None:
        """Offer what the list makes possible."""
        self.pause.setEnabled(pause)
        self.go_on.setEnabled(go_on)

    def tell(self, title: str, text: str) -> None:
        if self.icon.isVisible():
            self.icon.showMessage(title, text, icons.app_icon())

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        kinds = QSystemTrayIcon.ActivationReason
        if reason in (kinds.Trigger, kinds.DoubleClick):
            self.opened.emit()

    def stop(self) -> None:
        self.icon.hide()
        self._menu.close()


def _picture(share: float | None, *, failed: bool) -> QIcon:
    """The program's icon; while something runs with a ring around it, red where it failed."""
    if share is None and not failed:
        return icons.app_icon()
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = QRectF(picture.rect()).adjusted(_LINE, _LINE, -_LINE, -_LINE)
    icons.app_icon().paint(painter, inside.toRect())
    # The tray has a ground of its own: these tones stand out on a light and on a dark one.
    colors = theme.palette(Scheme.DARK)
    ring = QRectF(picture.rect()).adjusted(_LINE / 2, _LINE / 2, -_LINE / 2, -_LINE / 2)
    painter.setPen(QPen(QApplication.palette().color(Role.Dark), _LINE))
    painter.drawEllipse(ring)
    tint = theme.color(colors, Tone.FAILED if failed else Tone.STORED)
    painter.setPen(QPen(tint, _LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(ring, 90 * 16, -round(360 * 16 * (1.0 if share is None else share)))
    painter.end()
    return QIcon(picture)
