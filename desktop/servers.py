"""Where files may go: what people paste to name a server, a pairing link or an address.

A pairing link, made by `wherry-receiver link`, brings the key and the pin of the certificate:
wherry://HOST:PORT/?key=KEY&pin=SHA256-OF-THE-CERTIFICATE&name=NAME.

Servers that are used again are saved by name, address and pin; keys are kept elsewhere
(server_keys.py).
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from desktop.paths import Places
from desktop.server_keys import KeyStore, KeyUnreadableError
from desktop.small_file import write_whole
from desktop.transfer.api import Server

HTTPS_PORT = 443
_PIN = re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)


def parse_server(text: str, key: str) -> Server:
    """Return the server that a link or an address means.

    Args:
        text: a pairing link, or "https://HOST:PORT".
        key: for an address, which brings none.

    Raises:
        ValueError: it is neither, with words for whoever typed it.
    """
    try:
        parts = urlsplit(text.strip())
        usable = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        usable = False
    if usable and parts.scheme == "wherry":
        return _from_link(parts)
    if not usable or parts.scheme not in ("http", "https"):
        raise ValueError(f"{text!r} is not an address such as https://SERVER:5151.")
    origin = f"{parts.scheme}://{parts.netloc}"
    return Server(origin, origin + parts.path.rstrip("/"), key, parts.hostname or parts.netloc)


def _from_link(parts: SplitResult) -> Server:
    """A link with a pin is for TLS; one without is for a receiver behind no TLS of its own, but for
    port 443, where a proxy has a certificate that authorities vouch for.

    The name stands last: where it is missing, so may be the pin, and the key would go out in clear.
    """
    values = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
    pin = values.get("pin", "").lower().replace(":", "")
    if not values.get("key") or not values.get("name") or (pin and not _PIN.fullmatch(pin)):
        raise ValueError(
            "The link is not complete: copy it once more, from its beginning to its end."
        )
    if parts.port == HTTPS_PORT and not pin:
        origin = f"https://{parts.netloc.removesuffix(f':{HTTPS_PORT}')}"
    else:
        origin = f"{'https' if pin else 'http'}://{parts.netloc}"
    return Server(origin, origin, values["key"], values["name"], pin)


def link_of(server: Server) -> str:
    """Return the pairing link that `parse_server` reads back as this server."""
    parts = urlsplit(server.url)
    values = {"key": server.key, **({"pin": server.pin} if server.pin else {}), "name": server.name}
    return f"wherry://{parts.netloc}/?{urlencode(values)}"


@dataclass(frozen=True, slots=True)
class SavedServer:
    """A server without its key; attributes as those of `Server`."""

    id: str
    url: str
    name: str
    pin: str = ""

    @classmethod
    def of(cls, server: Server) -> SavedServer:
        return cls(server.id, server.url, server.name, server.pin)

    def with_key(self, key: str) -> Server:
        return Server(self.id, self.url, key, self.name, self.pin)


class SavedServers:
    """The servers of one user, in the order in which they were added; no two of the same name."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._servers = {server.id: server for server in _read(file)}

    @property
    def all(self) -> tuple[SavedServer, ...]:
        return tuple(self._servers.values())

    def get(self, server_id: str) -> SavedServer | None:
        return self._servers.get(server_id)

    def named(self, name: str) -> SavedServer | None:
        """Return the server of this name; capitals make no difference."""
        wanted = name.strip().casefold()
        return next((one for one in self.all if one.name.casefold() == wanted), None)

    def free_name(self, name: str, server_id: str) -> str:
        """Return the name, or with a number behind it where another server has it."""
        taken = {one.name.casefold() for one in self.all if one.id != server_id}
        plain, number = name.strip() or server_id, 1
        free = plain
        while free.casefold() in taken:
            number += 1
            free = f"{plain} {number}"
        return free

    def save(self, server: SavedServer) -> SavedServer:
        """Add a server, or replace the one of this id; returns it under the name it got.

        Raises:
            OSError: the file cannot be written; nothing has changed.
        """
        named = dataclasses.replace(server, name=self.free_name(server.name, server.id))
        self._keep({**self._servers, named.id: named})
        return named

    def rename(self, server_id: str, name: str) -> SavedServer | None:
        """Call a server otherwise; returns it, None where there is none of this id.

        Raises:
            OSError: as for `save`.
        """
        server = self.get(server_id)
        return None if server is None else self.save(dataclasses.replace(server, name=name))

    def remove(self, server_id: str) -> None:
        """Take a server off the list.

        Raises:
            OSError: as for `save`.
        """
        self._keep({name: one for name, one in self._servers.items() if name != server_id})

    def _keep(self, servers: dict[str, SavedServer]) -> None:
        listed = [dataclasses.asdict(one) for one in servers.values()]
        text = json.dumps({"version": 1, "servers": listed}, indent=1, ensure_ascii=False)
        write_whole(self._file, text.encode())
        self._servers = servers


def find_server(text: str, key: str, places: Places) -> Server:
    """Return the server that a name, a link or an address means.

    Args:
        text: the name of a saved server, or as for `parse_server`.
        key: in place of a saved one; for an address the only one.
        places: where servers and keys are kept. May wait for the keyring.

    Raises:
        ValueError: as for `parse_server`.
        KeyUnreadableError: the keyring does not open, with words for whoever typed the name.
    """
    saved = SavedServers(places.servers).named(text)
    if saved is None:
        return parse_server(text, key)
    try:
        return saved.with_key(key or KeyStore(places.server_keys).find(saved.id))
    except KeyUnreadableError as error:
        raise KeyUnreadableError(
            f"The key of {saved.name} cannot be read: the keyring of this computer does not open."
        ) from error


def _read(file: Path) -> Iterable[SavedServer]:
    """Read the file; one that makes no sense is put aside, never written over."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))["servers"]
        return [SavedServer(*(str(one[name]) for name in _FIELDS)) for one in entries]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        _log.exception("the saved servers in %s cannot be read", file)
        with contextlib.suppress(OSError):
            file.replace(file.with_name(file.name + ".damaged"))
        return []


_FIELDS = tuple(field.name for field in dataclasses.fields(SavedServer))
