# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Deleted accounts: seen, restored, deleted forever."""

import json
import os
import subprocess

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")


def fob(*arguments):
    return subprocess.run([FOB, *arguments], capture_output=True, text=True, check=True, timeout=20).stdout


def add_and_delete(*issuers):
    for issuer in issuers:
        subprocess.run([FOB, "add", "-"], input=f"otpauth://totp/{issuer}:ada?secret={SECRET}&issuer={issuer}",
                       text=True, check=True, capture_output=True, timeout=20)
        fob("remove", "--yes", issuer)


def trashed():
    return [account["issuer"] for account in json.loads(fob("list", "--trash", "--json"))["accounts"]]


def open_trash(app):
    app.key("F10")
    app.press("Trash", role="menu item")


def answer(app, button):
    app.find("push button", button).press()
    app.gone("push button", button)


@test
def empty_at_first():
    with App() as app:
        app.find("label", "Add Your First Account")
        open_trash(app)
        app.find("label", "Trash Is Empty")
        assert not app.has("push button", "Empty…")
        app.screenshot("empty")
        app.key("Escape")
        app.gone("label", "Trash Is Empty")


@test
def what_was_deleted_comes_back():
    add_and_delete("One", "Two", "Three")
    with App() as app:
        app.find("label", "Add Your First Account")
        open_trash(app)
        app.find("label", "ada · 30 days left")
        app.screenshot("list")
        app.press("Restore Two")
        app.message("Two restored")
        app.gone("push button", "Restore Two")
        app.key("Escape")
        app.row("Two")
        wait_for(lambda: sorted(trashed()) == ["One", "Three"], "the trash")


@test
def what_another_program_deletes_appears():
    with App() as app:
        app.row("Two")
        open_trash(app)
        app.find("push button", "Restore One")
        fob("remove", "--yes", "Two")
        app.find("push button", "Restore Two")


@test
def forever_only_after_a_question():
    with App() as app:
        app.find("label", "Add Your First Account")
        open_trash(app)
        app.press("Delete One Forever")
        app.find("label", "Delete One Forever.")
        app.screenshot("question")
        answer(app, "Cancel")
        wait_for(lambda: sorted(trashed()) == ["One", "Three", "Two"], "the trash")
        app.press("Delete One Forever")
        answer(app, "Delete Forever")
        app.message("Deleted forever")
        app.gone("push button", "Delete One Forever")
        wait_for(lambda: sorted(trashed()) == ["Three", "Two"], "the trash")
        app.press("Empty…")
        answer(app, "Empty Trash")
        app.find("label", "Trash Is Empty")
        wait_for(lambda: trashed() == [], "the trash to be empty")


@test
def a_lock_closes_it():
    add_and_delete("One")
    with App() as app:
        app.find("label", "Add Your First Account")
        open_trash(app)
        app.press("Delete One Forever")
        app.find("push button", "Delete Forever")
        fob("lock", "--vault", "/nowhere/at/all")
        app.find("label", "Keyfob Is Locked")
        app.gone("push button", "Delete Forever")
        app.gone("push button", "Restore One")
        wait_for(lambda: trashed() == ["One"], "the account to stay")


@test
def it_looks_right():
    for name, environment in (("dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}), ("large", {"GDK_DPI_SCALE": "2"})):
        with App(environment=environment) as app:
            app.find("label", "Add Your First Account")
            open_trash(app)
            app.find("push button", "Restore One")
            app.screenshot(name)


main()
