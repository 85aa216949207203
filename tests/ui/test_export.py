# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts go out to a file, after a word about what the file holds, and come back in from it."""

import json
import os
import stat
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for, wait_for_focus

FOB = os.path.join(BUILD, "src/cli/fob")

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


def read_codes(app, n_pages):
    """What another program sees of every page."""
    texts = []
    for page in range(1, n_pages + 1):
        app.find("label", f"{page} of {n_pages}")
        path = os.path.join(os.environ["HOME"], "page.png")

        def look(path=path):
            subprocess.run(["import", "-window", "root", path], check=True)
            text = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", path], capture_output=True,
                                  text=True, check=False).stdout.strip()
            return text if text and text not in texts else None

        texts.append(wait_for(look, f"code {page}"))
        app.screenshot(f"codes-{page}")
        app.key("Right")
    return texts


@test
def many_accounts_go_out_as_qr_codes():
    links = [f"otpauth://totp/Shop%20{i}:ada?secret={SECRET}&issuer=Shop%20{i}" for i in range(23)]
    links.append(f"otpauth://totp/Slow:ada?secret={SECRET}&issuer=Slow&period=60")
    subprocess.run([FOB, "import", "-"], input="\n".join(links), text=True, check=True,
                   capture_output=True)
    with App() as app:
        app.secrets.append(SECRET)
        app.row("Shop 0")
        app.key("ctrl+e")
        app.find("push button", "Export…")
        wait_for_focus("Export Accounts")
        app.key("shift+Tab", "space")
        time.sleep(0.5)
        app.key(*["Down"] * 6, "Return")
        app.find("label", "23 of 24 accounts can be written")
        app.find("label", "Google Authenticator only has a time step of 30 seconds.")
        app.screenshot("google")
        app.press("Show QR Codes…")
        app.press("Show QR Codes")
        texts = read_codes(app, 3)
    path = os.path.join(os.environ["HOME"], "codes.txt")
    with open(path, "w", encoding="utf-8") as file:
        # In the order in which somebody happened to scan them.
        file.write("\n".join(reversed(texts)))
    answer = json.loads(subprocess.run([FOB, "import", path, "--dry-run", "--json"], check=True,
                                       capture_output=True, text=True).stdout)
    assert sorted(account["issuer"] for account in answer["accounts"]) == sorted(f"Shop {i}" for i in range(23))
    assert not answer["skipped"]


main()
