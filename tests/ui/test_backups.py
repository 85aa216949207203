# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Backups that make themselves, and the ways back from them."""

import contextlib
import glob
import os
import re
import shutil
import subprocess
import tempfile

from gi.repository import GLib
from keyfob_ui import SECRET, App, main, run, test, wait_for, wait_for_focus

FIRST = f"otpauth://totp/First:ada?secret={SECRET}&issuer=First"
SECOND = f"otpauth://totp/Second:ada?secret={SECRET}&issuer=Second"
PASSPHRASE = "korrekt pferd batterie"


@contextlib.contextmanager
def backup_folder():
    """A folder that is set in the preferences."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"[io/github/keyfob/Keyfob]\nbackup-folder='file://{folder}'\n")
        yield folder
    os.unlink(path)


def copies(folder):
    return glob.glob(folder + "/keyfob-*.json")


def delete_all(app):
    """Tests share the keyring."""
    while app.rows():
        n = len(app.rows())
        app.click(app.rows()[0], button=3)
        app.press("Delete", role="menu item")
        wait_for(lambda n=n: len(app.rows()) < n, "one row less")


def set_passphrase(app):
    app.press("Set Backup Passphrase.*")
    app.find("label", "Take at least eight characters.*")
    app.type(PASSPHRASE + "\t\t" + PASSPHRASE)
    button = wait_for(lambda: app.sensitive_button("Set Passphrase"), "two equal passphrases")
    app.screenshot("passphrase")
    button.press()


@test
def a_hint_after_the_first_account():
    with App() as app:
        app.find("label", "Add Your First Account")
        assert not app.has(name="Your accounts are on this computer alone.*")
        app.add(FIRST)
        app.message("Your accounts are on this computer alone.*")
        app.screenshot("hint")
        app.press("Set Up Backups…")
        app.find("label", "None is chosen, so no backups are made.")
        app.screenshot("preferences")
        app.key("Escape")
        app.gone("label", "None is chosen, so no backups are made.")
        app.press("Put Away")
        app.gone(name="Your accounts are on this computer alone.*")
        app.quit()
    with App() as app:
        app.row("First")
        assert not app.has(name="Your accounts are on this computer alone.*")


@test
def backups_make_themselves_and_bring_back():
    with backup_folder() as folder:
        with App() as app:
            app.secrets.append(PASSPHRASE)
            app.row("First")
            app.add(SECOND)
            # Nothing was set up yet, and the window says so.
            app.message("No backup passphrase is set yet.*")
            app.press("Backups…")
            set_passphrase(app)
            app.find("label", "The last backup was made today.*")
            assert len(copies(folder)) == 1
            app.screenshot("status")
            app.key("Escape")
            app.gone("label", "The last backup was made today.*")
            app.gone(name="No backup passphrase is set yet.*")

            # At quit what is not saved yet is.
            app.click(app.row("Second"), button=3)
            app.press("Delete", role="menu item")
            wait_for(lambda: len(app.rows()) == 1, "one row less")
            app.quit()
        assert len(copies(folder)) == 2
        with open(copies(folder)[0], encoding="ascii") as file:
            assert SECRET not in file.read()

        with App() as app:
            app.row("First")
            open_time_machine(app)
            wait_for(lambda: len(list_copies(app)) == 2, "two copies")
            app.screenshot("time-machine")
            click_in(app, "Earlier Copies", list_copies(app)[1])
            app.find("label", "1 account is gone since.*")
            app.screenshot("copy")
            app.press("Restore Second · ada.*")
            app.find(name="Second · ada restored")
            app.find("label", "2 accounts are the same.")
            app.press("Restore…")
            app.find("label", "2 accounts are the same.")
            assert app.sensitive_button("Restore") is None
            app.press("Cancel")
            app.gone("push button", "Cancel")
            wait_for(lambda: len(app.rows()) == 2, "it is back")
            undo(app)
            wait_for(lambda: len(app.rows()) == 1, "Undo")


def click_in(app, title, node):
    wait_for_focus(title)
    app.click(node)


def undo(app):
    wait_for_focus("Keyfob")
    app.key("ctrl+z")


def open_time_machine(app):
    app.key("F10")
    app.press("Backups", role="menu item")
    click_in(app, "Preferences", app.find("list item", "Earlier Copies….*"))


def list_copies(app):
    try:
        return [node for node in app.root.walk() if node.role == "list item"
                and node.find("label", r"Change \d+")]
    except GLib.Error:  # a window is just going away
        return []


@test
def a_whole_copy_comes_back_as_one_change():
    with backup_folder() as folder:
        with App() as app:
            app.row("First")
            app.add(SECOND)
            wait_for(lambda: len(copies(folder)) == 1, "a copy")
            delete_all(app)
            app.find("label", "Add Your First Account")
            open_time_machine(app)
            wait_for(lambda: list_copies(app), "the copies")
            click_in(app, "Earlier Copies", list_copies(app)[-1])
            app.find("label", "2 accounts are gone since.")
            app.press("Restore…")
            app.find("label", "2 accounts will be added.")
            app.screenshot("restore")
            wait_for(lambda: app.sensitive_button("Restore"), "the plan").press()
            app.gone("push button", "Cancel")
            wait_for(lambda: len(app.rows()) == 2, "two accounts")
            app.screenshot("restored")
            undo(app)
            app.find("label", "Add Your First Account")


def keyring(command):
    subprocess.run([os.path.join(os.environ["FOB_TEST_HARNESS"], "keyring-ctl"), command],
                   check=True, stdout=subprocess.DEVNULL)


@test
def a_keyring_that_was_reset_is_filled_again():
    with backup_folder() as folder:
        with App() as app:
            app.find("label", "Add Your First Account")
            app.add(FIRST)
            app.add(SECOND)
            wait_for(lambda: copies(folder), "a copy")
            app.quit()
        keyring("kill")
        for path in glob.glob(os.path.join(os.environ["XDG_DATA_HOME"], "keyrings", "*")):
            os.unlink(path)
        keyring("start")
        with App() as app:
            app.secrets.append(PASSPHRASE)
            app.find("label", "There are no accounts any more where Keyfob last saw 2.*")
            app.find("label", "2 accounts, last changed on .*")
            app.screenshot("recovery")
            app.press("Restore…")
            # The key of the backups went with the keyring.
            app.find("label", "This Backup Is Encrypted")
            wait_for_focus("Restore Backup")
            app.type("not this one")
            app.press("Open")
            app.message("This passphrase does not open the accounts.*")
            app.type(PASSPHRASE)
            app.press("Open")
            app.find("label", "2 accounts will be added.")
            wait_for(lambda: app.sensitive_button("Restore"), "the plan").press()
            app.gone("push button", "Cancel")
            wait_for(lambda: len(app.rows()) == 2, "two accounts")


@test
def a_conflict_copy_is_merged():
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        vault = os.path.join(folder, "vault.json")
        other = os.path.join(folder, "other.json")
        copy = os.path.join(folder, "vault.sync-conflict-20261123-092032-ABCDEFG.json")

        with App(environment={"KEYFOB_VAULT": vault}) as app:
            app.find("label", "Choose a Passphrase")
            app.type(PASSPHRASE + "\t\t" + PASSPHRASE)
            wait_for(lambda: app.sensitive_button("Create Vault"), "two equal passphrases").press()
            app.find("label", "Add Your First Account")
            app.add(FIRST)
            app.quit()
        shutil.copy(vault, other)
        with App(environment={"KEYFOB_VAULT": other}) as app:
            app.find("label", "Unlock Your Accounts")
            app.type(PASSPHRASE)
            wait_for(lambda: app.sensitive_button("Unlock"), "a passphrase").press()
            app.row("First")
            app.add(SECOND)
            app.quit()
        with App(environment={"KEYFOB_VAULT": vault}) as app:
            app.find("label", "Unlock Your Accounts")
            app.type(PASSPHRASE)
            wait_for(lambda: app.sensitive_button("Unlock"), "a passphrase").press()
            app.row("First")
            os.rename(other, copy)
            app.message("Your accounts were changed on two computers at once.*")
            app.press("Merge…")
            app.find("label", "1 account will be added.*")
            app.screenshot("conflict")
            wait_for(lambda: app.sensitive_button("Merge"), "the plan").press()
            app.gone("push button", "Cancel")
            app.row("Second")
            app.gone(name="Your accounts were changed on two computers at once.*")
            assert not os.path.exists(copy)
            assert os.path.exists(copy + ".merged")


if __name__ == "__main__":
    main()
