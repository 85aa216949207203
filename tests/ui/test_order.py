# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The order of the accounts: by keyboard, by dragging, by name and by use."""

import base64
import json
import os
import subprocess
import time

from keyfob_ui import BUILD, App, main, run, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
USAGE = os.path.join(os.environ.get("XDG_STATE_HOME", os.path.join(HOME, ".local/state")), "keyfob", "usage")
NAMES = ["One", "Two", "Three", "Four"]


def fill():
    links = os.path.join(HOME, "links.txt")
    with open(links, "w", encoding="utf-8") as file:
        for i, name in enumerate(NAMES):
            secret = base64.b32encode(bytes([i + 1]) * 20).decode()
            file.write(f"otpauth://totp/{name}:ada?secret={secret}&issuer={name}\n")
    subprocess.run([FOB, "import", links], check=True, capture_output=True)


def order():
    done = subprocess.run([FOB, "list", "--json"], capture_output=True, text=True, check=True)
    return [account["issuer"] for account in json.loads(done.stdout)["accounts"]]


def drag(app, source, target):
    """Slowly, as a hand does."""
    wait_for(app.has_focus, "the focus")
    window, x, y = app.place(app.row(source))
    _, to_x, to_y = app.place(app.row(target))
    run("xdotool", "mousemove", "--window", window, str(x), str(y))
    time.sleep(0.2)
    run("xdotool", "mousedown", "1")
    for step in range(1, 21):
        run("xdotool", "mousemove", "--window", window, str(x + (to_x - x) * step // 20),
            str(y + (to_y - y) * step // 20))
        time.sleep(0.05)
    time.sleep(0.3)
    run("xdotool", "mouseup", "1")


@test
def by_keyboard():
    fill()
    with App() as app:
        app.row("One")
        app.key("Home")
        app.key("alt+Down")
        wait_for(lambda: order() == ["Two", "One", "Three", "Four"], "one down")
        # It keeps the focus.
        time.sleep(0.5)
        app.key("alt+Down")
        wait_for(lambda: order() == ["Two", "Three", "One", "Four"], "one more")
        time.sleep(0.5)
        app.key("alt+Up")
        wait_for(lambda: order() == ["Two", "One", "Three", "Four"], "one up")
        time.sleep(0.5)
        app.key("alt+Up", "alt+Up")
        wait_for(lambda: order()[0] == "One", "up to the top")


@test
def pinned_ones_stay_among_themselves():
    subprocess.run([FOB, "edit", "Three", "--favourite"], check=True, capture_output=True)
    before = order()
    with App() as app:
        app.row("Three")
        app.key("Home")
        app.key("alt+Down")
        time.sleep(1)
        assert order() == before
    subprocess.run([FOB, "edit", "Three", "--no-favourite"], check=True, capture_output=True)


@test
def by_dragging():
    before = order()
    with App() as app:
        app.row("One")
        drag(app, before[0], before[2])
        wait_for(lambda: order() == [before[1], before[2], before[0], before[3]], "the first one in the third place")
        app.screenshot("dragged")


def shown(app):
    """The services, from top to bottom."""
    return [name.split(",")[0] for name in sorted_names(app)]


def sorted_names(app):
    nodes = [(node.extents[1], node.name) for node in app.rows()]
    return [name for _, name in sorted(nodes)]


LETTERS = {"Manual Order": "m", "Name": "n", "Most Used": "u", "Recently Used": "r"}


def usage():
    if not os.path.exists(USAGE):
        return ""
    with open(USAGE, encoding="utf-8") as file:
        return file.read()


def choose_order(app, name):
    app.key("F10")
    app.find("menu item", "Lock")
    app.key("o")
    app.find(None, name)
    time.sleep(0.5)
    app.key(LETTERS[name])
    app.gone("menu item", "Lock")
    wait_for(app.has_focus, "the focus")
    time.sleep(0.5)


@test
def by_name_and_by_use():
    for name in NAMES:
        subprocess.run([FOB, "edit", name, "--no-favourite"], check=True, capture_output=True)
    before = order()
    with App() as app:
        app.row("One")
        choose_order(app, "Name")
        wait_for(lambda: shown(app) == sorted(NAMES), "the alphabet")
        # The keyboard goes on in the window, and rows of other orders stay where they are.
        app.key("Home")
        app.key("alt+Down")
        app.message("To move accounts, choose “Manual Order”.*")
        assert order() == before

        app.click(app.row("Two"))
        app.message("Code for Two copied")
        # Later than a double click.
        time.sleep(1)
        app.click(app.row("Two"))
        time.sleep(1.2)
        app.click(app.row("Three"))
        app.message("Code for Three copied")
        choose_order(app, "Most Used")
        wait_for(lambda: shown(app)[:2] == ["Two", "Three"], "the most used first")
        choose_order(app, "Recently Used")
        wait_for(lambda: shown(app)[:2] == ["Three", "Two"], "the last used first")
        # Nothing jumps while somebody looks at it.
        app.click(app.row("Two"))
        wait_for(lambda: "count=3" in usage(), "the third time")
        assert shown(app)[:2] == ["Three", "Two"]
    with App() as app:
        wait_for(lambda: shown(app)[:2] == ["Two", "Three"], "the order of last time")
        assert "Two" not in usage()
        app.key("ctrl+comma")
        app.click(app.find(None, "Remember which codes are copied"))
        wait_for(lambda: not os.path.exists(USAGE), "the file to go")
        app.key("Escape")
        app.gone("label", "Appearance")
        choose_order(app, "Manual Order")
        wait_for(lambda: shown(app) == before, "the order of before")


main()
