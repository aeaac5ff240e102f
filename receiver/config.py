"""What the receiver was told at its start: one frozen record, checked once."""

from __future__ import annotations

import ipaddress
import platform
import re
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 5151
DEFAULT_BODIES = 64
DEFAULT_LOW_SPACE_BYTES = 5 << 30
DEFAULT_EXPIRE_AFTER_S = 7 * 24 * 3600.0

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(I?)B?", re.IGNORECASE)
_TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([smhd]?)", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^/?#\s]+")
_TIME_UNITS_S = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_size(text: str) -> int:
    """Read a size: "300000", "200M", "1.5 GiB". K, M, G, T are powers of 1024.

    Raises:
        ValueError: it is anything else.
    """
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a size such as 200M or 3G")
    return int(float(match[1]) * 1024 ** " KMGT".index(match[2].upper() or " "))


def parse_time(text: str) -> float:
    """Read a span of time: "90", "30m", "12h", "7d"; seconds.

    Raises:
        ValueError: it is anything else.
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a time such as 30m, 12h or 7d")
    return float(match[1]) * _TIME_UNITS_S[match[2].lower()]


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one receiver.

    Attributes:
        data: the folder for received files.
        host: address to listen on.
        port: 0 takes a free one.
        tls: "auto" (TLS on addresses that others can reach), "off", or "CERTIFICATE:KEY".
        behind_proxy: a proxy on this machine or in front speaks TLS and tells the real address.
        memory_budget_bytes: None chooses by what is available.
        keep_free_bytes: disk never filled; None chooses by the disk's size.
        max_upload_bytes: None for no limit but the disk.
        expire_after_s: an upload without a byte for so long is removed.
        bodies: bodies received at once, at most.
        name: what people call this machine.
        webhook: address that is told of stored files and low space; "" for none.
        webhook_low_space_bytes: usable disk below which it is told.
        allow_origins: other sites whose pages may send, such as https://example.org.

    Raises:
        ValueError: a setting is out of its range, with words for whoever typed it.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    tls: str = "auto"
    behind_proxy: bool = False
    memory_budget_bytes: int | None = None
    keep_free_bytes: int | None = None
    max_upload_bytes: int | None = None
    expire_after_s: float = DEFAULT_EXPIRE_AFTER_S
    bodies: int = DEFAULT_BODIES
    name: str = platform.node() or "receiver"
    allow_origins: tuple[str, ...] = ()
    webhook: str = ""
    webhook_low_space_bytes: int = DEFAULT_LOW_SPACE_BYTES

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError(f"the port is {self.port}; it must be from 0 to 65535")
        if not 1 <= self.bodies <= 1024:
            raise ValueError(f"bodies at once is {self.bodies}; it must be from 1 to 1024")
        for origin in self.allow_origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is no origin such as https://example.org")
        if self.expire_after_s < 60:
            raise ValueError("uploads may expire after a minute at the soonest")
        if self.tls not in ("auto", "off") and self.tls_files is None:
            raise ValueError(f"--tls is {self.tls!r}; it must be auto, off or CERTIFICATE:KEY")

    @property
    def tls_files(self) -> tuple[Path, Path] | None:
        """Certificate and key that were given; None when none were."""
        certificate, _, key = self.tls.rpartition(":")
        return (Path(certificate), Path(key)) if certificate and key else None

    @property
    def own_certificate(self) -> bool:
        """The receiver needs a certificate of its own."""
        return self.tls == "auto" and not is_loopback(self.host) and not self.behind_proxy
