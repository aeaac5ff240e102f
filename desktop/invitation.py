"""What others are given to send to this computer, and what those who send are called.

Knows no network.
"""

from __future__ import annotations

from dataclasses import dataclass

GUESTS = "guests"
"""The name of the key in the link, as the receiver tells who sends."""

OWNER = "owner"
"""What the receiver calls the key of the window that has started it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What others need to send to this computer.

    Attributes:
        link: the pairing link; empty while there is no network to reach it by.
        address: "https://192.168.1.20:5151", in the link.
        addresses: the hosts that it may be reached by, the one in the link first.
        fingerprint: SHA-256 of its certificate, hex.
    """

    link: str
    address: str
    addresses: tuple[str, ...]
    fingerprint: str
