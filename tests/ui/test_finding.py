# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Finding an account: by typing, best fit first and highlighted, and by the number of its row."""

import base64
import json
import os
import subprocess
import time

from keyfob_ui import BUILD, App, get_clipboard, main, run, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
NAMES = ["Digital", "My Git", "GitHub", "Bank"]
# GNOME's blue, thin, on a white card.
MARK = "#bfd7f6"
HINT = "#3584e4"


def fill():
    links = os.path.join(HOME, "links.txt")
    with open(links, "w", encoding="utf-8") as file:
        for i, name in enumerate(NAMES):
            secret = base64.b32encode(bytes([i + 1]) * 20).decode()
            file.write(f"otpauth://hotp/{name}:ada?secret={secret}&issuer={name}&counter={i}\n".replace(" ", "%20"))
    subprocess.run([FOB, "import", links], check=True, capture_output=True)


def titles_in_vault():
    done = subprocess.run([FOB, "list", "--json"], capture_output=True, text=True, check=True)
    return [account["issuer"] for account in json.loads(done.stdout)["accounts"]]


def titles(app):
    """From top to bottom."""
    rows = sorted(app.rows(), key=lambda row: row.extents[1])
    return [row.name.split(",")[0] for row in rows]


def pixels(colour):
    """How many of about this colour are on the screen."""
    done = subprocess.run(["import", "-window", "root", "png:-"], capture_output=True, check=True)
    done = subprocess.run(["convert", "png:-", "-fuzz", "2%", "-fill", "black", "+opaque", colour, "-fill",
                           "white", "-opaque", colour, "-format", "%[fx:round(mean*w*h)]", "info:"], input=done.stdout,
                          capture_output=True, check=True)
    return int(float(done.stdout))


@test
def the_best_fit_comes_first_and_is_marked():
    fill()
    with App() as app:
        wait_for(lambda: titles(app) == NAMES, "the order of the vault")
        assert pixels(MARK) == 0
        app.type("git")
        wait_for(lambda: titles(app) == ["GitHub", "My Git", "Digital"], "the best first")
        wait_for(lambda: pixels(MARK) > 100, "marks")
        app.screenshot("search")
        app.key("Return")
        app.message("GitHub.*copied|.*opied.*")
        app.key("Escape")
        wait_for(lambda: titles(app) == NAMES, "all of them")
        wait_for(lambda: pixels(MARK) == 0, "no marks")


@test
def what_is_pinned_does_not_come_before_what_fits():
    subprocess.run([FOB, "edit", "Digital", "--favourite"], check=True, capture_output=True)
    with App() as app:
        wait_for(lambda: titles(app)[:1] == ["Digital"], "the pinned one on top")
        app.type("git")
        wait_for(lambda: titles(app) == ["GitHub", "My Git", "Digital"], "the best first")


@test
def a_tag_shows_its_accounts_alone():
    for name, tag in (("GitHub", "Work & more"), ("Bank", "Home"), ("My Git", "Work & more")):
        subprocess.run([FOB, "edit", name, "--tag", tag], check=True, capture_output=True)
    with App() as app:
        wait_for(lambda: len(titles(app)) == 4, "all of them")
        app.screenshot("tags")
        app.click(app.find("label", "Work & more"))
        wait_for(lambda: sorted(titles(app)) == ["GitHub", "My Git"], "those with the tag")
        # Both at once.
        app.type("hub")
        wait_for(lambda: titles(app) == ["GitHub"], "what fits of them")
        app.key("Escape")
        wait_for(lambda: sorted(titles(app)) == ["GitHub", "My Git"], "those with the tag again")
        # The tag goes, and what it kept out comes back.
        for name in ("GitHub", "My Git"):
            subprocess.run([FOB, "edit", name, "--untag", "Work & more"], check=True, capture_output=True)
        wait_for(lambda: len(titles(app)) == 4, "all of them")
        app.gone("label", "Work & more")


@test
def lesson_11_what_is_done_hits_the_row_that_is_seen():
    before = titles_in_vault()
    with App() as app:
        wait_for(lambda: titles(app)[:1] == ["Digital"], "the pinned one on top")
        app.type("git")
        wait_for(lambda: titles(app) == ["GitHub", "My Git", "Digital"], "another order than that of the vault")
        app.click(app.row("My Git"), button=3)
        app.press("Delete", role="menu item")
        app.message("My Git deleted")
        wait_for(lambda: titles_in_vault() == [name for name in before if name != "My Git"], "that one to go")
        app.key("Escape")
        app.key("ctrl+z")
        wait_for(lambda: sorted(titles_in_vault()) == sorted(before), "it to come back")


@test
def a_number_copies_its_row():
    with App() as app:
        wait_for(lambda: titles(app) == ["Digital", "My Git", "GitHub", "Bank"], "the rows")
        wait_for(app.has_focus, "the focus")
        run("xdotool", "keydown", "Alt_L")
        try:
            wait_for(lambda: pixels(HINT) > 2000, "the numbers")
            app.screenshot("hints")
            run("xdotool", "key", "3")
        finally:
            run("xdotool", "keyup", "Alt_L")
        wait_for(lambda: get_clipboard().isdigit() and get_clipboard() in app.code("GitHub"), "its code")
        wait_for(lambda: pixels(HINT) < 500, "the numbers to go")


def tags():
    done = subprocess.run([FOB, "tags", "--json"], capture_output=True, text=True, check=True)
    return {tag["tag"]: tag["accounts"] for tag in json.loads(done.stdout)["tags"]}


@test
def tags_are_renamed_merged_and_deleted():
    for name, tag in (("GitHub", "Work"), ("Bank", "Home"), ("My Git", "Work")):
        subprocess.run([FOB, "edit", name, "--tag", tag], check=True, capture_output=True)
    assert tags() == {"Work": 2, "Home": 1}, tags()
    with App() as app:
        app.row("GitHub")
        app.press("Edit Tags…")
        app.find("label", "A tag that gets the name of another.*")
        app.screenshot("edit-tags")
        app.click(app.find("label", "1 account"))
        app.key("ctrl+a")
        app.type("Private")
        app.key("Return")
        wait_for(lambda: tags() == {"Work": 2, "Private": 1}, "the other name")
        time.sleep(0.5)
        app.click(app.find("label", "1 account"))
        app.key("ctrl+a")
        app.type("Work")
        app.key("Return")
        wait_for(lambda: tags() == {"Work": 3}, "one tag instead of two")
        app.press("Delete the Tag “Work”")
        wait_for(lambda: tags() == {}, "no tag")
        app.message("Tag “Work” deleted")
        app.press("Undo")
        wait_for(lambda: tags() == {"Work": 3}, "the tag again")
        app.key("F10")
        app.press("Tags…", role="menu item")
        app.press("Delete the Tag “Work”")
        wait_for(lambda: tags() == {}, "no tag")


main()
