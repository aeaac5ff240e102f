"""Keeps the keys of saved servers: in the system's keyring, else in a file of the owner's alone.

A keyring may be missing, locked, or wait for somebody to type a password. Each question to it has
a thread and a time of its own, and every call here blocks for that long at most: never call it
from the GUI thread.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from desktop.small_file import write_whole

SERVICE = "wherry"
PATIENCE_S = 30.0
"""Time for the keyring; somebody may be typing its password."""

_OWNER_ONLY = 0o600
_log = logging.getLogger(__name__)


class Kept(StrEnum):
    """Where a key is kept."""

    KEYRING = "keyring"
    FILE = "file"


class KeyUnreadableError(Exception):
    """The keyring is missing, locked or silent, and the key is nowhere else."""


class _KeyringUnusableError(Exception):
    """The keyring gives no answer; its own words are in the log."""


class KeyStore:
    """Keys by the id of their server.

    Args:
        file: where keys go for which there is no keyring.
        patience_s: how long a question to the keyring may take.
    """

    def __init__(self, file: Path, patience_s: float = PATIENCE_S) -> None:
        self._file = file
        self._patience_s = patience_s
        self._lock = threading.Lock()

    def keep(self, server_id: str, key: str) -> Kept:
        """Keep a key in place of any older one; tells where.

        Raises:
            OSError: there is no keyring, and the file cannot be written.
        """
        if self._keep_in_keyring(server_id, key):
            self._forget_in_file(server_id)
            return Kept.KEYRING
        with self._lock:
            self._write({**self._read(), server_id: key})
        return Kept.FILE

    def find(self, server_id: str) -> str:
        """Return the key; empty where none was kept.

        Raises:
            KeyUnreadableError: it may be in the keyring, which does not open.
        """
        with self._lock:
            key = self._read().get(server_id)
        if key is not None:
            return key
        try:
            return self._ask(lambda ring: ring.get_password(SERVICE, server_id)) or ""
        except _KeyringUnusableError as error:
            raise KeyUnreadableError from error

    def forget(self, server_id: str) -> None:
        """Drop a key wherever it is; one that is in no keyring that opens stays there unseen.

        Raises:
            OSError: the file cannot be written.
        """
        self._forget_in_file(server_id)
        try:
            if self._ask(lambda ring: ring.get_password(SERVICE, server_id)) is not None:
                self._ask(lambda ring: ring.delete_password(SERVICE, server_id))
        except _KeyringUnusableError:
            _log.info("whether the keyring has a key of %s cannot be seen", server_id)

    def _keep_in_keyring(self, server_id: str, key: str) -> bool:
        """Keep it and look: a keyring that is switched off takes everything and keeps nothing."""
        try:
            self._ask(lambda ring: ring.set_password(SERVICE, server_id, key))
            return self._ask(lambda ring: ring.get_password(SERVICE, server_id)) == key
        except _KeyringUnusableError:
            return False

    def _ask(self, question: Callable[[ModuleType], str | None]) -> str | None:
        """Put a question to the keyring on a thread that may be left behind."""
        answers: queue.SimpleQueue[tuple[bool, str | None]] = queue.SimpleQueue()

        def ask() -> None:
            try:
                import keyring

                answers.put((True, question(keyring)))
            except Exception as error:  # noqa: BLE001 - the top of a thread
                _log.warning("the keyring cannot be used: %r", error)
                answers.put((False, None))

        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            answered, value = answers.get(timeout=self._patience_s)
        except queue.Empty:
            raise _KeyringUnusableError("no answer in time") from None
        if not answered:
            raise _KeyringUnusableError
        return value

    def _forget_in_file(self, server_id: str) -> None:
        with self._lock:
            keys = self._read()
            if keys.pop(server_id, None) is not None:
                self._write(keys)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            _log.exception("the file of keys cannot be read")
            return {}
        keys = found if isinstance(found, dict) else {}
        return {str(name): key for name, key in keys.items() if isinstance(key, str)}

    def _write(self, keys: dict[str, str]) -> None:
        write_whole(self._file, json.dumps(keys, indent=1).encode(), mode=_OWNER_ONLY)
