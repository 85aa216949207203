# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A portal of our own on the session bus, which hands out pictures of a screen."""

import threading

from gi.repository import Gio, GLib

SCREENSHOT = """<node><interface name="org.freedesktop.portal.Screenshot">
<method name="Screenshot"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method>
</interface></node>"""
PATH = "/org/freedesktop/portal/desktop"


class Portal:
    """@answer: called with the options of each request; gives (response, results), or raises."""

    def __init__(self, answer):
        self.answer = answer

    def __enter__(self):
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop.new(self.context, False)
        ready = threading.Event()
        self.thread = threading.Thread(target=self._serve, args=(ready,))
        self.thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, kind, value, trace):
        self.loop.quit()
        self.thread.join()
        self.bus.close_sync(None)

    def _serve(self, ready):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(SCREENSHOT).interfaces[0], self._call, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", ("org.freedesktop.portal.Desktop", 0)), None,
                           Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self.loop.run()
        self.context.pop_thread_default()

    def _call(self, _bus, sender, _path, _interface, _method, arguments, invocation):
        _parent, options = arguments.unpack()
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        response, results = self.answer(options)
        # As early as it may come.
        self.bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                             GLib.Variant("(ua{sv})", (response, results)))
        invocation.return_value(GLib.Variant("(o)", (request,)))
