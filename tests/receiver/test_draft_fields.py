"""Header fields of the draft: whatever comes, it is read or counts as absent."""

from __future__ import annotations

from http_sf import ser
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from receiver.errors import ReceiverError
from receiver.protocol import Code
from receiver.web.draft_fields import (
    LARGEST_INTEGER,
    DraftFields,
    content_digests,
    file_name,
    format_limit,
    whole_digests,
)

FIELD_TEXT = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"))
FIELD_LIKE = st.text(st.sampled_from("?01=:;,\"'() -.@%abfilenmUTF8*\\sh256"), max_size=60)
ANY = FIELD_TEXT | FIELD_LIKE


@given(ANY, ANY, ANY, ANY)
def test_any_text_is_read_or_ignored(complete: str, offset: str, length: str, interop: str) -> None:
    fields = DraftFields.of(
        Headers(
            {
                "Upload-Complete": complete,
                "Upload-Offset": offset,
                "Upload-Length": length,
                "Upload-Draft-Interop-Version": interop,
            }
        )
    )
    assert fields.complete in (None, True, False)
    for number in (fields.offset, fields.length, fields.interop):
        assert number is None or (type(number) is int and 0 <= number <= LARGEST_INTEGER)


@given(st.booleans(), st.integers(0, LARGEST_INTEGER), st.integers(0, LARGEST_INTEGER))
def test_what_was_written_is_read(complete: bool, offset: int, length: int) -> None:
    fields = DraftFields.of(
        Headers(
            {
                "Upload-Complete": ser(complete),
                "Upload-Offset": ser(offset),
                "Upload-Length": ser(length),
            }
        )
    )
    assert fields == DraftFields(complete, offset, length)


@given(st.integers(max_value=-1) | st.integers(min_value=LARGEST_INTEGER + 1))
def test_what_no_count_can_be_is_none(number: int) -> None:
    assert DraftFields.of(Headers({"Upload-Offset": str(number)})).offset is None


@given(ANY)
def test_any_digest_is_read_ignored_or_refused(text: str) -> None:
    headers = Headers({"Content-Digest": text, "Repr-Digest": text})
    for read in (content_digests, whole_digests):
        try:
            found = read(headers)
        except ReceiverError as error:
            assert error.code is Code.BAD_REQUEST
        else:
            assert all(len(digest) == 32 for digest in found.values())


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_digests_are_found_among_others(sha256: bytes, blake3: bytes) -> None:
    header = ser({"x": 1, "sha-256": sha256, "md5": b"1234", "blake3": blake3, "y": True})
    assert content_digests(Headers({"Content-Digest": header})) == {
        "blake3": blake3,
        "sha256": sha256,
    }


@given(ANY)
def test_any_disposition_gives_a_name(text: str) -> None:
    assert isinstance(file_name("inline; filename" + text), str)
    assert isinstance(file_name(text), str)


@given(st.dictionaries(st.sampled_from(["max-size", "max-age"]), st.integers(0, 1 << 70)))
def test_limits_are_never_empty_nor_too_large(limits: dict[str, int]) -> None:
    """4.1.4: without limits, min-size=0 instead of an empty value."""
    header = format_limit(limits)
    assert header == "min-size=0" or set(limits) == {
        part.partition("=")[0] for part in header.split(", ")
    }
    assert all(int(part.partition("=")[2]) <= LARGEST_INTEGER for part in header.split(", "))
