"""The window: takes what is dropped, pasted or chosen, and arranges page and live panel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QMainWindow, QWidget

from desktop.gui import icons, theme
from desktop.gui.destination_bar import Link
from desktop.gui.drop_area import DropCover
from desktop.gui.dropped import offer_of
from desktop.gui.live_panel import LivePanel
from desktop.gui.send_page import SendPage
from desktop.gui.words import QtWords
from desktop.receiver_trouble import Trouble
from desktop.sample import Sample
from desktop.settings import Settings

_FIRST_SIZE = (1160, 760)
_LEAST_SIZE = (560, 400)


class MainWindow(QMainWindow):
    """Wherry's window.

    Signals:
        paths_offered: a tuple of `Path`, to be put on the list.
        folder_chosen: the `Path` that the built-in receiver is to store files in.
        closed: the window is gone and its geometry kept.
    """

    paths_offered = Signal(object)
    folder_chosen = Signal(object)
    closed = Signal()

    def __init__(
        self, settings: Settings, words: QtWords, name: str, *, folder: Path | None
    ) -> None:
        """Build the window.

        Args:
            name: of the server that files go to, as it stands in a sentence.
            folder: of the built-in receiver; None where files go to another server.
        """
        super().__init__()
        self._settings, self._words, self._name = settings, words, name
        self.folder = folder
        self.page = SendPage(words, name, local=folder is not None)
        self.panel = LivePanel(words)
        self._arrange()
        self.cover = DropCover(self)
        self.setWindowTitle("Wherry")
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self._connect()
        self._show_target()
        self._restore()

    def _arrange(self) -> None:
        ground = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, ground)
        self._row.addWidget(self.page, 1)
        self._row.addWidget(self.panel)
        self.setCentralWidget(ground)
        self._compact: bool | None = None
        self._troubled = False

    def _connect(self) -> None:
        acts = self.page.actions_
        self.addActions(acts.with_keys)
        self.page.model.totals_changed.connect(self.panel.on_totals_changed)
        acts.add_files.triggered.connect(self._on_add_files)
        acts.add_folder.triggered.connect(self._on_add_folder)
        acts.paste.triggered.connect(self._on_paste)
        acts.change_folder.triggered.connect(self._on_change_folder)

    def _restore(self) -> None:
        self.resize(*_FIRST_SIZE)
        geometry = self._settings.geometry()
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _show_target(self) -> None:
        if self.folder is None:
            text = self.tr("They are sent to {name}.").format(name=self._name)
        else:
            text = self.tr("They are stored in {folder}.").format(
                folder=self._words.place(self.folder)
            )
        self.page.empty.show_target(text)

    @Slot(object)
    def on_sampled(self, sample: Sample) -> None:
        """Call another server what it calls itself."""
        if self.folder is None and sample.status.name:
            self._name = sample.status.name
            self.page.destination.show_name(self._name)
            self._show_target()

    @Slot(object)
    def on_link_changed(self, link: Link) -> None:
        self.page.destination.show_link(link)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.page.take_focus()

    def set_folder(self, folder: Path) -> None:
        self.folder = folder
        self._show_target()

    @Slot(object)
    def on_trouble_changed(self, trouble: Trouble | None) -> None:
        self.page.on_trouble_changed(trouble)
        self._troubled = trouble is not None
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window the list needs the room of numbers that nobody sends anyway."""
        self.panel.setVisible(not (self._compact and self._troubled))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_compact(self.width() < theme.NARROW_BELOW)
        self.cover.setGeometry(self.rect())

    def _set_compact(self, compact: bool) -> None:
        if compact == self._compact:
            return
        self._compact = compact
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if compact else direction.LeftToRight)
        edge = theme.M if compact else theme.L + theme.XS
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(theme.S if compact else theme.L + theme.XS)
        self.page.set_compact(compact)
        self.panel.set_compact(compact)
        self._make_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasText():
            event.acceptProposedAction()
            self.cover.cover(self.tr("Let go to send to {name}").format(name=self._name))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.cover.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.cover.hide()
        event.acceptProposedAction()
        self._offer(event.mimeData())

    @Slot()
    def _on_paste(self) -> None:
        self._offer(QGuiApplication.clipboard().mimeData())

    def _offer(self, mime: QMimeData) -> None:
        offer = offer_of(mime)
        if offer.strange:
            self.page.on_refused(offer.strange)
        self._take(offer.paths)

    def _take(self, paths: Sequence[Path]) -> None:
        if paths:
            self.paths_offered.emit(tuple(paths))

    @Slot()
    def _on_add_files(self) -> None:
        start = str(self._settings.add_from())
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"), start)
        if names:
            self._settings.set_add_from(Path(names[0]).parent)
        self._take([Path(name) for name in names])

    @Slot()
    def _on_add_folder(self) -> None:
        start = str(self._settings.add_from())
        name = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"), start)
        if name:
            self._settings.set_add_from(Path(name).parent)
            self._take([Path(name)])

    @Slot()
    def _on_change_folder(self) -> None:
        title = self.tr("Folder for received files")
        name = QFileDialog.getExistingDirectory(self, title, str(self.folder or Path.home()))
        if name:
            self.folder_chosen.emit(Path(name))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set_geometry(self.saveGeometry())
        self._settings.save()
        event.accept()
        self.closed.emit()
