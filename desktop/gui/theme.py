"""The look in one place: palettes, tones, one spacing scale, one type scale.

Everything is painted from palette roles. Roles that have a meaning of ours:
PlaceholderText is quiet text, Mid a hairline, Midlight an empty track, BrightText what failed,
LinkVisited what waits, Accent what is stored. Each text role has at least 4.5:1 on Window and
Base (WCAG 2.2, 1.4.3); each tone of a bar at least 3:1 on its track where it carries meaning.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from enum import Enum, StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The spacing scale, in device-independent pixels."""
RADIUS = 8
ICON = 20
NARROW_BELOW = 900
"""Width in pixels below which the live panel goes under the list."""

Role = QPalette.ColorRole

_PLATFORM_THEME = "QT_QPA_PLATFORMTHEME"
_KNOWN_DESKTOPS = {"KDE", "GNOME", "X-CINNAMON", "UNITY", "MATE", "XFCE", "LXDE", "PANTHEON"}
"""Those for which Qt has a theme (QGenericUnixTheme::themeNames)."""


class Type(Enum):
    """The type scale: factor on the system's size, and weight."""

    CAPTION = (0.9, QFont.Weight.Normal)
    LABEL = (0.9, QFont.Weight.DemiBold)
    BODY = (1.0, QFont.Weight.Normal)
    NAME = (1.0, QFont.Weight.DemiBold)
    TITLE = (1.3, QFont.Weight.DemiBold)
    DISPLAY = (1.75, QFont.Weight.DemiBold)


class Tone(Enum):
    """What a colour says; `color` finds it in a palette."""

    STORED = "stored"
    SENT = "sent"
    TRACK = "track"
    LINE = "line"
    TEXT = "text"
    QUIET = "quiet"
    FAILED = "failed"
    WAITS = "waits"
    OTHERS = "others"
    CACHE = "cache"
    NEEDED = "needed"
    HOVER = "hover"
    SELECTED = "selected"


_ROLES = {
    Tone.STORED: Role.Accent,
    Tone.TRACK: Role.Midlight,
    Tone.LINE: Role.Mid,
    Tone.TEXT: Role.Text,
    Tone.QUIET: Role.PlaceholderText,
    Tone.FAILED: Role.BrightText,
    Tone.WAITS: Role.LinkVisited,
}
_MIXED = {
    Tone.SENT: (Role.Accent, 0.42),
    Tone.OTHERS: (Role.PlaceholderText, 0.62),
    Tone.CACHE: (Role.PlaceholderText, 0.3),
    Tone.NEEDED: (Role.Accent, 0.7),
    Tone.HOVER: (Role.Accent, 0.05),
    Tone.SELECTED: (Role.Accent, 0.13),
}

_LIGHT = {
    Role.Window: "#f2f6f7",
    Role.WindowText: "#11242c",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#f8fafb",
    Role.Text: "#11242c",
    Role.PlaceholderText: "#506570",
    Role.Button: "#e6eef0",
    Role.ButtonText: "#11242c",
    Role.Light: "#ffffff",
    Role.Midlight: "#e3ebee",
    Role.Mid: "#d3dee2",
    Role.Dark: "#a9bac1",
    Role.Shadow: "#6b7f88",
    Role.Accent: "#0b7285",
    Role.Highlight: "#0b7285",
    Role.HighlightedText: "#ffffff",
    Role.Link: "#0a6678",
    Role.LinkVisited: "#8a5300",
    Role.BrightText: "#b3261e",
    Role.ToolTipBase: "#11242c",
    Role.ToolTipText: "#f2f6f7",
}
_DARK = {
    Role.Window: "#0f181d",
    Role.WindowText: "#e4eef1",
    Role.Base: "#172228",
    Role.AlternateBase: "#1c282f",
    Role.Text: "#e4eef1",
    Role.PlaceholderText: "#9db2bb",
    Role.Button: "#24343c",
    Role.ButtonText: "#e4eef1",
    Role.Light: "#35474f",
    Role.Midlight: "#27373f",
    Role.Mid: "#2e4049",
    Role.Dark: "#4a626c",
    Role.Shadow: "#05090b",
    Role.Accent: "#3fbccd",
    Role.Highlight: "#3fbccd",
    Role.HighlightedText: "#04191f",
    Role.Link: "#5fcbd9",
    Role.LinkVisited: "#f0b65a",
    Role.BrightText: "#ff8f85",
    Role.ToolTipBase: "#e4eef1",
    Role.ToolTipText: "#0f181d",
}
_FADED = (
    Role.WindowText,
    Role.Text,
    Role.ButtonText,
    Role.Accent,
    Role.Highlight,
    Role.LinkVisited,
)


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


def palette(scheme: Scheme) -> QPalette:
    """Build the palette of a scheme, its disabled group included."""
    made = QPalette()
    colors = _DARK if scheme is Scheme.DARK else _LIGHT
    for role, code in colors.items():
        made.setColor(role, QColor(code))
    for role in _FADED:
        faded = mix(QColor(colors[Role.PlaceholderText]), QColor(colors[Role.Base]), 0.75)
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def mix(upper: QColor, lower: QColor, share: float) -> QColor:
    """Lay `share` (0 to 1) of one colour over another."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        upper.redF() * share + lower.redF() * rest,
        upper.greenF() * share + lower.greenF() * rest,
        upper.blueF() * share + lower.blueF() * rest,
    )


def color(source: QPalette, tone: Tone, *, old: bool = False) -> QColor:
    """Find the colour of a tone; `old` numbers lose their colour and half of their contrast."""
    if old and tone not in (Tone.TRACK, Tone.LINE):
        return mix(source.color(Role.PlaceholderText), source.color(Role.Base), _OLD[tone])
    if tone in _ROLES:
        return source.color(_ROLES[tone])
    role, share = _MIXED[tone]
    return mix(source.color(role), source.color(Role.Base), share)


def fill(
    painter: QPainter, place: QRectF, source: QPalette, tone: Tone, *, old: bool = False
) -> None:
    """Fill a place with a tone; what is only needed is hatched, for it is not there yet."""
    if tone is not Tone.NEEDED:
        painter.fillRect(place, color(source, tone, old=old))
        return
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.fillRect(place, color(source, Tone.TRACK))
    painter.setPen(QPen(color(source, tone, old=old), 1.3))
    x = place.left() - place.height()
    while x < place.right():
        painter.drawLine(QPointF(x, place.bottom()), QPointF(x + place.height(), place.top()))
        x += _HATCH_PX
    painter.restore()


def scale_of(painter: QPainter) -> float:
    """Return how many pixels of the screen or picture make one of the painter's."""
    return abs(painter.deviceTransform().m11()) or 1.0


_HATCH_PX = 4.0
_OLD = {tone: {Tone.SENT: 0.25, Tone.CACHE: 0.15, Tone.OTHERS: 0.3}.get(tone, 0.6) for tone in Tone}


def font(base: QFont, kind: Type) -> QFont:
    """Return a font of the type scale, built on the given one."""
    return _font(base.key(), QApplication.font().pointSizeF(), kind)


@lru_cache(maxsize=64)
def _font(base_key: str, points: float, kind: Type) -> QFont:
    factor, weight = kind.value
    made = QFont()
    made.fromString(base_key)
    made.setPointSizeF(points * factor)
    made.setWeight(weight)
    return made


@contextlib.contextmanager
def followed_portal() -> Iterator[None]:
    """Within it the application is made: it follows the desktop portal's light and dark.

    Qt does that by itself on the desktops that it knows. Elsewhere on Linux it knows neither, and
    is told to behave as on GNOME; programs that this one starts are not.
    """
    here = {one.strip().upper() for one in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")}
    unknown = sys.platform.startswith("linux") and not here & _KNOWN_DESKTOPS
    if not unknown or _PLATFORM_THEME in os.environ:
        yield
        return
    os.environ[_PLATFORM_THEME] = "gnome"
    try:
        yield
    finally:
        del os.environ[_PLATFORM_THEME]


class Theme(QObject):
    """Gives the application the palette of the system's colour scheme and follows its changes.

    Signals:
        changed: a `Scheme`, after the application's palette was set.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, fixed: Scheme | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._fixed = fixed
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.apply()

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self.apply()

    @property
    def scheme(self) -> Scheme:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._fixed or (Scheme.DARK if dark else Scheme.LIGHT)

    def apply(self, fixed: Scheme | None = None) -> None:
        """Set the palette: of `fixed` from now on, or as the system has it."""
        self._fixed = fixed or self._fixed
        self._app.setStyle("Fusion")
        self._app.setPalette(palette(self.scheme))
        self.changed.emit(self.scheme)
