# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Keyrings and vault files that lose or spoil the accounts, and the page that leads back."""

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile

import gi

gi.require_version("Secret", "1")
from gi.repository import Secret  # noqa: E402

from keyfob_ui import SECRET, App, main, test, wait_for, wait_for_focus  # noqa: E402

CONTROL = os.path.join(os.environ["FOB_TEST_HARNESS"], "keyring-ctl")
FOB = os.path.join(os.environ["FOB_TEST_BUILD"], "src", "cli", "fob")
KEYRINGS = os.path.join(os.environ["XDG_DATA_HOME"], "keyrings")
STATE = os.path.join(os.environ["XDG_STATE_HOME"], "keyfob")
PASSPHRASE = "correct horse battery"
FIRST = f"otpauth://totp/First:x?secret={SECRET}&issuer=First"
SECOND = f"otpauth://totp/Second:x?secret={SECRET}MA&issuer=Second"
PASSWORDLESS = ("[keyring]\ndisplay-name=Default keyring\nctime=0\nmtime=0\nlock-on-idle=false\n"
                "lock-after=false\n")
services = []


def keyring(command):
    subprocess.run([CONTROL, command], check=True, timeout=30, stdout=subprocess.DEVNULL)


def fob(*arguments, text=None, environment=None):
    done = subprocess.run([FOB, *arguments], input=text, capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, **(environment or {})})
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def fresh_keyring(files=None):
    """A keyring and a memory of it that know nothing; @files instead of the usual password."""
    keyring("kill")
    shutil.rmtree(KEYRINGS, ignore_errors=True)
    shutil.rmtree(STATE, ignore_errors=True)
    os.makedirs(KEYRINGS, mode=0o700)
    for name, text in (files or {}).items():
        with open(os.path.join(KEYRINGS, name), "w", encoding="utf-8") as file:
            file.write(text)
    keyring("start")
    yield os.path.join(KEYRINGS, "login.keyring")


@contextlib.contextmanager
def backups():
    """A folder with a copy of what is in the keyring now."""
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        path = os.path.join(folder, "passphrase")
        with open(path, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        fob("backup", folder, "--passphrase-file", path)
        yield folder


def slots():
    """The texts of our items in the keyring, by slot."""
    # A connection of its own: the daemon may be another one than last time.
    service = Secret.Service.open_sync(Secret.Service.__gtype__, None, Secret.ServiceFlags.OPEN_SESSION, None)
    services.append(service)  # items do not keep theirs
    schema = Secret.Schema.new("io.github.keyfob.Keyfob.Vault", Secret.SchemaFlags.NONE,
                               {"slot": Secret.SchemaAttributeType.STRING})
    items = service.search_sync(schema, {}, Secret.SearchFlags.ALL | Secret.SearchFlags.LOAD_SECRETS, None)
    return {item.get_attributes()["slot"]: (item, item.get_secret().get_text()) for item in items}


def spoil(item, text):
    item.set_secret_sync(Secret.Value.new(text, -1, "text/plain"), None)


def restore(app, pattern):
    """Two clicks, and the passphrase: the key that opens without one went with the accounts."""
    app.secrets.append(PASSPHRASE)
    app.press("Restore…")
    app.find("label", "This Backup Is Encrypted")
    wait_for_focus("Restore Backup")
    app.type(PASSPHRASE)
    app.press("Open")
    app.find("label", pattern)
    wait_for(lambda: app.sensitive_button("Restore"), "the plan").press()
    app.gone("push button", "Cancel")


@test
def an_older_keyring_file():
    with fresh_keyring() as path:
        fob("add", "-", text=FIRST)
        shutil.copy(path, path + ".old")
        fob("add", "-", text=SECOND)
        with backups():
            keyring("kill")
            os.replace(path + ".old", path)
            keyring("start")
            with App() as app:
                app.find("label", "The accounts that are stored are older than those that.*")
                app.find("label", "2 accounts, last changed on .*")
                app.find("label", "1 account, in an older state")
                app.screenshot("recovery-older")
                restore(app, "1 account will be added.*")
                wait_for(lambda: len(app.rows()) == 2, "both accounts")
                app.quit()
            with App() as app:
                wait_for(lambda: len(app.rows()) == 2, "both accounts again")


@test
def a_truncated_keyring_file():
    with fresh_keyring() as path:
        fob("add", "-", text=FIRST)
        with backups():
            keyring("kill")
            with open(path, "r+b") as file:
                file.truncate(os.path.getsize(path) // 2)
            keyring("start")
            with App() as app:
                app.find("label", "1 account, last changed on .*")
                app.find("label", "No accounts")
                restore(app, "1 account will be added.*")
                app.row("First")
            # What is in the window now is in the keyring, too.
            assert "First" in fob("list")


@test
def a_line_feed_of_another_program_takes_the_keyring_with_it():
    """GNOME Keyring writes it into a keyring without a password as it is, and cannot read that again."""
    files = {"Default_keyring.keyring": PASSWORDLESS, "default": "Default_keyring"}
    with fresh_keyring(files) as path:
        fob("add", "-", text=FIRST)
        subprocess.run(["secret-tool", "store", "--label", "two lines", "a", "b"], input=b"one\ntwo\n\n[3]\nx",
                       check=True, timeout=30)
        with backups():
            keyring("kill")
            with open(os.path.join(os.path.dirname(path), "Default_keyring.keyring"), encoding="utf-8") as file:
                assert "First" in file.read(), "not where it should be"
            keyring("start")
            assert not slots(), "the keyring did not vanish"
            with App() as app:
                app.find("label", "1 account, last changed on .*")
                app.find("label", "No accounts")
                app.find("push button", "Restore…")


@test
def both_slots_are_damaged():
    with fresh_keyring():
        fob("add", "-", text=FIRST)
        fob("add", "-", text=SECOND)
        with backups():
            for item, text in slots().values():
                spoil(item, text[:len(text) // 2])
            spoilt = sorted(text for _, text in slots().values())
            with App() as app:
                app.find("label", "The accounts in the keyring are damaged.*")
                app.find("label", "2 accounts, last changed on .*")
                app.find("label", "Something that cannot be read")
                app.find("push button", "Set Aside and Start Anew")
                app.screenshot("recovery-damaged")
                assert sorted(text for _, text in slots().values()) == spoilt, "something was written"
                restore(app, "2 accounts will be added.*")
                wait_for(lambda: len(app.rows()) == 2, "both accounts")
            kept = slots()
            assert sorted(text for name, (_, text) in kept.items() if name.startswith("aside-")) == spoilt
            assert len(fob("list").splitlines()) == 2


@test
def one_damaged_slot_is_no_reason_to_ask():
    with fresh_keyring():
        fob("add", "-", text=FIRST)
        fob("add", "-", text=SECOND)
        items = slots()
        older = min(items, key=lambda name: int(items[name][1].split()[2]))
        spoil(items[older][0], "keyfob1 x")
        with App() as app:
            wait_for(lambda: len(app.rows()) == 2, "both accounts")
            app.add(FIRST.replace("First", "Third") + "&digits=8")
            app.quit()
        assert len(fob("list").splitlines()) == 3


@test
def a_damaged_vault_file():
    with fresh_keyring(), tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        path = os.path.join(folder, "vault.json")
        passphrase = os.path.join(folder, "passphrase")
        with open(passphrase, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        options = ("--vault", path, "--vault-passphrase-file", passphrase)
        fob("add", "-", *options[:2], "--passphrase-file", passphrase, text=FIRST)
        copies = os.path.join(folder, "copies")
        os.mkdir(copies)
        fob("backup", copies, *options)
        with open(path, "r+b") as file:
            file.truncate(os.path.getsize(path) // 2)
        with open(path, "rb") as file:
            spoilt = file.read()
        with App(environment={"KEYFOB_VAULT": path}) as app:
            app.secrets.append(PASSPHRASE)
            app.find("label", "Unlock Your Accounts")
            app.type(PASSPHRASE)
            app.press("Unlock")
            app.find("label", "Something that cannot be read")
            app.screenshot("recovery-file")
            app.press("Restore…")
            # The new file wants its passphrase first.
            app.find("label", "Choose a Passphrase")
            app.type(PASSPHRASE + "\t\t" + PASSPHRASE)
            wait_for(lambda: app.sensitive_button("Create Vault"), "two equal passphrases").press()
            app.find("label", "This Backup Is Encrypted")
            wait_for_focus("Restore Backup")
            app.type(PASSPHRASE)
            app.press("Open")
            app.find("label", "1 account will be added.*")
            wait_for(lambda: app.sensitive_button("Restore"), "the plan").press()
            app.row("First")
            app.quit()
        aside, = glob.glob(path + ".damaged-*")
        with open(aside, "rb") as file:
            assert file.read() == spoilt


main()
