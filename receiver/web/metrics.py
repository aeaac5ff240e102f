"""GET /metrics: the numbers of /status in Prometheus' text format.

Names follow https://prometheus.io/docs/practices/naming: base units, `_total` for counters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g

from receiver.protocol import PATH_METRICS, Status
from receiver.web.status import read_status

if TYPE_CHECKING:
    from receiver.web.application import Services

GAUGES = {
    "wherry_memory_total_bytes": ("Memory, the container's limit included", "memory.total_bytes"),
    "wherry_memory_available_bytes": ("Memory that is available", "memory.available_bytes"),
    "wherry_memory_page_cache_bytes": ("Page cache", "memory.page_cache_bytes"),
    "wherry_resident_bytes": ("Resident set of the receiver", "memory.receiver_bytes"),
    "wherry_resident_peak_bytes": ("Its largest so far", "memory.receiver_peak_bytes"),
    "wherry_budget_limit_bytes": ("Memory for bodies in flight", "budget.limit_bytes"),
    "wherry_budget_used_bytes": ("Of that, in use or promised", "budget.used_bytes"),
    "wherry_disk_total_bytes": ("The disk of the received files", "disk.total_bytes"),
    "wherry_disk_free_bytes": ("Free on it", "disk.free_bytes"),
    "wherry_disk_promised_bytes": ("Promised to running uploads", "disk.promised_bytes"),
    "wherry_disk_usable_bytes": ("Free for new uploads", "disk.usable_bytes"),
    "wherry_cpu_usage_ratio": ("Use of all cores, 0 to 1", "cpu.percent"),
    "wherry_uptime_seconds": ("Time since the start", "uptime_s"),
}
SCALES = {"wherry_cpu_usage_ratio": 0.01}


def make_blueprint(services: Services) -> Blueprint:
    """Return the route of the metrics."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get(PATH_METRICS)
    def metrics() -> Response:
        # Imported when first asked for: an office without Prometheus does not pay for it.
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

        registry = CollectorRegistry()
        registry.register(_Collector(services, read_status(services, g.key)))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return blueprint


class _Collector:
    """What prometheus-client asks for families of metrics."""

    def __init__(self, services: Services, status: Status) -> None:
        self._services = services
        self._status = status

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        for name, (text, path) in GAUGES.items():
            yield GaugeMetricFamily(name, text, value=self._value(path) * SCALES.get(name, 1))
        running = GaugeMetricFamily("wherry_uploads", "Unfinished uploads", labels=["state"])
        states = [upload.state for upload in self._status.uploads]
        for state in sorted(set(states)):
            running.add_metric([state], states.count(state))
        yield running
        yield CounterMetricFamily(
            "wherry_received_bytes_total",
            "Body bytes received",
            value=self._status.traffic.received_bytes,
        )
        yield CounterMetricFamily(
            "wherry_stored_files_total",
            "Files stored, as far as the history goes back",
            value=self._services.history.count(),
        )

    def _value(self, path: str) -> float:
        value: Any = self._status
        for name in path.split("."):
            value = getattr(value, name)
        return float(value)
