"""Threads in the background outlive what goes wrong in them: a fault costs a sample, not all. And
they leave the machine to others."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from blake3 import blake3

from receiver import janitor, sha256_pass, telemetry
from receiver.sha256_pass import Sha256Pass
from receiver.space import DiskReading
from receiver.telemetry import Telemetry, Traffic
from tests.receiver.in_process import Parts, ScriptedBody
from tests.tus_sender import eventually


def failing_once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function fail the first time, as when there are no file descriptors left."""
    failed = False

    def call(*arguments: Any) -> Any:
        nonlocal failed
        if not failed:
            failed = True
            raise OSError(24, "Too many open files")
        return function(*arguments)

    return call


def test_samples_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telemetry, "INTERVAL_S", 0.02)
    read = failing_once(lambda: (DiskReading(10, 5), 0, 5))
    sampling = Telemetry(Traffic(), read, dict)
    sampling.start()
    try:
        eventually(lambda: len(sampling.history(60)) > 2)
    finally:
        sampling.stop()


def test_looking_after_uploads_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janitor, "LOOKS_EVERY_S", 0.02)
    with Parts(tmp_path) as parts:
        registry = parts.uploads.registry
        monkeypatch.setattr(registry, "expire", failing_once(registry.expire))
        looked: list[None] = []

        def running() -> list[object]:
            looked.append(None)
            return []

        monkeypatch.setattr(registry, "running", running)
        looking = parts.janitor()
        looking.start()
        try:
            eventually(lambda: len(looked) > 2)
        finally:
            looking.stop()


def test_digests_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sha256_pass, "TRIES_AGAIN_S", 0.02)
    with Parts(tmp_path) as parts:
        upload = parts.create(4, "a.txt")
        parts.append(upload, 0, ScriptedBody([b"data"], 4))
        ask = failing_once(parts.history.without_digest)
        monkeypatch.setattr(parts.history, "without_digest", ask)
        working = Sha256Pass(parts.history, tmp_path)
        working.start()

        def digest() -> bytes | None:
            receipt = parts.view(upload).receipt
            return receipt.sha256 if receipt else None

        try:
            eventually(lambda: digest() == hashlib.sha256(b"data").digest())
        finally:
            working.stop()


def test_digests_leave_cores_and_disk_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each block, for twice as long as it took."""
    content = os.urandom(2 * sha256_pass.BLOCK_BYTES + 5)
    (tmp_path / "file.bin").write_bytes(content)
    seconds = itertools.accumulate(itertools.cycle((0.0, 3.0)))
    monkeypatch.setattr(sha256_pass, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    with Parts(tmp_path) as parts:
        working = Sha256Pass(parts.history, tmp_path)
        rests: list[float] = []
        monkeypatch.setattr(working._ended, "wait", rests.append)
        digests = working._digests(tmp_path / "file.bin")
    assert digests == (blake3(content).digest(), hashlib.sha256(content).digest())
    assert rests == [6.0, 6.0, 6.0]
