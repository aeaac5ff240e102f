"""Drawings from the program's resources, tinted with palette colours at any resolution."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.gui import theme
from desktop.gui.theme import Role
from desktop.paths import resources

_KINDS = {
    "file-video": "mp4 mov mkv avi webm m4v mpg mpeg wmv mts mxf",
    "file-image": "jpg jpeg png gif webp heic tif tiff bmp svg raw cr2 cr3 nef arw dng psd",
    "file-audio": "mp3 wav flac aac ogg m4a opus aiff aif wma",
    "file-archive": "zip tar gz tgz bz2 xz zst 7z rar deb rpm jar",
    "file-disk": "iso img dmg vmdk vdi vhd vhdx qcow2 bin",
    "file-text": "txt md pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp json xml html log",
}
_KIND_OF = {ending: kind for kind, endings in _KINDS.items() for ending in endings.split()}

_DRAWN_ACCENT, _DRAWN_PAPER = "#0b7285", "#ffffff"


def kind_of(name: str) -> str:
    """Return the drawing for a file of this name, by its ending."""
    return _KIND_OF.get(PurePath(name).suffix.lower().removeprefix("."), "file")


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return (resources() / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _renderer(name: str, rgb: str, paper: str = "") -> QSvgRenderer:
    text = _drawing(name).replace("currentColor", rgb)
    if paper:
        text = text.replace(_DRAWN_PAPER, paper).replace(_DRAWN_ACCENT, rgb)
    return QSvgRenderer(QByteArray(text.encode()))


def paint(painter: QPainter, name: str, rect: QRect, tint: QColor) -> None:
    """Paint the drawing `icons/NAME` into a rectangle, in one colour."""
    ratio = theme.scale_of(painter)
    painter.drawPixmap(rect, _picture(name, tint.name(), rect.width(), rect.height(), ratio))


@lru_cache(maxsize=512)
def _picture(name: str, rgb: str, width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(f"icons/{name}", rgb).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


def paint_illustration(painter: QPainter, name: str, rect: QRectF, colors: QPalette) -> None:
    """Paint a drawing of two colours: the palette's accent on the palette's base."""
    accent, paper = colors.color(Role.Accent).name(), colors.color(Role.Base).name()
    _renderer(name, accent, paper).render(painter, rect)


class _TintedEngine(QIconEngine):
    """Paints a drawing in the button's text colour, so that it follows the palette."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        disabled = mode is QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        role = Role.HighlightedText if mode is QIcon.Mode.Selected else Role.ButtonText
        paint(painter, self._name, rect, QApplication.palette().color(group, role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(picture.rect()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name)


def icon(name: str) -> QIcon:
    """Return an icon of the drawing `icons/NAME` for actions and menus."""
    return QIcon(_TintedEngine(name))


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(resources() / "wherry.svg"))
