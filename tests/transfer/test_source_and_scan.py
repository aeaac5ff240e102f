"""Files and folders as they are found, read and told apart."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as some

from desktop.transfer.errors import FileChangedError, UserMustActError
from desktop.transfer.events import ProblemKind
from desktop.transfer.hashing import Hasher, WholeDigest, Window
from desktop.transfer.scan import Found, Unfit, scan
from desktop.transfer.source import Identity, Source, current_identity, fingerprint
from tests.transfer.conftest import MIB

MakeFile = Callable[..., Path]


def found_in(path: Path) -> dict[str, Path]:
    return {one.name: Path(one.file) for one in scan(path) if isinstance(one, Found)}


def unfit_in(path: Path) -> dict[Path, ProblemKind]:
    return {one.path: one.problem.kind for one in scan(path) if isinstance(one, Unfit)}


def test_a_folder_is_walked_in_order_with_its_name_in_front(make_file: MakeFile) -> None:
    for name in ("b", "a", "sub/z", "sub/deep/y", "other/x"):
        make_file(1, name, folder="top")
    top = make_file(1, "c", folder="top").parent
    assert list(found_in(top)) == [
        "top/a",
        "top/b",
        "top/c",
        "top/other/x",
        "top/sub/z",
        "top/sub/deep/y",
    ]


def test_links_in_folders_are_not_followed_and_loops_do_no_harm(make_file: MakeFile) -> None:
    top = make_file(1, "file", folder="top").parent
    (top / "loop").symlink_to(top)
    (top / "broken").symlink_to(top / "nowhere")
    (top / "to-file").symlink_to(top / "file")
    assert set(found_in(top)) == {"top/file", "top/to-file"}
    assert unfit_in(top) == {
        top / "loop": ProblemKind.NOT_A_FILE,
        top / "broken": ProblemKind.FILE_VANISHED,
    }


def test_a_link_that_was_dropped_itself_is_followed(make_file: MakeFile, tmp_path: Path) -> None:
    folder = make_file(1, "file", folder="real").parent
    (tmp_path / "link").symlink_to(folder)
    assert set(found_in(tmp_path / "link")) == {"link/file"}


def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    os.mkfifo(top / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(top / "socket"))
        assert unfit_in(top) == {
            top / "pipe": ProblemKind.NOT_A_FILE,
            top / "socket": ProblemKind.NOT_A_FILE,
        }
    assert unfit_in(Path("/dev/null")) == {Path("/dev/null"): ProblemKind.NOT_A_FILE}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert list(unfit_in(tmp_path / "nothing").values()) == [ProblemKind.FILE_VANISHED]
    assert list(unfit_in(tmp_path / "nul\0byte").values()) == [ProblemKind.READ_FAILED]


def test_a_deep_tree_is_no_problem(tmp_path: Path) -> None:
    deepest = tmp_path
    for _ in range(300):
        deepest /= "d"
        deepest.mkdir()
    (deepest / "file").write_bytes(b"x")
    assert len(found_in(tmp_path / "d")) == 1


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert list(scan(tmp_path / "empty")) == []


def test_another_version_is_told_from_the_one_that_was_noted(make_file: MakeFile) -> None:
    path = make_file(100)
    identity = current_identity(path)
    os.utime(path, ns=(1, 1))
    with pytest.raises(FileChangedError):
        Source(path, identity)
    with pytest.raises(FileChangedError):
        Source(path, identity, after_restart=True)


def test_a_disk_that_was_plugged_in_again_is_no_change(make_file: MakeFile) -> None:
    path = make_file(100)
    found = current_identity(path)
    size_bytes, mtime_ns, device, inode = found.numbers
    noted = Identity(size_bytes, mtime_ns, device + 1, inode + 1)
    with Source(path, noted, after_restart=True) as source:
        assert source.identity == found
    with pytest.raises(FileChangedError):
        Source(path, noted)


@given(
    some.integers(0, 2**63 - 1),
    some.integers(-(2**62), 2**63 - 1),
    some.integers(0, 2**64 - 1),
    some.integers(0, 2**64 - 1),
)
def test_an_identity_is_its_numbers(size: int, mtime: int, device: int, inode: int) -> None:
    identity = Identity(size, mtime, device, inode)
    assert identity.numbers == (size, mtime, device, inode)
    assert identity == Identity(*identity.numbers)
    assert str(size) in str(identity)
    assert identity.same_content(Identity(size, mtime, device // 2, inode // 2))
    assert not identity.same_content(Identity(size, mtime - 1, device, inode))
    assert identity != Identity(size, mtime, device, inode ^ 1)


def test_a_file_of_the_far_future_is_sent_as_any_other(make_file: MakeFile) -> None:
    path = make_file(100)
    far = current_identity(path).numbers[1] + 1000 * 365 * 86_400 * 10**9
    identity = Identity(100, far)
    assert identity.same_content(Identity(100, far))
    assert not identity.same_content(current_identity(path))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserMustActError, match="not_a_file"):
        current_identity(tmp_path)


def test_fingerprints_follow_content_not_name_or_time(make_file: MakeFile) -> None:
    path = make_file(MIB)
    data = path.read_bytes()

    def mark(content: bytes) -> str:
        return fingerprint(len(content), lambda at: content[at : at + 65536])

    with Source(path, current_identity(path)) as source:
        assert fingerprint(MIB, source.sample) == mark(data)
    assert mark(data[:-1] + b"x") != mark(data)
    assert mark(data + b"x") != mark(data)
    assert mark(b"") != mark(b"\0")


@pytest.mark.parametrize("start", [0, 1, MIB, 2 * MIB + 5])
def test_the_digest_of_the_whole_file_is_right_from_wherever_it_goes_on(
    start: int, make_file: MakeFile
) -> None:
    path = make_file(5 * MIB + 3)
    data = path.read_bytes()
    hasher = Hasher("wherry-test")
    with Source(path, current_identity(path)) as source:
        whole = WholeDigest(source.identity)
        hashes = hasher.begin(source, whole, lambda: None)
        position = start
        while position < len(data):
            length = min(MIB, len(data) - position)
            window = hashes.digest(position, length, prefixed=True)
            first = 0 if window.prefix else position  # it has caught up by now, or it has not
            own = blake3(data[first : window.end]).digest()
            assert window == Window(position, length, own, window.prefix)
            assert window.prefix or start
            position = window.end
        assert hashes.finish() == blake3(data).digest()
        assert hashes.whole == blake3(data).digest()
        hashes.close()
    hasher.close()


def test_windows_may_be_hashed_again_and_out_of_turn(make_file: MakeFile) -> None:
    path = make_file(3 * MIB)
    data = path.read_bytes()
    hasher = Hasher("wherry-test")
    with Source(path, current_identity(path)) as source:
        hashes = hasher.begin(source, WholeDigest(source.identity), lambda: None)
        first = hashes.digest(0, MIB)
        assert hashes.digest(0, MIB) == first
        assert hashes.digest(2 * MIB, MIB).digest == blake3(data[2 * MIB :]).digest()
        assert hashes.finish() == blake3(data).digest()
        hashes.close()
    hasher.close()
