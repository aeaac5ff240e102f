"""Any text becomes a name that is safe here and usable on Linux, macOS and Windows."""

from __future__ import annotations

import os
import unicodedata
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pathvalidate import is_valid_filename

from receiver.names import _made_safe, candidates, relative_path, safe_part, safe_path
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender

NASTY = [
    "..", ".", "/", "\\", "C:", "CON", "nul.txt", "aux", "COM1", "LPT9.log", "CLOCK$", "CONIN$",
    "COM¹", ".wherry", ".WHERRY", ".wherry.", " .wherry", ".wherry ", "a:b", "a|b", 'a"b', "?*<>",
    "\x00", "\n", "\x7f", "\u202e", "\ufeff", "\u200b", "\ud800", "e\u0301", "가", "ﬁ", "😀",
    "漢字", " ", ".", "…", ".tar.gz", "~", "%2e%2e", "a" * 300, "é" * 200, "漢" * 120, ".pdf",
]  # fmt: skip
STEERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Characters that turn the direction of writing, so that a name looks like another."""
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=12).map("".join) | st.text()


def is_safe_part(part: str) -> bool:
    return (
        0 < len(part.encode("utf-8")) <= 255
        and is_valid_filename(part, platform="universal", max_len=255)
        and part.partition(".")[0].upper() not in ("CONIN$", "CONOUT$")
        and unicodedata.is_normalized("NFC", part)
        and part not in (".", "..")
        and not part.endswith((".", " "))
        and not part.startswith(" ")
        and not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in part)
        and not any(unicodedata.bidirectional(letter) in STEERING for letter in part)
    )


@given(TEXT)
@example("\u202e")
@example("con")
@example("e\u202e\u0301")
@example("a<\u0338")
@example("x" * 246 + ". .pdf")
@example("CON" + "\u200b" + ".txt")
@example("." * 300)
@example("CON.." + "a" * 300)
@example("CON" + "." + "x" * 230 + ".a" + "b" * 12)
def test_any_text_makes_a_safe_part(text: str) -> None:
    part = safe_part(text)
    assert is_safe_part(part), ascii(part)
    assert safe_part(part) == part, "a safe name stays as it is"


@given(st.text("conauxlptm1 ._-()A", min_size=1, max_size=10) | TEXT)
def test_what_is_taken_as_it_stands_is_what_would_be_made_of_it(text: str) -> None:
    if safe_part(text) == text:
        assert _made_safe(text) == text


@given(TEXT, TEXT)
def test_any_text_makes_a_path_inside_the_folder(name: str, relative: str) -> None:
    try:
        path = safe_path(name, relative)
    except ValueError:
        return
    assert len(path.encode()) < 4096
    parts = path.split("/")
    assert all(is_safe_part(part) for part in parts), ascii(path)
    assert parts[0].casefold() != ".wherry"
    assert not PurePosixPath(path).is_absolute()
    assert not PureWindowsPath(path).is_absolute()
    assert not PureWindowsPath(path).drive
    inside = os.path.normpath(Path("/received") / path)
    assert inside == f"/received/{path}"


@given(TEXT)
def test_the_names_that_follow_are_as_safe(name: str) -> None:
    wanted = safe_path(name)
    names = list(islice(candidates(wanted), 12))
    assert names[0] == wanted
    assert len(set(names)) == 12
    for one in names:
        assert is_safe_part(one), ascii(one)


@pytest.mark.parametrize(
    ("name", "relative", "expected"),
    [
        ("report.pdf", "", "report.pdf"),
        ("C:\\Users\\me\\report.pdf", "", "report.pdf"),
        ("../../etc/passwd", "", "passwd"),
        ("/etc/passwd", "", "passwd"),
        ("", "", "unnamed"),
        ("..", "", "unnamed"),
        ("x", "a/b/c.txt", "a/b/c.txt"),
        ("x", "../../a/../b.txt", "a/b.txt"),
        ("x", "/absolute/b.txt", "absolute/b.txt"),
        ("x", "a\\b.txt", "a/b.txt"),
        ("x", "a//b.txt", "a/b.txt"),
        ("x", "a/.wherry/b", "a/.wherry/b"),
        ("x", ".wherry/lock", "_wherry/lock"),
        ("x", ".Wherry/lock", "_Wherry/lock"),
        ("ends in a dot.", "", "ends in a dot"),
        ("ends in a space ", "", "ends in a space"),
        (".hidden", "", ".hidden"),
        ("gpj.\u202eexe", "", "gpj.exe"),
        ("e\u0301.txt", "", "\u00e9.txt"),
        ("name:stream.txt", "", "name_stream.txt"),
    ],
)
def test_names_stay_as_close_as_they_can(name: str, relative: str, expected: str) -> None:
    assert safe_path(name, relative) == expected


@pytest.mark.parametrize("suffix", [".pdf", ".tar.gz", ".jpeg"])
@pytest.mark.parametrize("letter", ["a", "é", "漢", "😀"])
def test_a_name_of_300_bytes_keeps_its_extension(letter: str, suffix: str) -> None:
    name = letter * (300 // len(letter.encode())) + suffix
    part = safe_part(name)
    assert part.endswith(letter + suffix)
    assert 230 < len(part.encode()) <= 255


def test_too_many_folders_are_refused() -> None:
    with pytest.raises(ValueError, match="deep"):
        safe_path("x", "a/" * 65 + "x")


def test_a_path_that_no_system_takes_is_refused() -> None:
    """Else the upload would be taken to its last byte, and never get its name."""
    with pytest.raises(ValueError, match="long"):
        safe_path("x", "/".join(["a" * 200] * 30))


@pytest.mark.parametrize(
    ("wanted", "following"),
    [
        ("a.txt", "a (1).txt"),
        ("a.tar.gz", "a (1).tar.gz"),
        ("a", "a (1)"),
        (".profile", ".profile (1)"),
        ("folder.d/a.txt", "folder.d/a (1).txt"),
    ],
)
def test_the_number_stands_before_the_extension(wanted: str, following: str) -> None:
    assert list(islice(candidates(wanted), 2)) == [wanted, following]


def test_a_taken_name_gets_a_number(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    for content in (b"first", b"second", b"third"):
        tus.send(content, "same.txt")
    stored = shared_receiver.stored()
    assert {name: path.read_bytes() for name, path in stored.items() if "same" in name} == {
        "same.txt": b"first",
        "same (1).txt": b"second",
        "same (2).txt": b"third",
    }


def test_no_upload_leaves_the_folder(tus: TusSender, shared_receiver: ReceiverProcess) -> None:
    outside = shared_receiver.data.parent / "escaped.txt"
    for number, path in enumerate(["../escaped.txt", "a/../../escaped.txt", str(outside)]):
        content = f"escape {number}".encode()
        upload = tus.create(len(content), relativePath=path)
        tus.patch(upload, 0, content)
        stored = shared_receiver.data / tus.head(upload).stored_name
        assert stored.read_bytes() == content
    assert not outside.exists()


def test_no_upload_reaches_the_receivers_own_folder(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    keys = shared_receiver.data / ".wherry" / "keys.json"
    upload = tus.create(2, relativePath=".wherry/keys.json")
    tus.patch(upload, 0, b"[]")
    assert tus.head(upload).stored_name == "_wherry/keys.json"
    assert not keys.exists()


def test_a_folder_whose_name_a_file_has_gets_another(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    tus.send(b"a file", "report")
    upload = tus.create(5, relativePath="report/page.txt")
    assert tus.patch(upload, 0, b"paper").status == 204
    assert tus.head(upload).stored_name == "report (1)/page.txt"
    assert shared_receiver.stored()["report (1)/page.txt"].read_bytes() == b"paper"


def test_nothing_is_written_through_a_link(
    tus: TusSender, shared_receiver: ReceiverProcess, tmp_path: Path
) -> None:
    (tmp_path / "below").mkdir()
    (shared_receiver.data / "linked").symlink_to(tmp_path)
    upload = tus.create(5, relativePath="linked/below/page.txt")
    assert tus.patch(upload, 0, b"paper").status == 204
    assert tus.head(upload).stored_name == "linked (1)/below/page.txt"
    assert list((tmp_path / "below").iterdir()) == []


def test_a_link_that_leads_nowhere_takes_a_name_all_the_same(
    tus: TusSender, shared_receiver: ReceiverProcess, tmp_path: Path
) -> None:
    (shared_receiver.data / "dangling.txt").symlink_to(tmp_path / "nowhere")
    upload = tus.create(5, "dangling.txt")
    tus.patch(upload, 0, b"paper")
    assert tus.head(upload).stored_name == "dangling (1).txt"
    assert not (tmp_path / "nowhere").exists()


def test_uppys_null_is_no_folder() -> None:
    """It writes the word where a file came without one; a file may still be called so."""
    assert relative_path({"filename": "a.txt", "relativePath": "null"}) == ""
    assert relative_path({"filename": "a.txt", "relativePath": "b/a.txt"}) == "b/a.txt"
    assert relative_path({"relativePath": "null"}) == "null"
