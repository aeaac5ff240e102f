"""What screen readers are told of widgets that Qt does not know, or does not know well enough."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Spoken:
    """Mixed into a widget that has a speaker of its own.

    Attributes:
        speaker_type: makes what is to speak for the widget, when a screen reader first asks.
        speaker: what does; held here, for Qt does not hold what Python has made.
    """

    speaker_type: type[QAccessibleWidget]
    speaker: QAccessibleWidget | None = None


class ChartSpeaker(QAccessibleWidget):
    """Speaks for a chart: its name, and as its value what is read under the cursor, or last."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(chart, QAccessible.Role.Chart)

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Value:
            return super().text(QAccessible.Text.Description)
        return super().text(kind)


class _Factory:
    """Makes speakers for widgets that have one; Qt asks it for every widget there is."""

    def __init__(self) -> None:
        self._installed = False

    def install(self) -> None:
        if not self._installed:
            self._installed = True
            QAccessible.installFactory(self.make)

    def make(self, _kind: str, subject: QObject) -> QAccessibleWidget | None:
        if not (isinstance(subject, Spoken) and isinstance(subject, QWidget)):
            return None
        subject.speaker = subject.speaker_type(subject)
        return subject.speaker


install = _Factory().install
"""To be called by each widget that is `Spoken`."""
