# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Questions in a real terminal: what is typed is not shown, and the terminal is given back whatever happens."""

import signal
import termios

from fob_run import FOB, PASSPHRASE, SECRET, file_vault
from fob_tap import main, test
from fob_terminal import Terminal


def terminal(vault, *arguments):
    return Terminal([FOB, *arguments], columns=100, rows=20, KEYFOB_VAULT=vault.place)


@test
def a_new_vault_asks_twice_and_then_once():
    with file_vault() as vault:
        with terminal(vault, "add", "--issuer", "Typed") as tty:
            tty.wait_for("Secret:")
            tty.type(SECRET + "\n")
            tty.wait_for("New passphrase:")
            tty.type(PASSPHRASE + "\n")
            tty.wait_for("The same again:")
            tty.type(PASSPHRASE + "\n")
            assert tty.wait_end() == 0
            assert SECRET not in tty.raw and PASSPHRASE not in tty.raw
        with terminal(vault, "list") as tty:
            tty.wait_for("Passphrase of the vault:")
            tty.type(PASSPHRASE + "\n")
            assert tty.wait_end() == 0
            assert "Typed" in tty.raw and PASSPHRASE not in tty.raw
            assert "Issuer" in tty.raw and "\x1b[1m" in tty.raw
        assert vault.accounts()[0]["issuer"] == "Typed"


@test
def no_colour_is_honoured():
    with file_vault() as vault:
        vault.add("A")
        with Terminal([FOB, "list", "--passphrase-file", vault.passphrase_file], columns=100, rows=20,
                      KEYFOB_VAULT=vault.place, NO_COLOR="1") as tty:
            assert tty.wait_end() == 0
            assert "Issuer" in tty.raw and "\x1b[" not in tty.raw


@test
def two_passphrases_that_differ_make_no_vault():
    with file_vault() as vault:
        for first, second in ((PASSPHRASE, "something else"), ("short", None)):
            with terminal(vault, "add", "--issuer", "x") as tty:
                tty.wait_for("Secret:")
                tty.type(SECRET + "\n")
                tty.wait_for("New passphrase:")
                tty.type(first + "\n")
                if second is not None:
                    tty.wait_for("The same again:")
                    tty.type(second + "\n")
                assert tty.wait_end() == 4
        vault.fails(1, "list")


@test
def a_signal_gives_the_terminal_back():
    with file_vault() as vault:
        vault.add("A")
        for number in (signal.SIGINT, signal.SIGTERM):
            with terminal(vault, "list") as tty:
                tty.wait_for("Passphrase of the vault:")
                tty.kill(number)
                assert tty.wait_end() != 0
                assert termios.tcgetattr(tty.fd)[3] == tty.modes[3], "typing is shown again"


@test
def removing_asks_first():
    with file_vault() as vault:
        vault.add("Gone")
        for answer, status, left in (("n", 1, 1), ("y", 0, 0)):
            with terminal(vault, "remove", "gone", "--passphrase-file", vault.passphrase_file) as tty:
                tty.wait_for(r"\[y/N\]")
                tty.type(answer + "\n")
                assert tty.wait_end() == status
            assert len(vault.accounts()) == left


main()
