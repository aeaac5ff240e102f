"""One sample a second: memory, disk, CPU, bytes in; the last hour of them in a ring."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from receiver.memory import MemoryReading, read_memory, resident_bytes, resident_peak_bytes
from receiver.recent import Recent
from receiver.space import DiskReading

INTERVAL_S = 1.0
VITALS_AGE_S = 0.25
KEPT = 3600
_log = logging.getLogger(__name__)


class Traffic:
    """Counts the body bytes of all requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._received_bytes = 0

    def count(self, received_bytes: int) -> None:
        """Add bytes that have just arrived."""
        with self._lock:
            self._received_bytes += received_bytes

    @property
    def received_bytes(self) -> int:
        """Bytes since the start."""
        return self._received_bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """The receiver at one moment. `time` is seconds since the epoch; rates are over a second."""

    time: float
    memory_total_bytes: int
    memory_available_bytes: int
    page_cache_bytes: int
    receiver_bytes: int
    disk_free_bytes: int
    promised_bytes: int
    cpu_percent: float
    received_bytes: int
    bytes_per_s: float
    uploads: int


@dataclass(frozen=True, slots=True)
class Vitals:
    """The memory that counts for the receiver, and its own resident set; bytes."""

    memory: MemoryReading
    resident_bytes: int
    resident_peak_bytes: int


def read_vitals() -> Vitals:
    """Read them now; the kernel keeps resident set and peak by different counts."""
    resident = resident_bytes()
    return Vitals(read_memory(), resident, max(resident, resident_peak_bytes()))


class Telemetry:
    """Samples on a thread of its own.

    Args:
        traffic: the counter of body bytes.
        disk: gives disk reading, promised and usable bytes.
        received: gives id and bytes that have arrived of each running upload.
    """

    def __init__(
        self,
        traffic: Traffic,
        disk: Callable[[], tuple[DiskReading, int, int]],
        received: Callable[[], dict[str, int]],
    ) -> None:
        self._traffic = traffic
        self._disk = disk
        self._received = received
        self._samples: deque[Sample] = deque(maxlen=KEPT)
        self._rates: dict[str, float] = {}
        self._last: tuple[float, int, dict[str, int]] = (time.monotonic(), 0, {})
        self._ended = threading.Event()
        self.vitals = Recent(read_vitals, VITALS_AGE_S)
        self._thread = threading.Thread(target=self._run, name="telemetry")
        psutil.cpu_percent(None)

    def start(self) -> None:
        """Begin to sample."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(INTERVAL_S):
            try:
                self.sample()
            except Exception:  # noqa: BLE001
                _log.exception("no sample could be taken")

    def sample(self) -> None:
        """Take one sample now."""
        vitals = self.vitals()
        memory = vitals.memory
        disk, promised, _ = self._disk()
        now, total, received = time.monotonic(), self._traffic.received_bytes, self._received()
        before, total_before, received_before = self._last
        elapsed = max(now - before, 1e-6)
        self._rates = {
            upload_id: max(0, count - received_before.get(upload_id, count)) / elapsed
            for upload_id, count in received.items()
        }
        self._last = (now, total, received)
        self._samples.append(
            Sample(
                time.time(),
                memory.total_bytes,
                memory.available_bytes,
                memory.page_cache_bytes,
                vitals.resident_bytes,
                disk.free_bytes,
                promised,
                psutil.cpu_percent(None),
                total,
                (total - total_before) / elapsed,
                len(received),
            )
        )

    def latest(self) -> Sample | None:
        """Return the newest sample; None within the first second."""
        return self._samples[-1] if self._samples else None

    def rate(self, upload_id: str) -> float:
        """Return the rate of one upload over the last second, bytes a second."""
        return self._rates.get(upload_id, 0.0)

    def history(self, seconds: int) -> list[Sample]:
        """Return the samples of the last `seconds` seconds, oldest first."""
        since = time.time() - seconds
        return [sample for sample in list(self._samples) if sample.time >= since]
