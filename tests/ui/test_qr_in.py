# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""QR codes come in: from image files, from the clipboard, by the command line."""

import os
import subprocess
import tempfile
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")


def draw(path, *links, background="white"):
    """Codes by another program, side by side on one picture."""
    parts = []
    for number, link in enumerate(links):
        part = f"{path}-{number}.png"
        subprocess.run(["qrencode", "-o", part, "-s", "5"], input=link, text=True, check=True)
        parts.append(part)
    subprocess.run(["convert", "-background", background, *parts, "-bordercolor", background, "-border", "60",
                    "+append", path], check=True)
    for part in parts:
        os.unlink(part)


def link(issuer, secret=SECRET):
    return f"otpauth://totp/{issuer}:ada?secret={secret}&issuer={issuer}"


def fob(*arguments, **options):
    return subprocess.run([FOB, *arguments], capture_output=True, text=True, check=False, **options)


@test
def image_files_of_every_kind():
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("png", "jpg", "webp"):
            path = os.path.join(folder, "code." + kind)
            draw(path, link("First"), link("Second"))
            done = fob("import", "--dry-run", "--json", path)
            assert done.returncode == 0, (kind, done.stderr)
            assert '"First"' in done.stdout and '"Second"' in done.stdout, done.stdout
        blank = os.path.join(folder, "blank.png")
        subprocess.run(["convert", "-size", "300x300", "xc:gray", blank], check=True)
        done = fob("import", blank)
        assert done.returncode == 1 and "no QR code" in done.stderr, done.stderr


@test
def the_window_opens_a_picture():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "screen.png")
        draw(path, link("First"), link("Second"))
        with App(path) as app:
            app.find("label", "First.*")
            app.screenshot("import")
            wait_for(lambda: app.sensitive_button("Import"), "the accounts").press()
            app.row("First")
            app.row("Second")


@test
def a_picture_is_pasted():
    with tempfile.TemporaryDirectory() as folder, App() as app:
        app.row("First")
        path = os.path.join(folder, "copied.png")
        draw(path, link("Third", "MFRGGZDFMZTWQ2LKNNWG23TP"))
        with open(path, "rb") as file:
            subprocess.run(["xclip", "-selection", "clipboard", "-t", "image/png"], stdin=file, check=True)
        # Nobody pastes in the same moment: what is there is told to the window a little later.
        time.sleep(0.5)
        app.key("ctrl+v")
        app.find("label", "Third.*")
        wait_for(lambda: app.sensitive_button("Import"), "the account").press()
        app.row("Third")


@test
def a_picture_without_a_code_is_said():
    with tempfile.TemporaryDirectory() as folder:
        blank = os.path.join(folder, "blank.png")
        subprocess.run(["convert", "-size", "300x300", "xc:gray", blank], check=True)
        with App(blank) as app:
            app.message(".*There is no QR code in the image.*")
            app.screenshot("blank")


main()
