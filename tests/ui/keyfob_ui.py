# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Drives the real window as a person and a screen reader would.

Widgets are found through AT-SPI, buttons pressed through it, keys and clicks sent through the X
server. Run a test file inside tests/harness/session --display; it prints TAP.
"""

import os
import re
import signal
import subprocess
import sys
import time
import traceback
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)

BUILD = os.environ["FOB_TEST_BUILD"]
KEYFOB = os.path.join(BUILD, "src", "app", "keyfob")
WRITER = os.path.join(BUILD, "tests", "ui", "write-account")
ARTIFACTS = os.environ.get("FOB_TEST_ARTIFACTS", os.path.join(BUILD, "tests", "ui", "screenshots"))
TIMEOUT = float(os.environ.get("FOB_TEST_TIMEOUT", "20"))

# RFC 4226 appendix D, and the secrets of RFC 6238 appendix B.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SECRET32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA"
HOTP_CODES = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583"]


def wait_for(condition, what, timeout=TIMEOUT):
    """Calls condition until it gives something true, which is returned."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            result = condition()
        except gi.repository.GLib.Error:
            result = None  # a widget went away while it was looked at
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout} s for {what}")
        time.sleep(0.03)


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True,
                          timeout=TIMEOUT).stdout


def wait_for_focus(title):
    wait_for(lambda: subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True,
                                    text=True, check=False).stdout.strip() == title, title)


def set_clipboard(text, selection="clipboard"):
    subprocess.run(["xclip", "-selection", selection], input=text.encode(), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=TIMEOUT)
    # xclip goes to the background before the clipboard is its own.
    wait_for(lambda: get_clipboard(selection=selection) == text, "the clipboard to change")


def get_clipboard(kind=None, selection="clipboard"):
    command = ["xclip", "-selection", selection, "-o"]
    if kind is not None:
        command += ["-t", kind]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    return result.stdout if result.returncode == 0 else ""


def oathtool(*options, secret=SECRET, now=None):
    if now is not None:
        options += (f"--now=@{int(now)}",)
    return run("oathtool", *options, "--base32", "-", text=secret).strip()


class Node:
    """One accessible object."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def name(self):
        """The name as it is meant: GTK 4.8 strings a button's name, label and text together."""
        name = self.accessible.get_name().replace("_", "")
        for n in (3, 2):
            part = name[:(len(name) + 1) // n - 1]
            if part and " ".join([part] * n) == name:
                return part
        return name

    @property
    def role(self):
        return self.accessible.get_role_name()

    def has_state(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def sensitive(self):
        return self.has_state(Atspi.StateType.SENSITIVE)

    def children(self):
        for i in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(i)
            if child is not None:
                yield Node(child)

    def walk(self):
        yield self
        try:
            children = list(self.children())
        except gi.repository.GLib.Error:
            return
        for child in children:
            try:
                if child.has_state(Atspi.StateType.VISIBLE):
                    yield from child.walk()
            except gi.repository.GLib.Error:
                continue

    def find(self, role=None, name=None):
        for node in self.walk():
            try:
                if (role is None or node.role == role) and (
                        name is None or re.fullmatch(name, node.name, re.DOTALL)):
                    return node
            except gi.repository.GLib.Error:
                continue
        return None

    def press(self):
        assert self.sensitive, f"{self.name} is insensitive"
        Atspi.Action.do_action(self.accessible, 0)

    @property
    def value(self):
        return Atspi.Value.get_current_value(self.accessible)

    @property
    def extents(self):
        box = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height


def quiet_animations():
    """A page that fades in takes no click yet."""
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as file:
        file.write("[Settings]\ngtk-enable-animations=0\n")


class App:
    """The running program. What it prints must not hold a warning, nor anything secret."""

    def __init__(self, *arguments, environment=None):
        quiet_animations()
        self.log_path = os.path.join(os.environ["HOME"], f"keyfob-{time.monotonic_ns()}.log")
        self.secrets = [SECRET, SECRET32, "secret="]
        variables = {**os.environ, "G_DEBUG": "fatal-warnings", "GSETTINGS_BACKEND": "keyfile",
                     "GSETTINGS_SCHEMA_DIR": os.path.join(BUILD, "data"), **(environment or {})}
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([KEYFOB, *arguments], env=variables, stderr=log,
                                            stdout=log)
        self.root = wait_for(self._find_root, "the window")
        self.root.accessible.set_cache_mask(Atspi.Cache.NONE)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.screenshot("failure")
            print(f"# the program said: {self.log()!r}", flush=True)
        self.kill()
        if kind is None:
            self.check_log()

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended: {self.log()!r}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child is not None and child.get_process_id() == self.process.pid \
                        and child.get_child_count() > 0:
                    return Node(child)
            except gi.repository.GLib.Error:
                continue
        return None

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def check_log(self):
        text = self.log()
        assert not re.search(r"WARNING|CRITICAL|ERROR|Sanitizer", text), text
        for secret in self.secrets:
            assert secret not in text, "something secret was printed"

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def quit(self):
        self.key("ctrl+q")
        assert self.process.wait(TIMEOUT) == 0
        self.check_log()

    # Looking

    def find(self, role=None, name=None, timeout=TIMEOUT):
        return wait_for(lambda: self.root.find(role, name), f"{role} {name}", timeout)

    def has(self, role=None, name=None):
        return self.root.find(role, name) is not None

    def gone(self, role=None, name=None):
        wait_for(lambda: not self.has(role, name), f"{role} {name} to go")

    def rows(self):
        return [node for node in self.root.walk() if node.role == "list item"
                and node.find("panel") is not None and re.search(r", (code|no code)", node.name)]

    def row(self, title, timeout=TIMEOUT):
        pattern = re.escape(title) + r", .*(code|no code).*"
        return self.find("list item", pattern, timeout)

    def code(self, title):
        """The digits in a row, as a screen reader says them."""
        match = re.search(r"code ([0-9A-Z ]+)$", self.row(title).name)
        return match.group(1).replace(" ", "") if match else None

    def screenshot(self, name):
        os.makedirs(ARTIFACTS, exist_ok=True)
        test = os.path.splitext(os.path.basename(sys.argv[0]))[0]
        subprocess.run(["import", "-window", "root", os.path.join(ARTIFACTS, f"{test}-{name}.png")],
                       check=False, timeout=TIMEOUT)

    # Doing

    def has_focus(self):
        """Whether keys go to one of the program's windows: a new one gets them a moment later."""
        found = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"], capture_output=True,
                               text=True, check=False, timeout=TIMEOUT)
        return found.stdout.strip() == str(self.process.pid)

    def key(self, *keys):
        wait_for(self.has_focus, "the focus")
        run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text):
        wait_for(self.has_focus, "the focus")
        run("xdotool", "type", "--clearmodifiers", "--delay", "4", text)

    def press(self, name, role="push button"):
        self.find(role, name).press()

    def place(self, node):
        """The window that has the focus, and where in it the middle of a node is."""
        wait_for(lambda: node.extents[2] > 0 and node.extents == (time.sleep(0.1), node.extents)[1],
                 "the layout to settle")
        window = run("xdotool", "getactivewindow").strip()
        geometry = dict(line.split("=") for line in
                        run("xdotool", "getwindowgeometry", "--shell", window).split())
        frame = node.accessible
        while frame.get_role_name() not in ("frame", "dialog"):
            frame = frame.get_parent()
        box = Atspi.Component.get_extents(frame, Atspi.CoordType.WINDOW)
        x, y, width, height = node.extents
        border_x = (int(geometry["WIDTH"]) - box.width) // 2
        border_y = (int(geometry["HEIGHT"]) - box.height) // 2
        return window, x + width // 2 + border_x, y + height // 2 + border_y

    def click(self, node, button=1):
        window, x, y = self.place(node)
        run("xdotool", "mousemove", "--window", window, str(x), str(y), "click", str(button))

    def paste(self, text):
        set_clipboard(text)
        self.key("ctrl+v")

    def open_dialog(self, uri):
        """Pastes into the window, and waits for the dialog."""
        self.paste(uri)
        return self.dialog()

    def dialog(self):
        return self.find("push button", "Cancel")

    def add(self, uri):
        n = len(self.rows())
        self.paste(uri)
        self.dialog()
        add = wait_for(lambda: self.sensitive_button("Add"), "a valid link")
        add.press()
        self.gone("push button", "Cancel")
        wait_for(lambda: len(self.rows()) == n + 1, "one more row")

    def sensitive_button(self, name):
        button = self.root.find("push button", name)
        return button if button is not None and button.sensitive else None

    def message(self, pattern):
        """Something said, as a label, a toast or an alert."""
        return self.find(name=pattern)


TESTS = []


class Skip(Exception):
    """What is needed for a test is not there."""


def test(function):
    TESTS.append(function)
    return function


def main():
    # With names as arguments only those tests run.
    tests = [test for test in TESTS if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, function in enumerate(tests, 1):
        path = f"/ui/{os.path.splitext(os.path.basename(sys.argv[0]))[0].removeprefix('test_')}/" \
               f"{function.__name__}"
        try:
            function()
            print(f"ok {number} {path}", flush=True)
        except Skip as reason:
            print(f"ok {number} {path} # SKIP {reason}", flush=True)
        except Exception:  # one test must not take the others with it
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
            print(f"not ok {number} {path}", flush=True)
    sys.exit(1 if failed else 0)
