# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A system bus with a logind of our own on it: a computer that really sleeps is hard to test."""

import os
import subprocess
import threading

from gi.repository import Gio, GLib

MANAGER = """<node><interface name="org.freedesktop.login1.Manager">
<method name="GetSession"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
<method name="GetSessionByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
<method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="h" direction="out"/></method>
<signal name="PrepareForSleep"><arg type="b"/></signal>
</interface></node>"""
PATH = "/org/freedesktop/login1"
SESSION = PATH + "/session/_31"


class Logind:
    """@inhibitors: what holds up sleep: (what, who, mode, the reading end of a pipe)."""

    def __enter__(self):
        self.inhibitors = []
        self.daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                                       stdout=subprocess.PIPE, text=True)
        self.address = self.daemon.stdout.readline().strip()
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
        self.daemon.kill()
        self.daemon.wait()

    def _serve(self, ready):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        self.bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(MANAGER).interfaces[0], self._call, None,
                                 None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                           "RequestName", GLib.Variant("(su)", ("org.freedesktop.login1", 0)), None,
                           Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self.loop.run()
        self.context.pop_thread_default()

    def _call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method != "Inhibit":
            invocation.return_value(GLib.Variant("(o)", (SESSION,)))
            return
        reading, writing = os.pipe()
        fds = Gio.UnixFDList.new()
        fds.append(writing)
        os.close(writing)
        what, who, _why, mode = arguments.unpack()
        self.inhibitors.append((what, who, mode, reading))
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), fds)

    def emit(self, path, interface, signal, parameters):
        self.bus.emit_signal(None, path, interface, signal, parameters)
        self.bus.flush_sync(None)

    def lock_session(self):
        self.emit(SESSION, "org.freedesktop.login1.Session", "Lock", None)

    def prepare_for_sleep(self, begins):
        self.emit(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", GLib.Variant("(b)", (begins,)))
