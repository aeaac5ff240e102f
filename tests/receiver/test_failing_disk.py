"""A disk that fails at any call: nothing counts that is not durable, and the upload goes on.

The fault is made where the program meets the operating system; the rest is real.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from receiver.errors import ReceiverError
from receiver.intake import Checksum
from receiver.protocol import Code
from tests.receiver.faults import (
    DATA,
    DISK_STEPS,
    NAME,
    WINDOW,
    before_each_step,
    leftovers,
    send_on,
    stored_files,
)
from tests.receiver.in_process import Parts, ScriptedBody


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with Parts(tmp_path / "received") as made:
        yield made


def fail_once(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> None:
    """Make the next call of an `os` function fail."""
    original = getattr(os, name)

    def call(*args: Any, **keywords: Any) -> Any:
        monkeypatch.setattr(os, name, original)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, name, call)


def window(at: int = 0) -> tuple[bytes, Checksum]:
    data = DATA[at : at + WINDOW]
    return data, Checksum("blake3", blake3(data).digest())


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("name", ["write", "fdatasync"])
@pytest.mark.parametrize("checked", [True, False])
def test_a_window_that_did_not_become_durable_does_not_count(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, name: str, number: int, checked: bool
) -> None:
    """Bytes in the page cache whose fsync failed may be gone at the next power cut."""
    upload = parts.create(len(DATA), NAME)
    data, checksum = window()
    parts.append(upload, 0, ScriptedBody([data], len(data)), checksum)
    fail_once(monkeypatch, name, number)
    data, checksum = window(WINDOW)
    with pytest.raises(ReceiverError) as failed:
        body = ScriptedBody([data], len(data))
        parts.append(upload, WINDOW, body, checksum if checked else None)
    assert failed.value.code is (Code.STORE_FAILED if number == errno.EIO else Code.NO_SPACE)
    assert failed.value.kind.try_again
    assert parts.view(upload).offset == parts.offset_on_disk(upload) == WINDOW
    assert parts.promised_bytes == len(DATA) - WINDOW
    send_on(parts, upload)
    assert stored_files(parts.store.folder) == {NAME: DATA}


def test_without_a_checksum_what_was_written_before_the_disk_failed_counts(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = parts.create(len(DATA), NAME)
    original, calls = os.write, 0

    def write_half(descriptor: int, data: memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(errno.ENOSPC, "full")
        return original(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", write_half)
    data, _ = window()
    with pytest.raises(ReceiverError) as failed:
        parts.append(upload, 0, ScriptedBody([data], len(data)))
    monkeypatch.setattr(os, "write", original)
    assert failed.value.code is Code.NO_SPACE
    assert {"needed", "free", "promised"} <= failed.value.numbers.keys()
    assert parts.view(upload).offset == parts.offset_on_disk(upload) == WINDOW // 2
    send_on(parts, upload)
    assert stored_files(parts.store.folder) == {NAME: DATA}


def count_steps(folder: Path) -> int:
    reached = 0

    def count(number: int) -> None:
        nonlocal reached
        reached = number

    with Parts(folder) as parts, before_each_step(count, DISK_STEPS):
        send_on(parts, parts.create(len(DATA), NAME))
    return reached


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_fault_at_any_step_is_survived(tmp_path: Path, number: int) -> None:
    """One call fails, once; the sender goes on from the offset that it is told."""
    steps = count_steps(tmp_path / "counted")
    assert steps > len(DISK_STEPS)
    for failing in range(1, steps + 1):
        folder = tmp_path / str(failing)

        def happen(step: int, failing: int = failing) -> None:
            if step == failing:
                raise OSError(number, os.strerror(number))

        with Parts(folder) as parts:
            with before_each_step(happen, DISK_STEPS):
                upload = accepted(parts)
                send_on(parts, upload)
            assert stored_files(folder) == {NAME: DATA}, failing
            receipt = parts.view(upload).receipt
            assert receipt is not None
            assert receipt.blake3 == blake3(DATA).digest()
            assert parts.promised_bytes == 0
        with Parts(folder) as parts:
            parts.recover()
            assert leftovers(folder) == [], failing


def accepted(parts: Parts) -> str:
    """Create the upload; once more when it was refused."""
    try:
        return parts.create(len(DATA), NAME)
    except ReceiverError as error:
        assert error.kind.try_again
        assert parts.promised_bytes == 0
        return parts.create(len(DATA), NAME)


def test_what_the_disk_kept_goes_without_a_new_start(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored stays stored; a deletion is refused, and may be asked for again."""
    stored, dropped = parts.create(len(DATA), NAME), parts.create(10)
    with monkeypatch.context() as protected:
        _refuse(protected, "unlink")
        assert parts.append(stored, 0, ScriptedBody([DATA], len(DATA))).receipt is not None
        with pytest.raises(ReceiverError) as refused:
            parts.uploads.delete(dropped)
        _refuse(protected, "replace")
        _refuse(protected, "link")
        with pytest.raises(ReceiverError):
            parts.create(10)
        assert refused.value.code is Code.STORE_FAILED
        parts.uploads.registry.tidy()
        assert len(leftovers(parts.store.folder)) >= 4
    parts.uploads.delete(dropped)
    parts.uploads.registry.tidy()
    assert leftovers(parts.store.folder) == []
    assert parts.promised_bytes == 0
    assert stored_files(parts.store.folder) == {NAME: DATA}


def _refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let an `os` function fail, as in a folder that is write-protected."""

    def refuse(*arguments: Any, **keywords: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, name, refuse)
