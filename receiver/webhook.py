"""Tells another program of what happens here: a POST of JSON for stored files and for low space.

    {"event": "stored", "receiver": NAME, "time": S, "files": [RECEIPT, ...]}
    {"event": "space_low" or "space_enough", "receiver": NAME, "time": S, "disk": {"total_bytes",
     "free_bytes", "promised_bytes", "usable_bytes"}}

Files of one batch come in one POST. `Wherry-Delivery` is the same for each try of one event; with a
secret, `Wherry-Signature: sha256=HEX` is the HMAC-SHA256 (RFC 2104) of the body. Nobody waits for
it: events queue up to a most, and what cannot be delivered is given up and logged.
"""

from __future__ import annotations

import collections
import hashlib
import hmac
import http.client
import json
import logging
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from receiver import __version__
from receiver.history import Receipt, receipt_json
from receiver.space import DiskReading

QUEUED_MOST = 1000
TRIES = 12
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
ANSWER_S = 10.0
STOP_S = 1.0
SPACE_EVERY_S = 5.0
ENOUGH_AGAIN = 1.25
"""So much more than the limit there must be before space counts as enough again."""

AGAIN_STATUSES = (408, 425, 429)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where events go.

    Attributes:
        url: http or https.
        secret: for the signature; "" for none.
        low_space_bytes: usable space below which it is told.
        receiver: what people call this machine.

    Raises:
        ValueError: the URL cannot be called.
    """

    url: str
    secret: str
    low_space_bytes: int
    receiver: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise ValueError("--webhook must be an address such as https://chat.example.org/hook")

    @property
    def host(self) -> str:
        """What may be logged: the rest of such addresses is often secret."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class _Event:
    id: str
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: followed, the POST would become a GET."""

    def redirect_request(self, *arguments: Any, **keywords: Any) -> None:
        return None


class Webhook:
    """Delivers events on a thread of its own.

    Args:
        hook: where to.
        disk: gives disk reading, promised and usable bytes.
        first_pause_s: before the second try; doubled before each further one.
    """

    def __init__(
        self,
        hook: Hook,
        disk: Callable[[], tuple[DiskReading, int, int]],
        first_pause_s: float = FIRST_PAUSE_S,
        space_every_s: float = SPACE_EVERY_S,
    ) -> None:
        self._hook = hook
        self._disk = disk
        self._first_pause_s = first_pause_s
        self._space_every_s = space_every_s
        self._queue: collections.deque[_Event] = collections.deque()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._low = False
        self._opener = urllib.request.build_opener(_Stay)
        self._threads = [
            threading.Thread(target=self._deliver_all, name="webhook", daemon=True),
            threading.Thread(target=self._watch_space, name="webhook space", daemon=True),
        ]

    def start(self) -> None:
        """Begin to deliver, and to look at the disk."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; a delivery under way is waited for a moment, what is queued is given up."""
        self._ended.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(STOP_S)
        if self._queue:
            _log.warning("%d events for %s are given up", len(self._queue), self._hook.host)

    def stored(self, receipts: Sequence[Receipt]) -> None:
        """Tell of stored files; returns at once."""
        self._put("stored", {"files": [receipt_json(one) for one in receipts]})

    def _put(self, event: str, content: dict[str, Any]) -> None:
        document = {"event": event, "receiver": self._hook.receiver, "time": time.time(), **content}
        made = _Event(uuid.uuid4().hex, json.dumps(document).encode())
        with self._lock:
            if len(self._queue) >= QUEUED_MOST:
                self._queue.popleft()
                _log.warning("%s does not keep up: the oldest event is given up", self._hook.host)
            self._queue.append(made)
        self._wake.set()

    def _watch_space(self) -> None:
        while True:
            try:
                self._look_at_space()
            except Exception:  # noqa: BLE001
                _log.exception("the disk could not be looked at")
            if self._ended.wait(self._space_every_s):
                return

    def _look_at_space(self) -> None:
        reading, promised, usable = self._disk()
        limit = self._hook.low_space_bytes * (ENOUGH_AGAIN if self._low else 1)
        low = usable < limit
        if low == self._low:
            return
        self._low = low
        disk = {
            "total_bytes": reading.total_bytes,
            "free_bytes": reading.free_bytes,
            "promised_bytes": promised,
            "usable_bytes": usable,
        }
        self._put("space_low" if low else "space_enough", {"disk": disk})

    def _deliver_all(self) -> None:
        while not self._ended.is_set():
            self._wake.wait()
            self._wake.clear()
            while not self._ended.is_set() and (event := self._next()) is not None:
                try:
                    self._deliver(event)
                except Exception:  # noqa: BLE001
                    _log.exception("an event for %s could not be delivered", self._hook.host)

    def _next(self) -> _Event | None:
        with self._lock:
            return self._queue.popleft() if self._queue else None

    def _deliver(self, event: _Event) -> None:
        """Try until it is taken, refused for good, or has been tried often enough."""
        pause_s = self._first_pause_s
        for left in reversed(range(TRIES)):
            verdict = self._post(event)
            if verdict == "":
                return
            if left == 0 or verdict == "refused" or self._ended.wait(pause_s):
                break
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        _log.warning("an event for %s is given up: %s", self._hook.host, verdict)

    def _post(self, event: _Event) -> str:
        """Post once; "" when it was taken, "refused" when it never will be, else why not now."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Wherry/{__version__}",
            "Wherry-Delivery": event.id,
        }
        if self._hook.secret:
            digest = hmac.new(self._hook.secret.encode(), event.body, hashlib.sha256).hexdigest()
            headers["Wherry-Signature"] = f"sha256={digest}"
        request = urllib.request.Request(self._hook.url, event.body, headers, method="POST")
        try:
            with self._opener.open(request, timeout=ANSWER_S):
                return ""
        except urllib.error.HTTPError as error:
            error.close()
            if 300 <= error.code < 500 and error.code not in AGAIN_STATUSES:
                return "refused"
            return f"status {error.code}"
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
