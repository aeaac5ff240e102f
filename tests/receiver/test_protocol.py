"""The contract's parsers: what is written is read again, and nothing else is taken."""

from __future__ import annotations

import base64
import contextlib
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from receiver.config import parse_size, parse_time
from receiver.errors import TABLE
from receiver.protocol import (
    Code,
    Status,
    format_checksum,
    format_metadata,
    format_repr_digest,
    parse_checksum,
    parse_length,
    parse_metadata,
    parse_repr_digest,
)

MOST = (1 << 63) - 1
PRINTABLE = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=",")
KEYS = st.text(PRINTABLE, min_size=1)
VALUES = st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))
FIELDS = st.sampled_from(["version", "time", "memory", "disk", "uploads", "id", "in_memory"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(FIELDS, inner), max_leaves=8
)


@given(st.integers(0, MOST))
def test_a_length_is_read_again(value: int) -> None:
    assert parse_length(str(value)) == value


@given(st.text() | st.integers().map(str))
@example("1_0")
@example("١٢")
@example("１２")
@example("²")
@example(" 1")
@example("1\n")
@example("+1")
@example("-0")
@example("")
@example(str(MOST + 1))
@example("0" * 20)
def test_nothing_but_ascii_digits_is_a_length(text: str) -> None:
    proper = text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= MOST
    try:
        assert parse_length(text) == int(text)
    except ValueError:
        assert not proper
    else:
        assert proper


@given(st.dictionaries(KEYS, VALUES))
def test_metadata_is_read_again(pairs: dict[str, str]) -> None:
    header = format_metadata(pairs)
    assert header.isascii()
    assert parse_metadata(header) == pairs


@given(st.text() | st.text(st.sampled_from("aZ09+/= ,\t\x00é")))
def test_any_header_is_metadata_or_refused(header: str) -> None:
    try:
        pairs = parse_metadata(header)
    except ValueError:
        return
    assert parse_metadata(format_metadata(pairs)) == pairs


def test_metadata_is_read_as_senders_write_it() -> None:
    """A key without a value, with or without the space; spaces after the comma."""
    assert parse_metadata("filename d29ybGQ=, is_confidential,a ") == {
        "filename": "world",
        "is_confidential": "",
        "a": "",
    }
    assert parse_metadata("") == parse_metadata("  ") == {}


@given(st.sampled_from(["sha1", "blake3", "crc32c"]), st.binary(min_size=1))
def test_a_checksum_is_read_again(algorithm: str, digest: bytes) -> None:
    assert parse_checksum(format_checksum(algorithm, digest)) == (algorithm, digest)


@given(st.text() | st.text(st.sampled_from("sha1 AQ=é")))
@example("sha1")
@example("sha1 ")
@example(" AQ==")
@example("sha1  AQ==")
def test_any_header_is_a_checksum_or_refused(header: str) -> None:
    try:
        algorithm, digest = parse_checksum(header)
    except ValueError:
        return
    assert algorithm
    assert digest


@given(st.binary(min_size=1))
def test_a_whole_files_digest_is_read_again(digest: bytes) -> None:
    assert parse_repr_digest(format_repr_digest(digest)) == digest
    others = f"sha-256=:{base64.b64encode(digest).decode()}:, {format_repr_digest(digest)}"
    assert parse_repr_digest(others) == digest


@given(st.text() | st.text(st.sampled_from("blake3=:,A é")))
@example("blake3=:")
@example("blake3=::")
@example("blake3=:é:")
@example("blake3=:A:")
@example("blake3=AQ==")
def test_any_header_holds_a_digest_or_none(header: str) -> None:
    digest = parse_repr_digest(header)
    assert digest is None or digest


def test_every_code_has_its_row() -> None:
    """The table of errors is whole, and 401 and 5xx never say that trying again is useless."""
    assert set(TABLE) == set(Code)
    for kind in TABLE.values():
        assert kind.title
        assert 400 <= kind.status < 600
        assert kind.try_again or kind.status < 500


EXAMPLE = {
    "service": "wherry",
    "version": "1.2",
    "name": "office",
    "time": 1795330602.1,
    "uptime_s": 812,
    "memory": {"total_bytes": 1, "available_bytes": 2, "source": "cgroup2"},
    "budget": {"limit_bytes": 3},
    "disk": {"path_label": "received", "in_memory": True},
    "cpu": {"percent": 12.5, "count": 2},
    "uploads": [{"id": "a", "size_bytes": None}, {"id": "b", "size_bytes": 5}],
}


def test_a_status_is_read_and_written_again() -> None:
    status = Status.from_json(EXAMPLE)
    assert status.uptime_s == 812.0
    assert status.memory.source == "cgroup2"
    assert status.disk.in_memory
    assert [one.size_bytes for one in status.uploads] == [None, 5]
    assert Status.from_json(json.loads(json.dumps(status.to_json()))) == status


@given(JSON)
def test_any_answer_is_a_status_or_refused(data: object) -> None:
    """Nothing but a ValueError comes of what another server says."""
    with contextlib.suppress(ValueError):
        Status.from_json(data)


@given(st.dictionaries(st.text(min_size=12), SCALARS))
def test_fields_of_a_later_version_are_passed_over(unknown: dict[str, object]) -> None:
    assert Status.from_json({**unknown, **EXAMPLE}) == Status.from_json(EXAMPLE)


@pytest.mark.parametrize("data", [None, [], "x", 5, {}])
def test_what_is_missing_has_its_default(data: object) -> None:
    assert Status.from_json(data) == Status()


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 1},
        {"time": "now"},
        {"time": True},
        {"disk": {"in_memory": 1}},
        {"disk": {"free_bytes": "5"}},
        {"disk": {"free_bytes": 5.5}},
        {"disk": {"free_bytes": True}},
        {"uploads": {"id": "a"}},
        {"uploads": [{"size_bytes": "5"}]},
        {"memory": {"source": None, "total_bytes": []}},
    ],
)
def test_a_field_of_another_type_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"list|type"):
        Status.from_json(wrong)


@given(st.integers(0, 1 << 40))
def test_a_size_is_read(count: int) -> None:
    assert parse_size(str(count)) == count
    assert parse_size(f"{count}K") == parse_size(f"{count} KiB") == count * 1024
    assert parse_size(f"{count}g") == count << 30


@pytest.mark.parametrize("text", ["", "K", "-1", "1X", "1.5.5", "1e3", "١", "1 0"])
def test_what_is_no_size_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size such as"):
        parse_size(text)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("1.5m", 90), ("12h", 43200), ("7d", 604800), ("1 D", 86400)]
)
def test_a_time_is_read(text: str, seconds: float) -> None:
    assert parse_time(text) == seconds


@pytest.mark.parametrize("text", ["", "d", "-1h", "1w", "1h30m"])
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time such as"):
        parse_time(text)
