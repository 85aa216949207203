# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts go out to a file, after a word about what the file holds, and come back in from it."""

import os
import stat
import time

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


def choose_last_format(app):
    """The list opens with a small animation, and takes no key before it is there."""
    for _ in range(5):
        app.key("space")
        time.sleep(0.4)
        app.key("Down", "Down", "Return")
        time.sleep(0.4)
        if app.sensitive_button("Export…"):
            return
    raise AssertionError("the format was not chosen")


@test
def an_unencrypted_export_is_asked_about():
    path = os.path.join(os.environ["HOME"], "out.txt")
    with App() as app:
        fill(app)
        app.key("ctrl+e")
        app.find("push button", "Export…")
        app.find("label", "2 of 2 accounts can be written")
        app.screenshot("dialog")
        # Encrypted is what comes first; plain text has to be chosen.
        assert not app.find("push button", "Export…").sensitive
        app.key("Tab")
        choose_last_format(app)
        wait_for(lambda: app.sensitive_button("Export…"), "a format without a passphrase").press()
        app.find("label", r"Export Without Encryption\?")
        app.screenshot("question")
        app.press("Export Unencrypted")
        save_as(app, path)
        app.gone("push button", "Cancel")
        wait_for(lambda: os.path.exists(path), "the file")
    with open(path, encoding="utf-8") as file:
        assert len(file.readlines()) == 2
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    # All of it is in there, and known when it comes back.
    with App(path) as app:
        app.find("check box", "0 of 2 accounts will be imported")


main()
