"""What a diagnosis says: what each finding means, and the lines that mend it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.diagnosis import CLOCKS_APART_S, Check, Finding
from desktop.messages import Words, explain

NGINX_FILE = "In nginx, in the server section of this site:"
CADDY_FILE = "In the Caddyfile, at this site:"
NGINX_LINES = {
    Check.SIZES: ("client_max_body_size 0;",),
    Check.STREAMING: ("proxy_request_buffering off;", "proxy_http_version 1.1;"),
    Check.REFUSAL: ("proxy_request_buffering off;", "proxy_http_version 1.1;"),
    Check.SILENCE: (
        "client_body_timeout 300s;",
        "send_timeout 300s;",
        "proxy_read_timeout 300s;",
        "proxy_send_timeout 300s;",
    ),
    Check.ADDRESS: (
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-Host $http_host;",
    ),
}
CADDY_LINES = {
    Check.SIZES: ("request_body {", "    max_size 1TB", "}"),
    Check.STREAMING: ("# take request_buffers and buffer_requests out of reverse_proxy",),
    Check.REFUSAL: ("# take request_buffers and buffer_requests out of reverse_proxy",),
    Check.SILENCE: ("# in the global options: servers { timeouts { read_body 0 } }",),
    Check.ADDRESS: ("# take header_up lines for Host and X-Forwarded-... out of reverse_proxy",),
}
TOO_LARGE = (413,)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of a finding; `where` and `lines` are what to write, and where to."""

    headline: str
    meaning: str = ""
    action: str = ""
    where: str = ""
    lines: tuple[str, ...] = ()


def advise(finding: Finding, name: str, words: Words) -> Advice:
    """Put a finding into words.

    Args:
        finding: of a diagnosis.
        name: what people call the server.
        words: how numbers are written.
    """
    if finding.problem is not None:
        told = explain(finding.problem, words)
        return Advice(told.headline, told.meaning, told.action)
    if finding.fine:
        return Advice(_fine(finding, words))
    headline, meaning = _wrong(finding, name, words)
    if finding.check is Check.CLOCK:
        return Advice(headline, meaning, "Set the clock of the one that is wrong, or have it set.")
    where, lines = _lines(finding)
    if finding.check is Check.ADDRESS:
        action = "Start the receiver with --behind-proxy: it then believes what the proxy tells."
        return Advice(headline, meaning, action, where, lines)
    action = "" if lines else "Whoever looks after what stands in between has to change that."
    return Advice(headline, meaning, action, where, lines)


def _fine(finding: Finding, words: Words) -> str:
    match finding.check:
        case Check.REACH:
            between = f", through {finding.proxy}" if finding.proxy else ""
            return f'The receiver "{finding.told}" answers{between}, and takes the key.'
        case Check.CLOCK:
            return "The clocks here and there agree."
        case Check.ADDRESS:
            return "The receiver knows the address under which it is reached."
        case Check.SIZES:
            return f"Requests of {words.size(finding.passed_bytes or 0)} go through."
        case Check.STREAMING:
            return "What is sent arrives at once; nothing in between collects it."
        case Check.SILENCE:
            return f"A line that is silent for {words.duration(finding.silent_s)} is not cut."
        case Check.REFUSAL:
            return "A refusal arrives before all has been sent."


def _wrong(finding: Finding, name: str, words: Words) -> tuple[str, str]:
    between = finding.proxy or "Something in between"
    match finding.check:
        case Check.CLOCK:
            late = "later" if finding.apart_s > 0 else "earlier"
            apart = words.duration(abs(finding.apart_s))
            allowed = words.duration(CLOCKS_APART_S)
            return (
                f"It is {apart} {late} here than on {name}; more than {allowed} is too much.",
                "Times in receipts are wrong, and secure connections may fail.",
            )
        case Check.ADDRESS:
            return (
                f"The receiver believes that it is reached at {finding.told}.",
                "Other clients are sent to that address and fail there; Wherry itself is not. "
                "It also cannot tell senders apart.",
            )
        case Check.SIZES:
            size = words.size(finding.refused_bytes or 0)
            if finding.status in TOO_LARGE:
                headline = f"{between} refuses requests of {size}."
            elif finding.status is None:
                headline = f"The line is cut when {size} are sent at once."
            else:
                headline = f"{between} answers {finding.status} to a request of {size}."
            small = finding.passed_bytes
            meaning = (
                f"Files are sent in pieces of {words.size(small)}, which is slower; "
                "other clients fail."
                if small
                else "Files of this size and larger are sent slowly or not at all."
            )
            return headline, meaning
        case Check.STREAMING:
            return (
                f"{between} collects what is sent before it passes it on.",
                "Everything is written twice, what was collected is lost when the line is cut, and "
                "the window sees progress late.",
            )
        case Check.SILENCE:
            return (
                f"A line that was silent for {words.duration(finding.silent_s)} was cut.",
                "A phone or notebook that changes networks has to send the last piece again.",
            )
        case _:
            return (
                "A refusal arrives only after everything has been sent, or not at all.",
                "That a file is too large, or a key wrong, is then told late.",
            )


def _lines(finding: Finding) -> tuple[str, tuple[str, ...]]:
    proxy = finding.proxy.lower()
    if "nginx" in proxy or "openresty" in proxy:
        return NGINX_FILE, NGINX_LINES[finding.check]
    if "caddy" in proxy:
        return CADDY_FILE, CADDY_LINES[finding.check]
    return "", ()
