"""The addresses of this computer that others may reach it by."""

from __future__ import annotations

import socket

from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface

_ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737): a question to the system's routes; nothing is sent."""


def own_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this computer, the likeliest first; empty without a network."""
    usual, found = _usual_address(), []
    flag = QNetworkInterface.InterfaceFlag
    for interface in QNetworkInterface.allInterfaces():
        flags = interface.flags()
        if not flags & flag.IsRunning or flags & flag.IsLoopBack:
            continue
        for entry in interface.addressEntries():
            address = entry.ip()
            is_v4 = address.protocol() is QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
            if is_v4 and not address.isLinkLocal():
                found.append(address.toString())
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one != usual))


def _usual_address() -> str:
    """Return the address that this computer uses towards others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return ""
        return str(probe.getsockname()[0])
