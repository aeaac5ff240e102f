"""RFC 9530, Digest Fields, on uploads of the IETF draft.

Content-Digest is of the content of one request, Repr-Digest of the whole upload.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.draft_sender import DraftSender, append_headers, blake3_field, sha256_field
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, chunked, eventually

DATA = bytes(range(256)) * 1000
FIELDS: list[Callable[[bytes], str]] = [sha256_field, blake3_field]


def named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{name}"'}


@pytest.mark.parametrize("field", FIELDS)
def test_content_that_agrees(
    draft: DraftSender, shared_receiver: ReceiverProcess, field: Callable[[bytes], str]
) -> None:
    name = f"agrees-{field.__name__}.bin"
    headers = {"Content-Digest": field(DATA[:1000]), **named(name)}
    path = draft.create(DATA[:1000], headers=headers).path
    headers = {"Content-Digest": field(DATA[1000:])}
    assert draft.append(path, 1000, DATA[1000:], True, headers).status == 200
    assert shared_receiver.stored()[name].read_bytes() == DATA


@pytest.mark.parametrize("field", FIELDS)
def test_content_that_does_not_agree_is_not_appended(
    draft: DraftSender, field: Callable[[bytes], str]
) -> None:
    """The upload stays where it was, and goes on."""
    path = draft.begin(DATA[:1000], length=len(DATA))
    headers = {"Content-Digest": field(b"other")}
    answer = draft.append(path, 1000, DATA[1000:], True, headers)
    assert (answer.status, answer.code, answer.offset) == (460, "digest_mismatch", 1000)
    assert answer.headers["upload-complete"] == "?0"
    assert draft.offset(path) == 1000
    headers = {"Content-Digest": field(DATA[1000:])}
    assert draft.append(path, 1000, DATA[1000:], True, headers).status == 200


def test_chunked_content_is_compared_too(draft: DraftSender) -> None:
    path = draft.begin(b"0123")
    head = {**append_headers(4, True), "Transfer-Encoding": "chunked"}
    for digested, status in ((b"other", 460), (b"456789", 200)):
        with draft.line() as line:
            headers = {**head, "Content-Digest": sha256_field(digested)}
            answer = line.ask("PATCH", path, headers, chunked(b"456", b"789"))
        assert answer.status == status


def test_a_creation_that_does_not_agree_leaves_nothing(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """Its sender has no address to go on at."""
    before = {one.id for one in shared_receiver.status().uploads}
    answer = draft.create(DATA, True, {"Content-Digest": sha256_field(b"other")})
    assert (answer.status, answer.headers["upload-complete"]) == (460, "?0")
    assert "upload-offset" not in answer.headers
    assert {one.id for one in shared_receiver.status().uploads} <= before


@pytest.mark.parametrize(
    "value",
    ["md5=:AAAA:", "sha-256", "sha-256=AAAA", "sha-256=:A*:", "=", "sha-512=:AA==:", "(1 2)"],
)
def test_a_digest_that_is_not_known_is_ignored(draft: DraftSender, value: str) -> None:
    """RFC 9530, 2: a recipient may ignore any or all digests."""
    headers = {"Content-Digest": value, "Repr-Digest": value}
    assert draft.create(DATA, True, headers).status == 200


@pytest.mark.parametrize("name", ["Content-Digest", "Repr-Digest"])
def test_a_digest_of_another_length_is_refused(draft: DraftSender, name: str) -> None:
    answer = draft.create(DATA, True, {name: "sha-256=:AAAA:"})
    assert (answer.status, answer.code) == (400, "bad_request")


def test_of_several_digests_one_is_compared(draft: DraftSender) -> None:
    for good in (sha256_field(DATA), blake3_field(DATA)):
        headers = {"Content-Digest": f"md5=:AAAA:, {good}, sha=:AA==:"}
        assert draft.create(DATA, True, headers).status == 200


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("parts", [1, 3])
def test_the_whole_that_agrees(
    draft: DraftSender, field: Callable[[bytes], str], parts: int
) -> None:
    """What is stored is told back with its digest (RFC 9530, 3)."""
    answer = send_in_parts(draft, parts, {"Repr-Digest": field(DATA)})
    assert (answer.status, answer.headers["upload-complete"]) == (200, "?1")
    assert answer.headers["repr-digest"] == blake3_field(DATA)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("parts", [1, 3])
def test_the_whole_that_does_not_agree_is_never_stored(
    draft: DraftSender,
    shared_receiver: ReceiverProcess,
    field: Callable[[bytes], str],
    parts: int,
) -> None:
    """-12, 4.1.2: ?1, because all of it was transferred; resuming would not help."""
    name = f"damaged-{field.__name__}-{parts}.bin"
    answer = send_in_parts(draft, parts, {"Repr-Digest": field(b"other"), **named(name)})
    assert (answer.status, answer.code) == (460, "digest_mismatch")
    assert answer.headers["upload-complete"] == "?1"
    assert name not in shared_receiver.stored()


def send_in_parts(draft: DraftSender, parts: int, headers: dict[str, str]) -> Answer:
    if parts == 1:
        return draft.create(DATA, True, headers)
    path = draft.create(DATA[:1000], headers=headers).path
    assert draft.append(path, 1000, DATA[1000:2000]).status == 204
    answer = draft.append(path, 2000, DATA[2000:], True)
    assert draft.head(path).status == (204 if answer.status == 200 else 404)
    return answer


@pytest.mark.parametrize("good", [True, False])
def test_the_digest_of_the_whole_outlives_a_crash(receiver: ReceiverProcess, good: bool) -> None:
    draft = DraftSender(receiver)
    digested = DATA if good else DATA[:-1] + b"!"
    headers = {"Repr-Digest": sha256_field(digested), **named("whole.bin")}
    path = draft.create(DATA[:1000], headers=headers).path
    receiver.restart()
    assert draft.append(path, 1000, DATA[1000:5000]).status == 204
    line = draft.begin_append(path, 5000, len(DATA) - 5000, DATA[5000:-1000])
    eventually(lambda: receiver.status().traffic.received_bytes == len(DATA) - 2000)
    line.close()
    answer = draft.append(path, draft.offset(path), DATA[-1000:], True)
    assert answer.status == (200 if good else 460)
    assert ("whole.bin" in receiver.stored()) is good


def test_a_cut_leaves_the_upload_before_checked_content(
    draft: DraftSender, shared_receiver: ReceiverProcess
) -> None:
    """What was not compared does not count."""
    path = draft.begin(DATA[:1000], length=len(DATA))
    arrived = shared_receiver.status().traffic.received_bytes
    line = draft.line()
    head = append_headers(1000, True, len(DATA) - 1000)
    line.send_head("PATCH", path, {**head, "Content-Digest": sha256_field(DATA[1000:])})
    line.send(DATA[1000:-1])
    eventually(
        lambda: shared_receiver.status().traffic.received_bytes == arrived + len(DATA) - 1001
    )
    line.close()
    assert draft.offset(path) == 1000
