# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A QR code on the screen, through the desktop's portal."""

import os
import subprocess

from gi.repository import GLib

from keyfob_ui import SECRET, App, main, test, wait_for
from mock_portal import Portal

LINK = f"otpauth://totp/Screen%20Bank:ada?secret={SECRET}&issuer=Screen%20Bank"


def picture(text=None):
    """A screen with a code among other things; its path."""
    path = os.path.join(os.environ["HOME"], "Screenshot.png")
    subprocess.run(["convert", "-size", "1280x800", "plasma:grey40-grey60", path], check=True)
    if text is not None:
        code = os.path.join(os.environ["HOME"], "code.png")
        subprocess.run(["qrencode", "-s", "4", "-o", code, text], check=True)
        subprocess.run(["convert", path, code, "-geometry", "+700+300", "-composite", path], check=True)
    return path


def scan(app):
    app.key("F10")
    app.press("Scan QR Code From Screen", role="menu item")


@test
def a_code_on_the_screen_becomes_an_account():
    path = picture(LINK)
    asked = []

    def answer(options):
        asked.append(options)
        return 0, {"uri": GLib.Variant("s", GLib.filename_to_uri(path))}

    with Portal(answer), App() as app:
        app.find("label", "Add Your First Account")
        scan(app)
        wait_for(lambda: app.sensitive_button("Import"), "the preview").press()
        app.row("Screen Bank")
        assert asked[0]["interactive"] is True, asked
        # The picture is as secret as the account.
        wait_for(lambda: not os.path.exists(path), "the picture to go")


@test
def a_screen_without_a_code_says_so():
    path = picture()
    with Portal(lambda _options: (0, {"uri": GLib.Variant("s", GLib.filename_to_uri(path))})), App() as app:
        app.row("Screen Bank")
        scan(app)
        app.message(".*QR code.*")
        wait_for(lambda: not os.path.exists(path), "the picture to go")


@test
def thinking_better_of_it_says_nothing():
    with Portal(lambda _options: (1, {})) as portal, App() as app:
        app.row("Screen Bank")
        scan(app)
        # Then another time: it still works.
        path = picture(LINK)
        portal.answer = lambda _options: (0, {"uri": GLib.Variant("s", GLib.filename_to_uri(path))})
        scan(app)
        app.find("push button", "Import")


@test
def failures_say_what_to_do():
    results = [(2, {}), (0, {}), (0, {"uri": GLib.Variant("s", "file:///nowhere/at/all.png")})]
    with Portal(lambda _options: results.pop(0)), App() as app:
        app.row("Screen Bank")
        while results:
            scan(app)
            app.message("This desktop gave no picture of the screen.*")


@test
def a_desktop_without_a_portal_says_what_to_do():
    with App() as app:
        app.row("Screen Bank")
        scan(app)
        app.message("This desktop gave no picture of the screen.*")


main()
