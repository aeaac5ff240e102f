"""Plain ways in: `curl -T` and forms, streamed to their place, without a stump after a cut."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, chunked, eventually

MIB = 1 << 20


def curl(receiver: ReceiverProcess, path: str, *arguments: str, data: bytes = b"") -> Any:
    """Run the real curl and read the JSON that comes back."""
    program = shutil.which("curl")
    assert program, "the set-up installs curl"
    key = f"Authorization: Bearer {receiver.key}"
    command = [program, "--silent", "--show-error", "-H", key, *arguments, receiver.url + path]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def resident_peak(receiver: ReceiverProcess) -> int:
    return receiver.status().memory.receiver_peak_bytes


def test_curl_puts_a_file(receiver: ReceiverProcess, tmp_path: Path) -> None:
    """201 and the receipt; folders and any script in the name are kept."""
    data = os.urandom(5 * MIB)
    (tmp_path / "file").write_bytes(data)
    receipt = curl(receiver, "/put/b%C3%BCro/m%C3%A4rz.pdf", "-T", str(tmp_path / "file"))
    assert receipt["stored_name"] == receipt["name"] == "büro/märz.pdf"
    assert receipt["blake3"] == blake3(data).hexdigest()
    assert receiver.stored()["büro/märz.pdf"].read_bytes() == data


def test_curl_puts_what_it_does_not_know_the_length_of(receiver: ReceiverProcess) -> None:
    """Chunked, as from a pipe."""
    data = os.urandom(3 * MIB + 17)
    receipt = curl(receiver, "/put/piped.tar", "-T", "-", data=data)
    assert receipt["size_bytes"] == len(data)
    assert receiver.stored()["piped.tar"].read_bytes() == data


def test_a_large_put_needs_no_memory(receiver: ReceiverProcess, tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.truncate(600 * MIB)
    before = resident_peak(receiver)
    receipt = curl(receiver, "/put/large", "-T", str(tmp_path / "file"))
    assert receipt["size_bytes"] == 600 * MIB
    assert resident_peak(receiver) - before < 12 * MIB


@pytest.mark.parametrize(
    "head", [{"Content-Length": "1000"}, {"Transfer-Encoding": "chunked"}], ids=["known", "chunked"]
)
def test_a_put_that_is_cut_leaves_nothing(receiver: ReceiverProcess, head: dict[str, str]) -> None:
    """There is no way to go on, so there is no stump under the final name and no promise."""
    with TusSender(receiver).line() as line:
        line.send_head("PUT", "/put/stump.bin", head)
        line.send(b"a" * 100 if "Content-Length" in head else b"64\r\n" + b"a" * 100)
        eventually(lambda: receiver.status().uploads)
    eventually(lambda: not list((receiver.data / ".wherry" / "uploads").iterdir()))
    eventually(lambda: receiver.status().disk.promised_bytes == 0)
    assert receiver.status().uploads == ()
    assert receiver.stored() == {}


@pytest.mark.parametrize(
    "head", [{"Content-Length": "1000"}, {"Transfer-Encoding": "chunked"}], ids=["known", "chunked"]
)
def test_a_put_under_which_the_receiver_is_killed_leaves_nothing(
    receiver: ReceiverProcess, head: dict[str, str]
) -> None:
    with TusSender(receiver).line() as line:
        line.send_head("PUT", "/put/stump.bin", head)
        line.send(b"a" * 100 if "Content-Length" in head else b"64\r\n" + b"a" * 100)
        eventually(lambda: receiver.status().uploads)
        receiver.restart()
    status = receiver.status()
    assert (status.uploads, status.disk.promised_bytes) == ((), 0)
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []
    assert receiver.stored() == {}


def test_a_part_of_a_file_cannot_be_put(receiver: ReceiverProcess) -> None:
    """RFC 9110, 14.5: a PUT with Content-Range is refused, not taken for the whole."""
    answer = TusSender(receiver).ask("PUT", "/put/x", {"Content-Range": "bytes 0-4/10"}, b"hello")
    assert (answer.status, answer.code) == (400, "bad_request")


def test_the_largest_upload_holds_for_bodies_of_unknown_length(start_receiver: Any) -> None:
    receiver = start_receiver("--max-upload", "1M")
    tus = TusSender(receiver)
    body = chunked(*[b"x" * 65536] * 17)
    answer = tus.ask("PUT", "/put/big", {"Transfer-Encoding": "chunked"}, body)
    assert (answer.status, answer.code, answer.problem["limit"]) == (413, "too_large", MIB)
    answer = tus.ask("PUT", "/put/big", {"Content-Length": str(MIB + 1)})
    assert (answer.status, answer.code) == (413, "too_large")
    assert receiver.stored() == {}


def test_a_form_stores_each_of_its_files(receiver: ReceiverProcess, tmp_path: Path) -> None:
    """Fields without a file are passed over; a page without script may send several."""
    first, second = os.urandom(2 * MIB + 5), b""
    (tmp_path / "first").write_bytes(first)
    (tmp_path / "second").write_bytes(second)
    receipts = curl(
        receiver, "/form", "-F", "note=hello", "-F", f"file=@{tmp_path}/first;filename=a b.bin",
        "-F", f"file=@{tmp_path}/second;filename=../../etc/empty",
    )  # fmt: skip
    assert [one["stored_name"] for one in receipts] == ["a b.bin", "etc/empty"]
    assert receiver.stored()["a b.bin"].read_bytes() == first
    assert receiver.stored()["etc/empty"].read_bytes() == second


def test_a_large_form_goes_through_neither_memory_nor_tmp(
    start_receiver: Any, tmp_path: Path
) -> None:
    """TMPDIR does not exist, so nothing can have been spooled there."""
    receiver = start_receiver(environment={"TMPDIR": str(tmp_path / "missing")})
    with (tmp_path / "file").open("wb") as file:
        file.truncate(300 * MIB)
    before = resident_peak(receiver)
    receipts = curl(receiver, "/form", "-F", f"file=@{tmp_path}/file;filename=large")
    assert receipts[0]["size_bytes"] == 300 * MIB
    assert resident_peak(receiver) - before < 12 * MIB


def form_body(*parts: bytes) -> bytes:
    head = b'Content-Disposition: form-data; name="file"; filename="%d"\r\n\r\n'
    return b"".join(
        b"--limit\r\n" + head % number + part + b"\r\n" for number, part in enumerate(parts)
    )


FORM = {"Content-Type": "multipart/form-data; boundary=limit"}


def test_a_form_that_is_cut_keeps_the_files_that_were_whole(receiver: ReceiverProcess) -> None:
    body = form_body(b"whole", b"half of it")[:-4]
    tus = TusSender(receiver)
    with tus.line() as line:
        line.send_head("POST", "/form", {**FORM, "Content-Length": str(len(body) + 50)})
        line.send(body)
        eventually(lambda: "0" in receiver.stored())
    eventually(lambda: not receiver.status().uploads)
    assert {name: path.read_bytes() for name, path in receiver.stored().items()} == {"0": b"whole"}


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content-Type": "text/plain"}, b"hello", "unsupported_type"),
        ({"Content-Type": "multipart/form-data"}, b"hello", "unsupported_type"),
        (FORM, b"--limit--\r\n", "bad_request"),
        (FORM, b"--limit\r\nno-header", "bad_request"),
        (FORM, b"--limit\r\n" + b"X" * 600_000, "bad_request"),
    ],
)
def test_a_malformed_form_is_refused(
    receiver: ReceiverProcess, headers: dict[str, str], body: bytes, code: str
) -> None:
    assert TusSender(receiver).ask("POST", "/form", headers, body).code == code
    assert receiver.stored() == {}


def test_a_form_of_very_many_parts_is_refused_in_little_memory(receiver: ReceiverProcess) -> None:
    before = resident_peak(receiver)
    field = b'--limit\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    answer = TusSender(receiver).ask("POST", "/form", FORM, field * 60_000 + b"--limit--\r\n")
    assert answer.code == "bad_request"
    assert resident_peak(receiver) - before < 12 * MIB
