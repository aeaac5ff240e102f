"""What file managers hand over to the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.__main__ import path_of


@pytest.mark.parametrize("name", ["a.txt", "with spaces & % 映画.mkv", "#?.txt"])
def test_a_file_is_named_by_its_path_or_by_its_url(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert path_of(path.as_uri()) == path
    assert path_of(str(path)) == path
