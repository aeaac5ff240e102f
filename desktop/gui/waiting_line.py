"""A quiet line: files that wait for another server than the one that is sent to now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.destination import Destination, named
from desktop.gui import theme
from desktop.gui.buttons import Button
from desktop.gui.cards import ElidedText
from desktop.gui.theme import Role, Type
from desktop.gui.totals import Totals
from desktop.gui.words import isolated


class WaitingLine(QWidget):
    """Hidden while nothing waits elsewhere.

    Signals:
        picked: the id of the server to switch to.
        add_wanted: the id of a server that is not saved, to be added again.
    """

    picked = Signal(str)
    add_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._destinations: tuple[Destination, ...] = ()
        self._used_id = ""
        self._waiting: Counter[str] = Counter()
        self.text = ElidedText("", Type.BODY, Role.PlaceholderText)
        self.switch = Button(self.tr("Send there"))
        self.switch.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.text)
        row.addWidget(self.switch)
        row.addStretch(1)
        self.hide()

    @Slot(object)
    def on_listed(self, destinations: Sequence[Destination]) -> None:
        self._destinations = tuple(destinations)
        self._show()

    @Slot(object)
    def on_chosen(self, destination: Destination) -> None:
        self._used_id = destination.id
        self._show()

    @Slot(object)
    def on_totals_changed(self, totals: Totals) -> None:
        if totals.running_to != self._waiting:
            self._waiting = Counter(totals.running_to)
            self._show()

    @property
    def _elsewhere(self) -> Counter[str]:
        """Return how many files wait for each other server."""
        here = ("", self._used_id)
        found = {one: count for one, count in self._waiting.items() if count and one not in here}
        return Counter(found) if self._used_id else Counter()

    @property
    def _first_id(self) -> str:
        return self._elsewhere.most_common(1)[0][0]

    def _is_known(self, server_id: str) -> bool:
        return any(one.id == server_id for one in self._destinations)

    def _show(self) -> None:
        if not self._elsewhere:
            self.hide()
            return
        self.text.setText(self._words())
        name = named(self._first_id, self._destinations)
        known = self._is_known(self._first_id)
        told = self.tr("Send to {name}") if known else self.tr("Add {name} again…")
        self.switch.setText(told.format(name=name.replace("&", "&&")))
        self.switch.setAccessibleName(told.format(name=name))
        self.show()

    def _words(self) -> str:
        parts = []
        for server_id, count in self._elsewhere.most_common():
            name = isolated(named(server_id, self._destinations))
            parts.append(self.tr("%Ln files wait for {name}", "", count).format(name=name))
        return self.tr(", ").join(parts)

    @Slot()
    def _on_clicked(self) -> None:
        signal = self.picked if self._is_known(self._first_id) else self.add_wanted
        signal.emit(self._first_id)
