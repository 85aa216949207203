# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What the preferences and the menu change about the list: hidden codes, small rows, style, order."""

import base64
import os
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, oathtool, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
NAMES = ["Zebra", "apple", "Mango"]
HIDDEN = r"Zebra, ada, code hidden"


def fill():
    links = os.path.join(HOME, "links.txt")
    secrets = [SECRET] + [base64.b32encode(bytes([i]) * 20).decode() for i in (1, 2)]
    with open(links, "w", encoding="utf-8") as file:
        for name, secret in zip(NAMES, secrets):
            file.write(f"otpauth://totp/{name}:ada?secret={secret}&issuer={name}\n")
    subprocess.run([FOB, "import", links], check=True, capture_output=True)


def titles(app):
    rows = [node for node in app.root.walk() if node.role == "list item" and ", code" in node.name]
    return [row.name.split(",")[0] for row in sorted(rows, key=lambda row: row.extents[1])]


def preferences(app):
    app.key("ctrl+comma")
    app.find("label", "Appearance")


def close(app):
    app.key("Escape")
    app.gone("label", "Appearance")


def corner(app):
    """The brightness of the window's background."""
    path = os.path.join(HOME, "screen.png")
    subprocess.run(["import", "-window", "root", path], check=True)
    done = subprocess.run(["convert", path, "-gravity", "center", "-crop", "20x20+0+200", "-colorspace", "gray",
                           "-format", "%[fx:mean]", "info:"], capture_output=True, text=True, check=True)
    return float(done.stdout)


@test
def codes_are_hidden_and_shown_for_a_while():
    fill()
    with App() as app:
        app.row("Zebra")
        preferences(app)
        app.screenshot("preferences")
        app.click(app.find("list item", "Hide codes.*"))
        close(app)
        app.find("list item", HIDDEN)
        assert not [node for node in app.root.walk() if node.role == "label" and node.name[:3].isdigit()]
        app.screenshot("hidden")
        app.click(app.find("list item", HIDDEN))
        wait_for(lambda: app.code("Zebra") == oathtool("--totp"), "the code")
        # The others stay hidden, and so does this one again after a while.
        app.find("list item", "apple, ada, code hidden")
        app.find("list item", HIDDEN, timeout=20)
        preferences(app)
        app.click(app.find("list item", "Hide codes.*"))
        close(app)
        wait_for(lambda: app.code("Mango"), "all codes")


@test
def rows_get_smaller():
    with App() as app:
        before = app.row("Zebra").extents[3]
        preferences(app)
        app.click(app.find("list item", "Small rows.*"))
        close(app)
        wait_for(lambda: app.rows()[1].extents[1] - app.rows()[0].extents[1] < before + 14, "less between them")
        app.screenshot("compact")


@test
def dark_holds_whatever_the_desktop_prefers():
    with App() as app:
        app.row("Zebra")
        wait_for(lambda: corner(app) > 0.8, "a light window")
        preferences(app)
        app.click(app.find("label", "Style"))
        time.sleep(0.5)
        app.key("Down", "Down", "Return")
        time.sleep(0.3)
        close(app)
        wait_for(lambda: corner(app) < 0.3, "a dark window")
    with App() as app:
        app.row("Zebra")
        wait_for(lambda: corner(app) < 0.3, "a dark window after a restart")


main()
