# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Several accounts at once: chosen in the list, then tagged, pinned, exported, shown as QR codes and deleted."""

import base64
import json
import os
import subprocess
import time

import keyfob_ui
from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
NAMES = ["Alpha", "Beta", "Gamma", "Delta"]


def fill():
    links = os.path.join(HOME, "links.txt")
    with open(links, "w", encoding="utf-8") as file:
        for i, name in enumerate(NAMES):
            secret = base64.b32encode(bytes([i + 1]) * 20).decode()
            file.write(f"otpauth://totp/{name}:ada?secret={secret}&issuer={name}\n")
    subprocess.run([FOB, "import", links], check=True, capture_output=True)


def accounts():
    done = subprocess.run([FOB, "list", "--json"], capture_output=True, text=True, check=True)
    return {account["issuer"]: account for account in json.loads(done.stdout)["accounts"]}


def start(app, *names):
    """Begins with the menu of the first one, then clicks the others."""
    app.click(app.row(names[0]), button=3)
    app.press("Select", role="menu item")
    app.message("1 selected")
    for n, name in enumerate(names[1:], 2):
        app.click(app.row(name))
        app.message(f"{n} selected")


def over(app):
    wait_for(lambda: not app.has("check box", "Select Alpha"), "the end of it")


@test
def several_are_deleted_and_come_back():
    fill()
    with App() as app:
        app.row("Alpha")
        start(app, "Alpha", "Gamma")
        assert app.find("check box", "Select Alpha").has_state(keyfob_ui.Atspi.StateType.CHECKED)
        assert not app.find("check box", "Select Beta").has_state(keyfob_ui.Atspi.StateType.CHECKED)
        app.screenshot("list")
        app.press("Delete")
        app.message("2 accounts deleted")
        wait_for(lambda: set(accounts()) == {"Beta", "Delta"}, "two to go")
        over(app)
        app.key("ctrl+z")
        wait_for(lambda: set(accounts()) == set(NAMES), "them to come back")
        # A click copies again.
        app.click(app.row("Beta"))
        app.message(".*copied.*|.*Copied.*")


@test
def all_by_keyboard_and_none():
    with App() as app:
        app.row("Alpha")
        app.key("Home")
        app.key("ctrl+a")
        app.message("4 selected")
        app.key("Return")
        app.message("3 selected")
        app.key("Escape")
        over(app)
        app.key("F10")
        app.press("Select Accounts", role="menu item")
        app.message("0 selected")
        assert not app.find("push button", "Delete").sensitive
        app.press("Stop Selecting")
        over(app)


@test
def several_are_pinned_and_unpinned():
    with App() as app:
        app.row("Alpha")
        start(app, "Gamma", "Delta")
        app.press("Pin or Unpin")
        app.message("2 accounts pinned")
        wait_for(lambda: {name for name, account in accounts().items() if account["favourite"]} == {"Gamma", "Delta"},
                 "the pins")
        over(app)
        start(app, "Gamma", "Delta")
        app.press("Pin or Unpin")
        app.message("2 accounts unpinned")
        wait_for(lambda: not any(account["favourite"] for account in accounts().values()), "no pins")


@test
def tags_are_given_and_taken():
    subprocess.run([FOB, "edit", "Alpha", "--tag", "Old"], check=True, capture_output=True)
    subprocess.run([FOB, "edit", "Beta", "--tag", "Old", "--tag", "Mail"], check=True, capture_output=True)
    with App() as app:
        app.row("Alpha")
        start(app, "Alpha", "Beta")
        app.press("Tags…")
        app.find("check box", "Mail")
        time.sleep(0.3)
        app.type("Bank & Co")
        app.key("Return")
        app.find("check box", "Bank & Co")
        app.screenshot("tags")
        # Both had it: it goes. One had the other: nobody touched it, so it stays as it is.
        app.click(app.find("check box", "Old"))
        app.press("Apply")
        app.message("Tags of 2 accounts changed")
        wait_for(lambda: accounts()["Alpha"]["tags"] == ["Bank & Co"], "the tags of the first")
        assert sorted(accounts()["Beta"]["tags"]) == ["Bank & Co", "Mail"]
        assert accounts()["Gamma"]["tags"] == []
        app.key("ctrl+z")
        wait_for(lambda: sorted(accounts()["Beta"]["tags"]) == ["Mail", "Old"], "the tags of before")


@test
def a_selection_is_exported():
    with App() as app:
        app.row("Alpha")
        start(app, "Beta", "Delta")
        app.press("Export…")
        app.find("label", "2 of 2 accounts can be written")
        app.screenshot("export")


@test
def codes_of_several_are_shown():
    with App() as app:
        app.row("Alpha")
        start(app, "Alpha", "Delta")
        app.press("Show QR Codes")
        app.find("label", "1 of 2")
        app.secrets.append(SECRET)
        app.screenshot("codes")


@test
def it_fits_where_there_is_little_room():
    for name, environment in (("dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}), ("large", {"GDK_DPI_SCALE": "2"})):
        with App(environment=environment) as app:
            app.row("Alpha")
            app.key("Home", "ctrl+a")
            app.message("4 selected")
            app.screenshot(name)


@test
def the_lock_ends_it():
    with App() as app:
        app.row("Alpha")
        start(app, "Alpha")
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        app.gone(name="1 selected")


main()
