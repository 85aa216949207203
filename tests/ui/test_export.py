# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts go out to a file, after a word about what the file holds, and come back in from it."""

import os
import stat

from keyfob_ui import SECRET, App, main, test, wait_for

LINKS = [
    f"otpauth://totp/First:ada?secret={SECRET}&issuer=First",
    f"otpauth://hotp/Third:ada?secret={SECRET}&issuer=Third&counter=4",
]


def fill(app):
    app.find("label", "Add Your First Account")
    app.paste("\n".join(LINKS))
    wait_for(lambda: app.sensitive_button("Import"), "the preview").press()
    wait_for(lambda: len(app.rows()) == 2, "two accounts")
    app.gone("push button", "Cancel")


def save_as(app, path):
    app.find("push button", "Save|Export")
    app.find("text", "Name.*|.*")
    app.key("ctrl+a")
    app.type(path)
    app.key("Return")


@test
def an_encrypted_export_comes_back():
    path = os.path.join(os.environ["HOME"], "out.json")
    with App() as app:
        fill(app)
        app.key("ctrl+e")
        app.find("push button", "Export…")
        app.find("label", "2 of 2 accounts can be written")
        # Encrypted is what comes first.
        assert not app.find("push button", "Export…").sensitive
        app.type("correct horse battery\t\tcorrect horse battery")
        wait_for(lambda: app.sensitive_button("Export…"), "the passphrase to do")
        app.screenshot("dialog")
        app.press("Export…")
        save_as(app, path)
        app.gone("push button", "Cancel")
        wait_for(lambda: os.path.exists(path), "the file")
    with open(path, encoding="utf-8") as file:
        assert "First" not in file.read()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    with App(path) as app:
        app.find("label", "This File Is Encrypted")
        app.screenshot("passphrase")
        app.type("wrong")
        app.key("Return")
        app.message("This passphrase does not open the accounts. Try again.")
        app.key("ctrl+a")
        app.type("correct horse battery")
        app.key("Return")
        # All of it is in there, and known.
        app.find("check box", "0 of 2 accounts will be imported")


main()
