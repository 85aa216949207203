# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A portal of our own on the session bus, which hands out pictures of a screen."""

import threading

from gi.repository import Gio, GLib

INTERFACES = """<node><interface name="org.freedesktop.portal.Screenshot">
<method name="Screenshot"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.portal.Camera">
<method name="AccessCamera"><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
<method name="OpenPipeWireRemote"><arg type="a{sv}" direction="in"/><arg type="h" direction="out"/></method>
<property name="IsCameraPresent" type="b" access="read"/>
</interface></node>"""
REQUEST = """<node><interface name="org.freedesktop.portal.Request"><method name="Close"/></interface></node>"""
PATH = "/org/freedesktop/portal/desktop"


class Portal:
    """@answer: called with the options of each request; gives (response, results), None to let it wait, or raises.
    @camera: whether there is one."""

    def __init__(self, answer, camera=True):
        self.answer = answer
        self.camera = camera
        self.calls = []

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
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            self.bus.register_object(PATH, interface, self._call, self._get, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", ("org.freedesktop.portal.Desktop", 0)), None,
                           Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self.loop.run()
        self.context.pop_thread_default()

    def _close(self, _bus, _sender, _path, _interface, method, _arguments, invocation):
        self.calls.append(method)
        invocation.return_value(None)

    def _get(self, *_arguments):
        return GLib.Variant("b", self.camera)

    def _call(self, _bus, sender, _path, _interface, method, arguments, invocation):
        self.calls.append(method)
        if method == "OpenPipeWireRemote":
            fds = Gio.UnixFDList.new()
            with open("/dev/null", "rb") as file:
                fds.append(file.fileno())
            invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), fds)
            return
        options = arguments.unpack()[-1]
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        answer = self.answer(options)
        if answer is None:
            self.bus.register_object(request, Gio.DBusNodeInfo.new_for_xml(REQUEST).interfaces[0], self._close, None,
                                     None)
            invocation.return_value(GLib.Variant("(o)", (request,)))
            return
        response, results = answer
        # As early as it may come.
        self.bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                             GLib.Variant("(ua{sv})", (response, results)))
        invocation.return_value(GLib.Variant("(o)", (request,)))
