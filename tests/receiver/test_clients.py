"""Anybody can talk to it: tuspy and curl, as they come."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blake3 import blake3
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from receiver.protocol import parse_repr_digest
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, base64_of, checksum_of

MIB = 1 << 20
DATA = os.urandom(5 * MIB + 123)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def client(shared_receiver: ReceiverProcess) -> TusClient:
    return TusClient(shared_receiver.url + "/files", headers=shared_receiver.headers)


@pytest.mark.parametrize("checksum", [False, True])
@pytest.mark.parametrize("chunk_bytes", [MIB, 10 * MIB])
def test_tuspy_uploads(
    client: TusClient,
    source: Path,
    shared_receiver: ReceiverProcess,
    checksum: bool,
    chunk_bytes: int,
) -> None:
    name = f"tuspy-{checksum}-{chunk_bytes}.bin"
    with source.open("rb") as file:
        client.uploader(
            file_stream=file,
            chunk_size=chunk_bytes,
            metadata={"filename": name},
            upload_checksum=checksum,
        ).upload()
    assert shared_receiver.stored()[name].read_bytes() == DATA


RESUME = """
import sys
from tusclient.client import TusClient
from tusclient.storage.filestorage import FileStorage

url, key, source, known, chunks = sys.argv[1:]
uploader = TusClient(url, headers={"Authorization": f"Bearer {key}"}).uploader(
    source, chunk_size=1 << 20, metadata={"filename": "resumed.bin"}, store_url=True,
    url_storage=FileStorage(known), upload_checksum=True,
)
print(uploader.offset)
for _ in range(int(chunks)):
    uploader.upload_chunk()
"""


def test_tuspy_resumes_after_both_sides_were_gone(
    source: Path, tmp_path: Path, receiver: ReceiverProcess
) -> None:
    def send(chunks: int) -> int:
        """Send so many chunks from where it stood; returns where that was."""
        places = (receiver.url + "/files", receiver.key, source, tmp_path / "known.json")
        command = [sys.executable, "-c", RESUME, *map(str, places), str(chunks)]
        return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    assert send(chunks=3) == 0
    receiver.restart()
    assert send(chunks=3) == 3 * MIB
    assert receiver.stored()["resumed.bin"].read_bytes() == DATA


def test_tuspy_is_told_when_its_key_is_wrong(shared_receiver: ReceiverProcess) -> None:
    client = TusClient(shared_receiver.url + "/files", headers={"Authorization": "Bearer wrong"})
    with pytest.raises(TusCommunicationError) as refused:
        client.uploader(file_stream=io.BytesIO(DATA)).upload()
    assert refused.value.status_code == 401


def curl(*arguments: str) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "30", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def key(shared_receiver: ReceiverProcess) -> list[str]:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    return ["-H", f"Authorization: Bearer {shared_receiver.key}", "-H", "Tus-Resumable: 1.0.0"]


def test_curl_creates_and_sends_by_hand(
    shared_receiver: ReceiverProcess, source: Path, key: list[str]
) -> None:
    """curl asks with Expect: 100-continue before a body of this size."""
    metadata = f"Upload-Metadata: filename {base64_of('curl.bin')}"
    created = curl(
        *key, "-i", "-X", "POST", "-H", f"Upload-Length: {len(DATA)}", "-H", metadata,
        shared_receiver.url + "/files",
    )  # fmt: skip
    assert created.startswith("HTTP/1.1 201")
    location = next(
        line.split(": ", 1)[1].strip()
        for line in created.splitlines()
        if line.lower().startswith("location:")
    )
    answer = curl(
        *key, "-i", "-X", "PATCH", "--data-binary", f"@{source}",
        "-H", "Content-Type: application/offset+octet-stream", "-H", "Upload-Offset: 0",
        "-H", f"Upload-Checksum: {checksum_of(DATA, 'sha256')}", "-H", "Expect: 100-continue",
        location,
    )  # fmt: skip
    assert answer.startswith("HTTP/1.1 100")
    assert "HTTP/1.1 204" in answer
    assert shared_receiver.stored()["curl.bin"].read_bytes() == DATA
    told = TusSender(shared_receiver).head("/files/" + location.rpartition("/")[2])
    assert parse_repr_digest(told.headers["repr-digest"]) == blake3(DATA).digest()


def test_curl_without_a_length_sends_chunks(
    shared_receiver: ReceiverProcess, source: Path, key: list[str]
) -> None:
    path = TusSender(shared_receiver).create(len(DATA), "curl-chunks.bin")
    with source.open("rb") as file:
        subprocess.run(
            ["curl", "--silent", "--fail", "--max-time", "30", *key, "-X", "PATCH", "-T", "-",
             "-H", "Content-Type: application/offset+octet-stream", "-H", "Upload-Offset: 0",
             shared_receiver.url + path],
            stdin=file,
            check=True,
        )  # fmt: skip
    assert shared_receiver.stored()["curl-chunks.bin"].read_bytes() == DATA


def test_curl_is_told_in_words_why_not(shared_receiver: ReceiverProcess, key: list[str]) -> None:
    answer = curl("-i", shared_receiver.url + "/status")
    assert answer.startswith("HTTP/1.1 401")
    assert '"title": "This receiver asks for a key"' in answer
