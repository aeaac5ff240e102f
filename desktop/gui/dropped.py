"""From what was dropped or pasted to paths. Looks at no disk: whether they exist is found later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QMimeData, QUrl


@dataclass(frozen=True, slots=True)
class Offer:
    """Paths that can be tried, and texts that name no file of this computer."""

    paths: tuple[Path, ...]
    strange: tuple[str, ...] = ()


def offer_of(mime: QMimeData) -> Offer:
    """Read URLs, or else lines of text that are absolute paths or file URLs."""
    if mime.hasUrls():
        return _offer(mime.urls())
    if mime.hasText():
        lines = [line.strip().strip('"') for line in mime.text().splitlines()]
        return _offer([url for line in lines if (url := _url_of(line)) is not None])
    return Offer(())


def _offer(urls: list[QUrl]) -> Offer:
    local = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    strange = [url.toDisplayString() for url in urls if not url.isLocalFile()]
    return Offer(tuple(dict.fromkeys(local)), tuple(strange))


def _url_of(line: str) -> QUrl | None:
    if line.startswith("file://"):
        return QUrl(line)
    path = Path(line).expanduser() if line.startswith("~") else Path(line)
    if line and (path.is_absolute() or PureWindowsPath(line).is_absolute()):
        return QUrl.fromLocalFile(str(path))
    return None
