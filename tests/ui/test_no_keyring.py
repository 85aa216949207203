# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""No Secret Service on the bus: the encrypted file."""

from keyfob_ui import SECRET, App, main, os, test, wait_for

PASSPHRASE = "correct horse battery"
FILE = os.path.join(os.environ["XDG_DATA_HOME"], "keyfob", "vault.json")


def unlock(app, *texts):
    app.find("push button", "Create Vault" if len(texts) > 1 else "Unlock")
    app.secrets += texts
    for i, text in enumerate(texts):
        if i > 0:
            # Past the first row's pen and eye.
            app.key("Tab", "Tab")
        app.key("ctrl+a")
        app.type(text)
    app.key("Return")


@test
def a_file_is_offered_and_made():
    with App() as app:
        app.find("label", "No Keyring Service")
        app.screenshot("no-service")
        app.press("Try Again")
        app.find("label", "No Keyring Service")
        app.press("Use an Encrypted File")
        app.find("label", "Choose a Passphrase")
        app.screenshot("passphrase")
        app.type("short")
        app.key("Return")
        app.message(".*too short.*")
        assert not os.path.exists(FILE)


@test
def the_passphrase_is_asked_twice():
    with App() as app:
        app.find("label", "Choose a Passphrase")
        app.type(PASSPHRASE)
        app.key("Return")
        app.message(".*differ.*")
        assert not os.path.exists(FILE)


@test
def the_file_keeps_the_accounts():
    with App() as app:
        app.find("label", "Choose a Passphrase")
        app.type(PASSPHRASE)
        rows = [node for node in app.root.walk() if node.role in ("password text", "text", "entry")
                and node.extents[2] > 0]
        app.click(rows[-1])
        app.type(PASSPHRASE)
        app.key("Return")
        app.find("label", "Add Your First Account")
        app.add(f"otpauth://totp/Filed:x?secret={SECRET}&issuer=Filed")
        app.secrets.append(PASSPHRASE)
        app.quit()
    assert os.stat(FILE).st_mode & 0o777 == 0o600
    with open(FILE, encoding="ascii") as file:
        text = file.read()
    assert "Filed" not in text and SECRET not in text


@test
def the_passphrase_opens_it_again():
    with App() as app:
        app.find("label", "Unlock Your Accounts")
        app.screenshot("unlock")
        app.type("wrong passphrase")
        app.key("Return")
        app.message(".*does not open.*")
        assert app.rows() == []
        wait_for(lambda: app.sensitive_button("Unlock"), "another try")
        app.key("ctrl+a")
        app.type(PASSPHRASE)
        app.key("Return")
        app.row("Filed")


main()
