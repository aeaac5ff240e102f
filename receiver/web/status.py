"""GET /status, GET /status/history and GET /health."""

from __future__ import annotations

import dataclasses
import os
import time
from typing import TYPE_CHECKING, Any

import psutil
from flask import Blueprint, Response, g, jsonify, request

from receiver import __version__
from receiver.errors import ReceiverError
from receiver.keys import Key
from receiver.protocol import (
    PATH_HEALTH,
    PATH_HISTORY,
    PATH_STATUS,
    SERVICE,
    BudgetStatus,
    Code,
    CpuStatus,
    DiskStatus,
    LimitsStatus,
    MemoryStatus,
    Status,
    TrafficStatus,
    UploadState,
    UploadStatus,
    parse_length,
)
from receiver.space import DiskReading
from receiver.telemetry import KEPT, Sample, Vitals
from receiver.upload import Live

if TYPE_CHECKING:
    from receiver.web.application import Services

ADVISED_WINDOW_BYTES = 64 << 20
_CPU_COUNT = psutil.cpu_count() or os.cpu_count() or 1


def make_blueprint(services: Services) -> Blueprint:
    """Return the routes of the numbers."""
    blueprint = Blueprint("status", __name__)

    @blueprint.get(PATH_STATUS)
    def status() -> Response:
        return jsonify(read_status(services, g.key).to_json())

    @blueprint.get(PATH_HISTORY)
    def history() -> Response:
        try:
            seconds = min(parse_length(request.args.get("seconds", str(KEPT))), KEPT)
        except ValueError as error:
            raise ReceiverError(Code.BAD_REQUEST, f"seconds: {error}") from error
        return jsonify(_columns(services.telemetry.history(seconds)))

    @blueprint.get(PATH_HEALTH)
    def health() -> Response:
        return Response("ok", content_type="text/plain")

    return blueprint


def _columns(samples: list[Sample]) -> dict[str, list[Any]]:
    return {
        field.name: [getattr(sample, field.name) for sample in samples]
        for field in dataclasses.fields(Sample)
    }


def read_status(services: Services, key: Key) -> Status:
    """Read all numbers now, as one key may see them; memory at most a quarter of a second old."""
    sample, disk = services.telemetry.latest(), services.space.figures()
    return Status(
        SERVICE,
        __version__,
        services.config.name,
        time.time(),
        time.monotonic() - services.started,
        _memory(services.telemetry.vitals()),
        _budget(services),
        _disk(services, disk),
        CpuStatus(sample.cpu_percent if sample else 0.0, _CPU_COUNT),
        TrafficStatus(services.traffic.received_bytes, sample.bytes_per_s if sample else 0.0),
        _limits(services, disk[0]),
        tuple(_upload(services, one, key) for one in services.uploads.registry.files()),
    )


def _memory(vitals: Vitals) -> MemoryStatus:
    reading = vitals.memory
    return MemoryStatus(
        reading.total_bytes,
        reading.available_bytes,
        reading.source,
        vitals.resident_bytes,
        vitals.resident_peak_bytes,
        reading.page_cache_bytes,
    )


def _budget(services: Services) -> BudgetStatus:
    admission = services.admission
    return BudgetStatus(
        admission.limit_bytes, admission.used_bytes, admission.budget.largest_in_memory_bytes
    )


def _disk(services: Services, figures: tuple[DiskReading, int, int]) -> DiskStatus:
    reading, promised, usable = figures
    return DiskStatus(
        services.config.data.name or str(services.config.data),
        reading.total_bytes,
        reading.free_bytes,
        promised,
        usable,
        services.data_in_memory,
        services.temporary_in_memory,
    )


def _limits(services: Services, reading: DiskReading) -> LimitsStatus:
    largest = services.config.max_upload_bytes
    return LimitsStatus(
        reading.total_bytes if largest is None else largest,
        ADVISED_WINDOW_BYTES,
        services.admission.budget.bodies,
    )


def _upload(services: Services, one: tuple[Live, ...], key: Key) -> UploadStatus:
    """Show an upload, its placed parts with it, by name to its own key and to an admin's; to others
    it only counts."""
    info = one[0].info
    state = next((live.state for live in one if live.state is UploadState.RECEIVING), one[0].state)
    if info.sender != key.name and not key.admin:
        return UploadStatus(state=state.value, route=info.route.value)
    return UploadStatus(
        info.id,
        info.name,
        info.size_bytes,
        sum(live.shown_offset for live in one),
        services.telemetry.rate(info.id),
        info.route.value,
        state.value,
        info.sender,
        info.started,
    )
