"""A desktop portal that knows light and dark: org.freedesktop.portal.Settings.

Started on a session bus; prints "ready". Each line on its standard input, "dark" or "light", is
what it wants of all programs from then on; at the end of that input it ends.
"""

from __future__ import annotations

import os
import sys
import threading

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = DBusAddress(PATH, interface="org.freedesktop.portal.Settings")
APPEARANCE, SCHEME = "org.freedesktop.appearance", "color-scheme"
WANTED = {"dark": ("u", 1), "light": ("u", 2)}


def main() -> None:
    bus = open_dbus_connection()
    bus.send_and_get_reply(message_bus.RequestName(NAME))
    lock = threading.Lock()

    def read_wishes() -> None:
        for line in sys.stdin:
            values = (APPEARANCE, SCHEME, WANTED[line.strip()])
            with lock:
                bus.send(new_signal(SETTINGS, "SettingChanged", "ssv", values))
        os._exit(0)  # whoever started it is gone

    threading.Thread(target=read_wishes, daemon=True).start()
    print("ready", flush=True)
    while True:
        message = bus.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        if message.header.fields[HeaderFields.member] == "ReadAll":
            now = {APPEARANCE: {SCHEME: WANTED["light"]}}
            answer = new_method_return(message, "a{sa{sv}}", (now,))
        else:
            answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        with lock:
            bus.send(answer)


if __name__ == "__main__":
    main()
