"""The quiet boxes of the live panel: a frame, a legend of values, a choice of two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.theme import Role, Tone, Type

translate = QCoreApplication.translate

NOTHING = "–"
"""Stands where a number is not known."""


class Text(QLabel):
    """A label of the type scale that keeps its size and takes its colour from a palette role."""

    def __init__(
        self, text: str = "", kind: Type = Type.BODY, role: Role = Role.WindowText
    ) -> None:
        super().__init__(text)
        self.setFont(theme.font(self.font(), kind))
        self.setForegroundRole(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role, self._old = role, False
        self._label = ""

    def setText(self, text: str) -> None:
        super().setText(text)
        self._speak()

    def setAccessibleName(self, name: str) -> None:
        """Say what the text is about; it is spoken in front of it, not in its place."""
        self._label = name
        self._speak()

    def _speak(self) -> None:
        if self._label:
            spoken = translate("Text", "{label}: {text}").format(
                label=self._label, text=self.text()
            )
            super().setAccessibleName(spoken)

    def set_old(self, old: bool) -> None:
        """Grey the text: it is no longer now."""
        self._old = old
        self._recolor()

    def set_role(self, role: Role) -> None:
        """Take the colour of another role."""
        self._role = role
        self._recolor()

    def _recolor(self) -> None:
        wanted = Role.PlaceholderText if self._old else self._role
        if wanted is not self.foregroundRole():
            self.setForegroundRole(wanted)


class ElidedText(Text):
    """A label of one line that shortens its text instead of widening the window.

    Attributes:
        elide: where; in the middle, unless that would tear apart what belongs together.
    """

    elide = Qt.TextElideMode.ElideMiddle

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self.elide, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


class Card(QFrame):
    """A rounded box on the window's ground, with a heading and what is put below it."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self.setBackgroundRole(Role.Base)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self.body.setSpacing(theme.S)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.S)
        self._name = heading
        self.heading = ElidedText(heading, Type.LABEL, Role.PlaceholderText)
        self.head.addWidget(self.heading, 1)
        self.body.addLayout(self.head)

    def set_age(self, told: str) -> None:
        """Say beside the heading how old these numbers are; empty: they are of now."""
        self.heading.setText(f"{self._name} · {told}" if told else self._name)

    def set_compact(self, compact: bool) -> None:
        side, edge = (theme.M, theme.S) if compact else (theme.L, theme.M)
        self.body.setContentsMargins(side, edge, side, edge)
        self.body.setSpacing(theme.XS if compact else theme.S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(Role.Base))
        painter.setPen(QPen(self.palette().color(Role.Mid), 1))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS + 2, theme.RADIUS + 2)
        painter.end()


class Swatch(QWidget):
    """The small square that says which colour is meant."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self._old = False
        self.setFixedSize(10, 10)

    def set_old(self, old: bool) -> None:
        self._old = old
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(outline)
        theme.fill(painter, QRectF(self.rect()), self.palette(), self._tone, old=self._old)
        painter.end()


class Legend(QWidget):
    """Names, colours and values; labels, so that a screen reader finds them.

    In two columns an odd one at the end has the last line for itself.
    """

    def __init__(self, entries: Sequence[tuple[Tone, str]], columns: int = 1) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.S - 2)
        grid.setVerticalSpacing(3)
        self._names: list[str] = []
        self._values: list[Text] = []
        self._swatches: list[Swatch] = []
        for number, (tone, name) in enumerate(entries):
            row, column = divmod(number, columns)
            alone = column == 0 and number == len(entries) - 1
            parts = self._parts(tone, name)
            if alone and columns > 1:
                line = QHBoxLayout()
                line.setSpacing(theme.S - 2)
                for part, share in zip(parts, (0, 1, 0), strict=True):
                    line.addWidget(part, share, Qt.AlignmentFlag.AlignVCenter)
                grid.addLayout(line, row, 0, 1, columns * 4 - 1)
                continue
            for place, part in enumerate(parts):
                grid.addWidget(part, row, column * 4 + place, Qt.AlignmentFlag.AlignVCenter)
        for column in range(columns):
            grid.setColumnStretch(column * 4 + 1, 1)
        for column in range(columns - 1):
            grid.setColumnMinimumWidth(column * 4 + 3, theme.M)

    def _parts(self, tone: Tone, name: str) -> tuple[QWidget, ...]:
        value = Text(NOTHING, Type.CAPTION, Role.Text)
        value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        value.setAccessibleName(name)
        swatch = Swatch(tone)
        label = ElidedText(name, Type.CAPTION, Role.PlaceholderText)
        self._names.append(name)
        self._values.append(value)
        self._swatches.append(swatch)
        return swatch, label, value

    def show_values(self, *values: str) -> None:
        for label, value in zip(self._values, values, strict=True):
            label.setText(value)

    def in_words(self) -> str:
        """Return a line for each name with its value."""
        told = zip(self._names, self._values, strict=True)
        return "\n".join(
            translate("Legend", "{name}: {value}").format(name=name, value=value.text())
            for name, value in told
        )

    def clear(self) -> None:
        """Show that no value is known."""
        self.show_values(*[NOTHING] * len(self._values))

    def set_old(self, old: bool) -> None:
        for value in self._values:
            value.set_old(old)
        for swatch in self._swatches:
            swatch.set_old(old)


class _Segment(QRadioButton):
    """One of the choices; painted flat, the chosen one raised."""

    def hitButton(self, point: QPoint) -> bool:
        return self.rect().contains(point)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        size = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(size.width() + 2 * theme.S, metrics.height() + theme.XS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self.palette()
        edge = QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8)
        chosen = self.isChecked()
        ring = colors.color(Role.Accent) if self.hasFocus() else colors.color(Role.Midlight)
        painter.setPen(QPen(ring, 1.4))
        painter.setBrush(theme.color(colors, Tone.SELECTED) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(edge, 5, 5)
        painter.setPen(colors.color(Role.Text if chosen else Role.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), flags, self.text())
        painter.end()


class Choice(QWidget):
    """One of a few, side by side.

    Signals:
        chosen: the number of the choice, from 0.
    """

    chosen = Signal(int)

    def __init__(self, name: str, texts: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        for number, text in enumerate(texts):
            segment = _Segment(text)
            segment.setFont(theme.font(segment.font(), Type.CAPTION))
            segment.setAccessibleName(f"{name}: {text}")
            self._group.addButton(segment, number)
            row.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def choose(self, number: int) -> None:
        """Show another choice as the one that holds; says nothing."""
        self._group.button(number).setChecked(True)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(number)
