"""Access keys: made here, shown once, kept only as SHA-256 hashes; guessing is slowed down.

A key is 24 random bytes, so an unsalted hash gives nothing away.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from receiver.durable import write_durably
from receiver.errors import ReceiverError
from receiver.protocol import Code

WRONG_MOST = 10
WRONG_WITHIN_S = 60.0
ADDRESSES_REMEMBERED = 10_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is valid here; `hash` is the SHA-256 of its text, hex."""

    name: str
    hash: str
    admin: bool = False


def hash_key(text: str) -> str:
    """Return the form in which a key is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


class Keys:
    """The keys of one receiver.

    Args:
        path: JSON file with names and hashes; need not exist.
        given: a key that is valid beside the stored ones (WHERRY_KEY), an admin's.
        clock: seconds, monotonic.

    Raises:
        ValueError: the file is damaged.
    """

    def __init__(
        self, path: Path, given: str | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._path = path
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()
        self._given = [Key("owner", hash_key(given), admin=True)] if given else []
        self._read_as: tuple[int, int] | None = None
        self._stored: list[Key] = []
        self._reload()

    def _reload(self) -> None:
        """Read the file if it has changed, so that a removed key stops working at once."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            self._stored, self._read_as = [], None
            return
        if (found.st_mtime_ns, found.st_ino) == self._read_as:
            return
        try:
            self._stored = [Key(**row) for row in json.loads(self._path.read_bytes())]
        except (ValueError, TypeError) as error:
            if self._read_as is None:
                raise ValueError(f"the list of keys {self._path} is damaged: {error}") from error
            _log.exception("the list of keys is damaged; those read before stay valid")
        self._read_as = (found.st_mtime_ns, found.st_ino)

    def __bool__(self) -> bool:
        return bool(self._given or self._stored)

    def stored(self) -> list[Key]:
        """Return the keys of the file."""
        self._reload()
        return list(self._stored)

    def make(self, name: str, admin: bool = False) -> str:
        """Make a key, keep its hash, and return its text: the only time it is to be seen."""
        text = secrets.token_urlsafe(24)
        self._save([*self.stored(), Key(name, hash_key(text), admin)])
        return text

    def remove(self, name: str) -> bool:
        """Remove the keys of that name; False when there is none."""
        kept = [key for key in self.stored() if key.name != name]
        if len(kept) == len(self._stored):
            return False
        self._save(kept)
        return True

    def _save(self, keys: list[Key]) -> None:
        content = json.dumps([asdict(key) for key in keys]).encode()
        write_durably(self._path, content, mode=0o600)
        self._reload()

    def check(self, text: str | None, address: str) -> Key:
        """Find the key that a request brought; constant time for each key kept.

        Raises:
            ReceiverError: `key_missing`, `key_wrong`; `too_many_tries` after ten wrong ones
                from an address within a minute.
        """
        with self._lock:
            self._refuse_guessing(address)
            if not text:
                raise ReceiverError(Code.KEY_MISSING)
            offered = hash_key(text)
            self._reload()
            keys = [*self._given, *self._stored]
            found = [key for key in keys if hmac.compare_digest(key.hash, offered)]
            if found:
                return found[0]
            self._note_wrong(address)
            raise ReceiverError(Code.KEY_WRONG)

    def _refuse_guessing(self, address: str) -> None:
        since = self._clock() - WRONG_WITHIN_S
        recent = [at for at in self._wrong.get(address, ()) if at > since]
        if len(recent) >= WRONG_MOST:
            wait_s = int(recent[0] - since) + 1
            raise ReceiverError(Code.TOO_MANY_TRIES, address, retry_after_s=wait_s)

    def _note_wrong(self, address: str) -> None:
        now = self._clock()
        recent = [at for at in self._wrong.pop(address, ()) if at > now - WRONG_WITHIN_S]
        if len(self._wrong) >= ADDRESSES_REMEMBERED:
            del self._wrong[next(iter(self._wrong))]
        self._wrong[address] = [*recent, now]
