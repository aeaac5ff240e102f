"""Many uploads at once, in a process of its own: `python -m tests.bench.crowd URL`.

The key comes from WHERRY_KEY. Ends with 0 when every upload was taken whole. A refusal that asks
for patience (503) is answered with patience, and counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time

from tests.bench.tus import RefusedError, connect, create, offset_of, send
from tests.tus_sender import Line

WINDOW_BYTES = 8 << 20
PATIENCE_S = 0.2
WINDOW = os.urandom(WINDOW_BYTES)


class Upload(threading.Thread):
    """One upload, its windows one after another."""

    def __init__(self, url: str, number: int, size_bytes: int, start: threading.Barrier) -> None:
        super().__init__(name=f"upload-{number}")
        self._url = url
        self._file_name = f"crowd-{number}.bin"
        self._size_bytes = size_bytes
        self._start_together = start
        self._patience = threading.Event()
        self.asked_to_wait = 0
        self.offset = 0

    def run(self) -> None:
        self._start_together.wait()
        path = ""
        while self.offset < self._size_bytes:
            try:
                with connect(self._url, os.environ["WHERRY_KEY"]) as line:
                    path = path or create(line, self._file_name, self._size_bytes).path
                    self.offset = offset_of(line, path)
                    self._send(line, path)
            except (RefusedError, ConnectionError) as error:
                if isinstance(error, RefusedError) and error.status != 503:
                    raise
                self.asked_to_wait += 1
                self._patience.wait(PATIENCE_S)

    def _send(self, line: Line, path: str) -> None:
        while self.offset < self._size_bytes:
            window = WINDOW[: self._size_bytes - self.offset]
            self.offset = send(line, path, self.offset, window)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--size-mib", type=int, default=48)
    options = parser.parse_args()
    size_bytes = options.size_mib << 20
    start = threading.Barrier(options.count + 1)
    uploads = [Upload(options.url, number, size_bytes, start) for number in range(options.count)]
    for upload in uploads:
        upload.start()
    start.wait()
    began = time.monotonic()
    for upload in uploads:
        upload.join()
    whole = sum(upload.offset == size_bytes for upload in uploads)
    waits = sum(upload.asked_to_wait for upload in uploads)
    print(f"{whole} {time.monotonic() - began:.2f} {waits}")
    sys.exit(0 if whole == options.count else 1)


if __name__ == "__main__":
    main()
