"""What screen readers are told of widgets that Qt does not know: charts, and their values."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class ChartSpeaker(QAccessibleWidget):
    """Speaks for a chart: its name, and as its value what is read under the cursor, or last."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(chart, QAccessible.Role.Chart)

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Value:
            return super().text(QAccessible.Text.Description)
        return super().text(kind)


class _Factory:
    """Makes speakers for widgets that ask for one; Qt asks it for every widget there is."""

    def __init__(self) -> None:
        self._installed = False

    def install(self) -> None:
        if not self._installed:
            self._installed = True
            QAccessible.installFactory(self.make)

    def make(self, _kind: str, subject: QObject) -> ChartSpeaker | None:
        if not isinstance(subject, Charted):
            return None
        subject.speaker = ChartSpeaker(subject)
        return subject.speaker


class Charted(QWidget):
    """A widget that is a chart.

    Attributes:
        speaker: what speaks for it; held here, for Qt does not hold what Python has made.
    """

    def __init__(self) -> None:
        super().__init__()
        self.speaker: ChartSpeaker | None = None
        _factory.install()


_factory = _Factory()
