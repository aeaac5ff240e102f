"""Starting says in words what is wrong; stopping is quick and loses nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.receiver_process import ROOT, ReceiverProcess, free_port
from tests.tus_sender import Line, TusSender, checksum_of, eventually

MIB = 1 << 20
STOPPED_WITHIN_S = 20.0
Start = Callable[..., ReceiverProcess]


def refused(*options: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Start a receiver that cannot work; returns its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "receiver", "serve", "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "WHERRY_KEY": "key", **(environment or {})},
        capture_output=True,
        text=True,
        timeout=30,
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "Ready " not in said
    return done.returncode, said


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--port", "70000"], "70000"),
        (["--port", "x"], "x"),
        (["--bodies", "0"], "bodies"),
        (["--bodies", "5000"], "5000"),
        (["--memory-budget", "much"], "much"),
        (["--memory-budget", "100K"], "at least 512 KiB"),
        (["--keep-free", "-1"], "-1"),
        (["--max-upload", "1X"], "1X"),
        (["--expire-after", "1s"], "minute"),
        (["--expire-after", "soon"], "soon"),
        (["--allow-origin", "example.org"], "example.org"),
        (["--tls", "maybe"], "maybe"),
        (["--unheard-of"], "unheard-of"),
        (["--log-level", "LOUD"], "LOUD"),
    ],
)
def test_a_wrong_option_is_named(tmp_path: Path, options: list[str], word: str) -> None:
    code, said = refused("--data", str(tmp_path), *options)
    assert code == 2
    assert word in said


def test_a_setting_may_come_from_the_environment(tmp_path: Path) -> None:
    code, said = refused("--data", str(tmp_path), environment={"WHERRY_MEMORY_BUDGET": "little"})
    assert (code, "little" in said) == (2, True)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, said = refused("--data", str(tmp_path / "file"))
    assert code == 1
    assert str(tmp_path / "file") in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """/proc takes no folder from anybody, the superuser included."""
    if not Path("/proc/self").is_dir():
        pytest.skip("there is no /proc here")
    code, said = refused("--data", "/proc/received")
    assert code == 1
    assert "/proc/received" in said


def test_a_folder_in_use_by_another_receiver_is_named(receiver: ReceiverProcess) -> None:
    """Two receivers in one folder would each believe in promises of its own."""
    code, said = refused("--data", str(receiver.data))
    assert code == 1
    assert str(receiver.data) in said
    assert "another receiver" in said.lower()


def test_a_folder_of_a_killed_receiver_is_free(receiver: ReceiverProcess) -> None:
    receiver.kill()
    receiver.start()
    assert receiver.status().service == "wherry"


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        code, said = refused("--data", str(tmp_path), "--port", port)
    assert code == 1
    assert port in said
    assert "in use" in said


def test_a_damaged_list_of_keys_is_named(tmp_path: Path) -> None:
    (tmp_path / ".wherry").mkdir()
    (tmp_path / ".wherry" / "keys.json").write_text("[{")
    code, said = refused("--data", str(tmp_path))
    assert code in (1, 2)
    assert "keys.json" in said


def test_it_says_what_it_will_use_before_it_is_ready(receiver: ReceiverProcess) -> None:
    """Budget and limits first, then one line that begins with "Ready " and its address."""
    output = "\n".join(receiver.output)
    assert re.search(r"Memory: [0-9]+ of [0-9]+ MiB available \((cgroup2|cgroup1|host)\)", output)
    assert re.search(r"Disk: [0-9]+ MiB usable", output)
    ready = [line for line in receiver.output if line.startswith("Ready ")]
    assert ready == [f"Ready {receiver.url}/"]
    assert receiver.output[-1] == ready[0]


def test_port_0_takes_a_free_one(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "receiver", "serve", "--data", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "WHERRY_KEY": "key"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdout is not None
        ready = next(line for line in process.stdout if line.startswith("Ready "))
        port = int(ready.rstrip().rstrip("/").rpartition(":")[2])
        with Line(port, "key") as line:
            assert line.ask("GET", "/status").status == 200
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
    assert process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_when_it_is_idle(receiver: ReceiverProcess, number: int) -> None:
    with Line(receiver.port, receiver.key) as kept:
        assert kept.ask("GET", "/health").status == 200
        process = receiver.pid
        os.kill(process, number)
        eventually(lambda: receiver.output[-1].startswith("Stopping"))
        assert receiver.stop() == 0


def test_it_stops_soon_with_uploads_under_way_and_keeps_their_offsets(
    receiver: ReceiverProcess,
) -> None:
    """Checked: the last verified byte. Unchecked: what arrived. Both kinds keep on sending."""
    tus = TusSender(receiver)
    checked, unchecked, silent = (tus.create(1 << 30) for _ in range(3))
    window = bytes(2 * MIB)
    tus.patch(checked, 0, window, checksum_of(window))
    lines = [
        tus.begin_patch(checked, 2 * MIB, 1 << 29, b"", checksum_of(b"never")),
        tus.begin_patch(unchecked, 0, 1 << 30),
        tus.begin_patch(silent, 0, 1 << 30, bytes(3 * MIB)),
    ]
    senders = [threading.Thread(target=keep_sending, args=(line,)) for line in lines[:2]]
    for sender in senders:
        sender.start()
    eventually(lambda: receiver.status().traffic.received_bytes > 40 * MIB)
    assert receiver.stop() == 0
    for sender in senders:
        sender.join(STOPPED_WITHIN_S)
        assert not sender.is_alive(), "a sender waits for a receiver that is gone"
    for line in lines:
        line.close()
    receiver.start()
    assert tus.offset(checked) == 2 * MIB
    assert tus.offset(unchecked) > 0
    assert tus.offset(silent) == 3 * MIB


def test_it_ends_even_where_something_keeps_it_waiting() -> None:
    """A disk that no longer answers keeps threads in calls that do not return."""
    words = "import threading, receiver.assembly as one; one.STOP_S = 0.1; one._end_at_last()"
    stuck = f"{words}; threading.Thread(target=threading.Event().wait).start()"
    ended = subprocess.run(
        [sys.executable, "-c", stuck], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0
    assert "what is unfinished goes on" in ended.stderr


def keep_sending(line: Line) -> None:
    with suppress(OSError):
        while True:
            line.send(bytes(MIB))


def test_a_port_is_free_again_after_a_stop(start_receiver: Start, tmp_path: Path) -> None:
    port = free_port()
    for _ in range(2):
        receiver = start_receiver(data=tmp_path / "received", port=port)
        assert receiver.status().service == "wherry"
        assert receiver.stop() == 0
