# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""fob backup and fob restore, on a vault file and on a real keyring."""

import glob
import json
import os
import re
import shutil
import subprocess
import tempfile

from fob_tap import main, test

FOB = os.environ["FOB"]
WRITER = os.environ["FOB_TEST_WRITE_BACKUP"]
PASSPHRASE = "korrekt pferd batterie"
ANOTHER = "another passphrase"
SECRET = "GEZDGNBVGY3TQOJQ"


def fob(*arguments, vault=None, passphrase=None, status=0):
    """@vault, @passphrase: what is said where the vault and where the backup wants one."""
    with tempfile.TemporaryDirectory() as folder:
        for option, text in (("vault-passphrase-file", vault), ("passphrase-file", passphrase)):
            if text is not None:
                path = os.path.join(folder, option)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text + "\n")
                arguments += (f"--{option}={path}",)
        # In a session without a terminal: nobody is asked.
        done = subprocess.run([FOB, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, check=False, timeout=60, start_new_session=True)
    assert done.returncode == status, f"{arguments}: {done}"
    for text in (done.stdout, done.stderr):
        assert SECRET not in text and PASSPHRASE not in text
    return done.stdout if status == 0 else done.stderr


def make_vault(folder, name="vault.json"):
    """A vault file with seven accounts: what is in a backup is what is in a vault."""
    with tempfile.TemporaryDirectory() as other:
        subprocess.run([WRITER, other, PASSPHRASE], check=True, capture_output=True)
        path = os.path.join(folder, name)
        shutil.move(glob.glob(other + "/*")[0], path)
    return path


def copies(folder):
    return sorted(glob.glob(folder + "/keyfob-*.json"))


@test
def a_vault_file_is_backed_up_into_a_folder():
    with tempfile.TemporaryDirectory() as folder:
        vault = make_vault(folder)
        backups = os.path.join(folder, "backups")
        os.mkdir(backups)
        assert "Name one" in fob("backup", "--vault", vault, vault=PASSPHRASE, status=1)
        printed = fob("backup", backups, "--vault", vault, vault=PASSPHRASE).strip()
        assert copies(backups) == [printed], printed
        assert os.stat(printed).st_mode & 0o777 == 0o600
        os.rename(printed, printed + ".old")
        # Where the last one went.
        fob("backup", "--vault", vault, vault=PASSPHRASE)
        assert len(copies(backups)) == 1
        os.rename(backups, backups + ".away")
        assert "not there right now" in fob("backup", "--vault", vault, vault=PASSPHRASE, status=1)


@test
def a_file_is_never_replaced():
    with tempfile.TemporaryDirectory() as folder:
        vault = make_vault(folder)
        path = os.path.join(folder, "copy.json")
        assert fob("backup", path, "--vault", vault, vault=PASSPHRASE).strip() == path
        with open(path, encoding="ascii") as file:
            before = file.read()
        assert json.loads(before)["header"]["slots"][0]["type"] == 1
        assert "already" in fob("backup", path, "--vault", vault, vault=PASSPHRASE, status=1)
        with open(path, encoding="ascii") as file:
            assert file.read() == before


@test
def a_restore_is_said_before_and_done_once():
    with tempfile.TemporaryDirectory() as folder:
        path = make_vault(folder, "backup.json")
        for _ in range(2):
            plan = fob("restore", path, "--dry-run", "--vault", "keyring", passphrase=PASSPHRASE)
            assert "GitHub · alice: Will be added\n" in plan and plan.endswith("7 accounts will be added.\n")
        assert fob("restore", path, "--vault", "keyring", passphrase=PASSPHRASE) == plan
        for way in ("--merge", "--replace"):
            again = fob("restore", path, way, "--vault", "keyring", passphrase=PASSPHRASE)
            assert again == "7 accounts are the same.\n", again


@test
def a_keyring_is_backed_up_and_replaced():
    with tempfile.TemporaryDirectory() as folder:
        assert "No backup passphrase is set" in fob("backup", folder, "--vault", "keyring", status=1)
        assert copies(folder) == []
        first = fob("backup", folder, "--vault", "keyring", passphrase=ANOTHER).strip()
        # From now on nobody is asked, not for the way back either.
        assert fob("restore", first, "-n", "--vault", "keyring") == "7 accounts are the same.\n"
        other = make_vault(folder, "other.json")
        assert fob("restore", first, "-n", "--vault", other,
                   vault=PASSPHRASE, passphrase=ANOTHER) == "7 accounts are the same.\n"
        os.unlink(first)
        fob("backup", folder, "--vault", "keyring")
        assert len(copies(folder)) == 1


@test
def bad_files_change_nothing():
    with tempfile.TemporaryDirectory() as folder:
        vault = make_vault(folder)
        with open(vault, encoding="ascii") as file:
            before = file.read()
        bad = os.path.join(folder, "bad.json")
        for text in ("", "{}", "nonsense", before[:500], '{"version":1,"header":{},"db":{}}'):
            with open(bad, "w", encoding="ascii") as file:
                file.write(text)
            fob("restore", bad, "--vault", vault, vault=PASSPHRASE, passphrase=PASSPHRASE, status=1)
        fob("restore", os.path.join(folder, "none.json"), "--vault", vault, vault=PASSPHRASE, status=1)
        fob("restore", folder, "--vault", vault, vault=PASSPHRASE, status=1)
        assert "passphrase" in fob("restore", make_vault(folder, "o.json"), "--vault", vault,
                                   vault=PASSPHRASE, passphrase="wrong", status=4)
        fob("backup", folder, "--vault", vault, vault="wrong", status=4)
        fob("backup", folder, "--vault", os.path.join(folder, "no-vault.json"), status=1)
        assert not os.path.exists(os.path.join(folder, "no-vault.json"))
        with open(vault, encoding="ascii") as file:
            assert file.read() == before


@test
def wrong_words_are_told():
    assert re.search("one file", fob("restore", status=2))
    fob("restore", "a", "b", status=2)
    fob("restore", "a", "--merge", "--replace", status=2)
    fob("backup", "a", "b", status=2)
    fob("backup", "--nonsense", status=2)


if __name__ == "__main__":
    main()
