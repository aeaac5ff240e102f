"""wherry-receiver key, link and check; and settings from a file."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.receiver_process import ROOT, ReceiverProcess, free_port
from tests.tus_sender import TusSender, eventually


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if name != "WHERRY_KEY"}
    return subprocess.run(
        [sys.executable, "-m", "receiver", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_key_works_from_when_it_is_made_until_it_is_removed(receiver: ReceiverProcess) -> None:
    """Beside a receiver that runs, without a restart."""
    made = run("key", "add", "bob", "--data", receiver.data)
    bob = TusSender(receiver, key=made.stdout.strip())
    assert bob.ask("GET", "/status").status == 200
    assert run("key", "list", "--data", receiver.data).stdout == "bob\n"
    assert run("key", "remove", "bob", "--data", receiver.data).returncode == 0
    assert bob.ask("GET", "/status").code == "key_wrong"


def test_only_hashes_are_kept(receiver: ReceiverProcess) -> None:
    made = run("key", "add", "bob", "--data", receiver.data, "--admin").stdout.strip()
    kept = (receiver.data / ".wherry" / "keys.json").read_text()
    assert made not in kept
    assert run("key", "list", "--data", receiver.data).stdout == "bob  (admin)\n"


def test_a_name_is_given_once(receiver: ReceiverProcess) -> None:
    run("key", "add", "bob", "--data", receiver.data)
    again = run("key", "add", "bob", "--data", receiver.data)
    assert again.returncode == 1
    assert "already" in again.stderr
    assert run("key", "remove", "alice", "--data", receiver.data).returncode == 1


def test_the_link_holds_all_that_a_sender_needs(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    receiver = start_receiver("--host", "0.0.0.0")
    made = run("link", "alice", "--data", receiver.data, "--host", "nas", "--port", "1234")
    link = urlsplit(made.stdout.strip())
    assert (link.scheme, link.netloc) == ("wherry", "nas:1234")
    values = {name: texts[0] for name, texts in parse_qs(link.query).items()}
    printed = next(line for line in receiver.output if line.startswith("Certificate:"))
    assert printed.endswith(values["pin"])
    assert values["name"]
    assert len(values["key"]) >= 32


def test_check_says_what_is_fine_and_what_to_mend(tmp_path: Path) -> None:
    port = free_port()
    fine = run("check", "--data", tmp_path, "--port", str(port))
    assert (fine.returncode, "MEND" in fine.stdout) == (0, False), fine.stdout
    (tmp_path / "file").touch()
    broken = run("check", "--data", tmp_path / "file" / "below", "--port", str(port))
    assert broken.returncode == 1
    assert "MEND  The folder" in broken.stdout


def test_check_tells_of_a_port_in_use_and_a_folder_in_memory(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answering = threading.Thread(target=_hang_up_twice, args=(other,))
        answering.start()
        told = run("check", "--data", "/dev/shm/wherry-check", "--port", str(port)).stdout
        answering.join()
    Path("/dev/shm/wherry-check").rmdir()
    assert "lies in memory" in told
    assert f"MEND  Port {port}" in told


def _hang_up_twice(listener: socket.socket) -> None:
    """Be something else than a receiver, with TLS and without."""
    for _ in range(2):
        listener.accept()[0].close()


@pytest.mark.parametrize("options", [(), ("--host", "0.0.0.0")], ids=["plain", "tls"])
def test_check_knows_a_receiver_that_is_running(
    start_receiver: Callable[..., ReceiverProcess], options: tuple[str, ...]
) -> None:
    running = start_receiver(*options)
    told = run("check", "--data", running.data, "--port", str(running.port))
    assert told.returncode == 0, told.stdout
    assert f"A receiver is running on port {running.port}, and answers." in told.stdout


def test_settings_may_stand_in_a_file(
    start_receiver: Callable[..., ReceiverProcess], tmp_path: Path
) -> None:
    settings = tmp_path / "wherry.toml"
    settings.write_text('max-upload = "5M"\nbodies = 3\nname = "office-server"\n')
    status = start_receiver("--config", str(settings)).status()
    assert (status.limits.upload_bytes, status.limits.bodies_at_once) == (5 << 20, 3)
    assert status.name == "office-server"


def test_a_setting_that_is_not_known_is_told(tmp_path: Path) -> None:
    (tmp_path / "wherry.toml").write_text('colour = "blue"\n')
    told = run("serve", "--config", tmp_path / "wherry.toml", "--data", tmp_path)
    assert told.returncode == 2
    assert "colour" in told.stderr


def test_an_option_wins_over_the_file_and_the_environment(
    start_receiver: Callable[..., ReceiverProcess], tmp_path: Path
) -> None:
    (tmp_path / "wherry.toml").write_text("bodies = 3\n")
    receiver = start_receiver(
        "--config", str(tmp_path / "wherry.toml"), environment={"WHERRY_BODIES": "4"}
    )
    assert receiver.status().limits.bodies_at_once == 4
    receiver = start_receiver("--bodies", "5", environment={"WHERRY_BODIES": "4"})
    assert receiver.status().limits.bodies_at_once == 5


def test_all_commands_find_the_folder_in_the_file_of_settings(tmp_path: Path) -> None:
    """Behind a proxy the port of the link is the proxy's, not that of the file."""
    settings = tmp_path / "receiver.toml"
    content = 'data = "{}"\nport = 6000\nname = "nas"\nhost = "0.0.0.0"\n'
    settings.write_text(content.format(tmp_path / "files"))
    assert run("key", "add", "bob", "--config", settings).returncode == 0
    assert run("key", "list", "--config", settings).stdout == "bob\n"
    made = run("link", "alice", "--config", settings, "--host", "nas.example").stdout
    assert made.startswith("wherry://nas.example:6000/?key=")
    settings.write_text(settings.read_text() + "behind-proxy = true\n")
    made = run("link", "carol", "--config", settings, "--host", "nas.example").stdout
    assert made.startswith("wherry://nas.example:443/?key=")


def test_no_key_is_printed_into_the_journal(tmp_path: Path) -> None:
    """systemd names the stream that it keeps by device and inode (systemd.exec(5))."""
    output = tmp_path / "journal"
    with output.open("wb") as file:
        place = os.fstat(file.fileno())
        environment = {name: text for name, text in os.environ.items() if name != "WHERRY_KEY"}
        process = subprocess.Popen(
            [sys.executable, "-m", "receiver", "serve", "--data", tmp_path / "a", "--port", "0"],
            cwd=ROOT,
            env={**environment, "JOURNAL_STREAM": f"{place.st_dev}:{place.st_ino}"},
            stdout=file,
            stderr=file,
        )
        eventually(lambda: "\nReady " in output.read_text())
        process.terminate()
        process.wait(20)
    assert "There is no key yet" in output.read_text()
    assert "Key: " not in output.read_text()
