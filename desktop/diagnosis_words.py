"""What a diagnosis says: what is looked at, what each finding means, and the lines that mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.diagnosis import CLOCKS_APART_S, SIZES_BYTES, STALL_S, Check, Finding
from desktop.messages import Words, explain
from desktop.wording import QT_TRANSLATE_NOOP

NGINX_FILE = QT_TRANSLATE_NOOP("Messages", "In nginx, in the server section of this site:")
CADDY_FILE = QT_TRANSLATE_NOOP("Messages", "In the Caddyfile, at this site:")
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

TITLES: Mapping[Check, tuple[str, str]] = {
    Check.REACH: (
        QT_TRANSLATE_NOOP("Messages", "Is it there, and does it take the key?"),
        QT_TRANSLATE_NOOP("Messages", "Connecting…"),
    ),
    Check.CLOCK: (
        QT_TRANSLATE_NOOP("Messages", "Do the clocks agree?"),
        QT_TRANSLATE_NOOP("Messages", "Comparing them…"),
    ),
    Check.ADDRESS: (
        QT_TRANSLATE_NOOP("Messages", "Does it know its own address?"),
        QT_TRANSLATE_NOOP("Messages", "Asking for it…"),
    ),
    Check.SIZES: (
        QT_TRANSLATE_NOOP("Messages", "How much goes through at once?"),
        QT_TRANSLATE_NOOP("Messages", "Sending up to {largest} at once; nothing of it is kept…"),
    ),
    Check.STREAMING: (
        QT_TRANSLATE_NOOP("Messages", "Does it arrive while it is being sent?"),
        QT_TRANSLATE_NOOP("Messages", "Sending a half, and looking whether it is there…"),
    ),
    Check.SILENCE: (
        QT_TRANSLATE_NOOP("Messages", "May the line be silent for a while?"),
        QT_TRANSLATE_NOOP("Messages", "Sending nothing for {silence}…"),
    ),
    Check.REFUSAL: (
        QT_TRANSLATE_NOOP("Messages", "Is a refusal told in time?"),
        QT_TRANSLATE_NOOP("Messages", "Sending something that has to be refused…"),
    ),
}
"""What is asked with each check, and what is done meanwhile."""

SOMETHING = QT_TRANSLATE_NOOP("Messages", "Something in between")
REACHED = QT_TRANSLATE_NOOP("Messages", "The receiver {name} answers, and takes the key.")
REACHED_THROUGH = QT_TRANSLATE_NOOP(
    "Messages", "The receiver {name} answers through {proxy}, and takes the key."
)
FINE: Mapping[Check, str] = {
    Check.CLOCK: QT_TRANSLATE_NOOP("Messages", "The clocks here and there agree."),
    Check.ADDRESS: QT_TRANSLATE_NOOP(
        "Messages", "The receiver knows the address under which it is reached."
    ),
    Check.SIZES: QT_TRANSLATE_NOOP("Messages", "Requests of {passed} go through."),
    Check.STREAMING: QT_TRANSLATE_NOOP(
        "Messages", "What is sent arrives at once; nothing in between collects it."
    ),
    Check.SILENCE: QT_TRANSLATE_NOOP("Messages", "A line that is silent for {silent} is not cut."),
    Check.REFUSAL: QT_TRANSLATE_NOOP("Messages", "A refusal arrives before all has been sent."),
}

LATER = QT_TRANSLATE_NOOP(
    "Messages", "It is {apart} later here than on {name}; more than {allowed} is too much."
)
EARLIER = QT_TRANSLATE_NOOP(
    "Messages", "It is {apart} earlier here than on {name}; more than {allowed} is too much."
)
REFUSED = QT_TRANSLATE_NOOP("Messages", "{between} refuses requests of {refused}.")
CUT = QT_TRANSLATE_NOOP("Messages", "The line is cut when {refused} are sent at once.")
ANSWERED = QT_TRANSLATE_NOOP("Messages", "{between} answers {status} to a request of {refused}.")
WRONG: Mapping[Check, str] = {
    Check.ADDRESS: QT_TRANSLATE_NOOP(
        "Messages", "The receiver believes that it is reached at {told}."
    ),
    Check.STREAMING: QT_TRANSLATE_NOOP(
        "Messages", "{between} collects what is sent before it passes it on."
    ),
    Check.SILENCE: QT_TRANSLATE_NOOP("Messages", "A line that was silent for {silent} was cut."),
    Check.REFUSAL: QT_TRANSLATE_NOOP(
        "Messages", "A refusal arrives only after everything has been sent, or not at all."
    ),
}
MEANING: Mapping[Check, str] = {
    Check.CLOCK: QT_TRANSLATE_NOOP(
        "Messages", "Times in receipts are wrong, and secure connections may fail."
    ),
    Check.ADDRESS: QT_TRANSLATE_NOOP(
        "Messages",
        "Other clients are sent to that address and fail there; Wherry itself is not. It also "
        "cannot tell senders apart.",
    ),
    Check.SIZES: QT_TRANSLATE_NOOP(
        "Messages", "Files of this size and larger are sent slowly or not at all."
    ),
    Check.STREAMING: QT_TRANSLATE_NOOP(
        "Messages",
        "Everything is written twice, what was collected is lost when the line is cut, and the "
        "window sees progress late.",
    ),
    Check.SILENCE: QT_TRANSLATE_NOOP(
        "Messages",
        "A phone or notebook that changes networks has to send the last piece again.",
    ),
    Check.REFUSAL: QT_TRANSLATE_NOOP(
        "Messages", "That a file is too large, or a key wrong, is then told late."
    ),
}
IN_PIECES = QT_TRANSLATE_NOOP(
    "Messages",
    "Files are sent in pieces of {passed}, which is slower; other clients fail.",
)
ACTION: Mapping[Check, str] = {
    Check.CLOCK: QT_TRANSLATE_NOOP(
        "Messages", "Set the clock of the one that is wrong, or have it set."
    ),
    Check.ADDRESS: QT_TRANSLATE_NOOP(
        "Messages",
        "Start the receiver with --behind-proxy: it then believes what the proxy tells.",
    ),
}
ELSEWHERE = QT_TRANSLATE_NOOP(
    "Messages", "Whoever looks after what stands in between has to change that."
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of a finding; `where` and `lines` are what to write, and where to."""

    headline: str
    meaning: str = ""
    action: str = ""
    where: str = ""
    lines: tuple[str, ...] = ()

    def printed(self, mark: str) -> Iterator[str]:
        """Yield the lines of a text: a mark of up to five letters, and below it what belongs."""
        yield f"{mark:<6}{self.headline}"
        for text in (self.meaning, self.action, self.where):
            if text:
                yield f"{'':6}{text}"
        for line in self.lines:
            yield f"{'':10}{line}"


def doing(check: Check, words: Words) -> tuple[str, str]:
    """Return what is asked with a check, and what is done while there is no answer yet."""
    largest, silence = words.size(max(SIZES_BYTES)), words.duration(STALL_S)
    asked, done = (words.translate(text) for text in TITLES[check])
    return asked, done.format(largest=largest, silence=silence)


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
        return Advice(_fill(_fine(finding), finding, name, words))
    where, lines = _lines(finding)
    action = ACTION.get(finding.check, "" if lines else ELSEWHERE)
    texts = (_wrong(finding), _meaning(finding), action, where)
    headline, meaning, action, where = (_fill(text, finding, name, words) for text in texts)
    return Advice(headline, meaning, action, where, lines)


def _fill(text: str, finding: Finding, name: str, words: Words) -> str:
    between = words.name(finding.proxy) if finding.proxy else words.translate(SOMETHING)
    return words.translate(text).format(
        name=words.name(finding.told if finding.check is Check.REACH else name),
        proxy=words.name(finding.proxy),
        between=between,
        told=words.name(finding.told),
        status=finding.status,
        passed=words.size(finding.passed_bytes or 0),
        refused=words.size(finding.refused_bytes or 0),
        silent=words.duration(finding.silent_s),
        apart=words.duration(abs(finding.apart_s)),
        allowed=words.duration(CLOCKS_APART_S),
    )


def _fine(finding: Finding) -> str:
    if finding.check is Check.REACH:
        return REACHED_THROUGH if finding.proxy else REACHED
    return FINE[finding.check]


def _wrong(finding: Finding) -> str:
    if finding.check is Check.CLOCK:
        return LATER if finding.apart_s > 0 else EARLIER
    if finding.check is Check.SIZES:
        if finding.status is None:
            return CUT
        return REFUSED if finding.status in TOO_LARGE else ANSWERED
    return WRONG[finding.check]


def _meaning(finding: Finding) -> str:
    in_pieces = finding.check is Check.SIZES and finding.passed_bytes
    return IN_PIECES if in_pieces else MEANING[finding.check]


def _lines(finding: Finding) -> tuple[str, tuple[str, ...]]:
    proxy = finding.proxy.lower()
    if "nginx" in proxy or "openresty" in proxy:
        known, where = NGINX_LINES, NGINX_FILE
    elif "caddy" in proxy:
        known, where = CADDY_LINES, CADDY_FILE
    else:
        return "", ()
    lines = known.get(finding.check, ())
    return where if lines else "", lines
