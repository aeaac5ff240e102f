"""`python -m desktop send`, as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.receiver_process import KEY, ROOT, ReceiverProcess, free_port
from tests.relay import Relay
from tests.transfer.conftest import MIB
from tests.transfer.sender import digest_of

MakeFile = Callable[..., Path]
WITHIN_S = 60.0
MOST_RSS_BYTES = 80 * MIB


IN_THE_FOREGROUND = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.argv[1], sys.argv[1:])",
)
"""A shell has what it runs in the background ignore Ctrl+C, and these tests may be there."""


class Command:
    """Starts sends that share one state folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[str]] = []

    def start(
        self, url: str | None, *arguments: str | Path, key: str = KEY, prefix: tuple[str, ...] = ()
    ) -> subprocess.Popen[str]:
        environment = {**os.environ, "WHERRY_KEY": key, "WHERRY_STATE": str(self._folder)}
        environment.pop("WHERRY_TO", None)
        to = [] if url is None else ["--to", url]
        process = subprocess.Popen(
            [
                *prefix,
                sys.executable,
                "-W",
                "error",
                "-m",
                "desktop",
                "send",
                *to,
                *map(str, arguments),
            ],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._running.append(process)
        return process

    def run(
        self, url: str | None, *arguments: str | Path, key: str = KEY, prefix: tuple[str, ...] = ()
    ) -> tuple[int, str, str]:
        """Run to the end; returns exit code, output and complaints."""
        process = self.start(url, *arguments, key=key, prefix=prefix)
        out, err = process.communicate(timeout=WITHIN_S)
        return process.returncode, out, err

    def end(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    commands = Command(tmp_path / "state")
    yield commands
    commands.end()


def events_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < until


def test_all_stored_is_0(receiver: ReceiverProcess, command: Command, make_file: MakeFile) -> None:
    paths = [make_file(3 * MIB, "a.bin"), make_file(10, "b.txt")]
    code, out, err = command.run(receiver.url, *paths)
    assert (code, err) == (0, "")
    assert "a.bin (3.1 MB): Stored\n" in out
    assert out.endswith("2 of 2 files stored.\n")
    assert set(receiver.stored()) == {"a.bin", "b.txt"}


def test_one_that_is_not_stored_is_1_and_named(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile, tmp_path: Path
) -> None:
    missing = tmp_path / "missing"
    code, out, err = command.run(receiver.url, make_file(10), missing)
    assert code == 1
    assert f"{missing}: The file is no longer there." in err
    assert out.endswith("1 of 2 files stored.\n")


@pytest.mark.parametrize(
    ("to", "arguments"),
    [
        (None, ["file"]),
        ("http://127.0.0.1:1", []),
        ("ftp://127.0.0.1", ["file"]),
        ("127.0.0.1:5151", ["file"]),
        ("http://", ["file"]),
        ("http://a:b@127.0.0.1", ["file"]),
        ("http://127.0.0.1:port", ["file"]),
        ("http://127.0.0.1:1", ["--quiet", "--json", "file"]),
    ],
)
def test_wrong_use_is_2(command: Command, to: str | None, arguments: list[str]) -> None:
    code, out, err = command.run(to, *arguments)
    assert (code, out) == (2, "")
    assert "Error:" in err


def test_quiet_says_nothing_when_all_is_well(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile
) -> None:
    assert command.run(receiver.url, "--quiet", make_file(10)) == (0, "", "")


def test_json_is_one_event_a_line(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile
) -> None:
    code, out, _ = command.run(receiver.url, "--json", make_file(3 * MIB))
    assert code == 0
    events = events_of(out)
    assert {event["event"] for event in events} == {"changed", "scanned", "ended"}
    stored = next(event["transfer"] for event in events if _is_stored(event))
    assert (stored["stored_bytes"], stored["stored_name"]) == (3 * MIB, "file.bin")
    assert events[-1] == {"event": "ended", "finished": 1, "count": 1, "not_stored": 0}


def _is_stored(event: dict[str, Any]) -> bool:
    return bool(event["event"] == "changed" and event["transfer"]["state"] == "stored")


def test_a_wrong_key_is_said_in_words(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile
) -> None:
    code, _, err = command.run(receiver.url, make_file(10), key="secret-but-wrong")
    assert code == 1
    assert "does not accept the key" in err
    assert "401" not in err
    assert "secret-but-wrong" not in err


def test_a_server_that_cannot_be_reached_is_said_after_a_while(
    command: Command, make_file: MakeFile
) -> None:
    began = time.monotonic()
    code, _, err = command.run(f"http://127.0.0.1:{free_port()}", make_file(10))
    assert code == 1
    assert "127.0.0.1 cannot be reached." in err
    assert time.monotonic() - began < 25


def test_a_killed_send_goes_on_where_it_was(
    receiver: ReceiverProcess, relay: Relay, command: Command, make_file: MakeFile
) -> None:
    path = make_file(40 * MIB)
    relay.slow_bytes_per_s = 20 * MIB
    process = command.start(relay.url, path)
    wait_until(lambda: _stored_bytes(receiver) >= 8 * MIB)
    process.kill()
    process.communicate()
    relay.wait_idle()
    relay.slow_bytes_per_s = None
    before = relay.up_bytes
    code, out, _ = command.run(relay.url, "--json", path)
    assert code == 0
    resumed = max(event["transfer"]["resumed_from_bytes"] or 0 for event in _changes(out))
    assert resumed >= 8 * MIB
    assert relay.up_bytes - before <= 40 * MIB - resumed + MIB
    assert digest_of(receiver.stored()["file.bin"]) == digest_of(path)


def _changes(out: str) -> list[dict[str, Any]]:
    return [event for event in events_of(out) if event["event"] == "changed"]


def _stored_bytes(receiver: ReceiverProcess) -> int:
    return max((one.offset_bytes for one in receiver.status().uploads), default=0)


def test_a_send_waits_until_space_it_no_longer_needs_is_free(
    receiver: ReceiverProcess, relay: Relay, command: Command, make_file: MakeFile
) -> None:
    """The file is there already, and the line breaks when its new upload is to be dropped."""
    path = make_file(3 * MIB)
    assert command.run(relay.url, path)[0] == 0
    relay.lose_request = b"DELETE /files"
    relay.on_loss = lambda: setattr(relay, "refuse", True)
    process = command.start(relay.url, "--quiet", path)
    assert process.stderr is not None
    assert "still to free the space" in process.stderr.readline()
    assert receiver.status().disk.promised_bytes == 3 * MIB
    relay.refuse = False
    assert process.communicate(timeout=WITHIN_S) == ("", "")
    assert process.returncode == 0
    assert not receiver.status().uploads


def test_what_another_send_left_is_not_sent_along(
    receiver: ReceiverProcess, relay: Relay, command: Command, make_file: MakeFile
) -> None:
    relay.slow_bytes_per_s = 10 * MIB
    process = command.start(relay.url, make_file(160 * MIB, "left.bin"))
    wait_until(lambda: _stored_bytes(receiver) >= 4 * MIB)
    process.kill()
    process.communicate()
    relay.slow_bytes_per_s = None
    code, out, _ = command.run(relay.url, make_file(10, "new.txt"))
    assert code == 0
    assert "left.bin" not in out
    assert out.endswith("1 of 1 file stored.\n")
    assert list(receiver.stored()) == ["new.txt"]


def test_two_sends_at_the_same_time(
    receiver: ReceiverProcess, relay: Relay, command: Command, make_file: MakeFile
) -> None:
    relay.slow_bytes_per_s = 10 * MIB
    slow = command.start(relay.url, make_file(160 * MIB, "slow.bin"))
    wait_until(lambda: _stored_bytes(receiver) > 0)
    assert command.run(receiver.url, make_file(10, "quick.txt"))[0] == 0
    assert slow.poll() is None
    relay.slow_bytes_per_s = None
    slow.communicate(timeout=WITHIN_S)
    assert slow.returncode == 0
    assert set(receiver.stored()) == {"slow.bin", "quick.txt"}


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(
    receiver: ReceiverProcess, relay: Relay, command: Command, make_file: MakeFile
) -> None:
    path = make_file(160 * MIB)
    relay.slow_bytes_per_s = 10 * MIB
    process = command.start(relay.url, path, prefix=IN_THE_FOREGROUND)
    wait_until(lambda: _stored_bytes(receiver) >= 4 * MIB)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=15)
    assert process.returncode == 1
    assert "Give the same command again to go on" in err
    assert "Traceback" not in err
    relay.slow_bytes_per_s = None
    assert command.run(relay.url, path)[0] == 0


def test_a_file_that_may_not_be_read_is_named(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile
) -> None:
    path = make_file(10)
    path.chmod(0)
    code, _, err = command.run(receiver.url, path, prefix=without_rights_of_root())
    assert code == 1
    assert f"{path}: You are not allowed to read this file." in err


def without_rights_of_root() -> tuple[str, ...]:
    """Begin a command that may read no more than the permissions say, also as root."""
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv here, and root may read everything")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def test_names_that_would_move_the_cursor_do_not(
    receiver: ReceiverProcess, command: Command, make_file: MakeFile
) -> None:
    code, out, _ = command.run(receiver.url, make_file(10, "a\x1b[2Jb.txt"))
    assert code == 0
    assert "\x1b" not in out


def test_memory_does_not_depend_on_the_size(
    receiver: ReceiverProcess, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "sparse.bin"
    with path.open("wb") as file:
        file.truncate(1024 * MIB)
    process = command.start(receiver.url, path)
    watched = psutil.Process(process.pid)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak_bytes(watched))
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
    assert process.returncode == 0
    assert 0 < peak < MOST_RSS_BYTES


def _peak_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
