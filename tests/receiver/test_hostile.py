"""A short run of what `make faults WORK=hostile` does at length."""

from __future__ import annotations

from pathlib import Path

from tests.faults import hostile
from tests.faults.campaign import Settings


def test_hostile_bytes_get_clean_refusals(tmp_path: Path) -> None:
    rows = hostile.run(Settings(400, 7, tmp_path))
    assert [row.lost for row in rows] == [()] * 5, rows
