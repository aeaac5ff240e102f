"""Hostile bytes: nothing but clean refusals, none of them slow, nothing outside the folder."""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import PurePath

from tests.faults import key_timing
from tests.faults.attacks import KNOWN, requests_with
from tests.faults.campaign import Row, Settings
from tests.receiver_process import ReceiverProcess
from tests.tus_sender import Answer, Line, TusSender, base64_of

MUTATIONS = 4000
SLOW_S = 5.0
OUT = ("../x", "..%2fx", "%2e%2e/x", "/etc/x", "a/../../x", "..\\x", "C:\\x", "\x00x", "a%00b")
NAMES = (
    *OUT,
    "<script>alert(1)</script>",
    "x\r\nSet-Cookie: a=b",
    "name\nX: y",
    "\u202ecod.exe",
    ".wherry/history.db",
    ".wherry/keys.json",
    "con",
    "a" * 5000,
    "/".join("d" * 300),
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)
SMUGGLED = (
    b"Content-Length: 5\r\nContent-Length: 6",
    b"Content-Length: 5, 6",
    b"Content-Length: +5",
    b"Content-Length: 0x5",
    b"Content-Length: -1",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding: chunked, identity",
    b"X: a\rB: c",
    b"X: a\nTransfer-Encoding: chunked",
    b" folded: x",
    b"Na\x00me: x",
    b"X: \x00",
    b": empty",
    b"X" * 70_000 + b": 1",
)
TARGETS = ("/files", "/put/x", "/form", "/batch", "/status", "/received", "/", "/health")


def run(settings: Settings) -> Sequence[Row]:
    """Send what should never be sent, then valid requests with bytes changed at random."""
    receiver = ReceiverProcess(settings.folder / "received")
    receiver.start()
    try:
        pid, shapes, names = receiver.pid, _Watch(), _Watch()
        for data in _smuggling():
            shapes.send(receiver, data)
        for name in NAMES:
            _offer(receiver, name, names)
        outside = [path for path in settings.folder.rglob("*") if path.name == "x"]
        names.wrong += [f"{path} was written" for path in outside if not _inside(receiver, path)]
        known, mutated, count = _Watch(), _Watch(), settings.times or MUTATIONS
        attacks = [data for text in KNOWN for data in requests_with(text)]
        for data in attacks[:: max(1, MUTATIONS // count)]:
            known.send(receiver, _with_key(data, receiver.key))
        known.wrong += _badly_named(receiver)
        chance = random.Random(settings.seed)
        for _ in range(count):
            data = _mutate(chance, chance.choice(VALID))
            mutated.send(receiver, _with_key(data, receiver.key))
        if receiver.pid != pid or receiver.status().service != "wherry":
            mutated.wrong.append("the receiver is gone")
        timing = key_timing.measure(receiver, count, settings.seed)
    finally:
        receiver.kill()
    return [
        Row("shapes that two servers could read in two ways", shapes.told, tuple(shapes.wrong)),
        Row("names that lead elsewhere or carry code, each way in", names.told, tuple(names.wrong)),
        Row("strings known from attacks, in every place", known.told, tuple(known.wrong)),
        Row("valid requests with bytes changed", mutated.told, tuple(mutated.wrong)),
        _timing_row(timing),
    ]


def _timing_row(timing: key_timing.Timing) -> Row:
    what = (
        "wrong keys in pairs, one of them right but for its last sign: that one answered later in "
        f"{timing.slower} of them ({timing.deviations:+.1f} standard deviations), by "
        f"{timing.median_us:+.1f} us in the median"
    )
    wrong = ("the time of the answer tells something of the key",) if timing.tells else ()
    return Row(what, f"{timing.pairs} pairs", wrong)


def _badly_named(receiver: ReceiverProcess) -> list[str]:
    """Names that would do harm on this system or another, among what is stored."""
    found = [PurePath(name) for name in receiver.stored()]
    return [
        f"stored as {path}"
        for path in found
        if set(str(path)) & set('\\:*?"<>|')
        or any(unicodedata.category(one) in ("Cc", "Cs") for one in str(path))
        or any(part.split(".")[0].upper() in ("NUL", "COM1", "CON") for part in path.parts)
    ]


class _Watch:
    """Counts what is sent; notes answers that are a fault of the receiver's, and slow ones."""

    def __init__(self) -> None:
        self.count = 0
        self.longest_s = 0.0
        self.wrong: list[str] = []

    @property
    def told(self) -> str:
        return f"{self.count} times, the longest {self.longest_s:.1f} s"

    def send(self, receiver: ReceiverProcess, data: bytes) -> None:
        began = time.monotonic()
        with Line(receiver.port, receiver.key) as line:
            line.socket.settimeout(SLOW_S)
            with suppress(ConnectionError, TimeoutError):
                line.send(data)
                with suppress(OSError):
                    line.socket.shutdown(1)
                self.judge(line.read_answer(), repr(data[:120]))
        self._note(time.monotonic() - began, repr(data[:120]))

    def judge(self, answer: Answer, what: str) -> None:
        if answer.status >= 500 and answer.status not in (501, 503, 505, 507):
            self.wrong.append(f"{answer.status} for {what}")
        for name, value in answer.headers.items():
            if name == "set-cookie" or "\n" in value:
                self.wrong.append(f"the header {name}: {value} for {what}")

    def _note(self, seconds: float, what: str) -> None:
        self.count += 1
        self.longest_s = max(self.longest_s, seconds)
        if seconds > SLOW_S:
            self.wrong.append(f"{seconds:.1f} s for {what}")


def _smuggling() -> Iterator[bytes]:
    for target in TARGETS:
        for method in ("GET", "POST", "PUT", "PATCH"):
            for header in SMUGGLED:
                head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n"
                yield head.encode() + header + b"\r\n\r\n5\r\nGET /\r\n0\r\n\r\n"
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100)
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n"
    yield b"GET http://[::1]x/ HTTP/1.1\r\nHost: x\r\n\r\n"
    yield b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"
    yield b"\r\n" * 10_000
    yield b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n"


def _offer(receiver: ReceiverProcess, name: str, watch: _Watch) -> None:
    """Offer a file under a name in each field that becomes one, and look at every page of it."""
    tus = TusSender(receiver)
    with suppress(UnicodeEncodeError):
        for field in ("filename", "relativePath"):
            headers = {"Upload-Length": "1", "Upload-Metadata": f"{field} {base64_of(name)}"}
            watch.judge(tus.post(headers, b"x"), f"{field} {name[:60]!r}")
            watch.count += 1
        part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="'
        body = part + name.encode() + b'"\r\n\r\nx\r\n--b--\r\n'
        for path in ("/form", "/batch"):
            kind = {"Content-Type": "multipart/form-data; boundary=b"}
            watch.judge(tus.ask("POST", path, kind, body), f"{path} {name[:60]!r}")
            watch.count += 1
    raw = f"PUT /put/{name} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n".encode("utf-8", "replace")
    watch.send(receiver, raw + f"Authorization: Bearer {receiver.key}\r\n\r\nx".encode())
    watch.judge(tus.ask("GET", "/received"), "the list")


def _inside(receiver: ReceiverProcess, path: object) -> bool:
    return str(path).startswith(f"{receiver.data}/") and "/.wherry/" not in str(path)


def _with_key(data: bytes, key: str) -> bytes:
    """Add the key where headers begin; a changed one would only be refused, and soon for good."""
    first, end, rest = data.partition(b"\r\n")
    return first + end + f"Authorization: Bearer {key}\r\n".encode() + rest


def _valid() -> list[bytes]:
    key = "Host: x\r\nTus-Resumable: 1.0.0\r\n"
    create = "Upload-Length: 4\r\nUpload-Metadata: filename YQ==,mtime MTA=\r\n"
    form = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
    multipart = f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(form)}\r\n"
    draft = "Upload-Complete: ?1\r\nContent-Disposition: attachment; filename*=UTF-8''a\r\n"
    requests = (
        f"POST /files HTTP/1.1\r\n{key}{create}\r\n",
        f"POST /files HTTP/1.1\r\n{key}{create}Upload-Concat: partial\r\n\r\n",
        f"POST /files HTTP/1.1\r\n{key}Upload-Concat: final;/files/a /files/b\r\n\r\n",
        f"POST /files HTTP/1.1\r\n{key.replace('Tus', 'No')}{draft}Content-Length: 1\r\n\r\nx",
        f"POST /form HTTP/1.1\r\n{key}{multipart}\r\n{form}",
        f"POST /batch HTTP/1.1\r\n{key}{multipart}\r\n{form}",
        f"PUT /put/a HTTP/1.1\r\n{key}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        f"GET /status/history?seconds=9 HTTP/1.1\r\n{key}\r\n",
        f"GET /received?limit=3&before=x HTTP/1.1\r\n{key}\r\n",
        f"OPTIONS /files HTTP/1.1\r\n{key}Origin: http://x\r\n\r\n",
    )
    return [one.encode() for one in requests]


VALID = _valid()


def _mutate(chance: random.Random, data: bytes) -> bytes:
    """Change, insert, delete or double some bytes; most often where the parsers are."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(found))
        length = chance.choice([1, 1, 1, 2, 8])
        piece = chance.choice([chance.randbytes(length), b"\r\n", b"\x00", b"%", b",", b";", b'"'])
        found[place : place + chance.choice([0, length])] = piece
    return bytes(found)
