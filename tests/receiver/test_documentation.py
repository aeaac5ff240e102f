"""docs/protocol.md says what the receiver does."""

from __future__ import annotations

import re

from receiver.errors import TABLE
from receiver.web.tus import EXTENSIONS
from tests.receiver_process import ROOT

TEXT = (ROOT / "docs" / "protocol.md").read_text()


def test_every_code_stands_in_the_table_of_refusals() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (yes|no) \|$", TEXT, re.MULTILINE)
    told = {code: (int(status), answer == "yes") for code, status, answer in rows}
    assert told == {code.value: (kind.status, kind.try_again) for code, kind in TABLE.items()}


def test_every_extension_is_named() -> None:
    for extension in EXTENSIONS.split(","):
        assert extension in TEXT
