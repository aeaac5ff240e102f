"""Pages of other sites, Prometheus, JSON logs, and the expiry that is visible before it comes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, checksum_of

SITE = "https://office.example"
RECEIVER = Callable[..., ReceiverProcess]


def test_a_preflight_needs_no_key(start_receiver: RECEIVER) -> None:
    tus = TusSender(start_receiver("--allow-origin", SITE), key="wrong")
    answer = tus.ask("OPTIONS", "/files", {"Origin": SITE, "Tus-Resumable": ""})
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    assert "Upload-Offset" in answer.headers["access-control-allow-headers"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert answer.headers["vary"] == "Origin"


def test_refusals_can_be_read_by_an_allowed_page_too(start_receiver: RECEIVER) -> None:
    """401, 409, 412, 415 and 460 carry the headers, and what tus needs is exposed."""
    tus = TusSender(start_receiver("--allow-origin", SITE))
    path = tus.create(5)
    origin = {"Origin": SITE}
    answers = [
        tus.patch(path, 3, b"x", headers=origin),
        tus.patch(path, 0, b"x", headers={**origin, "Tus-Resumable": "0.1"}),
        tus.patch(path, 0, b"x", headers={**origin, "Content-Type": "text/plain"}),
        tus.patch(path, 0, b"x", checksum_of(b"y"), headers=origin),
        tus.ask("HEAD", path, {**origin, "Authorization": "Bearer wrong"}),
    ]
    assert [one.status for one in answers] == [409, 412, 415, 460, 401]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "Upload-Offset" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("origin", ["https://other.example", "null", SITE + ".evil.example"])
def test_other_sites_get_no_leave(start_receiver: RECEIVER, origin: str) -> None:
    tus = TusSender(start_receiver("--allow-origin", SITE))
    answer = tus.ask("OPTIONS", "/files", {"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


def test_by_default_nobody_gets_leave(receiver: ReceiverProcess) -> None:
    answer = TusSender(receiver).ask("OPTIONS", "/files", {"Origin": SITE})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def metrics(tus: TusSender) -> dict[str, float]:
    answer = tus.ask("GET", "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = answer.body.decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


def test_prometheus_reads_the_numbers(receiver: ReceiverProcess) -> None:
    tus = TusSender(receiver)
    tus.send(b"x" * 1000, "a")
    path = tus.create(500)
    found = metrics(tus)
    assert found["wherry_received_bytes_total"] == 1000
    assert found["wherry_stored_files_total"] == 1
    assert found['wherry_uploads{state="waiting"}'] == 1
    assert found["wherry_disk_promised_bytes"] == 500
    assert 0 <= found["wherry_cpu_usage_ratio"] <= 1
    assert found["wherry_resident_bytes"] > 10_000_000
    tus.delete(path)
    assert TusSender(receiver, key="wrong").ask("GET", "/metrics").status == 401


def test_logs_are_json_on_wish(start_receiver: RECEIVER) -> None:
    """One line an upload: name, size, seconds, rate, route, peak memory; never the key."""
    receiver = start_receiver("--log-json")
    TusSender(receiver).send(b"data", "a.txt")
    receiver.stop()
    lines = [json.loads(line) for line in receiver.output if line.startswith("{")]
    line = next(one for one in lines if one.get("stored_name") == "a.txt")
    assert (line["size_bytes"], line["route"], line["level"]) == (4, "memory", "info")
    assert line["resident_peak_bytes"] > 10_000_000
    assert receiver.key not in "\n".join(receiver.output)
