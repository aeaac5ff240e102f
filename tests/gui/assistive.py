"""A screen reader's view of a program: what it is told over AT-SPI, on a bus of the test's own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_PATIENCE_S = 20.0


class State(IntFlag):
    """Those of at-spi2-core's atspi-constants.h that the tests know."""

    CHECKED = 1 << 4
    COLLAPSED = 1 << 5
    EXPANDABLE = 1 << 9
    EXPANDED = 1 << 10
    FOCUSED = 1 << 12
    SELECTED = 1 << 23


@dataclass(frozen=True)
class Node:
    """One thing that a program tells of itself."""

    bus: DBusConnection
    owner: str
    path: str

    def _call(self, interface: str, method: str, signature: str = "", body: Any = ()) -> Any:
        address = DBusAddress(self.path, self.owner, interface)
        message = new_method_call(address, method, signature or None, body)
        answer = self.bus.send_and_get_reply(message, timeout=_PATIENCE_S)
        if answer.header.message_type is MessageType.error:
            raise LookupError(f"{self.path} {method}: {answer.body}")
        return answer.body

    def _property(self, interface: str, name: str) -> Any:
        address = DBusAddress(self.path, self.owner, interface)
        answer = self.bus.send_and_get_reply(Properties(address).get(name), timeout=_PATIENCE_S)
        if answer.header.message_type is MessageType.error:
            raise LookupError(f"{self.path} {name}: {answer.body}")
        return answer.body[0][1]

    @property
    def name(self) -> str:
        return str(self._property(_ACCESSIBLE, "Name"))

    @property
    def role(self) -> str:
        return str(self._call(_ACCESSIBLE, "GetRoleName")[0])

    @property
    def value(self) -> float:
        return float(self._property("org.a11y.atspi.Value", "CurrentValue"))

    @property
    def checked(self) -> bool:
        return State.CHECKED in self.state

    @property
    def state(self) -> State:
        return State(self._call(_ACCESSIBLE, "GetState")[0][0] & sum(State))

    def take_focus(self) -> None:
        self._call("org.a11y.atspi.Component", "GrabFocus")

    def press(self) -> None:
        self._call("org.a11y.atspi.Action", "DoAction", "i", (0,))

    def children(self) -> list[Node]:
        found = self._call(_ACCESSIBLE, "GetChildren")[0]
        return [Node(self.bus, owner, path) for owner, path in found]

    def walk(self) -> Iterator[Node]:
        """Yield this and all below it; what goes away meanwhile is left out."""
        yield self
        try:
            children = self.children()
        except LookupError:
            return
        for child in children:
            yield from child.walk()

    def find(self, role: str, name: str) -> Node | None:
        """Return the first node of a role whose name has this in it."""
        for node in self.walk():
            try:
                if node.role == role and name in node.name:
                    return node
            except LookupError:
                continue
        return None


@contextmanager
def session_bus(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Start a session bus; yields the environment that names it."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(
        command,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    try:
        yield {
            **environment,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
    finally:
        daemon.terminate()
        daemon.communicate()


@contextmanager
def desktop_of(environment: Mapping[str, str]) -> Iterator[Node]:
    """Connect as a screen reader does; yields what has all programs below it."""
    with open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]) as session:
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        asked = new_method_call(launcher, "GetAddress")
        address = session.send_and_get_reply(asked, timeout=_PATIENCE_S).body[0]
        with open_dbus_connection(address) as bus:
            yield Node(bus, "org.a11y.atspi.Registry", _ROOT)
