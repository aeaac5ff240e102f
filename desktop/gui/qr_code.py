"""A QR code, drawn as squares; dark on white in any colour scheme, for cameras want it so."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui import theme

_QUIET_MODULES = 4
"""The white edge that the standard asks for (ISO/IEC 18004)."""
_MOST = 236


class QrCode(QWidget):
    """Shows one text; to a screen reader it is a picture with a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: tuple[bytearray, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = round(self._square() * self._modules)
        return QSize(side, side)

    @property
    def _modules(self) -> int:
        return len(self._rows) + 2 * _QUIET_MODULES

    def _square(self) -> float:
        """Return the side of a square: whole pixels of the screen, so that none is blurred."""
        ratio = self.devicePixelRatioF()
        return max(1, int(_MOST * ratio // self._modules)) / ratio

    def show_text(self, text: str) -> None:
        """Draw this text; none clears the picture."""
        self._rows = _rows_of(text) if text else ()
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.GlobalColor.black)
        self._paint_squares(painter)
        painter.end()

    def _paint_squares(self, painter: QPainter) -> None:
        square, edge = self._square(), _QUIET_MODULES * self._square()
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.drawRect(QRectF(edge + x * square, edge + y * square, square, square))


def _rows_of(text: str) -> tuple[bytearray, ...]:
    import segno  # its tables are large, and most windows never show a link

    return segno.make(text, error="l", micro=False).matrix
