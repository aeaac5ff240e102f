"""Looks at the way to a server while you watch, and says in plain words what to mend.

Knows no network: it asks by signals, and is told by its slots.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.diagnosis import Check, Finding
from desktop.diagnosis_words import advise, doing
from desktop.gui import icons, theme
from desktop.gui.buttons import Button, Look
from desktop.gui.cards import Text
from desktop.gui.check_row import CheckRow
from desktop.gui.scroll_bar import SlimScrollBar
from desktop.gui.theme import Role, Type
from desktop.gui.words import QtWords

_FIRST_SIZE = (600, 640)


class DiagnosisDialog(QDialog):
    """One server; all that is looked at stands there from the beginning.

    Signals:
        wanted: look, or look once more.
        unwanted: look no longer.
    """

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, name: str, words: QtWords, parent: QWidget) -> None:
        """Take what people call the server."""
        super().__init__(parent)
        self._name, self._words = name, words
        self._findings: list[Finding] = []
        self._running = False
        self.setWindowTitle(self.tr("Check the way to a server"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(420, 320)
        self.resize(*_FIRST_SIZE)
        self.headline = Text("", Type.TITLE)
        self.headline.setWordWrap(True)
        self.rows = {check: CheckRow(doing(check, words)[0]) for check in Check}
        self.copy = Button(self.tr("&Copy the result"))
        self.copy.setIcon(icons.icon("copy"))
        self.again = Button("")
        self.close_ = Button(self.tr("C&lose"), Look.PRIMARY)
        self.close_.setDefault(True)
        self._arrange()
        self.copy.clicked.connect(self._on_copy)
        self.again.clicked.connect(self._on_again)
        self.close_.clicked.connect(self.accept)
        self.finished.connect(self.unwanted)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        page.setSpacing(theme.S)
        page.addWidget(self.headline)
        page.addWidget(self._list(), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.close_)
        page.addLayout(row)

    def _list(self) -> QScrollArea:
        inside = QWidget()
        inside.setBackgroundRole(Role.Base)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        for one in self.rows.values():
            column.addWidget(one)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBar(SlimScrollBar(Role.Base))
        area.setWidget(inside)
        self._area = area
        return area

    def begin(self) -> None:
        """Look, from the beginning."""
        self._findings.clear()
        self._running = True
        self.headline.setText(
            self.tr("Looking at the way to {name}…").format(name=self._words.name(self._name))
        )
        for one in self.rows.values():
            one.wait()
        self._look_at_next()
        self._offer()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def _look_at_next(self) -> None:
        left = self._left()
        if left:
            self.rows[left[0]].look(doing(left[0], self._words)[1])

    def _left(self) -> list[Check]:
        told = {finding.check for finding in self._findings}
        return [check for check in Check if check not in told]

    def _offer(self) -> None:
        self.copy.setText(self.tr("&Copy the result"))
        self.copy.setEnabled(bool(self._findings))
        self.again.setText(self.tr("&Stop") if self._running else self.tr("Check &again"))
        self.again.updateGeometry()

    @Slot(object)
    def on_found(self, finding: Finding) -> None:
        """Show it, and what is looked at next."""
        self._findings.append(finding)
        one = self.rows[finding.check]
        one.tell(advise(finding, self._name, self._words), fine=finding.fine)
        if finding.problem is None:
            self._look_at_next()
        self._offer()

    @Slot()
    def on_ended(self) -> None:
        """Say in one sentence what came of it."""
        self._running = False
        self._leave_the_rest()
        wrong = [finding for finding in self._findings if not finding.fine]
        name = self._words.name(self._name)
        if wrong:
            told = self.tr("%Ln things on the way to {name} are to be mended.", "", len(wrong))
            first = self.rows[wrong[0].check]
            self._area.ensureWidgetVisible(first)
        else:
            told = self.tr("All is well on the way to {name}.")
        self.headline.setText(told.format(name=name))
        self._offer()

    def _leave_the_rest(self) -> None:
        for check in self._left():
            self.rows[check].leave(self.tr("Not looked at."))

    @Slot()
    def _on_again(self) -> None:
        if not self._running:
            self.begin()
            return
        self._running = False
        self._leave_the_rest()
        self.headline.setText(self.tr("Stopped."))
        self._offer()
        self.unwanted.emit()

    @Slot()
    def _on_copy(self) -> None:
        """Put what was found on the clipboard, with the lines that mend it."""
        lines = [self.headline.text(), ""]
        for finding in self._findings:
            advice = advise(finding, self._name, self._words)
            lines += advice.printed("✓" if finding.fine else "!")
        QGuiApplication.clipboard().setText("\n".join([*lines, ""]))
        self.copy.setText(self.tr("&Copied"))
