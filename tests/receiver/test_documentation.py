"""docs/protocol.md and docs/openapi.json say what the receiver does."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
import requests

from receiver import protocol
from receiver.errors import TABLE
from receiver.telemetry import Sample
from receiver.web.tus import EXTENSIONS
from tests.receiver_process import ROOT, ReceiverProcess

DESCRIPTION = json.loads((ROOT / "docs" / "openapi.json").read_text())
SCHEMAS = DESCRIPTION["components"]["schemas"]
STATUS = [name for name in SCHEMAS if name.endswith("Status") or name == "Status"]
TEXT = (ROOT / "docs" / "protocol.md").read_text()


def test_every_code_stands_in_the_table_of_refusals() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (yes|no) \|$", TEXT, re.MULTILINE)
    told = {code: (int(status), answer == "yes") for code, status, answer in rows}
    assert told == {code.value: (kind.status, kind.try_again) for code, kind in TABLE.items()}


def test_every_extension_is_named() -> None:
    for extension in EXTENSIONS.split(","):
        assert extension in TEXT


@pytest.mark.parametrize("name", STATUS)
def test_the_description_knows_every_number(name: str) -> None:
    fields = [field.name for field in dataclasses.fields(getattr(protocol, name))]
    assert list(SCHEMAS[name]["properties"]) == SCHEMAS[name]["required"] == fields


def test_every_number_is_described() -> None:
    kinds = {name for name in vars(protocol) if name.endswith("Status")}
    assert kinds == set(STATUS)
    columns = [field.name for field in dataclasses.fields(Sample)]
    assert list(SCHEMAS["Samples"]["properties"]) == columns


def test_what_is_described_is_answered(receiver: ReceiverProcess) -> None:
    """Every route, with the members that stand there; whether values fit, `make faults` asks."""

    def ask(method: str, path: str, **more: Any) -> Any:
        answer = requests.request(
            method, receiver.url + path, headers=receiver.headers, timeout=30, **more
        )
        assert answer.ok, answer.text
        return answer.json()

    receipt = ask("PUT", "/put/a.txt", data=b"a")
    answers = {
        "/put/{path}": (receipt, "Receipt"),
        "/files/{id}/receipt": (ask("GET", f"/files/{receipt['id']}/receipt"), "Receipt"),
        "/received": (ask("GET", "/received")[0], "Receipt"),
        "/status": (ask("GET", "/status"), "Status"),
        "/status/history": (ask("GET", "/status/history"), "Samples"),
        "/batch": (ask("POST", "/batch", files={"file": b"b"})[0], "Verdict"),
    }
    assert set(answers) == set(DESCRIPTION["paths"])
    for answer, schema in answers.values():
        assert set(answer) == set(SCHEMAS[schema]["required"])
