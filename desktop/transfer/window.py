"""How many bytes go into one request: about two seconds' worth, within limits."""

from __future__ import annotations

from desktop.transfer.events import ProblemKind

MIB = 1 << 20
FIRST_BYTES = 4 * MIB
LEAST_BYTES = 1 * MIB
LEAST_WITHIN_S = 30.0
"""A line that does not carry `LEAST_BYTES` in this time gets smaller windows."""
LEAST_ON_BAD_LINE_BYTES = 64 * 1024
MOST_BYTES = 64 * MIB
LEAST_BEHIND_PROXY_BYTES = 64 * 1024
TARGET_S = 2.0
GROWTH = SHRINKAGE = 4
WHOLE_WITHIN_S = 30.0
"""A file that the receiver would take whole, in memory, goes as one request only where the line
carries it in this time: a cut costs the whole request."""

PIECES_PER_S = 10
LEAST_PIECE_BYTES = 16 * 1024
FIRST_PIECE_BYTES = 64 * 1024
MOST_PIECE_BYTES = 1 * MIB


class WindowSize:
    """The size of the next window on one connection; it outlives the uploads that use it."""

    def __init__(self) -> None:
        self._wanted_bytes = FIRST_BYTES
        self._proxy_bytes: int | None = None
        self._bytes_per_s: float | None = None

    def next_bytes(self, left_bytes: int, advised_bytes: int = 0) -> int:
        """Return the size of the next window.

        Args:
            left_bytes: what is left of the file.
            advised_bytes: the receiver's own limit; 0 when it has none.
        """
        limits = [left_bytes, self._wanted_bytes]
        limits += [advised_bytes] if advised_bytes > 0 else []
        limits += [self._proxy_bytes] if self._proxy_bytes else []
        return min(limits)

    def carries_whole(self, size_bytes: int) -> bool:
        """Tell whether a whole file may go as one request, as far as the line is known."""
        if self._proxy_bytes is not None and size_bytes > self._proxy_bytes:
            return False
        return self._bytes_per_s is None or size_bytes <= self._bytes_per_s * WHOLE_WITHIN_S

    def took(self, size_bytes: int, seconds: float) -> None:
        """Learn from a window of `size_bytes` that was answered after `seconds`."""
        self._bytes_per_s = size_bytes / max(seconds, 1e-6)
        wanted = int(self._bytes_per_s * TARGET_S) // MIB * MIB
        wanted = max(self._least_bytes(self._bytes_per_s), min(MOST_BYTES, wanted))
        self._wanted_bytes = min(wanted, self._wanted_bytes * GROWTH)

    def _least_bytes(self, bytes_per_s: float) -> int:
        carried = min(LEAST_BYTES, int(bytes_per_s * LEAST_WITHIN_S))
        return max(1, carried // LEAST_ON_BAD_LINE_BYTES) * LEAST_ON_BAD_LINE_BYTES

    def failed(self, size_bytes: int, kind: ProblemKind) -> None:
        """Learn from a request of `size_bytes` that came to nothing, for this reason."""
        if kind is ProblemKind.PROXY:
            self.refused_by_proxy(size_bytes)
        elif kind is ProblemKind.UNREACHABLE:
            self._lost(size_bytes)

    def _lost(self, size_bytes: int) -> None:
        """The line broke, and all of it is to be sent again: the next ones are smaller, so that
        one gets through between two breaks."""
        less = min(size_bytes, self._wanted_bytes) // SHRINKAGE
        self._wanted_bytes = max(LEAST_ON_BAD_LINE_BYTES, less)

    def refused_by_proxy(self, size_bytes: int) -> None:
        """Halve: something in between did not take a window of `size_bytes`."""
        self._proxy_bytes = max(LEAST_BEHIND_PROXY_BYTES, size_bytes // 2)

    @property
    def bytes_per_s(self) -> float | None:
        """How fast the last window went; None before the first."""
        return self._bytes_per_s

    @property
    def piece_bytes(self) -> int:
        """How much is handed to the socket at a time.

        A `sendall` must be over within the write timeout, however much of it has got through:
        on a slow line pieces are small, so only a line that stands still runs into it.
        """
        if self._bytes_per_s is None:
            return FIRST_PIECE_BYTES if self._wanted_bytes == FIRST_BYTES else LEAST_PIECE_BYTES
        piece = int(self._bytes_per_s / PIECES_PER_S) // LEAST_PIECE_BYTES * LEAST_PIECE_BYTES
        return max(LEAST_PIECE_BYTES, min(MOST_PIECE_BYTES, piece))
