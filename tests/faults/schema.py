"""Requests made from docs/openapi.json, right and wrong ones: each answer is one it describes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import requests

from tests.faults.campaign import Row, Settings
from tests.receiver_process import ROOT, ReceiverProcess

DESCRIPTION = ROOT / "docs" / "openapi.json"
EXAMPLES = 300
UNCHECKED = ("ignored_auth", "unsupported_method")
"""Ten wrong keys close the door to an address for a minute (tests/receiver/test_keys.py); and some
addresses here take further methods, of protocols that are described elsewhere."""
MOST_WORDS = 3000


def run(settings: Settings) -> Sequence[Row]:
    """Let schemathesis make requests for each route."""
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    try:
        stored = requests.put(
            f"{receiver.url}/put/a", data=b"a", headers=receiver.headers, timeout=30
        )
        stored.raise_for_status()
        count, wrong = _examine(receiver, settings)
        if receiver.status().service != "wherry":
            wrong += ("the receiver is gone",)
    finally:
        receiver.kill()
    return [Row("requests by the description", f"{count} times", wrong)]


def _examine(receiver: ReceiverProcess, settings: Settings) -> tuple[str, tuple[str, ...]]:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(DESCRIPTION)]
    command += ["--url", receiver.url, "--header", f"Authorization: Bearer {receiver.key}"]
    command += ["--max-examples", str(settings.times or EXAMPLES), "--seed", str(settings.seed)]
    command += ["--exclude-checks", ",".join(UNCHECKED), "--phases", "examples,coverage,fuzzing"]
    done = subprocess.run(
        [*command, "--no-color"],
        cwd=settings.folder,
        capture_output=True,
        text=True,
        errors="replace",
    )
    wrong = (f"{done.stdout[-MOST_WORDS:]}{done.stderr[-MOST_WORDS:]}",) if done.returncode else ()
    count = re.search(r"([\d,]+) generated", done.stdout)
    return (count[1] if count else "0"), wrong
