"""The webhook, against a real HTTP server that takes, fails, refuses or hangs."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from receiver.space import DiskReading
from receiver.webhook import QUEUED_MOST, Hook, Webhook
from tests.receiver.in_process import GIB
from tests.receiver_process import KEY, ReceiverProcess
from tests.tus_sender import TusSender, eventually

SECRET = "a secret of the office"
Start = Callable[..., ReceiverProcess]


@dataclass
class Listener:
    """What the hook has been told; `statuses` are its next answers, then 204."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    tried: int = 0
    hang: threading.Event = field(default_factory=threading.Event)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.taken]


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    found.hang.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.tried += 1
            found.hang.wait(30)
            status = found.statuses.pop(0) if found.statuses else 204
            if status == 204:
                found.taken.append((dict(self.headers), body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hook?token=hidden"
    yield found
    found.hang.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_stored_file_is_told_signed_and_without_keys(
    listener: Listener, start_receiver: Start
) -> None:
    receiver = start_receiver(
        "--webhook", listener.url, environment={"WHERRY_WEBHOOK_SECRET": SECRET}
    )
    listener.statuses = [503]
    path = TusSender(receiver).send(b"hello", "a.txt")
    eventually(lambda: [one for one in listener.events if one["event"] == "stored"])
    headers, body = next(one for one in listener.taken if b'"stored"' in one[1])
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Wherry-Signature"] == f"sha256={digest}"
    (file,) = json.loads(body)["files"]
    assert (file["stored_name"], file["size_bytes"]) == ("a.txt", 5)
    assert path.endswith(file["id"])
    receiver.stop()
    told = "\n".join([body.decode(), *receiver.output])
    assert KEY not in told
    assert "token=hidden" not in told
    assert SECRET not in told


def test_files_of_a_batch_come_together_and_stand_in_the_journal(
    listener: Listener, start_receiver: Start
) -> None:
    import requests

    receiver = start_receiver("--webhook", listener.url)
    files = [("file", (f"{number}.txt", b"x")) for number in range(3)]
    answer = requests.post(
        receiver.url + "/batch", files=files, headers=receiver.headers, timeout=30
    )
    assert answer.status_code == 200, answer.text
    eventually(lambda: [one for one in listener.events if one["event"] == "stored"])
    (event,) = [one for one in listener.events if one["event"] == "stored"]
    assert [one["name"] for one in event["files"]] == ["0.txt", "1.txt", "2.txt"]
    assert "stored '0.txt' and 2 more, 3 bytes" in "\n".join(receiver.output)


def test_a_hook_that_hangs_holds_up_nobody(listener: Listener, start_receiver: Start) -> None:
    receiver = start_receiver("--webhook", listener.url)
    listener.hang.clear()
    for number in range(20):
        TusSender(receiver).send(b"x", f"{number}.txt")
    assert len(receiver.stored()) == 20
    assert not [one for one in listener.events if one["event"] == "stored"]


def test_an_address_that_cannot_be_called_is_named() -> None:
    for url in ("ftp://a", "https://", "http://me:secret@host/", "nonsense"):
        with pytest.raises(ValueError, match="--webhook"):
            Hook(url, "", 0, "office")


class Disk:
    """Readings that a test sets; bytes."""

    def __init__(self) -> None:
        self.usable = 100 * GIB

    def __call__(self) -> tuple[DiskReading, int, int]:
        return DiskReading(200 * GIB, self.usable + GIB), GIB, self.usable


@pytest.fixture
def start_webhook() -> Iterator[Callable[[Listener, Disk], Webhook]]:
    """A factory of webhooks in this process, in a hurry."""
    running: list[Webhook] = []

    def start(listener: Listener, disk: Disk) -> Webhook:
        hook = Hook(listener.url, "", 5 * GIB, "office")
        webhook = Webhook(hook, disk, first_pause_s=0.01, space_every_s=0.01)
        running.append(webhook)
        webhook.start()
        return webhook

    yield start
    for webhook in running:
        webhook.stop()


def test_low_space_is_told_once_and_so_is_its_end(
    listener: Listener, start_webhook: Callable[[Listener, Disk], Webhook]
) -> None:
    disk = Disk()
    start_webhook(listener, disk)
    disk.usable = 4 * GIB
    eventually(lambda: len(listener.events) == 1)
    disk.usable = 6 * GIB  # enough is said only when there is clearly more
    disk.usable = 50 * GIB
    eventually(lambda: len(listener.events) == 2)
    assert [one["event"] for one in listener.events] == ["space_low", "space_enough"]
    assert listener.events[0]["disk"]["usable_bytes"] == 4 * GIB


def test_failures_are_tried_again_as_the_same_delivery_and_refusals_are_not(
    listener: Listener, start_webhook: Callable[[Listener, Disk], Webhook]
) -> None:
    webhook = start_webhook(listener, Disk())
    listener.statuses = [500, 429, 502]
    webhook.stored([])
    eventually(lambda: len(listener.taken) == 1)
    assert listener.tried == 4
    listener.statuses = [404]
    webhook.stored([])
    webhook.stored([])
    eventually(lambda: len(listener.taken) == 2)
    assert listener.tried == 6
    names = [headers["Wherry-Delivery"] for headers, _ in listener.taken]
    assert len(set(names)) == 2


def test_the_queue_has_an_end_and_the_oldest_go_first(
    listener: Listener, start_webhook: Callable[[Listener, Disk], Webhook]
) -> None:
    webhook = start_webhook(listener, Disk())
    listener.hang.clear()
    webhook.stored([])
    eventually(lambda: listener.tried == 1)
    for _ in range(QUEUED_MOST + 5):
        webhook.stored([])
    listener.hang.set()
    eventually(lambda: len(listener.taken) == QUEUED_MOST + 1)
