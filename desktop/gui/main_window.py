"""The window: takes what is dropped, pasted or chosen, and arranges pages and live panel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMargins, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QMainWindow,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.destination import Destination
from desktop.gui import icons, theme
from desktop.gui.destination_bar import Link
from desktop.gui.drop_area import DropCover
from desktop.gui.dropped import offer_of
from desktop.gui.header import Header, Page
from desktop.gui.listing import Listing
from desktop.gui.live_panel import LivePanel
from desktop.gui.receive_page import ReceivePage
from desktop.gui.send_page import SendPage
from desktop.gui.words import QtWords
from desktop.receiver_trouble import Trouble
from desktop.settings import Settings

_FIRST_SIZE = (1160, 800)
_LEAST_SIZE = (560, 400)
_FRAME = QMargins(8, 40, 8, 8)
"""What a title bar and borders may take of a screen, at most."""


class MainWindow(QMainWindow):
    """Wherry's window.

    Signals:
        paths_offered: a tuple of `Path`, to be put on the list.
        link_offered: the text of a pairing link that was dropped or pasted.
        folder_chosen: the `Path` that the built-in receiver is to store files in.
        turned: the `Page` that is shown now.
        closing: somebody wants it closed; it stays until `let_go`.
        closed: the window is gone and its geometry kept.
    """

    paths_offered = Signal(object)
    link_offered = Signal(str)
    folder_chosen = Signal(object)
    turned = Signal(object)
    closing = Signal()
    closed = Signal()

    def __init__(
        self,
        settings: Settings,
        words: QtWords,
        destination: Destination,
        folder: Path,
        listing: Listing,
    ) -> None:
        """Build the window.

        Args:
            destination: where files go at first.
            folder: of the built-in receiver.
            listing: what is on the list.
        """
        super().__init__()
        self._settings, self._words = settings, words
        self._precedence = listing.precedence
        self._destination = destination
        self.folder = folder
        self._may_close = False
        self.header = Header()
        self.page = SendPage(words, listing)
        self.panel = LivePanel(words)
        self.receive = ReceivePage(words)
        self._arrange()
        self.cover = DropCover(self)
        self.setWindowTitle("Wherry")
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self._connect()
        self.on_chosen(destination)
        self._restore()

    def event(self, event: QEvent) -> bool:
        """Paint all that is to be painted while the engine makes room for it."""
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().event(event)
        with self._precedence.first():
            return super().event(event)

    def _arrange(self) -> None:
        sending = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, sending)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.page, 1)
        self._row.addWidget(self.panel)
        ground = QWidget()
        self._column = QVBoxLayout(ground)
        self._column.addWidget(self.header)
        self._pages = QStackedLayout()
        for page in (sending, self.receive):
            self._pages.addWidget(page)
        self._column.addLayout(self._pages, 1)
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
        for change in (acts.change_folder, self.receive.receiver.change_folder):
            change.triggered.connect(self._on_change_folder)
        self.header.turned.connect(self._on_turned)

    def _restore(self) -> None:
        # Asked of the window, the screen would become its child in Python, and be deleted with it.
        room = QGuiApplication.primaryScreen().availableSize().shrunkBy(_FRAME)
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        geometry = self._settings.geometry()
        if geometry is not None:
            self.restoreGeometry(geometry)
        if self._settings.page() == Page.RECEIVE.name:
            self.header.turn_to(Page.RECEIVE)

    @Slot(object)
    def _on_turned(self, page: Page) -> None:
        self._pages.setCurrentIndex(page)
        self._settings.set_page(page.name)
        self.turned.emit(page)

    @Slot(int)
    def on_arriving(self, count: int) -> None:
        """Others have so many uploads under way to this computer."""
        words = self.tr("%Ln uploads are arriving", "", count)
        self.header.tabs.set_busy(Page.RECEIVE, count > 0, words)

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        """Show where files go now; numbers of another server are none of this one."""
        if destination.id != self._destination.id:
            self.panel.forget()
        self._destination = destination
        self.panel.on_chosen(destination)
        self.page.on_chosen(destination)
        self._show_target()

    def _show_target(self) -> None:
        if self._destination.local:
            text = self.tr("They are stored in {folder}.").format(
                folder=self._words.place(self.folder)
            )
        else:
            text = self.tr("They are sent to {name}.").format(name=self._destination.name)
        self.page.empty.show_target(text)

    @Slot(object)
    def on_link_changed(self, link: Link) -> None:
        self.page.destination.show_link(link)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            (self.receive if self.header.page is Page.RECEIVE else self.page).take_focus()

    def come_to_front(self) -> None:
        """Be seen, whatever lies over it; from the task bar too."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_folder(self, folder: Path) -> None:
        self.folder = folder
        self._show_target()

    @Slot(object)
    def on_trouble_changed(self, trouble: Trouble | None) -> None:
        self.page.trouble.show_trouble(trouble)
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
        self._column.setContentsMargins(edge, theme.S if compact else theme.M, edge, edge)
        self._column.setSpacing(theme.XS if compact else theme.M)
        self._row.setSpacing(theme.S if compact else theme.L + theme.XS)
        self.header.set_compact(compact)
        self.page.set_compact(compact)
        self.panel.set_compact(compact)
        self._make_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasText():
            event.acceptProposedAction()
            adds = self.tr("Let go to add this server")
            sends = self.tr("Let go to send to {name}").format(name=self._destination.name)
            self.cover.cover(adds if offer_of(mime).link else sends)

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
        if offer.link:
            self.link_offered.emit(offer.link)
        if offer.strange:
            self.page.on_refused(offer.strange)
        self._take(offer.paths)

    def _take(self, paths: Sequence[Path]) -> None:
        if paths:
            self.header.turn_to(Page.SEND)
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
        name = QFileDialog.getExistingDirectory(self, title, str(self.folder))
        if name:
            self.folder_chosen.emit(Path(name))

    def let_go(self) -> None:
        """Close, whatever is going on; also while it is hidden."""
        self._may_close = True
        if self.isVisible():
            self.close()
        else:
            self.keep_place()
            self.closed.emit()

    def keep_place(self) -> None:
        """Write down how the window stands."""
        self._settings.set_geometry(self.saveGeometry())
        self._settings.save()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_place()
        if not self._may_close:
            self.closing.emit()
        if not self._may_close:  # whoever was asked may have let go at once
            event.ignore()
            return
        event.accept()
        self.closed.emit()
