# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Locked, the window shows nothing of the accounts; the command line can lock it too."""

import os
import subprocess

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

LINK = f"otpauth://totp/Lockable:ada?secret={SECRET}&issuer=Lockable"


def shown(app):
    return [node.name for node in app.root.walk() if "Lockable" in node.name]


@test
def ctrl_l_locks_and_a_press_unlocks():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.add(LINK)
        app.key("ctrl+l")
        app.find("label", "Keyfob Is Locked")
        app.screenshot("locked")
        assert app.rows() == [] and shown(app) == [], shown(app)
        app.press("Unlock")
        wait_for(lambda: len(app.rows()) == 1, "the account")


@test
def an_open_dialog_goes_too():
    with App() as app:
        app.row("Lockable")
        app.key("ctrl+n")
        app.dialog()
        subprocess.run([os.path.join(BUILD, "src/cli/fob"), "lock", "--vault", "/nowhere/at/all"],
                       check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        app.gone("push button", "Cancel")
        assert app.rows() == [] and shown(app) == []


main()
