"""tus 1.0.0, Concatenation: https://tus.io/protocols/resumable-upload#concatenation."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable

import pytest
from blake3 import blake3

from receiver.protocol import parse_repr_digest
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, TusSender, checksum_of, eventually

DATA = random.Random(7).randbytes(3_000_000)
CUTS = (0, 1_000_000, 1_700_000, len(DATA))
PIECES = [DATA[start:end] for start, end in itertools.pairwise(CUTS)]


def create_part(tus: TusSender, size_bytes: int, place: str = "") -> str:
    headers = {"Upload-Concat": "partial", "Wherry-Place": place}
    answer = tus.post({"Upload-Length": str(size_bytes), **headers})
    assert answer.status == 201, answer
    return answer.path


def send_part(tus: TusSender, data: bytes, place: str = "") -> str:
    path = create_part(tus, len(data), place)
    assert tus.patch(path, 0, data, checksum_of(data)).status == 204
    return path


def join(tus: TusSender, *parts: str, **metadata: str) -> Answer:
    named = {"Upload-Metadata": "filename am9pbmVkLmJpbg=="}
    return tus.post({"Upload-Concat": "final;" + " ".join(parts), **named, **metadata})


def test_parts_become_one_file(receiver: ReceiverProcess) -> None:
    """Upload-Concat: final; absolute addresses and paths, and the same part twice."""
    tus = TusSender(receiver)
    parts = [send_part(tus, piece) for piece in PIECES]
    assert receiver.stored() == {}, "a part is never stored by itself"
    answer = join(tus, receiver.url + parts[0], *parts[1:], parts[0])
    assert answer.status == 201
    assert answer.headers["upload-offset"] == str(len(DATA) + len(PIECES[0]))
    assert receiver.stored()["joined.bin"].read_bytes() == DATA + PIECES[0]
    assert receiver.status().disk.promised_bytes == 0
    assert tus.head(parts[0]).status == 404, "the parts are gone once the file stands"


def test_both_kinds_say_what_they_are(tus: TusSender) -> None:
    """HEAD: "the Server MUST include the Upload-Concat header ... as received"."""
    part = create_part(tus, 5)
    assert tus.head(part).headers["upload-concat"] == "partial"
    final = join(tus, part)
    assert final.status == 201
    told = tus.head(final.path)
    assert told.headers["upload-concat"] == f"final;{part}"
    assert told.headers["upload-length"] == "5"
    assert "upload-offset" not in told.headers, "not before the concatenation is done"


def test_a_final_upload_may_be_asked_for_before_its_parts_are_whole(
    receiver: ReceiverProcess,
) -> None:
    """concatenation-unfinished."""
    tus = TusSender(receiver)
    parts = [create_part(tus, len(piece)) for piece in PIECES]
    final = join(tus, *parts)
    for part, piece in reversed(list(zip(parts, PIECES, strict=True))):
        assert receiver.stored() == {}
        assert tus.patch(part, 0, piece).status == 204
    eventually(lambda: tus.head(final.path).headers.get("upload-offset") == str(len(DATA)))
    assert receiver.stored()["joined.bin"].read_bytes() == DATA
    assert tus.head(final.path).headers["upload-concat"].startswith("final;")


def test_a_final_upload_takes_no_bytes(tus: TusSender) -> None:
    """ "The Server MUST respond with the 403 Forbidden status to PATCH requests against it"."""
    final = join(tus, create_part(tus, 5))
    answer = tus.patch(final.path, 0, b"hello")
    assert (answer.status, answer.code) == (403, "final_upload")


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Concat": "final;"},
        {"Upload-Concat": "final;/files/nonsense"},
        {"Upload-Concat": "final;/files/" + "0" * 32},
        {"Upload-Concat": "middle"},
        {"Upload-Concat": "partial", "Upload-Length": "5", "Wherry-Place": "nonsense 0"},
        {"Upload-Concat": "partial", "Upload-Length": "5", "Wherry-Place": "0" * 32 + " 1_0"},
    ],
)
def test_what_cannot_be_understood_is_refused(tus: TusSender, headers: dict[str, str]) -> None:
    answer = tus.post(headers)
    assert (answer.status, answer.code) == (400, "bad_request")


def test_a_final_upload_has_no_length(tus: TusSender) -> None:
    """ "The Client MUST NOT include the Upload-Length header in the final upload creation"."""
    part = create_part(tus, 5)
    answer = tus.post({"Upload-Concat": f"final;{part}", "Upload-Length": "5"})
    assert (answer.status, answer.code) == (400, "bad_request")


def placed_parts(tus: TusSender, sizes: list[int]) -> tuple[str, list[str]]:
    """Create an upload and parts that are written straight into its file."""
    whole = tus.create(sum(sizes), "placed.bin")
    upload_id = whole.rpartition("/")[2]
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    parts = [
        create_part(tus, size, f"{upload_id} {start}")
        for size, start in zip(sizes, starts, strict=True)
    ]
    return whole, parts


def test_placed_parts_are_written_straight_into_the_file(receiver: ReceiverProcess) -> None:
    """In parallel, in one file of the final size; joining them copies nothing."""
    tus = TusSender(receiver)
    whole, parts = placed_parts(tus, [len(piece) for piece in PIECES])
    assert receiver.status().disk.promised_bytes == len(DATA)

    def send(part: str, piece: bytes) -> None:
        middle = len(piece) // 2
        assert tus.patch(part, 0, piece[:middle], checksum_of(piece[:middle])).status == 204
        assert tus.patch(part, middle, piece[middle:]).status == 204

    threads = [threading.Thread(target=send, args=pair) for pair in zip(parts, PIECES, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [shown] = receiver.status().uploads
    assert (shown.name, shown.size_bytes) == ("placed.bin", len(DATA))
    assert shown.offset_bytes == len(DATA), "its parts are a part of it"
    hidden = receiver.data / ".wherry" / "uploads"
    file = hidden / (whole.rpartition("/")[2] + ".part")
    before = file.stat()
    assert before.st_size == len(DATA)
    answer = join(tus, *parts)
    assert (answer.status, answer.path) == (201, whole)
    stored = receiver.stored()["placed.bin"]
    assert stored.read_bytes() == DATA
    assert stored.stat().st_ino == before.st_ino, "the very file that the parts were written to"
    assert list(hidden.iterdir()) == []
    assert receiver.status().disk.promised_bytes == 0


def test_placed_parts_go_on_after_a_crash(receiver: ReceiverProcess) -> None:
    """Each part's offset is its verified bytes, although they share a file."""
    tus = TusSender(receiver)
    whole, parts = placed_parts(tus, [len(piece) for piece in PIECES])
    assert (
        tus.patch(parts[1], 0, PIECES[1][:300_000], checksum_of(PIECES[1][:300_000])).status == 204
    )
    line = tus.begin_patch(parts[2], 0, len(PIECES[2]), PIECES[2][:200_000], checksum_of(PIECES[2]))
    eventually(lambda: any(u.state == "receiving" for u in receiver.status().uploads))
    receiver.restart()
    line.close()
    assert [tus.offset(part) for part in parts] == [0, 300_000, 0]
    assert receiver.status().disk.promised_bytes == len(DATA) - 300_000
    assert tus.patch(parts[1], 300_000, PIECES[1][300_000:]).status == 204
    assert tus.patch(parts[0], 0, PIECES[0]).status == 204
    final = join(tus, *parts)
    receiver.restart()
    assert tus.patch(parts[2], 0, PIECES[2]).status == 204
    assert final.path == whole
    eventually(lambda: "repr-digest" in tus.head(whole).headers)
    assert receiver.stored()["placed.bin"].read_bytes() == DATA
    assert parse_repr_digest(tus.head(whole).headers["repr-digest"])


@pytest.mark.parametrize("place", [1, 3_000_000, 10**15])
def test_a_part_that_does_not_fit_is_refused(tus: TusSender, place: int) -> None:
    upload_id = tus.create(100).rpartition("/")[2]
    answer = tus.post(
        {
            "Upload-Concat": "partial",
            "Upload-Length": "100",
            "Wherry-Place": f"{upload_id} {place}",
        }
    )
    assert (answer.status, answer.code) == (400, "bad_request")


def test_gaps_between_placed_parts_are_refused(tus: TusSender) -> None:
    _, parts = placed_parts(tus, [10, 20, 30])
    answer = join(tus, parts[0], parts[2])
    assert (answer.status, answer.code) == (400, "bad_request")


def test_cancelling_the_upload_drops_its_placed_parts(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    receiver = start_receiver()
    tus = TusSender(receiver)
    whole, parts = placed_parts(tus, [10, 20])
    assert tus.delete(whole).status == 204
    assert [tus.head(part).status for part in parts] == [404, 404]
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []


def test_what_began_as_one_stream_goes_on_in_parts(receiver: ReceiverProcess) -> None:
    """The parts begin where it stands; asked for again, after a crash too, each is the same."""
    tus = TusSender(receiver)
    whole = tus.create(len(DATA), "switched.bin")
    upload_id = whole.rpartition("/")[2]
    own = len(PIECES[0])
    assert tus.patch(whole, 0, PIECES[0], checksum_of(PIECES[0])).status == 204
    refused = {"Upload-Concat": "partial", "Wherry-Place": f"{upload_id} {own - 1}"}
    assert tus.post({**refused, "Upload-Length": "10"}).status == 400
    starts = [own, own + len(PIECES[1])]
    parts = [
        create_part(tus, len(piece), f"{upload_id} {start}")
        for piece, start in zip(PIECES[1:], starts, strict=True)
    ]
    assert tus.patch(whole, own, b"x").code == "final_upload"
    assert tus.patch(parts[1], 0, PIECES[2], checksum_of(PIECES[2])).status == 204
    receiver.restart()
    answer = tus.head(whole)
    assert (answer.offset, answer.headers["wherry-parts"]) == (own, str(len(PIECES[2])))
    assert create_part(tus, len(PIECES[1]), f"{upload_id} {starts[0]}") == parts[0]
    assert tus.patch(parts[0], 0, PIECES[1]).status == 204
    answer = join(tus, *parts)
    assert receiver.stored()["switched.bin"].read_bytes() == DATA
    assert parse_repr_digest(answer.headers["repr-digest"]) == blake3(DATA).digest()
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []
