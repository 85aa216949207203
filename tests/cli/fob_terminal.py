# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A program in a terminal, as far as tests need one: the control sequences that fob writes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

from fob_tap import wait_for

CONTROL = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")


def width(character):
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Terminal:
    def __init__(self, arguments, columns=80, rows=10, **environment):
        self.columns, self.rows = columns, rows
        self.main_screen = True
        self.cursor_shown = True
        self.wraps = True
        self.raw = ""  # everything that was ever written
        self.pending = b""
        self.cells = {}
        self.row = self.column = 0
        self.colours = 0
        self.overflow = False
        self.status = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment}
            time.sleep(0.02)  # for the size
            os.execvpe(arguments[0], arguments, env)
        self.resize(columns, rows, tell=False)
        self.modes = termios.tcgetattr(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def resize(self, columns, rows, tell=True):
        self.columns, self.rows = columns, rows
        # The kernel sends SIGWINCH when this is a change.
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.fd, text.encode())

    def kill(self, number):
        os.kill(self.pid, number)

    def read(self, seconds=0.05):
        """Takes what the program has written. Returns: whether there was anything."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.pending += data
        text = self.pending.decode(errors="ignore")
        complete = re.sub(r"\x1b(\[[?0-9;]*)?$", "", text)
        self.pending = text[len(complete):].encode()
        self.raw += complete
        self.draw(complete)
        return bool(data)

    def draw(self, text):
        position = 0
        while position < len(text):
            found = CONTROL.match(text, position)
            if found:
                self.control(found[1] == "?", found[2], found[3])
                position = found.end()
                continue
            self.put(text[position])
            position += 1

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row += 1
        elif ord(character) < 32 or character == "\x7f":
            raise AssertionError(f"stray control character {ord(character)}")
        elif width(character) == 0:
            before = (self.row, self.column - 1)
            self.cells[before] = self.cells.get(before, "") + character
        else:
            if self.column + width(character) > self.columns:
                self.overflow = True
            self.cells[self.row, self.column] = character
            if width(character) == 2:
                self.cells[self.row, self.column + 1] = ""
            self.column += width(character)

    def control(self, private, numbers, letter):
        first = int(numbers.split(";")[0] or 0) if not private else int(numbers)
        if private:
            on = letter == "h"
            if first == 1049:
                self.main_screen = not on
                self.cells = {}
            elif first == 25:
                self.cursor_shown = on
            elif first == 7:
                self.wraps = on
        elif letter == "H":
            row, _, column = numbers.partition(";")
            self.row, self.column = int(row or 1) - 1, int(column or 1) - 1
        elif letter == "G":
            self.column = max(first, 1) - 1
        elif letter == "J":
            self.cells = {}
        elif letter == "K":
            self.cells = {cell: text for cell, text in self.cells.items() if cell[0] != self.row}
        elif letter == "m":
            self.colours += 1
        else:
            raise AssertionError(f"unknown control sequence {letter}")

    def line(self, row):
        return "".join(self.cells.get((row, column), " ") for column in range(self.columns)).rstrip()

    def lines(self):
        return [self.line(row) for row in range(self.rows)]

    def wait_for(self, pattern, seconds=10):
        """Until a line has the pattern. Returns: the match."""
        def look():
            self.read(0.02)
            for line in self.lines():
                found = re.search(pattern, line)
                if found:
                    return found
            return None
        return wait_for(look, lambda: f"“{pattern}” among {self.lines()}", seconds)

    def settle(self):
        while self.read(0.05):
            pass

    def wait_stopped(self):
        def look():
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            return pid != 0 and os.WIFSTOPPED(status)
        wait_for(look, "the program to stop")

    def wait_end(self):
        """Returns: the exit status, or the negative number of the signal that ended it."""
        def look():
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid == 0:
                return False
            self.status = os.waitstatus_to_exitcode(status)
            return True
        wait_for(look, "the program to end")
        while self.read(0.02):
            pass
        return self.status

    def assert_given_back(self):
        assert self.main_screen and self.cursor_shown and self.wraps
        # The program has gone: only the main side is left to ask.
        assert termios.tcgetattr(self.fd)[3] == self.modes[3], "echo and line mode are back"
        assert self.cells == {}, "nothing is left on the screen"
