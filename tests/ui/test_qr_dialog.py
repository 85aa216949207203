# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The QR code of an account on the screen, read by another program."""

import os
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
LINK = f"otpauth://totp/Bücher%20%26%20Co:ada%2Btag%40example.org?secret={SECRET}&issuer=B%C3%BCcher%20%26%20Co" \
       "&algorithm=SHA256&digits=8&period=60"


def uri():
    return subprocess.run([FOB, "uri", "Bücher", "--show-secret"], capture_output=True, text=True,
                          check=False).stdout.strip()


def read(path):
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", path], capture_output=True, check=False)
    return done.stdout.decode().rstrip("\n")


def screen(name):
    path = os.path.join(BUILD, "tests/ui/screenshots", f"qr-{name}.png")
    subprocess.run(["import", "-window", "root", path], check=True)
    return read(path)


def open_code(app):
    app.click(app.row("Bücher & Co"), button=3)
    app.press("Show QR Code…", role="menu item")
    app.find("label", "Whoever sees this code.*")
    app.secrets.append(SECRET)


@test
def it_says_what_the_link_says():
    subprocess.run([FOB, "add", "-"], input=LINK, text=True, check=True, capture_output=True)
    wanted = uri()
    assert wanted.startswith("otpauth://totp/"), wanted
    dark = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
    for name, environment in (("light", {}), ("dark", dark), ("twice", {"GDK_SCALE": "2"}),
                              ("twice-dark", {**dark, "GDK_SCALE": "2"})):
        with App(environment=environment) as app:
            app.row("Bücher & Co")
            app.key("Home", "shift+F10") if "GDK_SCALE" in environment else app.click(app.row("Bücher & Co"), button=3)
            app.press("Show QR Code…", role="menu item")
            app.find("label", "Whoever sees this code.*")
            wait_for(lambda name=name: screen(name) == wanted, "the same text")


@test
def the_picture_is_copied_and_goes_with_the_lock():
    with App() as app:
        open_code(app)
        app.press("Copy Image")
        app.message("Image copied")
        path = os.path.join(os.environ["HOME"], "copied.png")
        with open(path, "wb") as file:
            subprocess.run(["xclip", "-o", "-selection", "clipboard", "-t", "image/png"], stdout=file, check=True,
                           timeout=20)
        assert read(path) == uri()
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        app.gone("label", "Whoever sees this code.*")
        time.sleep(0.3)
        assert screen("locked") == ""


main()
