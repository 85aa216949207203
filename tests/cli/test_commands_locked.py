# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""With a keyring that is locked, and nobody there to unlock it."""

import os

from fob_run import SECRET, Vault, file_vault
from fob_tap import main, test

COMMANDS = {
    "list": (), "code": ("a",), "show": ("a",), "add": ("--issuer", "a"), "edit": ("a", "--note", "x"),
    "remove": ("--yes", "a"), "restore-account": ("a",), "tags": (), "uri": ("a", "--show-secret"),
    "qr": ("a",), "import": ("-",), "export": ("/dev/null", "--force", "--format", "uri-list"),
    "vault": (), "unlock": (),
}
INPUT = {"add": SECRET, "import": f"otpauth://totp/x?secret={SECRET}"}


@test
def every_command_says_that_it_is_locked():
    vault = Vault("keyring", os.environ["HOME"])
    for command, arguments in COMMANDS.items():
        result = vault.fails(4, command, *arguments, text=INPUT.get(command, ""))
        assert result.out == "", result.out


@test
def a_file_needs_no_keyring():
    with file_vault() as vault:
        vault.add("A")
        assert len(vault.accounts()) == 1


@test
def completion_asks_nobody_and_says_nothing():
    vault = Vault("keyring", os.environ["HOME"])
    result = vault.fob("__complete", "accounts")
    assert (result.status, result.out, result.err) == (0, "", "")


main()
