"""What invites to drop: a page while the list is empty, a strip above the list, a cover."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui import icons, theme
from desktop.gui.buttons import ActionButton, Look
from desktop.gui.cards import ElidedText, Text
from desktop.gui.theme import Role, Tone, Type


class Illustration(QWidget):
    """The drawing of the empty list; it shrinks with the window."""

    _RATIO = 176 / 320

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(220)

    def sizeHint(self) -> QSize:
        return QSize(320, 176)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = min(float(self.width()), self.height() / self._RATIO)
        height = width * self._RATIO
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        painter = QPainter(self)
        place = QRectF(left, top, width, height)
        icons.paint_illustration(painter, "empty", place, self.palette())
        painter.end()


class _Dashed(QWidget):
    """A ground with a dashed edge."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(Role.Base))
        painter.setPen(_dashed_pen(self.palette().color(Role.Dark), 1.4))
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(edge, theme.RADIUS + 2, theme.RADIUS + 2)
        painter.end()


def _dashed_pen(tint: QColor, width: float) -> QPen:
    pen = QPen(tint, width)
    pen.setDashPattern([4, 3.5])
    return pen


class EmptyPage(_Dashed):
    """Fills the page while there is nothing on the list."""

    def __init__(self, add_files: QAction, add_folder: QAction) -> None:
        super().__init__()
        self._target = Text("", Type.BODY, Role.PlaceholderText)
        self._target.setWordWrap(True)
        self._target.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = Text(self.tr("Drop files of any size here"), Type.TITLE)
        hint = Text(self.tr("Or press Ctrl+V to paste copied files"), Type.CAPTION)
        hint.setForegroundRole(Role.PlaceholderText)
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        page.setSpacing(theme.S)
        page.addStretch(1)
        page.addWidget(Illustration(), 8)
        page.addSpacing(theme.S)
        page.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addWidget(self._target)
        page.addSpacing(theme.S)
        page.addLayout(self._buttons(add_files, add_folder))
        page.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(1)

    def _buttons(self, add_files: QAction, add_folder: QAction) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        self.first = ActionButton(add_files, Look.PRIMARY)
        row.addWidget(self.first)
        row.addWidget(ActionButton(add_folder))
        row.addStretch(1)
        return row

    def show_target(self, text: str) -> None:
        self._target.setText(text)


class DropStrip(_Dashed):
    """Stands above the list once there is one."""

    def __init__(self, add_files: QAction, add_folder: QAction) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S - 2, theme.S - 2, theme.S - 2)
        row.setSpacing(theme.S)
        row.addWidget(_Drawing("drop"))
        row.addWidget(ElidedText(self.tr("Drop more files or folders anywhere in this window")), 1)
        row.addWidget(ActionButton(add_files))
        row.addWidget(ActionButton(add_folder))


class _Drawing(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(theme.ICON, theme.ICON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._name, self.rect(), theme.color(self.palette(), Tone.STORED))
        painter.end()


class DropCover(QWidget):
    """Lies over the whole window while something is held over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, text: str) -> None:
        """Appear over the parent with these words."""
        self._text = text
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color(self.palette(), Tone.SELECTED)
        ground.setAlphaF(0.93)
        painter.fillRect(self.rect(), ground)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tint = theme.color(self.palette(), Tone.STORED)
        painter.setPen(_dashed_pen(tint, 2.4))
        edge = QRectF(self.rect()).adjusted(14, 14, -14, -14)
        painter.drawRoundedRect(edge, 14, 14)
        middle = self.rect().center()
        icons.paint(painter, "drop", QRect(middle.x() - 28, middle.y() - 64, 56, 56), tint)
        painter.setFont(theme.font(self.font(), Type.TITLE))
        painter.setPen(theme.color(self.palette(), Tone.TEXT))
        below = QRect(0, middle.y() + theme.S, self.width(), 40)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._text)
        painter.end()
