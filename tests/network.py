"""A network of its own for senders: a line that is slow, goes down or ends elsewhere, and names.

Linux and root only: a network namespace, joined to this machine by a pair of virtual interfaces.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import struct
import subprocess
import threading
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

NAME = "receiver.test"
TTL_S = 1
A, ANY_CLASS, REFUSED = 1, 1, 5
BURST_BYTES, QUEUE_BYTES = 3000, 16_000
SUBNETS = 250


class NameServer(threading.Thread):
    """Answers questions for `NAME` on port 53, and refuses all others (RFC 1035).

    Attributes:
        address: what the name stands for now; None: a failing server (SERVFAIL).
        is_silent: it does not answer at all.
        asked: how many questions for an address it has had.
    """

    def __init__(self, host: str, address: str) -> None:
        super().__init__(name="name server")
        self.address: str | None = address
        self.is_silent = False
        self.asked = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 53))

    def run(self) -> None:
        with self._socket:
            while True:
                question, sender = self._socket.recvfrom(512)
                if not question:
                    return
                if not self.is_silent:
                    self._socket.sendto(self._answer(question), sender)

    def stop(self) -> None:
        """End the thread and wait for it."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
            own.sendto(b"", self._socket.getsockname())
        self.join()

    def _answer(self, question: bytes) -> bytes:
        name, end = b"", 12
        while length := question[end]:
            name += question[end + 1 : end + 1 + length] + b"."
            end += 1 + length
        (kind,) = struct.unpack("!H", question[end + 1 : end + 3])
        self.asked += kind == A
        address, failed = self.address, self.address is None
        known = name.lower() == f"{NAME}.".encode()
        record = b""
        if known and kind == A and address is not None:
            record = struct.pack("!HHHIH", 0xC00C, A, ANY_CLASS, TTL_S, 4)
            record += socket.inet_aton(address)
        code = 2 if failed else 0 if known else REFUSED
        head = question[:2] + struct.pack("!HHHHH", 0x8580 | code, 1, bool(record), 0, 0)
        return head + question[12 : end + 5] + record


class Network:
    """A namespace whose only way out is a line to this machine.

    Attributes:
        address: of the name server.
        prefix: what stands before a command that is to run there.
        names: what resolves names for it.
    """

    def __enter__(self) -> Self:
        self._take(_claim())
        try:
            self._join()
            self._names_file.parent.mkdir(parents=True, exist_ok=True)
            self._names_file.write_text(
                f"nameserver {self.address}\noptions timeout:3 attempts:2\n", "ascii"
            )
            self.names = NameServer(self.address, self._reached)
        except BaseException:
            self._remove()
            raise
        self.names.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.names.stop()
        self._remove()

    def _take(self, number: int) -> None:
        self._name = _name_of(number)
        self._here, self._there = f"{self._name}h", f"{self._name}t"
        self._subnet = _subnet_of(number)
        self.address = f"{self._subnet}.1"
        self._hosts = count(101)
        self._reached = f"{self._subnet}.{next(self._hosts)}"
        self.prefix = ("ip", "netns", "exec", self._name)
        self._names_file = Path("/etc/netns") / self._name / "resolv.conf"

    def _join(self) -> None:
        pair = ("type", "veth", "peer", "name", self._there, "netns", self._name)
        _run("ip", "link", "add", self._here, *pair)
        for address in (self.address, self._reached):
            _run("ip", "address", "add", f"{address}/24", "dev", self._here)
        _run("ip", "link", "set", self._here, "up")
        inside = ("ip", "-n", self._name)
        _run(*inside, "address", "add", f"{self._subnet}.100/24", "dev", self._there)
        for device in ("lo", self._there):
            _run(*inside, "link", "set", device, "up")

    def _remove(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            _run("ip", "link", "delete", self._here)
        _run("ip", "netns", "delete", self._name)
        shutil.rmtree(self._names_file.parent, ignore_errors=True)

    def slow(self, bytes_per_s: int) -> None:
        """Let no more through in either direction."""
        bucket = ("tbf", "rate", f"{bytes_per_s * 8}bit", "burst", str(BURST_BYTES))
        queue = ("limit", str(QUEUE_BYTES))
        _run("tc", "qdisc", "replace", "dev", self._here, "root", *bucket, *queue)
        there = ("tc", "-n", self._name, "qdisc", "replace", "dev", self._there)
        _run(*there, "root", *bucket, *queue)

    def fast(self) -> None:
        """Undo `slow`."""
        _run("tc", "qdisc", "delete", "dev", self._here, "root")
        _run("tc", "-n", self._name, "qdisc", "delete", "dev", self._there, "root")

    def down(self) -> None:
        """Let nothing through: no side is told."""
        _run("ip", "link", "set", self._here, "down")

    def up(self) -> None:
        """Undo `down`."""
        _run("ip", "link", "set", self._here, "up")

    def move(self) -> None:
        """Have the receiver's name stand for another address, where it is reached from now on.

        What is on its way to the old one is lost, nobody is told.
        """
        old, self._reached = self._reached, f"{self._subnet}.{next(self._hosts)}"
        _run("ip", "address", "add", f"{self._reached}/24", "dev", self._here)
        _run("ip", "address", "delete", f"{old}/24", "dev", self._here)
        self.names.address = self._reached


def _name_of(number: int) -> str:
    return f"wherry-{number}"


def _subnet_of(number: int) -> str:
    return f"10.213.{number}"


def _claim() -> int:
    """Make the namespace of the first number that nobody has, a run that was killed included.

    Two networks of the same addresses do no work: answers leave by the wrong one.
    """
    for number in range(SUBNETS):
        if _run("ip", "route", "show", "root", f"{_subnet_of(number)}.0/24"):
            continue
        try:
            _run("ip", "netns", "add", _name_of(number))
        except subprocess.CalledProcessError as error:
            if "File exists" not in error.stderr:
                raise
        else:
            return number
    raise OSError("all networks for tests are taken")


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
