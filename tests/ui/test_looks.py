# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The window in other sizes, colours and directions: nothing is cut off or out of place.

Leaves a picture of each for people to look at.
"""

import keyfob_ui
from keyfob_ui import BUILD, KEYFOB, App, main, os, run, test, wait_for

ROLES = ("push button", "toggle button", "label", "list item", "progress bar", "spin button")
AT = "--at=1700000002"


def shown(size="480x720", **environment):
    return App("--demo", AT, f"--size={size}", environment=environment)


def frame(app):
    return app.find("frame", "Keyfob").extents


def controls(app):
    """The controls that are drawn, with where they are."""
    return [(node.role, node.name, node.extents) for node in app.root.walk()
            if node.role in ROLES and node.extents[2] > 0]


def assert_inside(app):
    """Nothing reaches over the window's sides, where nobody can scroll to."""
    width = frame(app)[2]
    for role, name, (x, _, node_width, _) in controls(app):
        assert x >= 0 and x + node_width <= width, (role, name, x, node_width, width)


def pixel(x, y):
    """The colour of a point of the screen, red, green and blue."""
    text = run("import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "txt:-")
    numbers = text.splitlines()[-1].split("(")[1].split(")")[0].split(",")
    return [float(number) for number in numbers[:3]]


def active_window():
    """Where the window that has the focus is, its number and size."""
    window = run("xdotool", "getactivewindow").strip()
    return dict(line.split("=") for line in
                run("xdotool", "getwindowgeometry", "--shell", window).split())


def background():
    geometry = active_window()
    return pixel(int(geometry["X"]) + int(geometry["WIDTH"]) // 2,
                 int(geometry["Y"]) + int(geometry["HEIGHT"]) - 12)


def contents(app, code="GitHub"):
    """Waits until the list is drawn."""
    return wait_for(lambda: app.row(code).extents[2] > 0 and app.row(code), "the list to be drawn")


@test
def light():
    with shown(ADW_DEBUG_COLOR_SCHEME="prefer-light") as app:
        contents(app)
        assert_inside(app)
        wait_for(lambda: min(background()) > 200, "a light window", 5)
        app.screenshot("light")


@test
def dark():
    with shown(ADW_DEBUG_COLOR_SCHEME="prefer-dark") as app:
        contents(app)
        assert_inside(app)
        wait_for(lambda: 0 < max(background()) < 80, "a dark window", 5)
        app.screenshot("dark")


@test
def narrow():
    with shown("360x640") as app:
        contents(app)
        assert frame(app)[2] <= 360, frame(app)
        assert_inside(app)
        app.screenshot("narrow")


@test
def the_dialog_fits_a_phone():
    with shown("360x640") as app:
        contents(app)
        main_window = active_window()
        app.press("Add Account")
        app.dialog()
        wait_for(lambda: active_window()["WINDOW"] != main_window["WINDOW"], "the dialog in front")
        run("xdotool", "windowsize", "--sync", active_window()["WINDOW"], "360", "640")
        dialog = next(node for node in app.root.children() if node.find(None, "Cancel") is not None)
        wait_for(lambda: 0 < dialog.extents[2] <= 360, "a narrow dialog", 5)
        app.screenshot("narrow-dialog")
        for node in dialog.walk():
            x, _, width, _ = node.extents
            if node.role in ROLES and width > 0:
                assert x >= 0 and x + width <= 360, (node.role, node.name, x, width)


@test
def wide():
    with shown("1200x800") as app:
        row = contents(app).extents
        assert_inside(app)
        # A clamp keeps the code near its name, in the middle of the window.
        assert row[2] < 900, row
        assert abs(row[0] + row[2] / 2 - frame(app)[2] / 2) < 20, (row, frame(app))
        app.screenshot("wide")


@test
def large_text():
    with shown("480x720") as app:
        usual = contents(app).find("label", "GitHub").extents[3]
    run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
        "Xft.dpi:\t192\n")
    try:
        with shown("360x640") as app:
            large = contents(app).find("label", "GitHub").extents[3]
            app.screenshot("large-text")
            assert large > 1.7 * usual, (large, usual)
            assert_inside(app)
    finally:
        run("xprop", "-root", "-remove", "RESOURCE_MANAGER")


@test
def right_to_left():
    keyfob_ui.KEYFOB = os.path.join(BUILD, "tests", "ui", "keyfob-rtl")
    try:
        with shown() as app:
            row = contents(app)
            app.screenshot("right-to-left")
            assert_inside(app)
            menu = row.find(None, "Account Menu").extents
            ring = row.find("progress bar", "Time left").extents
            title = row.find("label", "GitHub").extents
            assert menu[0] < ring[0] < title[0], (menu, ring, title)
            # Digits are read from left to right everywhere.
            app.find("label", "546\u2009397")
            app.find("label", "\u20664711 0815\u2069")
    finally:
        keyfob_ui.KEYFOB = KEYFOB


@test
def the_other_pages():
    with shown(ADW_DEBUG_COLOR_SCHEME="prefer-dark") as app:
        contents(app)
        app.type("zzz")
        app.find("label", "No Accounts Found")
        app.screenshot("no-results-dark")
        app.key("Escape")
        contents(app)
        app.press("Add Account")
        app.dialog()
        app.screenshot("dialog-dark")


main()
