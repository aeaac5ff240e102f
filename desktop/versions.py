"""Which versions of what this program is made of, for whoever helps."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import qVersion

_PARTS = ("PySide6_Essentials", "requests", "urllib3", "blake3", "keyring", "cheroot", "Flask")


def versions() -> tuple[tuple[str, str], ...]:
    """Return names and versions, Wherry's own first."""
    return (
        ("Wherry", _version("wherry")),
        ("Python", platform.python_version()),
        ("Qt", str(qVersion())),
        *((name.removesuffix("_Essentials"), _version(name)) for name in _PARTS),
        ("System", platform.platform()),
    )


def versions_text() -> str:
    """Return them as lines to copy."""
    return "\n".join(f"{name} {version}" for name, version in versions())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"
