# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The preferences: what opens the accounts, where they are kept, and how codes are shown."""

import os
import re
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for, wait_for_focus

FOB = os.path.join(BUILD, "src/cli/fob")
PASSPHRASE = "quartz oboe nimbus tapir"
OTHER = "fjord wicket lantern moss"
FILE = os.path.join(os.environ["XDG_DATA_HOME"], "keyfob", "vault.json")
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")


def slots():
    return [subprocess.run(["secret-tool", "lookup", "slot", name], capture_output=True, text=True,
                           check=False).stdout for name in "ab"]


def open_security(app):
    app.key("ctrl+comma")
    app.find("label", "Codes")
    app.click(app.find("page tab", "Security"))
    app.find("label", "Kept in")


def close(app):
    """The first press may only put away a toast."""
    for _ in range(3):
        if app.has("label", "Kept in"):
            wait_for_focus("Preferences")
            app.key("Escape")
            time.sleep(0.5)
    app.gone("label", "Kept in")


def fill(app, *texts):
    """What is to be typed into the rows of a dialog, one after the other, past the eyes in them."""
    app.secrets += texts
    app.type("\t\t".join(texts))


@test
def the_pages():
    subprocess.run([FOB, "add", "-"], text=True, check=True, capture_output=True,
                   input=f"otpauth://totp/Prefer:ada?secret={SECRET}&issuer=Prefer\n")
    with App() as app:
        app.row("Prefer")
        app.key("ctrl+comma")
        app.find("label", "Codes")
        app.screenshot("general")
        app.key("Escape")
        app.gone("label", "Codes")
        open_security(app)
        app.find("label", "None: the accounts open with the keyring")
        app.screenshot("security")


@test
def a_passphrase_is_set_changed_and_removed():
    with App() as app:
        app.row("Prefer")
        open_security(app)
        app.press("Set Passphrase.*")
        app.find("label", "Take at least eight characters.*")
        app.type("password1")
        app.find("label", "Weak.*")
        app.screenshot("weak")
        app.key("ctrl+a")
        fill(app, PASSPHRASE, PASSPHRASE)
        app.find("label", "Strong|Good")
        wait_for(lambda: [node for node in app.root.walk() if node.name == "Set Passphrase" and node.sensitive
                          and node.role == "push button"], "two equal ones")
        app.screenshot("strong")
        app.key("Return")
        app.find("label", "Set: asked for on top of the keyring")
        assert all("sealed " in text and "Prefer" not in text for text in slots())

        app.press("Change Passphrase.*")
        app.find("label", "Type the present passphrase.*")
        fill(app, "not the present one", OTHER, OTHER)
        app.screenshot("change")
        app.key("Return")
        app.message(".*does not open.*")
        app.press("Change Passphrase.*")
        app.find("label", "Type the present passphrase.*")
        before = slots()
        fill(app, PASSPHRASE, OTHER, OTHER)
        app.key("Return")
        wait_for(lambda: all(old != new for old, new in zip(before, slots())), "another seal on both")
        app.gone(None, ".*does not open.*")
        close(app)
        wait_for(lambda: len(app.rows()) == 1, "the account")
        app.key("ctrl+l")
        app.find("label", "Unlock Your Accounts")
        app.type(OTHER)
        app.key("Return")
        app.row("Prefer")
    with App() as app:
        app.find("label", "Unlock Your Accounts")
        app.secrets.append(OTHER)
        app.type(OTHER)
        app.key("Return")
        app.row("Prefer")
        open_security(app)
        app.press("Remove Passphrase.*")
        app.find("label", "Type the present passphrase.*")
        app.screenshot("remove")
        app.type(OTHER)
        app.key("Return")
        app.find("label", "None: the accounts open with the keyring")
        assert not any("sealed " in text for text in slots())


@test
def the_accounts_move_into_a_file_and_back():
    with App() as app:
        app.row("Prefer")
        open_security(app)
        app.press("Move Accounts Into a File.*")
        app.find("label", "Take at least eight characters.*")
        fill(app, PASSPHRASE, PASSPHRASE)
        app.screenshot("move")
        app.key("Return")
        app.find("label", "Unlock Your Accounts")
        assert os.path.exists(FILE) and slots() == ["", ""]
        app.type(PASSPHRASE)
        app.key("Return")
        app.row("Prefer")
        open_security(app)
        app.find("label", "Set: the file is encrypted with it")
        app.screenshot("file")
        app.press("Move Accounts to the Keyring.*")
        app.find("label", "Move Accounts to the Keyring.")
        app.press("Move")
        wait_for(lambda: not os.path.exists(FILE), "the file to go")
        app.row("Prefer")
        assert "Prefer" in "".join(slots())


def kept():
    if not os.path.exists(SETTINGS):
        return ""
    with open(SETTINGS, encoding="utf-8") as file:
        return file.read()


@test
def settings_are_kept():
    with App() as app:
        app.row("Prefer")
        open_security(app)
        app.click(app.find(None, "When the screen is locked"))
        wait_for(lambda: "lock-with-session=false" in kept(), "the switch")
        app.click(app.find(None, "When nobody uses the window"))
        app.find("label", "After 1 hour")
        time.sleep(0.5)
        app.key("Up", "Up", "Up", "Return")
        wait_for(lambda: re.search(r"lock-idle-seconds=(uint32 )?(0|60|300)\n", kept() + "\n"), "the choice")


@test
def digits_are_grouped():
    with App() as app:
        row = app.row("Prefer")
        code = app.find("label", "[0-9]{3}.[0-9]{3}")
        assert code
        app.key("ctrl+comma")
        app.click(app.find(None, "Group digits"))
        app.find("label", "In twos")
        time.sleep(0.5)
        app.key("Down", "Return")
        wait_for(lambda: "group-codes='twos'" in kept(), "the choice")
        app.find("label", "[0-9]{2}\u2009[0-9]{2}\u2009[0-9]{2}")
        assert row


main()
