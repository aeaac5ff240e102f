"""The dashboard for Grafana asks for what /metrics tells, and for all of it."""

from __future__ import annotations

import json
import re

from tests.receiver_process import ROOT, ReceiverProcess
from tests.tus_sender import TusSender

NAME = re.compile(r"\bwherry_\w+")


def test_each_metric_of_the_dashboard_exists_and_none_is_left_out(
    receiver: ReceiverProcess,
) -> None:
    dashboard = json.loads((ROOT / "packaging" / "grafana" / "wherry.json").read_text())
    expressions = [one["expr"] for panel in dashboard["panels"] for one in panel["targets"]]
    asked = {name for expression in expressions for name in NAME.findall(expression)}
    told = TusSender(receiver).ask("GET", "/metrics").body.decode()
    families = set(re.findall(r"^# TYPE (wherry_\w+)", told, re.MULTILINE))
    assert asked == families
