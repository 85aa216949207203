# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Where a vault rests and what opens it: a passphrase on top of the keyring, and moving."""

import os
import stat
import subprocess

from fob_run import SECRET, file_vault, keyring_vault
from fob_tap import main, test


def write(vault, name, text):
    path = os.path.join(vault.folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    return path


def slots():
    """What the keyring holds, as any program in the session may read it."""
    texts = []
    for name in "ab":
        answer = subprocess.run(["secret-tool", "lookup", "slot", name], capture_output=True, text=True,
                                check=False)
        if answer.stdout:
            texts.append(answer.stdout)
    return texts


def state():
    path = os.path.join(os.environ["XDG_STATE_HOME"], "keyfob", "state") \
        if "XDG_STATE_HOME" in os.environ else os.path.expanduser("~/.local/state/keyfob/state")
    with open(path, encoding="utf-8") as file:
        return file.read()


@test
def a_keyring_may_have_a_passphrase_of_its_own():
    with keyring_vault() as vault:
        first = vault.add("Bank", "ada")
        counter = vault.add("Count", type="hotp", counter=3)
        assert vault.ok("vault", "--json").json["passphrase"] is False
        assert len(slots()) == 2 and all(SECRET in text for text in slots())

        vault.ok("vault", "passphrase", "--new-passphrase-file", vault.passphrase_file)
        # Neither slot says anything any more, not even the names.
        assert len(slots()) == 2
        for text in slots():
            assert SECRET not in text and "Bank" not in text and "sealed " in text, text[:80]

        vault.fails(4, "list")
        vault.fails(4, "add", "--issuer", "X", text=SECRET)
        wrong = write(vault, "wrong", "not this one")
        vault.fails(4, "list", "--passphrase-file", wrong)
        vault.has_passphrase = True
        assert [account["id"] for account in vault.accounts()] == [first, counter]
        assert vault.ok("vault", "--json").json["passphrase"] is True
        vault.ok("code", counter)
        vault.ok("code", counter)
        assert vault.ok("show", counter, "--json").json["counter"] == 5
        vault.add("Third")
        assert all(SECRET not in text and "Third" not in text for text in slots())

        other = write(vault, "other", "another passphrase")
        vault.ok("vault", "passphrase", "--new-passphrase-file", other)
        vault.fails(4, "list")
        vault.passphrase_file = other
        assert len(vault.accounts()) == 3

        vault.ok("vault", "passphrase", "--none")
        vault.has_passphrase = False
        assert len(vault.accounts()) == 3
        assert vault.ok("vault", "--json").json["passphrase"] is False


@test
def accounts_move_into_a_file_and_back():
    with keyring_vault() as keyring, file_vault() as file:
        account = keyring.add("Bank", "ada")
        trashed = keyring.add("Old", "bob")
        keyring.ok("remove", "--yes", trashed)
        keyring.ok("edit", account, "--note", "n", "--favourite")
        before = keyring.ok("show", account, "--json", "--show-secret").json

        keyring.ok("vault", "move", file.place, "--new-passphrase-file", file.passphrase_file)
        assert slots() == []
        assert stat.S_IMODE(os.stat(file.place).st_mode) == 0o600
        assert file.ok("show", account, "--json", "--show-secret").json == before
        assert keyring.accounts() == [], "an empty keyring, and no loss to tell of"
        assert "[keyring]" not in state() or "accounts=2" not in state()

        file.ok("vault", "move", "keyring")
        assert not os.path.exists(file.place) and not os.path.exists(file.place + "~")
        assert keyring.ok("show", account, "--json", "--show-secret").json == before
        keyring.ok("restore-account", "old")
        assert len(keyring.accounts()) == 2


@test
def moving_never_writes_over_anything():
    with keyring_vault() as keyring, file_vault() as file:
        keyring.add("Keyring")
        file.add("File")
        keyring.fails(1, "vault", "move", file.place, "--new-passphrase-file", file.passphrase_file)
        file.fails(1, "vault", "move", "keyring")
        file.fails(1, "vault", "move", file.place, "--new-passphrase-file", file.passphrase_file)
        with open(os.path.join(file.folder, "text"), "w", encoding="utf-8") as text:
            text.write("a letter")
        keyring.fails(1, "vault", "move", text.name, "--new-passphrase-file", file.passphrase_file)
        with open(text.name, encoding="utf-8") as text:
            assert text.read() == "a letter"
        for vault, issuer in ((keyring, "Keyring"), (file, "File")):
            assert [account["issuer"] for account in vault.accounts()] == [issuer]


@test
def a_move_that_fails_leaves_everything_as_it_was():
    with keyring_vault() as keyring:
        account = keyring.add("Bank")
        place = os.path.join(keyring.folder, "nothing-here", "deeper", "vault.json")
        blocked = os.path.join(keyring.folder, "nothing-here")
        with open(blocked, "w", encoding="utf-8"):
            pass
        keyring.fails(1, "vault", "move", place, "--new-passphrase-file", keyring.passphrase_file)
        empty = write(keyring, "empty", "")
        keyring.fails(1, "vault", "move", os.path.join(keyring.folder, "v"), "--new-passphrase-file", empty)
        assert not os.path.exists(os.path.join(keyring.folder, "v"))
        assert [entry["id"] for entry in keyring.accounts()] == [account]
        keyring.fails(2, "vault", "move")
        keyring.fails(2, "vault", "stay", "here")


@test
def a_file_that_was_there_is_missed():
    with file_vault() as vault:
        vault.add("Bank")
        os.rename(vault.place, vault.place + ".away")
        result = vault.fails(1, "list")
        assert "1" in result.err, result.err
        vault.fails(1, "add", "--issuer", "X", text=SECRET)
        assert not os.path.exists(vault.place), "no new vault in the place of a lost one"
        os.rename(vault.place + ".away", vault.place)
        assert len(vault.accounts()) == 1


@test
def the_usual_file_is_found_after_a_move():
    with keyring_vault() as vault:
        vault.add("Bank")
        place = os.path.join(os.environ["XDG_DATA_HOME"], "keyfob", "vault.json") \
            if "XDG_DATA_HOME" in os.environ else os.path.expanduser("~/.local/share/keyfob/vault.json")
        vault.ok("vault", "move", place, "--new-passphrase-file", vault.passphrase_file)
        vault.place = ""
        try:
            vault.fails(4, "list")
            vault.has_passphrase = True
            assert len(vault.accounts()) == 1
            os.rename(place, place + ".away")
            vault.fails(1, "list")
            os.rename(place + ".away", place)
            vault.ok("vault", "move", "keyring")
            vault.has_passphrase = False
            assert len(vault.accounts()) == 1
        finally:
            vault.place = "keyring"


main()
