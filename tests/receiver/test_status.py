"""GET /status and its history: every field is there, and true."""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import pytest

from receiver import __version__
from receiver.protocol import Status
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, eventually

MIB = 1 << 20
FIELDS: dict[str, set[str]] = {
    "": {"service", "version", "name", "time", "uptime_s", "memory", "budget", "disk", "cpu",
         "traffic", "limits", "uploads"},
    "memory": {"total_bytes", "available_bytes", "source", "receiver_bytes",
               "receiver_peak_bytes", "page_cache_bytes"},
    "budget": {"limit_bytes", "used_bytes", "largest_in_memory_bytes"},
    "disk": {"path_label", "total_bytes", "free_bytes", "promised_bytes", "usable_bytes",
             "in_memory", "temporary_in_memory"},
    "cpu": {"percent", "count"},
    "traffic": {"received_bytes", "bytes_per_s"},
    "limits": {"upload_bytes", "window_bytes", "bodies_at_once"},
}  # fmt: skip
COLUMNS = {
    "time", "memory_total_bytes", "memory_available_bytes", "page_cache_bytes", "receiver_bytes",
    "disk_free_bytes", "promised_bytes", "cpu_percent", "received_bytes", "bytes_per_s", "uploads"
}  # fmt: skip
UPLOAD_FIELDS = {
    "id", "name", "size_bytes", "offset_bytes", "bytes_per_s", "route", "state", "sender", "started"
}  # fmt: skip


def raw_status(tus: TusSender) -> dict[str, Any]:
    answer = tus.ask("GET", "/status")
    assert answer.headers["content-type"] == "application/json"
    document: dict[str, Any] = json.loads(answer.body)
    return document


def history(tus: TusSender, query: str = "") -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = json.loads(tus.ask("GET", "/status/history" + query).body)
    return columns


def test_every_field_is_there(tus: TusSender) -> None:
    path = tus.create(10, "shown.txt")
    document = raw_status(tus)
    for part, names in FIELDS.items():
        assert names <= (document[part] if part else document).keys(), part
    assert document["uploads"][0].keys() >= UPLOAD_FIELDS
    tus.delete(path)


def test_what_it_says_of_itself_is_true(shared_receiver: ReceiverProcess) -> None:
    status = shared_receiver.status()
    assert (status.service, status.version) == ("wherry", __version__)
    assert status.name
    assert abs(status.time - time.time()) < 5
    started = psutil.Process(shared_receiver.pid).create_time()
    assert abs(status.uptime_s - (time.time() - started)) < 5
    later = shared_receiver.status()
    assert later.uptime_s > status.uptime_s


def test_memory_is_what_the_system_says(shared_receiver: ReceiverProcess) -> None:
    memory = shared_receiver.status().memory
    resident = psutil.Process(shared_receiver.pid).memory_info().rss
    assert abs(memory.receiver_bytes - resident) < 8 * MIB
    assert memory.receiver_peak_bytes >= memory.receiver_bytes
    if memory.source == "host":
        machine = psutil.virtual_memory()
        assert memory.total_bytes == machine.total
        assert abs(memory.available_bytes - machine.available) < machine.total // 10


def test_the_disk_is_what_the_system_says(shared_receiver: ReceiverProcess) -> None:
    disk = shared_receiver.status().disk
    figures = os.statvfs(shared_receiver.data)
    assert disk.path_label == shared_receiver.data.name, (
        "the label does not give the whole path away"
    )
    assert disk.total_bytes == figures.f_blocks * figures.f_frsize
    free = figures.f_bavail * figures.f_frsize
    assert abs(disk.free_bytes - free) < disk.total_bytes // 50
    assert disk.usable_bytes <= disk.free_bytes - disk.promised_bytes


def test_the_processor_is_what_the_system_says(shared_receiver: ReceiverProcess) -> None:
    eventually(lambda: len(history(TusSender(shared_receiver))["time"]) >= 1)
    cpu = shared_receiver.status().cpu
    assert cpu.count == psutil.cpu_count()
    assert 0 <= cpu.percent <= 100


def test_traffic_counts_the_bytes_of_bodies(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    assert receiver.status().traffic.received_bytes == 0
    tus.send(bytes(3 * MIB))
    tus.patch(tus.create(MIB), 0, bytes(1000))
    assert receiver.status().traffic.received_bytes == 3 * MIB + 1000


def test_a_running_upload_is_shown_as_it_is(receiver: ReceiverProcess) -> None:
    """The offset is what the receiver has; the rate is not zero while bytes come."""
    tus = TusSender(receiver)
    before = time.time()
    path = tus.create(64 * MIB, "film.mp4")
    (waiting,) = receiver.status().uploads
    assert (waiting.state, waiting.offset_bytes, waiting.size_bytes) == ("waiting", 0, 64 * MIB)
    assert (waiting.id, waiting.name) == (path.rpartition("/")[2], "film.mp4")
    assert (waiting.route, waiting.sender) == ("stream", "owner")
    assert before - 1 <= waiting.started <= time.time() + 1
    with tus.begin_patch(path, 0, 64 * MIB, bytes(5 * MIB)) as line:
        eventually(lambda: receiver.status().uploads[0].offset_bytes == 5 * MIB)
        assert receiver.status().uploads[0].state == "receiving"

        def rate() -> float:
            line.send(bytes(MIB // 4))
            return receiver.status().uploads[0].bytes_per_s

        eventually(lambda: rate() > 0)
    eventually(lambda: receiver.status().uploads[0].state == "waiting")
    assert receiver.status().uploads[0].offset_bytes == tus.offset(path)
    tus.delete(path)
    assert receiver.status().uploads == ()


def test_a_checked_window_is_not_counted_before_it_is_verified(receiver: ReceiverProcess) -> None:
    """Progress is what the receiver has and would keep, not what came in."""
    tus = TusSender(receiver)
    path = tus.create(64 * MIB)
    with tus.begin_patch(path, 0, 32 * MIB, bytes(16 * MIB), "sha1 " + "A" * 27 + "="):
        eventually(lambda: receiver.status().traffic.received_bytes == 16 * MIB)
        assert receiver.status().uploads[0].offset_bytes == 0


def test_the_limits_are_those_that_hold(tmp_path: Path) -> None:
    receiver = ReceiverProcess(
        tmp_path, "--max-upload", "3M", "--bodies", "5", "--memory-budget", "8M"
    ).start()
    try:
        status = receiver.status()
        assert status.limits.upload_bytes == 3 * MIB
        assert status.limits.bodies_at_once == 5
        assert 0 < status.limits.window_bytes <= 64 * MIB
        assert status.budget.limit_bytes == 8 * MIB
        assert TusSender(receiver).post({"Upload-Length": str(3 * MIB + 1)}).status == 413
    finally:
        receiver.kill()


def test_history_is_columns_of_one_length(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    eventually(lambda: len(history(tus)["time"]) >= 3)
    columns = history(tus)
    assert columns.keys() >= COLUMNS
    assert len({len(column) for column in columns.values()}) == 1
    gaps = [later - earlier for earlier, later in itertools.pairwise(columns["time"])]
    assert all(0.5 < gap < 5 for gap in gaps), "one sample a second"
    status: Status = shared_receiver.status()
    assert abs(columns["receiver_bytes"][-1] - status.memory.receiver_bytes) < 16 * MIB


def test_history_gives_the_last_seconds_only(tus: TusSender) -> None:
    eventually(lambda: len(history(tus)["time"]) >= 3)
    assert len(history(tus, "?seconds=2")["time"]) <= 2
    assert history(tus, "?seconds=0")["time"] == []
    assert len(history(tus, "?seconds=999999")["time"]) >= 3


@pytest.mark.parametrize("seconds", ["x", "-1", "", "1_0", "٣"])
def test_a_wrong_span_is_refused(tus: TusSender, seconds: str) -> None:
    answer = tus.ask("GET", f"/status/history?seconds={quote(seconds)}")
    assert (answer.status, answer.code) == (400, "bad_request")
