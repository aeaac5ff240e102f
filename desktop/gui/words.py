"""Sizes, rates and times in the user's language and number format."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from desktop.invitation import GUESTS, OWNER

translate = QCoreApplication.translate

_SI = QLocale.DataSizeFormat.DataSizeSIFormat


def isolated(text: str) -> str:
    """Keep a name from being torn apart by text of the other direction around it (UAX 9)."""
    return f"\u2068{text}\u2069" if text else ""


class QtWords:
    """Implements `desktop.messages.Words` with QLocale and Qt's translations."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale or QLocale()

    def size(self, size_bytes: float) -> str:
        """Return bytes in the unit that suits them: "4.2 GB"."""
        return self._locale.formattedDataSize(round(size_bytes), _digits(size_bytes), _SI)

    def size_of(self, part_bytes: int, whole_bytes: int) -> str:
        """Return two sizes, the unit named once where it is the same: "4.2 of 9.8 GB"."""
        part, whole = self.size(part_bytes), self.size(whole_bytes)
        number, _, unit = part.rpartition(" ")
        if number and whole.endswith(" " + unit):
            part = number
        return translate("Words", "{part} of {whole}").format(part=part, whole=whole)

    def rate(self, bytes_per_s: float) -> str:
        """Return bytes a second: "112 MB/s"."""
        digits = 1 if _figures(bytes_per_s) < 9.95 else 0
        size = self._locale.formattedDataSize(
            round(bytes_per_s), min(digits, _digits(bytes_per_s)), _SI
        )
        return translate("Words", "{size}/s").format(size=size)

    def duration(self, seconds: float) -> str:
        """Return a length of time in its two largest units: "2 min 5 s"."""
        whole = max(0, round(seconds))
        minutes, s = divmod(whole, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        values = {"days": days, "hours": hours, "minutes": minutes, "s": s}
        told = {name: self._locale.toString(value) for name, value in values.items()}
        if days:
            return translate("Words", "{days} d {hours} h").format_map(told)
        if hours:
            return translate("Words", "{hours} h {minutes} min").format_map(told)
        if minutes:
            return translate("Words", "{minutes} min {s} s").format_map(told)
        return translate("Words", "{s} s").format_map(told)

    def left(self, seconds: float) -> str:
        """Return how long it still takes: "48 s left"; never nothing while there is something."""
        return translate("Words", "{time} left").format(time=self.duration(max(1.0, seconds)))

    def ago(self, seconds: float) -> str:
        """Return how long ago something was: "12 s ago"."""
        return translate("Words", "{time} ago").format(time=self.duration(seconds))

    def percent(self, share: float) -> str:
        """Return a share of 0 to 1, rounded down: 100 % is said only of what is whole."""
        return translate("Words", "{n} %").format(n=self._locale.toString(int(share * 100)))

    def number(self, value: float, digits: int = 0) -> str:
        return self._locale.toString(float(value), "f", digits)

    def count(self, value: int) -> str:
        return self._locale.toString(value)

    def clock(self, seconds_since_epoch: float) -> str:
        """Return the time of day with seconds."""
        moment = QDateTime.fromMSecsSinceEpoch(round(seconds_since_epoch * 1000))
        return self._locale.toString(moment.time(), "HH:mm:ss")

    def moment(self, seconds_since_epoch: float) -> str:
        """Return date and time, as Details shows them."""
        moment = QDateTime.fromMSecsSinceEpoch(round(seconds_since_epoch * 1000))
        return moment.toString("yyyy-MM-dd HH:mm:ss t")

    def day(self, seconds_since_epoch: float) -> str:
        """Return date and time as short as the language has it, the date left out today."""
        moment = QDateTime.fromMSecsSinceEpoch(round(seconds_since_epoch * 1000))
        short = QLocale.FormatType.ShortFormat
        if moment.date() == QDate.currentDate():
            return self._locale.toString(moment.time(), short)
        return self._locale.toString(moment, short)

    def sender(self, name: str) -> str:
        """Return who sent something, by the name of the key."""
        known = {
            OWNER: translate("Words", "this computer"),
            GUESTS: translate("Words", "by link"),
            "": translate("Words", "unknown"),
        }
        return known.get(name) or isolated(name)

    def place(self, folder: Path) -> str:
        """Return a folder as people know it: below their home folder by its name there."""
        home = Path.home()
        if folder == home or not folder.is_relative_to(home):
            return str(folder)
        inside = folder.relative_to(home)
        return translate("Words", "{folder} in your home folder").format(folder=inside)

    def name(self, name: str) -> str:
        """Return a name that keeps its direction among words of the other one."""
        return isolated(name)

    def translate(self, text: str) -> str:
        """Return the translation of one of the messages' English texts."""
        return QCoreApplication.translate("Messages", text)


def _digits(size_bytes: float) -> int:
    """One decimal where it says something: 4.2 MB, 42 MB, 42.7 GB, 112 GB."""
    if size_bytes < 1_000_000:
        return 0
    return 1 if _figures(size_bytes) < (9.95 if size_bytes < 999.5e6 else 99.95) else 0


def _figures(size_bytes: float) -> float:
    """The number that stands before the unit."""
    value = float(size_bytes)
    while value >= 999.5:
        value /= 1000
    return value
