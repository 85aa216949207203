# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The live view of codes, in a terminal of its own."""

import os
import re
import signal
import subprocess
import time

from fob_tap import main, test
from fob_terminal import Terminal

WATCH = os.environ["FOB_TEST_WATCH"]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
GITHUB = f"otpauth://totp/GitHub:ada?secret={SECRET}&issuer=GitHub"
FAST = f"otpauth://totp/Fast:ada?secret={SECRET}&issuer=Fast&period=2"
BANK = f"otpauth://totp/Bank?secret={SECRET}&digits=8&period=3600"
COUNTER = f"otpauth://hotp/Counter?secret={SECRET}&counter=3"
WIDE = f"otpauth://totp/%E9%93%B6%E8%A1%8C%E8%B4%A6%E6%88%B7?secret={SECRET}"
LONG = f"otpauth://totp/{'long%20' * 30}?secret={SECRET}"
NASTY = f"otpauth://totp/evil%1B%5B2Jname%0A?secret={SECRET}"
MARKS = f"otpauth://totp/e%CC%81e%CC%81e%CC%81?secret={SECRET}"


def oathtool(*arguments):
    return subprocess.run(["oathtool", "--totp", "-b", *arguments, SECRET], capture_output=True,
                          text=True, check=True).stdout.strip()


def codes_around_now(*arguments):
    now = int(time.time())
    return {oathtool("-N", f"@{now + shift}", *arguments) for shift in (-2, 0, 2)}


@test
def shows_codes_with_their_countdown():
    with Terminal([WATCH, GITHUB, BANK]) as terminal:
        found = terminal.wait_for(r"^GitHub · ada +(\d{3}) (\d{3}) +([█░]{12})  +(\d+) s$")
        assert found[1] + found[2] in codes_around_now()
        left = int(found[4])
        assert 1 <= left <= 30 and abs(left - (30 - int(time.time()) % 30)) <= 2
        assert found[3].count("█") == -(-left * 12 // 30)
        found = terminal.wait_for(r"^Bank +(\d{4}) (\d{4})  [█░]{12}  +(\d+) s$")
        assert found[1] + found[2] in codes_around_now("-d", "8", "-s", "3600")
        # All in the same columns.
        lines = terminal.lines()
        assert lines[0].index("█") == lines[1].index("█") and lines[0].rindex("s") == lines[1].rindex("s")
        assert not terminal.main_screen and not terminal.cursor_shown
        terminal.type("q")
        assert terminal.wait_end() == 0
        terminal.assert_given_back()


@test
def codes_change_when_their_time_is_over():
    with Terminal([WATCH, FAST]) as terminal:
        seen = set()
        end = time.monotonic() + 8
        while len(seen) < 3 and time.monotonic() < end:
            found = terminal.wait_for(r"^Fast · ada +(\d{3}) (\d{3})  [█░]{12}  +([12]) s$")
            seen.add(found[1] + found[2])
        assert len(seen) == 3
        # What stays the same is not drawn again: one frame has one line.
        terminal.settle()
        before = len(terminal.raw)
        terminal.wait_for("Fast")
        time.sleep(1.1)
        terminal.settle()
        assert "q: quit" not in terminal.raw[before:] and "Fast" in terminal.raw[before:]


@test
def leaves_still_lines_alone():
    with Terminal([WATCH, BANK, COUNTER]) as terminal:
        terminal.wait_for("counter")
        terminal.settle()
        before = len(terminal.raw)
        time.sleep(1.2)
        terminal.settle()
        drawn = terminal.raw[before:]
        assert "Bank" in drawn and "Counter" not in drawn


@test
def a_counter_is_never_used_up():
    with Terminal([WATCH, COUNTER]) as terminal:
        terminal.wait_for("^Counter +counter$")


@test
def signals_give_the_terminal_back():
    for number, status in ((signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM),
                           (signal.SIGHUP, -signal.SIGHUP)):
        with Terminal([WATCH, GITHUB]) as terminal:
            terminal.wait_for("GitHub")
            terminal.kill(number)
            assert terminal.wait_end() == status, number
            terminal.assert_given_back()


@test
def control_c_ends_it():
    with Terminal([WATCH, GITHUB]) as terminal:
        terminal.wait_for("GitHub")
        terminal.type("\x03")
        assert terminal.wait_end() == 0
        terminal.assert_given_back()


@test
def stops_and_goes_on():
    # Under a shell, or there would be nobody to stop for.
    with Terminal([WATCH, GITHUB]) as terminal:
        terminal.wait_for("GitHub")
        terminal.kill(signal.SIGTSTP)
        # A session leader has nobody who could tell it to go on: it does so by itself.
        terminal.settle()
        terminal.wait_for("GitHub")
        assert not terminal.main_screen
        # A stop without a word, and a terminal that somebody else used meanwhile.
        terminal.kill(signal.SIGSTOP)
        terminal.wait_stopped()
        terminal.cells = {}
        terminal.main_screen = True
        terminal.kill(signal.SIGCONT)
        terminal.wait_for("GitHub")
        assert not terminal.main_screen
        terminal.type("q")
        assert terminal.wait_end() == 0
        terminal.assert_given_back()


@test
def control_z_gives_the_shell_its_terminal():
    script = f'set -m; "{WATCH}" "{GITHUB}"; echo STOPPED; stty -a | grep -o " -\\?echo "; fg >/dev/null; echo ENDED'
    with Terminal(["bash", "--norc", "-c", script]) as terminal:
        terminal.wait_for("GitHub")
        terminal.type("\x1a")
        terminal.wait_for("GitHub")  # fg
        assert re.search(r"1049l.*STOPPED\r\n echo", terminal.raw, re.S), "echo is on in between"
        terminal.type("q")
        terminal.wait_for("ENDED")
        assert terminal.wait_end() == 0


@test
def follows_the_size_of_the_terminal():
    with Terminal([WATCH, GITHUB, LONG], columns=100) as terminal:
        terminal.wait_for("long")
        for columns in (60, 41, 40, 30, 20, 9, 8, 5, 1, 2, 120):
            terminal.overflow = False
            terminal.resize(columns, 6)
            terminal.wait_for("" if columns < 9 else r"\d{3} \d{3}")
            terminal.settle()
            if columns >= 9:
                assert not terminal.overflow, columns
                assert all(len(line) <= columns for line in terminal.lines())
        terminal.wait_for(r"^long long.*…  \d{3} \d{3}  [█░]{12}  +\d+ s$")
        terminal.resize(80, 1)
        terminal.wait_for("GitHub")


@test
def cuts_by_columns_and_not_by_letters():
    with Terminal([WATCH, WIDE, LONG, MARKS, GITHUB], columns=60) as terminal:
        terminal.wait_for("GitHub")
        lines = terminal.lines()
        assert lines[0].startswith("银行账户")
        assert "…" in lines[1]
        columns = set()
        for row in range(4):
            cells = [terminal.cells.get((row, column), " ") for column in range(60)]
            columns.add(cells.index("█"))
        assert len(columns) == 1
        assert not terminal.overflow


@test
def names_cannot_control_the_terminal():
    with Terminal([WATCH, NASTY, GITHUB]) as terminal:
        terminal.wait_for("GitHub")  # the emulator fails at stray control characters
        assert "\x1b[2Jname" not in terminal.raw
        terminal.wait_for(r"evil\\u\{001B\}\[2Jname")


@test
def scrolls():
    accounts = [f"otpauth://totp/Account{i:02}?secret={SECRET}" for i in range(20)]
    with Terminal([WATCH, *accounts], rows=6) as terminal:
        terminal.wait_for(r"1 to 5 of 20")
        assert "Account04" in terminal.line(4)
        terminal.type("\x1b[B")
        terminal.wait_for(r"2 to 6 of 20")
        assert "Account01" in terminal.line(0)
        terminal.type(" ")
        terminal.wait_for(r"7 to 11 of 20")
        for _ in range(5):
            terminal.type("\x1b[6~")
            terminal.settle()
        terminal.wait_for(r"16 to 20 of 20")
        terminal.type("\x1b[5~")
        terminal.wait_for(r"11 to 15 of 20")
        terminal.type("k")
        terminal.wait_for(r"10 to 14 of 20")
        terminal.resize(80, 30)
        terminal.wait_for("^q: quit$")
        assert "Account00" in terminal.line(0)


@test
def colours_can_be_switched_off():
    with Terminal([WATCH, GITHUB]) as terminal:
        terminal.wait_for("GitHub")
        assert "\x1b[1m" in terminal.raw
    with Terminal([WATCH, GITHUB], NO_COLOR="1") as terminal:
        terminal.wait_for("GitHub")
        assert not re.search(r"\x1b\[\d+m", terminal.raw.replace("\x1b[0m", ""))
    with Terminal([WATCH, GITHUB], NO_COLOR="") as terminal:
        terminal.wait_for("GitHub")
        assert "\x1b[1m" in terminal.raw


@test
def keeps_to_ascii_where_there_is_nothing_else():
    with Terminal([WATCH, WIDE, GITHUB], LC_ALL="C") as terminal:
        terminal.wait_for(r"^GitHub \? ada +\d{3} \d{3}  [#.]{12}  +\d+ s$")
        assert terminal.raw.isascii()


@test
def wants_a_terminal():
    for environment in ({}, {"TERM": "dumb"}):
        done = subprocess.run([WATCH, GITHUB], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, env={**os.environ, **environment}, check=False)
        assert done.returncode == 1 and done.stdout == ""
        assert "terminal" in done.stderr
    with Terminal([WATCH, GITHUB], TERM="dumb") as terminal:
        terminal.wait_for("needs a terminal")
        assert terminal.wait_end() == 1 and "\x1b" not in terminal.raw


@test
def a_terminal_that_goes_away_ends_it():
    terminal = Terminal([WATCH, GITHUB])
    terminal.wait_for("GitHub")
    os.close(terminal.fd)
    end = time.monotonic() + 10
    pid = 0
    while pid == 0 and time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        time.sleep(0.01)
    assert pid == terminal.pid and os.waitstatus_to_exitcode(status) in (0, -signal.SIGHUP)


main()
