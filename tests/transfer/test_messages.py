"""Words: no problem and no state without them, nothing technical in them, numbers in place."""

from __future__ import annotations

import re

import pytest

from desktop.messages import PlainWords, explain, seconds_left, state_words
from desktop.transfer.answers import TABLE
from desktop.transfer.events import Problem, ProblemKind, State, Transfer
from desktop.wording import EXPLANATIONS, STATES

WORDS = PlainWords()
JARGON = re.compile(
    r"\b(HTTP|chunk|offset|PATCH|HEAD|WSGI|tus|digest|BLAKE3|API|exception|\d{3} error)\b", re.I
)
FULL = Problem(
    ProblemKind.NO_SPACE,
    "office-server",
    needed_bytes=3_200_000_000,
    free_bytes=1_100_000_000,
    promised_bytes=400_000_000,
    limit_bytes=2_000_000_000,
    retry_in_s=4.0,
    at=1000.0,
    detail="PATCH http://x/files/1: 507 no_space",
)


def of_kind(kind: ProblemKind, *, full: bool) -> Problem:
    if not full:
        return Problem(kind)
    return Problem(
        kind,
        FULL.where,
        FULL.needed_bytes,
        FULL.free_bytes,
        FULL.promised_bytes,
        FULL.limit_bytes,
        FULL.retry_in_s,
        FULL.at,
        FULL.detail,
    )


def transfer(state: State, **fields: object) -> Transfer:
    values = {"id": 1, "root": "/a/", "name": "b", "size_bytes": 1000, "state": state}
    return Transfer(**{**values, **fields})  # type: ignore[arg-type]


def test_no_kind_and_no_state_is_missing() -> None:
    assert set(EXPLANATIONS) == set(ProblemKind)
    assert set(STATES) == set(State)


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_is_told_in_whole_plain_sentences(kind: ProblemKind, full: bool) -> None:
    told = explain(of_kind(kind, full=full), WORDS, now=1000.0)
    for text in (told.headline, told.meaning, told.action):
        assert text.endswith(".")
        assert not JARGON.search(text), text
        assert not re.search(r"[{}]|None", text), text
        assert "507" not in text


@pytest.mark.parametrize("kind", ProblemKind)
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_line_with_every_problem(kind: ProblemKind, state: State) -> None:
    for problem in (None, of_kind(kind, full=True), of_kind(kind, full=False)):
        said = state_words(transfer(state, problem=problem), WORDS, now=1000.0)
        assert said
        assert not re.search(r"[{}\n]|None", said)
        assert not JARGON.search(said)


def test_space_is_told_with_its_numbers_and_its_machine() -> None:
    told = explain(FULL, WORDS, now=1000.0)
    assert told.headline == "Not enough space on office-server."
    assert told.meaning == (
        "This file needs 3.2 GB; 1.1 GB is free there, and 400.0 MB of that is promised to other "
        "uploads. It goes on by itself when there is room. It tries again in 4 s."
    )
    waiting = transfer(State.WAITING_SPACE, problem=FULL)
    assert state_words(waiting, WORDS, now=1000.0) == (
        "Waiting for space on office-server: 2.5 GB more is needed"
    )


def test_the_next_try_counts_down() -> None:
    waiting = transfer(
        State.WAITING_NETWORK, problem=Problem(ProblemKind.UNREACHABLE, retry_in_s=4.0, at=1000.0)
    )
    said = [state_words(waiting, WORDS, now=now) for now in (1000.0, 1002.5, 1004.0, 1010.0)]
    assert said == [
        "Waiting for the network, trying again in 4 s",
        "Waiting for the network, trying again in 2 s",
        "Waiting for the network, trying again now",
        "Waiting for the network, trying again now",
    ]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (transfer(State.WAITING), "Waiting its turn"),
        (transfer(State.WAITING, stored_bytes=945), "Waiting its turn, goes on at 94 %"),
        (transfer(State.CHECKING, stored_bytes=945), "Goes on at 94 %"),
        (transfer(State.UPLOADING), "Uploading"),
        (transfer(State.UPLOADING, resumed_from_bytes=945), "Uploading, went on at 94 %"),
        (transfer(State.PAUSED, stored_bytes=1000), "Paused at 99 %"),
        (transfer(State.VERIFYING, stored_bytes=1000), "Verifying"),
        (transfer(State.STORED, stored_name="b"), "Stored"),
        (transfer(State.STORED, stored_name="b (1)"), "Stored as b (1)"),
        (transfer(State.STORED, stored_name="b", already_stored=True), "Already stored"),
        (
            transfer(State.STORED, stored_name="c", already_stored=True),
            "Already stored as c",
        ),
        (
            transfer(State.UPLOADING, problem=Problem(ProblemKind.FILE_CHANGED)),
            "The file has changed and is sent anew",
        ),
        (
            transfer(State.FAILED, problem=Problem(ProblemKind.KEY_WRONG, "this computer")),
            "This computer does not accept the key.",
        ),
        (
            transfer(State.WAITING_SERVER, problem=Problem(ProblemKind.BUSY, "srv1")),
            "srv1 is busy, trying again now",
        ),
    ],
)
def test_lines_of_rows(one: Transfer, said: str) -> None:
    assert state_words(one, WORDS, now=1000.0) == said


def test_a_file_of_0_bytes_has_no_share() -> None:
    assert state_words(transfer(State.PAUSED, size_bytes=0), WORDS) == "Paused"


def test_times_and_rates_for_a_terminal() -> None:
    assert [WORDS.duration(one) for one in (0, 59.4, 200, 7500)] == [
        "0 s",
        "59 s",
        "3 min 20 s",
        "2 h 5 min",
    ]
    assert WORDS.rate(112_000_000) == "112.0 MB/s"


def test_every_code_of_the_receiver_leads_to_a_kind_with_words() -> None:
    assert {row.kind for row in TABLE.values()} <= set(EXPLANATIONS)


@pytest.mark.parametrize(
    ("now", "left"), [(100.0, 30), (110.5, 20), (140.0, 0), (100.0 - 86_400, 30), (90_000.0, 0)]
)
def test_a_clock_that_is_set_makes_no_wait_longer(now: float, left: int) -> None:
    problem = Problem(ProblemKind.UNREACHABLE, at=100.0, retry_in_s=30.0)
    assert seconds_left(problem, now) == left
