"""tus 1.0.0, Checksum: https://tus.io/protocols/resumable-upload#checksum.

A window with a checksum counts whole or not at all; one without counts as far as it arrived.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib

import google_crc32c
import pytest
from blake3 import blake3

from receiver.digests import WholeDigest
from receiver.protocol import H_PREFIX_DIGEST, Route, format_repr_digest, parse_repr_digest
from receiver.store import UploadInfo
from receiver.upload import Live, View
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, TusSender, checksum_of, chunked, eventually, patch_headers

ALGORITHMS = ("blake3", "sha256", "sha1", "crc32c")
DATA = bytes(range(256)) * 64


def reference_digest(algorithm: str, data: bytes) -> bytes:
    """The digest by the library that is named for it, not by the receiver's own table."""
    if algorithm == "blake3":
        return blake3(data).digest()
    if algorithm == "crc32c":
        return int(google_crc32c.value(data)).to_bytes(4, "big")
    return hashlib.new(algorithm, data).digest()


def test_crc32c_is_castagnoli_and_big_endian() -> None:
    """RFC 3720, B.4: 32 bytes of zero give 8A9136AA; it is not the CRC of zip."""
    assert reference_digest("crc32c", bytes(32)) == bytes.fromhex("8a9136aa")
    assert reference_digest("crc32c", bytes(32)) != zlib.crc32(bytes(32)).to_bytes(4, "big")


def test_options_lists_the_algorithms(tus: TusSender) -> None:
    """Tus-Checksum-Algorithm: must be in the response to OPTIONS; at least sha1."""
    answer = tus.ask("OPTIONS", "/files")
    assert answer.headers["tus-checksum-algorithm"].split(",") == list(ALGORITHMS)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_window_that_agrees_counts(tus: TusSender, algorithm: str) -> None:
    path = tus.create(len(DATA))
    encoded = base64.b64encode(reference_digest(algorithm, DATA)).decode()
    answer = tus.patch(path, 0, DATA, f"{algorithm} {encoded}")
    assert (answer.status, answer.offset) == (204, len(DATA))
    assert parse_repr_digest(answer.headers["repr-digest"]) == blake3(DATA).digest()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_window_that_differs_is_460_and_leaves_the_offset(
    tus: TusSender, shared_receiver: ReceiverProcess, algorithm: str
) -> None:
    """Upload-Checksum: 460; the chunk is discarded, upload and offset are not updated."""
    name = f"{algorithm}-460.bin"
    path = tus.create(len(DATA), name)
    half = len(DATA) // 2
    assert tus.patch(path, 0, DATA[:half], checksum_of(DATA[:half], algorithm)).offset == half
    damaged = DATA[half:-1] + b"X"
    answer = tus.patch(path, half, damaged, checksum_of(DATA[half:], algorithm))
    assert (answer.status, answer.code) == (460, "digest_mismatch")
    assert answer.reason
    assert tus.offset(path) == half
    assert tus.patch(path, half, DATA[half:], checksum_of(DATA[half:], algorithm)).status == 204
    assert shared_receiver.stored()[name].read_bytes() == DATA


def test_a_connection_goes_on_after_a_460(tus: TusSender) -> None:
    """The window is sent again at once, on the connection that is there."""
    path = tus.create(4)
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Checksum": checksum_of(b"data"),
    }
    with tus.line() as line:
        assert line.ask("PATCH", path, headers, b"dada").status == 460
        assert line.ask("PATCH", path, headers, b"data").status == 204


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_checksum_holds_for_a_chunked_body_too(tus: TusSender, algorithm: str) -> None:
    path = tus.create(len(DATA))
    body = chunked(DATA[:1000], DATA[1000:])
    headers = {"Transfer-Encoding": "chunked"}
    wrong = checksum_of(DATA[::-1], algorithm)
    assert tus.patch(path, 0, body, wrong, headers).status == 460
    assert tus.offset(path) == 0
    assert tus.patch(path, 0, body, checksum_of(DATA, algorithm), headers).offset == len(DATA)


def test_a_chunked_window_that_differs_is_not_stored_although_it_fills_the_upload(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    """The last byte of a chunked body is seen before its end is: the file must not be finished."""
    path = tus.create(4, "filled-but-wrong.txt")
    headers = {"Transfer-Encoding": "chunked"}
    assert tus.patch(path, 0, chunked(b"dada"), checksum_of(b"data"), headers).status == 460
    assert "repr-digest" not in tus.head(path).headers
    assert "filled-but-wrong.txt" not in shared_receiver.stored()


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("md5 1B2M2Y8AsgTpgAmY7PhCfg==", "unsupported_digest"),
        ("sha1", "bad_request"),
        ("sha1 ?", "bad_request"),
        ("sha1 YQ==", "bad_request"),
        ("", "bad_request"),
        ("sha1 " + "ä", "bad_request"),
    ],
)
def test_a_checksum_that_cannot_be_checked_is_400(tus: TusSender, header: str, code: str) -> None:
    """Upload-Checksum: 400 for an algorithm that is not supported; nothing is stored unchecked."""
    path = tus.create(4)
    with tus.line() as line:
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": "0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Checksum": header,
        }
        answer = line.ask("PATCH", path, headers, b"data")
    assert (answer.status, answer.code) == (400, code)
    assert tus.offset(path) == 0


def test_checked_and_unchecked_windows_may_take_turns(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    path = tus.create(len(DATA), "turns.bin")
    offset, step = 0, len(DATA) // 8
    for algorithm in ("blake3", None, "sha1", None, None, "crc32c", "sha256", None):
        window = DATA[offset : offset + step]
        checksum = checksum_of(window, algorithm) if algorithm else None
        offset = tus.patch(path, offset, window, checksum).offset
    assert shared_receiver.stored()["turns.bin"].read_bytes() == DATA
    assert parse_repr_digest(tus.head(path).headers["repr-digest"]) == blake3(DATA).digest()


def test_an_empty_window_with_its_checksum_counts(tus: TusSender) -> None:
    path = tus.create(4)
    assert tus.patch(path, 0, b"", checksum_of(b"")).offset == 0
    assert tus.patch(path, 0, b"", checksum_of(b"x")).status == 460


def prefix_of(data: bytes) -> str:
    return format_repr_digest(blake3(data).digest())


def send_prefixed(tus: TusSender, upload: str, data: bytes, start: int, end: int) -> Answer:
    headers = {**patch_headers(start), H_PREFIX_DIGEST: prefix_of(data[:end])}
    return tus.ask("PATCH", upload, headers, data[start:end])


def told_prefix(answer: Answer) -> str | None:
    return answer.headers.get(H_PREFIX_DIGEST.lower())


def test_a_window_may_be_checked_together_with_all_before_it(receiver: ReceiverProcess) -> None:
    """The answers tell the same digest; a window that disagrees with it counts for nothing."""
    data = os.urandom(3000)
    tus = TusSender(receiver)
    upload = tus.create(len(data))
    assert told_prefix(tus.head(upload)) == prefix_of(b"")
    first = send_prefixed(tus, upload, data, 0, 1000)
    assert (first.status, told_prefix(first)) == (204, prefix_of(data[:1000]))
    damaged = data[:1500] + bytes(1) + data[1501:]
    headers = {**patch_headers(1000), H_PREFIX_DIGEST: prefix_of(damaged[:2000])}
    assert tus.ask("PATCH", upload, headers, data[1000:2000]).status == 460
    assert tus.offset(upload) == 1000
    assert send_prefixed(tus, upload, data, 1000, 2000).status == 204
    assert send_prefixed(tus, upload, data, 2000, 3000).status == 204
    assert [path.read_bytes() for path in receiver.stored().values()] == [data]


def test_after_a_restart_the_digest_is_told_once_it_is_at_hand(receiver: ReceiverProcess) -> None:
    data = os.urandom(3000)
    tus = TusSender(receiver)
    upload = tus.create(len(data))
    send_prefixed(tus, upload, data, 0, 2000)
    receiver.restart()
    eventually(lambda: told_prefix(tus.head(upload)) == prefix_of(data[:2000]))
    assert send_prefixed(tus, upload, data, 2000, 3000).status == 204
    assert [path.read_bytes() for path in receiver.stored().values()] == [data]


class HurriedLive(Live):
    """A sender is at work: whenever somebody looks, another byte is there."""

    @property
    def offset(self) -> int:
        self.digest.feed(self.digest.hashed_bytes, memoryview(b"x"))
        return self.digest.hashed_bytes

    @offset.setter
    def offset(self, offset: int) -> None:
        pass


def test_the_digest_told_is_that_of_the_offset_told_also_amid_an_upload() -> None:
    info = UploadInfo("a" * 32, 100, "name", "", Route.STREAM, "owner", 0.0)
    live = HurriedLive(info, 0, 0, WholeDigest())
    view = View.of_live(live)
    assert view.prefix == blake3(b"x" * view.offset).digest()
