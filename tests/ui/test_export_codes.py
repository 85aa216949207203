# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts go out to Google Authenticator as a series of QR codes, read by another program."""

import json
import os
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for, wait_for_focus

FOB = os.path.join(BUILD, "src/cli/fob")


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
