# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A backup on paper, printed into a file and read by another program."""

import base64
import glob
import json
import os
import subprocess
import time

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
LINK = f"otpauth://totp/Bank:ada?secret={SECRET}&issuer=Bank"


def sheets():
    return [path for path in glob.glob(os.environ["HOME"] + "/**/*.pdf", recursive=True) if os.path.getsize(path) > 0]


def ask(app):
    app.key("F10")
    app.press("Print Paper Backup…", role="menu item")
    app.find("label", "An encrypted sheet takes a passphrase.*")


def print_to_file(app):
    app.click(app.find(name="Print to File"))
    wait_for(lambda: app.sensitive_button("Print"), "a printer").press()
    app.message("Backup sent to the printer")
    wait_for(sheets, "a printed file")


def accounts(*options):
    done = subprocess.run([FOB, "list", "--json", *options], capture_output=True, text=True, check=True)
    return [(entry["type"], entry["issuer"], entry["account"]) for entry in json.loads(done.stdout)["accounts"]]


def restore_in_window(pages):
    with App(*pages) as app:
        app.find("label", ".*Enter the passphrase that was set there.")
        time.sleep(0.5)
        app.secrets.append("correct horse")
        app.type("correct horse battery")
        app.key("Return")
        app.find("check box", "0 of 31 accounts will be imported")
        app.screenshot("restored")


def read(path):
    subprocess.run(["pdftoppm", "-r", "200", "-gray", path, path], check=True)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", *glob.glob(path + "*.pgm")], capture_output=True,
                          check=False)
    return sorted(done.stdout.decode().splitlines())


@test
def the_sheet_says_what_the_links_say():
    subprocess.run([FOB, "add", "-"], input=LINK, text=True, check=True, capture_output=True)
    with App() as app:
        app.row("Bank")
        ask(app)
        app.press("Cancel")
        app.gone("label", "An encrypted sheet.*")
        ask(app)
        app.screenshot("ask")
        app.press("Print Readable…")
        print_to_file(app)
    wanted = subprocess.run([FOB, "uri", "Bank", "--show-secret"], capture_output=True, text=True, check=True).stdout
    wait_for(lambda: read(sheets()[0]) == [wanted.strip()], "the same links")


@test
def an_encrypted_sheet_comes_back_with_its_passphrase():
    for path in sheets():
        os.remove(path)
    # More than a page of codes.
    with open("more.txt", "w", encoding="utf-8") as file:
        for i in range(30):
            secret = base64.b32encode(bytes([i]) * 20).decode()
            file.write(f"otpauth://totp/More{i}:ada@example.org?secret={secret}&issuer=More{i}\n")
    subprocess.run([FOB, "import", "more.txt"], check=True, capture_output=True)
    before = accounts()
    assert len(before) == 31
    with App() as app:
        app.row("Bank")
        ask(app)
        app.press("Print Encrypted…")
        app.find("label", "Encrypt the Paper Backup")
        time.sleep(0.5)
        app.type("correct horse battery\t\tcorrect horse battery")
        app.screenshot("passphrase")
        app.secrets.append("correct horse")
        wait_for(lambda: app.sensitive_button("Set Passphrase"), "a passphrase").press()
        print_to_file(app)
    subprocess.run(["pdftoppm", "-r", "200", "-png", sheets()[0], "page"], check=True)
    pages = sorted(glob.glob("page*.png"))
    assert len(pages) > 1, pages
    assert SECRET not in " ".join(read(sheets()[0]))
    with open("passphrase", "w", encoding="utf-8") as file:
        file.write("correct horse battery\n")
    run = subprocess.run([FOB, "import", "--vault", "restored.json", "--vault-passphrase-file", "passphrase",
                          "--passphrase-file", "passphrase", *reversed(pages)], capture_output=True, text=True,
                         check=False)
    assert run.returncode == 0, run.stderr
    assert accounts("--vault", "restored.json", "--passphrase-file", "passphrase") == before
    # A page that is missing is told, and nothing comes in.
    run = subprocess.run([FOB, "import", "--passphrase-file", "passphrase", pages[0]], capture_output=True, text=True,
                         check=False)
    assert run.returncode == 1 and "codes of this paper backup are missing" in run.stderr, run.stderr
    # The window takes the pages as they come.
    restore_in_window(pages)


@test
def the_lock_calls_printing_off():
    for path in sheets():
        os.remove(path)
    with App() as app:
        app.row("Bank")
        ask(app)
        app.press("Print Readable…")
        app.click(app.find(name="Print to File"))
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        wait_for(lambda: app.sensitive_button("Print"), "a printer").press()
        app.gone(name="Print to File")
        app.gone(name="Backup sent to the printer")
        assert [path for path in sheets() if read(path)] == []
        app.find("label", "Keyfob Is Locked")


# Where GTK prints into a file.
os.chdir(os.environ["HOME"])
main()
