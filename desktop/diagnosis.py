"""Looks at the way to a server by sending through it: what stands in between, and what it does.

Everything goes into one upload that is deleted at the end and never becomes a file. Knows what is
wrong, not how it is said (diagnosis_words.py).
"""

from __future__ import annotations

import contextlib
import time
import urllib.parse
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.raw_line import RawLine, Reply
from desktop.transfer.answers import unreachable
from desktop.transfer.api import Api, Creation, Server
from desktop.transfer.errors import TransferError
from desktop.transfer.events import Problem
from receiver.protocol import H_LENGTH, H_OFFSET, PATH_FILES, UPLOAD_TYPE

MIB = 1 << 20
SIZES_BYTES = (1 * MIB, 2 * MIB, 8 * MIB, 64 * MIB)
STALL_S = 15.0
"""How long a line must be allowed to be silent: phones change from one network to another."""

LARGE_WITHIN_S = 60.0
"""On a slow line larger requests are not tried when the next one would take longer than this."""

CLOCKS_APART_S = 60.0
SEEN_WITHIN_S = 5.0
REFUSED_BYTES = 16 * MIB
PAUSE_S = 0.002
NAME = "wherry-doctor"


class Check(StrEnum):
    """What is looked at, in this order."""

    REACH = "reach"
    CLOCK = "clock"
    ADDRESS = "address"
    SIZES = "sizes"
    STREAMING = "streaming"
    SILENCE = "silence"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found.

    Attributes:
        check: which one.
        fine: nothing to mend.
        problem: why the server cannot be used at all.
        proxy: what stands in between and has named itself, such as "nginx/1.22.1".
        passed_bytes, refused_bytes: the largest request that went through, the smallest that did
            not; None where there was none.
        status: of HTTP, of the answer that was not expected; None where there was no answer.
        apart_s: how much later it is here than there.
        silent_s: after so long a silent line was cut.
        told: the address that the server gives for an upload.
    """

    check: Check
    fine: bool
    problem: Problem | None = None
    proxy: str = ""
    passed_bytes: int | None = None
    refused_bytes: int | None = None
    status: int | None = None
    apart_s: float = 0.0
    silent_s: float = 0.0
    told: str = ""


class Diagnosis:
    """One look at the way to one server, on one thread; only `stop` may be called from others.

    Args:
        server: where to.
        stall_s: how long the line is left silent.
        clock: seconds since the epoch, here.
    """

    def __init__(
        self,
        server: Server,
        stall_s: float = STALL_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._server = server
        self._stall_s = stall_s
        self._clock = clock
        self._proxy = ""
        self._offset = 0
        self._check = Check.REACH
        self._line: RawLine | None = None
        self._stopped = False

    def run(self) -> Iterator[Finding]:
        """Check one after the other; the last is where the server cannot be used any further."""
        with contextlib.closing(self._findings()) as findings:
            for finding in findings:
                if self._stopped:
                    return
                yield finding

    def stop(self) -> None:
        """Find nothing more; what is on the server goes."""
        self._stopped = True
        line = self._line
        if line is not None:
            line.cut()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[RawLine]:
        with RawLine(self._server) as line:
            self._line = line
            if self._stopped:
                line.cut()
            try:
                yield line
            finally:
                self._line = None

    def _findings(self) -> Generator[Finding]:
        with Api(self._server) as api:
            try:
                yield from self._looks(api)
            except TransferError as error:
                yield Finding(self._check, False, problem=error.problem)
            except OSError as error:
                gone = unreachable(error, self._server.name, self._server.url)
                yield Finding(self._check, False, problem=gone.problem)

    def _looks(self, api: Api) -> Iterator[Finding]:
        asked = self._clock()
        status = api.status()
        apart_s = (asked + self._clock()) / 2 - status.time
        total_bytes = sum(SIZES_BYTES) + 3 * MIB
        made = api.create(Creation(total_bytes, {"filename": NAME}))
        try:
            address = self._address()
            yield Finding(Check.REACH, True, proxy=self._proxy, told=status.name)
            yield Finding(Check.CLOCK, abs(apart_s) < CLOCKS_APART_S, apart_s=apart_s)
            yield address
            yield from self._through(api, made.upload_id)
        finally:
            with contextlib.suppress(TransferError):
                api.delete(made.upload_id)

    def _through(self, api: Api, upload_id: str) -> Iterator[Finding]:
        self._check = Check.SIZES
        sizes = self._sizes(api, upload_id)
        yield sizes
        if sizes.passed_bytes is None:
            return
        self._check = Check.STREAMING
        yield from self._streaming_and_silence(api, upload_id)
        self._check = Check.REFUSAL
        yield self._refusal(min(sizes.passed_bytes, REFUSED_BYTES))

    def _address(self) -> Finding:
        """Create an upload, and compare the address that it gets with the one that was called."""
        with self._opened() as line:
            reply = line.ask("POST", PATH_FILES, {H_LENGTH: "1"})
        self._proxy = reply.proxy
        told = reply.headers.get("location", "")
        parts = urllib.parse.urlsplit(told)
        with contextlib.suppress(OSError), self._opened() as line:
            line.ask("DELETE", f"{PATH_FILES}/{parts.path.rpartition('/')[2]}", {})
        fine = _origin(told) == _origin(self._server.url)
        return Finding(
            Check.ADDRESS, fine, proxy=self._proxy, told=f"{parts.scheme}://{parts.netloc}"
        )

    def _headers(self) -> dict[str, str]:
        return {H_OFFSET: str(self._offset), "Content-Type": UPLOAD_TYPE}

    def _sizes(self, api: Api, upload_id: str) -> Finding:
        """Send requests of growing size until one is not let through."""
        passed_bytes, bytes_per_s = None, float("inf")
        for size_bytes in SIZES_BYTES:
            if size_bytes / bytes_per_s > LARGE_WITHIN_S:
                break
            began = time.monotonic()
            reply = self._patch(upload_id, size_bytes)
            if reply is None or reply.status != 204:
                return Finding(
                    Check.SIZES,
                    False,
                    proxy=(reply.proxy if reply else "") or self._proxy,
                    passed_bytes=passed_bytes,
                    refused_bytes=size_bytes,
                    status=reply.status if reply else None,
                )
            passed_bytes = size_bytes
            bytes_per_s = size_bytes / max(time.monotonic() - began, 1e-6)
            self._offset = api.offset(upload_id).offset
        return Finding(Check.SIZES, True, passed_bytes=passed_bytes)

    def _patch(self, upload_id: str, size_bytes: int) -> Reply | None:
        try:
            with self._opened() as line:
                return line.ask("PATCH", f"{PATH_FILES}/{upload_id}", self._headers(), size_bytes)
        except OSError:
            return None

    def _streaming_and_silence(self, api: Api, upload_id: str) -> Iterator[Finding]:
        """Send half of a request, see whether it arrives, then leave the line silent."""
        self._offset = api.offset(upload_id).offset
        half_bytes = MIB // 2
        with self._opened() as line:
            length = {"Content-Length": str(2 * half_bytes)}
            line.begin("PATCH", f"{PATH_FILES}/{upload_id}", {**self._headers(), **length})
            line.send(half_bytes)
            began = time.monotonic()
            arrived = self._arrives(api, upload_id, line)
            yield Finding(Check.STREAMING, arrived, proxy=self._proxy)
            self._check = Check.SILENCE
            cut = line.answered(max(0.0, began + self._stall_s - time.monotonic()))
            silent_s = time.monotonic() - began
            if not cut:
                with contextlib.suppress(OSError):
                    line.send(half_bytes)
                    cut = line.reply().status != 204
            yield Finding(Check.SILENCE, not cut, proxy=self._proxy, silent_s=silent_s)

    def _arrives(self, api: Api, upload_id: str, line: RawLine) -> bool:
        until = time.monotonic() + min(SEEN_WITHIN_S, self._stall_s)
        while time.monotonic() < until:
            seen = [one for one in api.status().uploads if one.id == upload_id]
            if seen and seen[0].offset_bytes is not None and seen[0].offset_bytes > self._offset:
                return True
            if line.answered(0.1):
                return False
        return False

    def _refusal(self, size_bytes: int) -> Finding:
        """Send to an upload that there is not: the answer is to come before all has been sent."""
        piece_bytes = size_bytes // 64
        headers = {**self._headers(), "Content-Length": str(size_bytes)}
        early = True
        try:
            with self._opened() as line:
                line.begin("PATCH", f"{PATH_FILES}/{NAME}-unknown", headers)
                with contextlib.suppress(OSError):
                    for _ in range(0, size_bytes, piece_bytes):
                        if line.answered(PAUSE_S):
                            break
                        line.send(piece_bytes)  # fails where the line is closed behind the answer
                    else:
                        early = False
                reply: Reply | None = line.reply()
        except OSError:
            reply = None
        fine = reply is not None and reply.status == 404 and reply.from_receiver
        return Finding(
            Check.REFUSAL,
            fine and early,
            proxy=self._proxy,
            status=reply.status if reply and not fine else None,
        )


def _origin(url: str) -> tuple[str, str, int]:
    parts = urllib.parse.urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, parts.hostname or "", port
