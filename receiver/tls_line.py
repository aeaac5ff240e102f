"""A connection under TLS that carries large pieces; both sides import it; standard library only.

An SSLSocket calls the system for each record of 16 KiB, when reading even twice, and gives each out
by itself. Here a piece is encrypted as a whole and goes out in one call; as much as has come is
fetched in one call, straight into the reader's own buffer, and decrypted in place, so that nothing
large stays with a connection.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

RECORD_BYTES = 5 + 16384 + 256
"""The longest record there may be (RFC 8446, 5.2)."""
SLICES = 16
"""So large a part of the reader's buffer is handed to OpenSSL at a time: it keeps room for that as
long as the line lives. Where many bodies arrive at once their buffers are small, and so is this."""
SEND_BYTES = 16384
"""What `send` takes at most, for the same reason; `sendall` takes pieces as they are."""


class TlsLine(socket.socket):
    """A connection whose hands are not shaken yet; used by one thread at a time.

    Args:
        plain: the connection; it is taken over.
        context: certificates and rules.
        server_side: this is the side that was called.
        server_hostname: whose certificate is wanted, on the other one.
    """

    def __init__(
        self,
        plain: socket.socket,
        context: ssl.SSLContext,
        *,
        server_side: bool = False,
        server_hostname: str | None = None,
    ) -> None:
        patience_s = plain.gettimeout()
        self._come, self._go = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._come, self._go, server_side, server_hostname)
        super().__init__(plain.family, plain.type, plain.proto, plain.detach())
        self.settimeout(patience_s)

    @property
    def holds_bytes(self) -> bool:
        """Bytes were fetched that nobody has read: the system will not tell of them again."""
        return self._come.pending > 0 or self._tls.pending() > 0

    def getpeercert(self, binary_form: Literal[True]) -> bytes | None:
        """Return the other side's certificate, DER."""
        return self._tls.getpeercert(binary_form)

    def shake_hands(self) -> None:
        """Agree on keys.

        Raises:
            OSError: the other side went away, or is none to be talked to (ssl.SSLError).
        """
        while True:
            try:
                self._tls.do_handshake()
                return
            except ssl.SSLWantReadError:
                self._flush()
                self._hand_over(memoryview(super().recv(RECORD_BYTES)))
            finally:
                self._flush()

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        """Read what has come, or wait for it; what is behind that in the buffer is overwritten.

        Returns:
            How many bytes; 0 at the end of the line. Whether it was cut, only counting tells.

        Raises:
            OSError: the line has failed, or what came is not from the other side (ssl.SSLError).
        """
        view = memoryview(buffer)[: nbytes or None]
        count = self._read(view)
        while count is None:
            self._flush()  # there may be something to answer, as new keys (RFC 8446, 4.6.3)
            count = self._fetch(view)
        return count

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        """Read up to so many bytes; see `recv_into`."""
        piece = bytearray(bufsize)
        return bytes(piece[: self.recv_into(piece)])

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """Send some of it; returns how many bytes."""
        count = self._tls.write(memoryview(data)[:SEND_BYTES])
        self._flush()
        return count

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Send it all, as one piece."""
        view = memoryview(data)
        while view:
            view = view[self._tls.write(view) :]
            self._flush()

    def shutdown(self, how: int) -> None:
        """End a direction, or both; the other side is told before (RFC 8446, 6.1)."""
        if how != socket.SHUT_RD:
            with contextlib.suppress(OSError):
                self._tls.unwrap()
            with contextlib.suppress(OSError):
                self.settimeout(0)
                self._flush()
        super().shutdown(how)

    def _fetch(self, view: memoryview) -> int | None:
        """Take what the system has; returns as `_read` does."""
        if len(view) < 2 * RECORD_BYTES:
            self._hand_over(memoryview(super().recv(RECORD_BYTES)))
            return self._read(view)
        # A part of a record may be left from before: so that what is decrypted never overtakes
        # what is not, there is room for one before it.
        room = view[RECORD_BYTES:]
        arrived = room[: super().recv_into(room)]
        filled, step = 0, max(RECORD_BYTES, len(view) // SLICES)
        for start in range(0, len(arrived) or 1, step):
            self._hand_over(arrived[start : start + step])
            filled += self._read(view[filled:]) or 0
        return filled or self._read(view)

    def _hand_over(self, arrived: memoryview) -> None:
        if arrived:
            self._come.write(arrived)
        else:
            self._come.write_eof()

    def _read(self, view: memoryview) -> int | None:
        """Decrypt what is at hand: 0 at the end of the line, None where more must be fetched."""
        filled, left = 0, len(view)
        try:
            while left and (count := int(self._tls.read(left, view[filled:]))):
                filled += count
                left -= count
        except ssl.SSLWantReadError:
            return filled or None
        except ssl.SSLEOFError:
            pass
        return filled

    def _flush(self) -> None:
        if self._go.pending:
            super().sendall(self._go.read())
