"""`wherry doctor` before a real nginx and Caddy, set up well and badly."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.__main__ import main
from desktop.diagnosis import MIB, Check, Diagnosis, Finding
from desktop.diagnosis_words import advise
from desktop.messages import PlainWords
from desktop.transfer.events import ProblemKind
from receiver.identity import fingerprint
from tests.install.company_proxy import CompanyProxy
from tests.install.proxies import Proxy, nginx_with
from tests.receiver_process import KEY, ReceiverProcess, free_port
from tests.relay import Relay
from tests.transfer.sender import server_at

STALL_S = 3.0
SHORT_STALL_S = 1.5
"""Where bytes are not expected to arrive anyway."""

CLIENT = "client_max_body_size 0; client_body_timeout 60s;"
PROXY = """
    proxy_request_buffering off;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $http_host;
"""


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    started = ReceiverProcess(tmp_path_factory.mktemp("doctor") / "files", "--behind-proxy")
    yield started.start()
    started.kill()


@pytest.fixture
def start_nginx(tmp_path: Path, receiver: ReceiverProcess) -> Iterator[Callable[[str, str], Proxy]]:
    """A factory of nginx with these lines for the server and for its location."""
    with ExitStack() as stack:

        def start(server: str, location: str) -> Proxy:
            passed = f"location / {{ proxy_pass {receiver.url}; {location} }}"
            text = f"server {{ listen 80; {server} {passed} }}"
            return stack.enter_context(nginx_with(tmp_path / "nginx", text))

        yield start


def findings(url: str, key: str = KEY, stall_s: float = STALL_S) -> dict[Check, Finding]:
    return {found.check: found for found in Diagnosis(server_at(url, key), stall_s).run()}


def wrong(found: dict[Check, Finding]) -> set[Check]:
    return {check for check, finding in found.items() if not finding.fine}


def told(finding: Finding) -> str:
    advice = advise(finding, "office", PlainWords())
    return " ".join([advice.headline, advice.meaning, advice.action, *advice.lines])


@pytest.mark.parametrize("kind", ["nginx", "caddy", "none"])
def test_what_is_right_is_called_right(
    kind: str,
    receiver: ReceiverProcess,
    start_proxy: Callable[[str, ReceiverProcess], Proxy],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = receiver.url
    if kind != "none":
        proxy = start_proxy(kind, receiver)
        url = proxy.url
        if proxy.authority:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(proxy.authority))
    found = findings(url)
    assert list(found) == list(Check)
    assert wrong(found) == set()
    assert found[Check.REACH].proxy.lower().startswith("" if kind == "none" else kind)
    assert found[Check.SIZES].passed_bytes == 64 * MIB
    assert receiver.status().uploads == ()
    assert receiver.status().disk.promised_bytes == 0


def test_a_receiver_that_vouches_for_itself_is_right(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    secure = start_receiver("--host", "0.0.0.0")
    pin = fingerprint(secure.data / ".wherry" / "certificate.pem")
    server = server_at(f"https://127.0.0.1:{secure.port}", pin=pin)
    found = {one.check: one for one in Diagnosis(server, STALL_S).run()}
    assert list(found) == list(Check)
    assert wrong(found) == set()


def test_nginx_as_it_comes(start_nginx: Callable[[str, str], Proxy]) -> None:
    found = findings(start_nginx("", "").url, stall_s=SHORT_STALL_S)
    assert wrong(found) == {Check.SIZES, Check.STREAMING, Check.REFUSAL}
    sizes = found[Check.SIZES]
    assert (sizes.passed_bytes, sizes.refused_bytes, sizes.status) == (MIB, 2 * MIB, 413)
    assert "client_max_body_size 0;" in told(sizes)
    assert "proxy_request_buffering off;" in told(found[Check.STREAMING])


def test_nginx_that_collects_and_hides_its_address(
    start_nginx: Callable[[str, str], Proxy], receiver: ReceiverProcess
) -> None:
    found = findings(start_nginx(CLIENT, "proxy_redirect off;").url, stall_s=SHORT_STALL_S)
    assert wrong(found) == {Check.ADDRESS, Check.STREAMING, Check.REFUSAL}
    assert f"127.0.0.1:{receiver.port}" in told(found[Check.ADDRESS])
    assert "--behind-proxy" in told(found[Check.ADDRESS])


def test_nginx_without_patience(start_nginx: Callable[[str, str], Proxy]) -> None:
    hasty = CLIENT.replace("60s", "1s")
    found = findings(start_nginx(hasty, PROXY).url)
    assert wrong(found) == {Check.SILENCE}
    assert "client_body_timeout 300s;" in told(found[Check.SILENCE])


def test_on_a_slow_line_less_is_tried(
    receiver: ReceiverProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """64 MiB would keep somebody waiting for minutes, and tell no more."""
    monkeypatch.setattr("desktop.diagnosis.LARGE_WITHIN_S", 1.0)
    with Relay(receiver.port) as relay:
        relay.shared_bytes_per_s = 3e6
        found = findings(relay.url, stall_s=SHORT_STALL_S)
        assert relay.up_bytes < 8 * MIB
    assert found[Check.SIZES].fine
    assert MIB <= (found[Check.SIZES].passed_bytes or 0) <= 2 * MIB


def test_a_clock_that_is_wrong(receiver: ReceiverProcess) -> None:
    fast = Diagnosis(server_at(receiver.url), STALL_S, clock=lambda: time.time() + 3600)
    found = next(one for one in fast.run() if one.check is Check.CLOCK)
    assert not found.fine
    assert "later here than on office" in told(found)


def only_problem(found: dict[Check, Finding]) -> ProblemKind:
    assert list(found) == [Check.REACH]
    problem = found[Check.REACH].problem
    assert problem is not None
    return problem.kind


def test_what_bars_the_way_altogether(
    receiver: ReceiverProcess, start_receiver: Callable[..., ReceiverProcess]
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    assert only_problem(findings(nobody)) is ProblemKind.UNREACHABLE
    assert only_problem(findings(receiver.url, "wrong")) is ProblemKind.KEY_WRONG
    secure = start_receiver("--host", "0.0.0.0")
    server = server_at(f"https://127.0.0.1:{secure.port}")
    pinned = dataclasses.replace(server, pin="0" * 64)
    found = {one.check: one for one in Diagnosis(pinned, STALL_S).run()}
    assert only_problem(found) is ProblemKind.CERTIFICATE


def test_another_site_is_no_receiver(tmp_path: Path) -> None:
    text = "server { listen 80; location / { return 200 'hello'; } }"
    with nginx_with(tmp_path / "nginx", text) as proxy:
        assert only_problem(findings(proxy.url)) is ProblemKind.NOT_WHERRY


@pytest.fixture
def company_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[CompanyProxy]:
    """A proxy that all programs of this computer are told to use."""
    with CompanyProxy() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://anna:se%20cret@127.0.0.1:{proxy.port}")
            monkeypatch.delenv(name.lower(), raising=False)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield proxy


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_through_the_proxy_of_a_company(
    scheme: str,
    company_proxy: CompanyProxy,
    receiver: ReceiverProcess,
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """It knows names that are not known here, and lets nobody through whom it does not know."""
    to, pin = receiver, ""
    if scheme == "https":
        to = start_receiver("--host", "0.0.0.0")
        pin = fingerprint(to.data / ".wherry" / "certificate.pem")
    server = server_at(f"{scheme}://office.example:{to.port}", pin=pin)
    found = {one.check: one for one in Diagnosis(server, SHORT_STALL_S).run()}
    assert list(found) == list(Check)
    assert wrong(found) == set()
    assert company_proxy.connections > len(Check)
    assert company_proxy.users == {"anna:se cret"}


def test_the_command_says_what_to_mend_and_ends_with_1(
    start_nginx: Callable[[str, str], Proxy],
) -> None:
    proxy = start_nginx("", "")
    runner = CliRunner(env={"WHERRY_KEY": KEY})
    done = runner.invoke(main, ["doctor", proxy.url, "--stall", "1"])
    assert done.exit_code == 1, done.output
    assert "MEND  nginx/" in done.output
    assert "          client_max_body_size 0;\n" in done.output
    assert runner.invoke(main, ["doctor", "nonsense"]).exit_code == 2
