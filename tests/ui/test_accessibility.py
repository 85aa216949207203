# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Every control of every window has a name that a screen reader can say."""

import os
import subprocess

import keyfob_ui
from keyfob_ui import BUILD, SECRET, App, main, test

VISIBLE = keyfob_ui.Atspi.StateType.VISIBLE
FOB = os.path.join(BUILD, "src/cli/fob")
# What somebody can do something with.
CONTROLS = {"push button", "toggle button", "check box", "radio button", "combo box", "spin button", "entry", "text",
            "password text", "list item", "menu item", "check menu item", "radio menu item", "page tab", "link",
            "slider", "switch", "progress bar", "level bar", "icon", "image"}


def look(app):
    """How many controls there are, and (role, where) of each one without a name. A part of a control that has one
    needs none."""
    found = []
    count = 0

    def walk(node, path, inside):
        nonlocal count
        try:
            role, name = node.role, node.name.strip()
            count += role in CONTROLS
            if role in CONTROLS and not name and not inside:
                found.append((role, " / ".join(path)))
            for child in node.children():
                if child.has_state(VISIBLE):
                    walk(child, path + [f"{role} “{name}”"], inside or role in ("spin button", "combo box", "entry"))
        except keyfob_ui.gi.repository.GLib.Error:
            return

    walk(app.root, [], False)
    return count, found


def check(app, what, at_least):
    """There are controls, and all have names."""
    count, found = look(app)
    print(f"# {what}: {count} controls", flush=True)
    assert not found, f"{what}: no name for {found}"
    assert count >= at_least, f"{what}: only {count} controls"


def menu(app, item, label):
    app.key("F10")
    app.press(item, role="menu item")
    app.find(name=label)


@test
def the_first_page():
    with App() as app:
        app.find("label", "Add Your First Account")
        check(app, "the empty page", 3)


@test
def the_list_and_its_menus():
    for kind, extra in (("totp", ""), ("hotp", "&counter=1"), ("steam", "")):
        subprocess.run([FOB, "add", "-", "--again"], text=True, check=True, capture_output=True,
                       input=f"otpauth://{kind}/{kind}:ada?secret={SECRET}&issuer={kind}{extra}\n")
    with App() as app:
        app.row("totp")
        check(app, "the list", 3)
        app.click(app.row("totp"), button=3)
        app.find("menu item", "Edit…")
        check(app, "the menu of a row", 3)
    with App() as app:
        app.row("totp")
        app.type("to")
        app.gone("list item", "steam, .*")
        check(app, "the search", 3)
    with App() as app:
        app.row("totp")
        app.key("F10")
        app.find("menu item", "Preferences")
        check(app, "the menu", 20)
        app.press("Select Accounts", role="menu item")
        app.press("Select All")
        app.message("3 selected")
        check(app, "the selection", 3)
        app.press("Tags…")
        app.find("label", "New tag")
        check(app, "tags", 3)


@test
def the_dialogs():
    with App() as app:
        app.row("totp")
        app.key("ctrl+n")
        app.find("label", "Account name")
        check(app, "a new account", 3)
        app.key("Escape")
        app.gone("label", "Account name")
        app.key("ctrl+e")
        app.find("label", "Format")
        check(app, "export", 3)
        app.key("Escape")
        app.gone("label", "Format")
        for item, label in (("Trash", "Trash Is Empty"), ("Health", "In Order")):
            menu(app, item, label)
            check(app, item, 3)
            app.key("Escape")
            app.gone(name=label)


@test
def the_preferences():
    with App() as app:
        app.row("totp")
        app.key("ctrl+comma")
        app.find("label", "Appearance")
        check(app, "general", 3)
        for tab, label in (("Security", "Kept in"), ("Backups", ".*[Bb]ackup.*")):
            app.click(app.find("page tab", tab))
            app.find("label", label)
            check(app, tab, 3)


main()
