"""Where the parts of a row lie; painting and the mouse ask the same answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStyle

from desktop.gui import theme
from desktop.gui.theme import Type

TILE = 36
BUTTON = 30
BAR_HEIGHT = 6
ARROW = 16
_BUTTONS = 3
_GAP = 5


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The rectangles of one row, mirrored where the language runs from right to left.

    Attributes:
        indent: room in front of all else: for the arrows of folders, and in front of their files.
    """

    rect: QRect
    direction: Qt.LayoutDirection
    name_height: int
    caption_height: int
    indent: int = 0

    @classmethod
    def of(
        cls, rect: QRect, base: QFont, direction: Qt.LayoutDirection, indent: int = 0
    ) -> RowLayout:
        name = QFontMetrics(theme.font(base, Type.NAME)).height()
        caption = QFontMetrics(theme.font(base, Type.CAPTION)).height()
        return cls(rect, direction, name, caption, indent)

    @property
    def height(self) -> int:
        return 2 * theme.M + self.name_height + self.caption_height + BAR_HEIGHT + 2 * _GAP

    def _placed(self, x: int, y: int, width: int, height: int) -> QRect:
        logical = QRect(self.rect.left() + x, self.rect.top() + y, width, height)
        return QStyle.visualRect(self.direction, self.rect, logical)

    @property
    def tile(self) -> QRect:
        return self._placed(theme.M + self.indent, (self.height - TILE) // 2, TILE, TILE)

    @property
    def arrow(self) -> QRect:
        """Where the arrow of a folder is; it may be missed by a little."""
        return self._placed(0, 0, theme.M + self.indent, self.height)

    @property
    def _content(self) -> tuple[int, int]:
        left = theme.M + self.indent + TILE + theme.M
        right = self.rect.width() - theme.S - _BUTTONS * BUTTON - theme.M
        return left, max(40, right - left)

    @property
    def name_line(self) -> QRect:
        left, width = self._content
        return self._placed(left, theme.M, width, self.name_height)

    @property
    def bar(self) -> QRect:
        left, width = self._content
        return self._placed(left, theme.M + self.name_height + _GAP, width, BAR_HEIGHT)

    @property
    def done_bar(self) -> QRect:
        """The bar of what is over: a line, so that what is under way stands out."""
        return self.bar.adjusted(0, 2, 0, -2)

    @property
    def state_line(self) -> QRect:
        left, width = self._content
        top = theme.M + self.name_height + BAR_HEIGHT + 2 * _GAP
        return self._placed(left, top, width, self.caption_height)

    def button(self, number: int, count: int) -> QRect:
        """Return the place of button `number` of `count`, flush with the row's end."""
        x = self.rect.width() - theme.S - (count - number) * BUTTON
        return self._placed(x, (self.height - BUTTON) // 2, BUTTON, BUTTON)

    def size(self) -> QSize:
        return QSize(320, self.height)
