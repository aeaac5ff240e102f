"""The menu behind the three dots: what is seldom wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from desktop import language
from desktop.gui import icons
from desktop.gui.about_dialog import AboutDialog
from desktop.gui.closing_dialog import Choice
from desktop.settings import Settings
from desktop.versions import versions, versions_text


class ProgramMenu(QObject):
    """Lives as long as the window.

    Signals:
        quit_wanted: the program is to end, without a question: nothing is lost by it.
    """

    quit_wanted = Signal()

    def __init__(
        self, menu: QMenu, settings: Settings, log: Path, window: QWidget, parent: QObject
    ) -> None:
        """Fill a menu; `log` is the log's place."""
        super().__init__(parent)
        self._settings, self._log, self._window = settings, log, window
        self.ask = QAction(self.tr("&Ask again before closing"), self)
        self.ask.triggered.connect(self._on_ask)
        self.about = QAction(icons.icon("about"), self.tr("&About Wherry"), self)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.about.triggered.connect(self._on_about)
        self.quit = QAction(icons.icon("quit"), self.tr("&Quit"), self)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.quit.setShortcut(QKeySequence("Ctrl+Q"))
        self.quit.triggered.connect(self.quit_wanted)
        window.addAction(self.quit)
        self.languages = self._language_menu(menu)
        menu.addActions([self.ask, self.about])
        menu.addSeparator()
        menu.addAction(self.quit)
        menu.aboutToShow.connect(self._on_about_to_show)

    def _language_menu(self, menu: QMenu) -> QActionGroup:
        """Offer the languages that there are, each by its own name."""
        inner = menu.addMenu(icons.icon("language"), self.tr("&Language"))
        group = QActionGroup(inner)
        names = [("", self.tr("As the system has it"))]
        names += [(code, language.own_name(code)) for code in language.available()]
        for code, name in names:
            action = inner.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == self._settings.language())
            action.setData(code)
            group.addAction(action)
        group.triggered.connect(self._on_language)
        return group

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self._settings.set_language(str(action.data()))
        self._settings.save()
        told = QMessageBox(self._window)
        told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told.setIcon(QMessageBox.Icon.Information)
        told.setText(self.tr("Wherry speaks this language when it is started the next time."))
        told.open()

    @Slot()
    def _on_about_to_show(self) -> None:
        self.ask.setVisible(self._settings.closing() != Choice.ASK)

    @Slot()
    def _on_ask(self) -> None:
        self._settings.set_closing(Choice.ASK)
        self._settings.save()

    @Slot()
    def _on_about(self) -> None:
        version = versions()[0][1]
        AboutDialog(version, versions_text(), str(self._log), self._window).open()
