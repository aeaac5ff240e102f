"""Parsers of raw bytes refuse as they should.

A longer search for bytes that break one is `make faults WORK=fuzz`; what it has found stands here.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.parsers import PARSERS

FOUND: dict[str, tuple[bytes, ...]] = {"chunked body": (b"0 \r\n\r\n", b"0;x\r\n\r\n")}
CASES = [
    pytest.param(name, data, id=f"{name} {number}")
    for name, parser in PARSERS.items()
    for number, data in enumerate((*parser.seeds, *FOUND.get(name, ())))
]


@pytest.mark.parametrize(("name", "data"), CASES)
def test_what_is_known_to_be_odd(name: str, data: bytes) -> None:
    PARSERS[name].try_on(data)


@pytest.mark.parametrize("name", PARSERS)
@given(data=some.data())
def test_a_seed_with_bytes_changed(name: str, data: some.DataObject) -> None:
    seed = data.draw(some.sampled_from(PARSERS[name].seeds))
    start = data.draw(some.integers(0, len(seed)))
    end = data.draw(some.integers(start, len(seed)))
    PARSERS[name].try_on(seed[:start] + data.draw(some.binary(max_size=40)) + seed[end:])
