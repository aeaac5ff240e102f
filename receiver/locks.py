"""One writer an upload. A newcomer asks the holder to let go, so a dead line locks nobody out.

The way of tusd: whoever comes last is believed, because a sender that comes back after a cut
line is far more frequent than two senders of one upload.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from receiver.errors import ReceiverError
from receiver.protocol import Code


class UploadLocks:
    """Exclusive holds by upload id.

    Args:
        patience_s: how long a newcomer waits for the holder to let go.
    """

    def __init__(self, patience_s: float = 2.0) -> None:
        self._patience_s = patience_s
        self._changed = threading.Condition()
        self._holders: dict[str, Callable[[], None]] = {}

    @contextmanager
    def hold(self, upload_id: str, let_go: Callable[[], None]) -> Iterator[None]:
        """Hold the upload for a while.

        Args:
            upload_id: which upload.
            let_go: called, from another thread, when a newcomer asks; it must make the holder
                come to an end soon, and return at once.

        Raises:
            ReceiverError: `upload_locked`, when the holder does not let go in time.
        """
        with self._changed:
            holder = self._holders.get(upload_id)
            if holder is not None:
                holder()
            if not self._changed.wait_for(lambda: upload_id not in self._holders, self._patience_s):
                raise ReceiverError(Code.UPLOAD_LOCKED, "its holder is at work", retry_after_s=1)
            self._holders[upload_id] = let_go
        try:
            yield
        finally:
            with self._changed:
                del self._holders[upload_id]
                self._changed.notify_all()
