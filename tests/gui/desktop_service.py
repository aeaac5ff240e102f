"""A small desktop on a message bus of its own: takes notifications, and the wish to stay awake.

Started inside `dbus-run-session`; prints what it is asked for as JSON lines, one each. Told "click"
on its standard input it clicks on the last notification; at the end of that input it ends.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NOTIFICATIONS = "org.freedesktop.Notifications"
POWER = "org.freedesktop.PowerManagement.Inhibit"
NAMES = (NOTIFICATIONS, POWER, "org.freedesktop.PowerManagement")
NUMBER = 7


def answer_to(message: Any) -> tuple[str, tuple[Any, ...]] | None:
    """Return signature and values to answer a call with."""
    member = message.header.fields.get(HeaderFields.member)
    answers: dict[str, tuple[str, tuple[Any, ...]]] = {
        "Notify": ("u", (NUMBER,)),
        "Inhibit": ("u", (NUMBER,)),
        "UnInhibit": ("", ()),
        "HasInhibit": ("b", (False,)),
    }
    return answers.get(str(member))


def main() -> None:
    bus = open_dbus_connection()
    for name in NAMES:
        bus.send_and_get_reply(message_bus.RequestName(name))
    lock = threading.Lock()

    def read_clicks() -> None:
        for _line in sys.stdin:
            place = DBusAddress("/org/freedesktop/Notifications", interface=NOTIFICATIONS)
            clicked = new_signal(place, "ActionInvoked", "us", (NUMBER, "default"))
            closed = new_signal(place, "NotificationClosed", "uu", (NUMBER, 2))
            with lock:
                bus.send(clicked)
                bus.send(closed)
        os._exit(0)  # whoever started it is gone

    threading.Thread(target=read_clicks, daemon=True).start()
    print(json.dumps(["ready"]), flush=True)
    while True:
        message = bus.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        told = answer_to(message)
        if told is None:
            continue
        member = message.header.fields[HeaderFields.member]
        print(json.dumps([member, *map(str, message.body)]), flush=True)
        with lock:
            bus.send(new_method_return(message, *told) if told[0] else new_method_return(message))


if __name__ == "__main__":
    main()
