# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The accounts lock by themselves: with the screen, before sleep, when nobody is there."""

import contextlib
import os
import select
import subprocess
import time

from gi.repository import Gio, GLib
from keyfob_ui import BUILD, SECRET, App, main, test, wait_for
from mock_logind import Logind

FOB = os.path.join(BUILD, "src/cli/fob")
PASSPHRASE = "korrekt pferd batterie"
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")


def add_account():
    subprocess.run([FOB, "add", "-", "--again"], text=True, check=True, capture_output=True,
                   input=f"otpauth://totp/Lockable:ada?secret={SECRET}&issuer=Lockable\n")


def set_passphrase(*options):
    """With the command line; the window has its own test."""
    path = os.path.join(os.environ["HOME"], "passphrase")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PASSPHRASE + "\n")
    arguments = ["--none", "--passphrase-file", path] if options == ("--none",) else ["--new-passphrase-file",
                                                                                     path]
    subprocess.run([FOB, "vault", "passphrase", *arguments], check=True, capture_output=True)


@contextlib.contextmanager
def settings(**values):
    os.makedirs(os.path.dirname(SETTINGS), exist_ok=True)
    with open(SETTINGS, "w", encoding="utf-8") as file:
        file.write("[io/github/keyfob/Keyfob]\n")
        for name, value in values.items():
            file.write(f"{name.replace('_', '-')}={value}\n")
    yield
    os.unlink(SETTINGS)


def screen(interface, active):
    path = "/" + interface.replace(".", "/")
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.emit_signal(None, path, interface, "ActiveChanged", GLib.Variant("(b)", (active,)))
    bus.flush_sync(None)


@contextlib.contextmanager
def screen_saver(name):
    """Signals count when they come from whoever has the name."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    for call in ("RequestName", "ReleaseName"):
        parameters = GLib.Variant("(su)", (name, 0)) if call == "RequestName" else GLib.Variant("(s)", (name,))
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", call, parameters,
                      None, Gio.DBusCallFlags.NONE, -1, None)
        if call == "RequestName":
            yield


def system_bus(logind):
    return {"DBUS_SYSTEM_BUS_ADDRESS": logind.address}


@test
def the_screen_locks_and_unlocks_it():
    add_account()
    for name in ("org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver"):
        with screen_saver(name), App() as app:
            app.row("Lockable")
            screen(name, True)
            app.find("label", "Keyfob Is Locked")
            assert app.rows() == []
            # Whoever unlocked the screen needs no other key to a keyring that is open.
            screen(name, False)
            app.row("Lockable")


@test
def what_somebody_locked_stays_locked():
    with screen_saver("org.gnome.ScreenSaver"), App() as app:
        app.row("Lockable")
        app.key("ctrl+l")
        app.find("label", "Keyfob Is Locked")
        screen("org.gnome.ScreenSaver", True)
        screen("org.gnome.ScreenSaver", False)
        time.sleep(0.5)
        assert app.rows() == []


@test
def somebody_else_cannot_lock_or_unlock_it():
    """A signal from a stranger on the bus says nothing."""
    with App() as app:
        app.row("Lockable")
        screen("org.gnome.ScreenSaver", True)
        time.sleep(0.5)
        assert len(app.rows()) == 1


@test
def the_session_locks_it():
    with Logind() as logind, App(environment=system_bus(logind)) as app:
        app.row("Lockable")
        wait_for(lambda: logind.inhibitors, "somebody on the bus")
        time.sleep(0.3)
        logind.lock_session()
        app.find("label", "Keyfob Is Locked")


@test
def it_is_locked_before_the_computer_sleeps():
    with Logind() as logind, App(environment=system_bus(logind)) as app:
        app.row("Lockable")
        what, who, mode, pipe = wait_for(lambda: logind.inhibitors, "the inhibitor")[0]
        assert (what, who, mode) == ("sleep", "Keyfob", "delay")
        assert select.select([pipe], [], [], 0.2)[0] == [], "let go too early"
        logind.prepare_for_sleep(True)
        assert select.select([pipe], [], [], 5)[0] == [pipe], "logind waits in vain"
        assert app.rows() == [], "asleep with accounts on screen"
        logind.prepare_for_sleep(False)
        wait_for(lambda: len(logind.inhibitors) == 2, "another one, for the next time")
        app.press("Unlock")
        app.row("Lockable")


@test
def settings_switch_it_off():
    with settings(lock_with_session="false", lock_on_suspend="false"), Logind() as logind, \
            App(environment=system_bus(logind)) as app:
        app.row("Lockable")
        time.sleep(0.5)
        assert logind.inhibitors == []
        logind.lock_session()
        logind.prepare_for_sleep(True)
        time.sleep(0.5)
        assert len(app.rows()) == 1


@test
def without_a_passphrase_idling_does_not_lock():
    with settings(lock_idle_seconds="uint32 1"), App() as app:
        app.row("Lockable")
        time.sleep(2)
        assert len(app.rows()) == 1


@test
def nobody_there_locks_it():
    set_passphrase()
    with settings(lock_idle_seconds="uint32 3"), App() as app:
        app.secrets.append(PASSPHRASE)
        app.find("label", "Unlock Your Accounts")
        app.type(PASSPHRASE)
        app.key("Return")
        app.row("Lockable")
        # Whoever types is there.
        for _ in range(5):
            time.sleep(1)
            app.key("Down")
            assert len(app.rows()) == 1, "locked under somebody's hands"
        app.find("label", "Unlock Your Accounts")
        assert app.rows() == []
        app.type("not this one")
        app.key("Return")
        app.message(".*does not open.*")
        wait_for(lambda: app.sensitive_button("Unlock"), "another try")
        app.key("ctrl+a")
        app.type(PASSPHRASE)
        app.key("Return")
        app.row("Lockable")
    set_passphrase("--none")


main()
