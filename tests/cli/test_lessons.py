# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What has cost users of other programs their accounts, by the command line."""

import hashlib
import os
import re
import shutil
import subprocess

from fob_run import FOB, SECRET, file_vault, keyring_vault
from fob_tap import main, test

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


@test
def lesson_4_another_keyring_or_none_changes_nothing_for_a_file():
    with file_vault() as vault:
        vault.add("Bank")
        environment = {**vault.environment(), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"}
        done = subprocess.run([FOB, "list", "--passphrase-file", vault.passphrase_file], env=environment,
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Bank" in done.stdout, done.stderr


@test
def lesson_7_22_every_version_that_was_written_opens():
    """Files as they were written by each version of the format; they never change."""
    names = sorted(name for name in os.listdir(DATA) if re.fullmatch(r"vault-\d+\.json", name))
    assert names
    for name in names:
        with file_vault() as vault:
            shutil.copyfile(os.path.join(DATA, name), vault.place)
            accounts = vault.ok("list", "--json").json["accounts"]
            assert [(account["issuer"], account["account"], account["type"]) for account in accounts] == \
                [("Bank", "ada@example.org", "totp"), ("Zähler", "bob", "hotp"), ("Steam", "gabe", "steam")]
            first = vault.ok("show", "bank", "--json", "--show-secret").json
            assert first == {**first, "secret": SECRET, "algorithm": "SHA256", "digits": 8, "period": 60,
                             "tags": ["Money", "Work"], "note": "two\nlines", "favourite": True}, first
            assert vault.ok("show", "zahler", "--json").json["counter"] == 41
            # What is written now keeps what was read, and a copy of it stays.
            vault.add("New")
            with open(vault.place + "~", "rb") as kept, open(os.path.join(DATA, name), "rb") as golden:
                assert kept.read() == golden.read()
            again = vault.ok("show", "bank", "--json", "--show-secret").json
            assert again == first
            vault.ok("restore-account", "gone")
            assert len(vault.accounts()) == 5


@test
def lesson_17_two_accounts_with_one_secret_are_two():
    with file_vault() as vault, file_vault() as other:
        first, second = vault.add("One"), vault.add("Two")
        vault.ok("edit", second, "--note", "of the second")
        assert [vault.ok("show", account, "--json").json["note"] for account in (first, second)] == \
            ["", "of the second"]
        vault.ok("remove", "--yes", first)
        assert [account["id"] for account in vault.accounts()] == [second]
        vault.ok("restore-account", first)
        assert {account["issuer"] for account in vault.accounts()} == {"One", "Two"}
        # Nor do they become one on their way through other apps' files.
        for name in ("aegis", "stratum", "2fas", "uri-list"):
            path = os.path.join(vault.folder, f"out.{name}")
            assert vault.fob("export", path, "--format", name, "--yes").status in (0, 3)
            read = vault.ok("import", "--dry-run", "--json", path).json
            assert {account["issuer"] for account in read["accounts"]} == {"One", "Two"}, (name, read)
        path = os.path.join(vault.folder, "out.stratum")
        assert other.fob("import", path).status == 0
        assert len(other.accounts()) == 2
        # The same file once more brings nothing: lesson 11.
        other.fob("import", path)
        assert len(other.accounts()) == 2


def fingerprints(folder, ours):
    found = {}
    for path, _folders, files in os.walk(folder):
        for name in files:
            full = os.path.join(path, name)
            if not re.fullmatch(ours, os.path.relpath(full, folder)):
                with open(full, "rb") as file:
                    found[full] = hashlib.sha256(file.read()).hexdigest()
    return found


@test
def lesson_20_what_is_not_ours_is_left_alone():
    """A folder full of somebody's files, with names as near to ours as they get."""
    names = ("vault.json.bak", "vault.json~~", "vault", "vault.json.damaged", ".vault.json", "keyfob.json", "notes",
             "keyfob-backup.json", "keyfob-1.json", "keyfob-20200101T000000Z.json", "keyfob-x-000001.json",
             "vault.json.sync-conflict-notes.txt", "copies/keyfob-20200101T000000Z-1.json.old", "copies/photo.jpg")
    with file_vault() as vault, keyring_vault() as keyring:
        for name in names:
            path = os.path.join(vault.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(name)
        ours = r"vault\.json~?|passphrase|copies/keyfob-[^/]*-[0-9a-f]+\.json|out\.json"
        before = fingerprints(vault.folder, ours)
        assert len(before) == len(names), sorted(before)
        copies = os.path.join(vault.folder, "copies")
        for i in range(13):
            vault.add(f"Account {i}")
            assert vault.fob("backup", copies, option="--vault-passphrase-file").status == 0
        vault.ok("remove", "--yes", "Account 3")
        out = os.path.join(vault.folder, "out.json")
        assert vault.fob("export", out, "--format", "aegis", "--yes").status == 0
        vault.ok("vault", "passphrase", "--new-passphrase-file", vault.passphrase_file)
        vault.ok("vault", "move", "keyring")
        keyring.ok("vault", "move", vault.place, "--new-passphrase-file", vault.passphrase_file)
        assert fingerprints(vault.folder, ours) == before
        assert len(vault.accounts()) == 12
        vault.clear()


main()
