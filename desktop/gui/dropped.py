"""From what was dropped or pasted to paths. Looks at no disk: whether they exist is found later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QMimeData, QUrl

LINK_START = "wherry://"


@dataclass(frozen=True, slots=True)
class Offer:
    """Paths that can be tried, texts that name no file of this computer, a link to a server."""

    paths: tuple[Path, ...]
    strange: tuple[str, ...] = ()
    link: str = ""


def offer_of(mime: QMimeData) -> Offer:
    """Read URLs, or else lines of text that are absolute paths, file URLs or a link."""
    link = _link_in(mime)
    if link:
        return Offer((), link=link)
    if mime.hasUrls():
        return _offer(mime.urls())
    if mime.hasText():
        lines = [line.strip().strip('"') for line in mime.text().splitlines()]
        return _offer([url for line in lines if (url := _url_of(line)) is not None])
    return Offer(())


def _link_in(mime: QMimeData) -> str:
    """Return the first link to a server, as it was written."""
    urls = mime.urls() if mime.hasUrls() else []
    texts = [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in urls]
    texts += mime.text().split() if mime.hasText() else []
    return next((text for text in texts if text.lower().startswith(LINK_START)), "")


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
