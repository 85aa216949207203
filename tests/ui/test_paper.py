# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A backup on paper, printed into a file and read by another program."""

import glob
import os
import subprocess

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
LINK = f"otpauth://totp/Bank:ada?secret={SECRET}&issuer=Bank"


def sheets():
    return [path for path in glob.glob(os.environ["HOME"] + "/**/*.pdf", recursive=True) if os.path.getsize(path) > 0]


def ask(app):
    app.key("F10")
    app.press("Print Paper Backup…", role="menu item")
    app.find("label", "The sheet holds the secrets of all accounts.*")


def read(path):
    subprocess.run(["pdftoppm", "-r", "200", "-gray", path, path], check=True)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", *glob.glob(path + "*.pgm")], capture_output=True,
                          check=False)
    return sorted(done.stdout.decode().splitlines())


@test
def the_sheet_says_what_the_links_say():
    subprocess.run([FOB, "add", "-"], input=LINK, text=True, check=True, capture_output=True)
    with App() as app:
        app.row("Bank")
        ask(app)
        app.press("Cancel")
        app.gone("label", "The sheet holds the secrets.*")
        ask(app)
        app.press("Print…")
        app.click(app.find(name="Print to File"))
        wait_for(lambda: app.sensitive_button("Print"), "a printer").press()
        app.message("Backup sent to the printer")
        wait_for(sheets, "a printed file")
    wanted = subprocess.run([FOB, "uri", "Bank", "--show-secret"], capture_output=True, text=True, check=True).stdout
    wait_for(lambda: read(sheets()[0]) == [wanted.strip()], "the same links")


@test
def the_lock_calls_printing_off():
    for path in sheets():
        os.remove(path)
    with App() as app:
        app.row("Bank")
        ask(app)
        app.press("Print…")
        app.click(app.find(name="Print to File"))
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        wait_for(lambda: app.sensitive_button("Print"), "a printer").press()
        app.gone(name="Print to File")
        app.gone(name="Backup sent to the printer")
        assert [path for path in sheets() if read(path)] == []
        app.find("label", "Keyfob Is Locked")


# Where GTK prints into a file.
os.chdir(os.environ["HOME"])
main()
