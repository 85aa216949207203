# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What may make codes wrong or accounts get lost, told in the window."""

import os
import subprocess

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]


def add(issuer, secret):
    subprocess.run([FOB, "add", "-", "--again"], text=True, check=True, capture_output=True,
                   input=f"otpauth://totp/{issuer}:ada?secret={secret}&issuer={issuer}\n")


def health(app):
    app.key("F10")
    app.press("Health", role="menu item")
    app.find("label", "In Order")


@test
def what_is_wrong_is_said_with_what_to_do():
    add("First", SECRET)
    add("Second", SECRET)
    add("Weak", "JBSWY3DPEHPK3PXP")
    with App() as app:
        app.row("First")
        health(app)
        app.find("label", "1 account has the same secret as another one.")
        app.find("label", "If they were imported twice, delete one of each.")
        app.find("label", "1 account has a secret of less than 128 bits.")
        app.find("label", "No backup is known.")
        app.find("label", "The vault holds 3 accounts.")
        app.find("label", "The default keyring.*|The keyring.*")
        # What is said of the clock depends on the machine; that something is does not.
        app.find("label", "The clock is kept.*|Nothing on this computer says.*|Whether the clock.*")
        app.screenshot("todo")
        app.press("Backups…")
        app.find("label", "Back up to.*|Folder.*|Automatic.*|Backups.*")
        app.gone("label", "No backup is known.")


@test
def what_was_mended_is_in_order():
    subprocess.run([FOB, "remove", "--yes", "Second"], check=True, capture_output=True)
    subprocess.run([FOB, "remove", "--yes", "Weak"], check=True, capture_output=True)
    with open(os.path.join(HOME, "passphrase"), "w", encoding="utf-8") as file:
        file.write("correct horse battery\n")
    os.makedirs(os.path.join(HOME, "copies"), exist_ok=True)
    subprocess.run([FOB, "backup", os.path.join(HOME, "copies"), "--passphrase-file", os.path.join(HOME, "passphrase")],
                   check=True, capture_output=True)
    with App(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}) as app:
        app.row("First")
        health(app)
        app.find("label", "No two accounts have the same secret.")
        app.find("label", "Every secret has 128 bits or more.")
        app.find("label", "The last backup is of .*")
        app.screenshot("order")


@test
def the_lock_closes_it():
    with App() as app:
        app.row("First")
        health(app)
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        app.gone("label", "In Order")
        wait_for(lambda: app.process.poll() is None, "the program to stay")


main()
