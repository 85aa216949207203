# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The main job: paste a link, see the code, copy it; close and open, it is all there."""

import subprocess
import time

from keyfob_ui import (BUILD, KEYFOB, SECRET, SECRET32, App, get_clipboard, main, oathtool, os, run,
                       set_clipboard, test, wait_for)

LINKS = {
    "Plain": (f"otpauth://totp/Plain:alice?secret={SECRET}&issuer=Plain", ["--totp"]),
    "Sha256": (f"otpauth://totp/Sha256:alice?secret={SECRET32}&issuer=Sha256&algorithm=SHA256"
               "&digits=8", ["--totp=SHA256", "-d8"]),
    "Sha512": (f"otpauth://totp/Sha512:alice?secret={SECRET32}&issuer=Sha512&algorithm=SHA512"
               "&digits=7", ["--totp=SHA512", "-d7"]),
    "Minute": (f"otpauth://totp/Minute:alice?secret={SECRET}&issuer=Minute&period=60",
               ["--totp", "-s60s"]),
}


def expected_code(title):
    uri, options = LINKS[title]
    return oathtool(*options, secret=SECRET32 if SECRET32 in uri else SECRET)


def agrees(read, title):
    """Both sides within one time step; a boundary between them gives another try."""
    for _ in range(3):
        before = expected_code(title)
        shown = read()
        if before == expected_code(title):
            return shown == before
    return False


def windows():
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "keyfob"],
                          capture_output=True, text=True, check=False).stdout.split()


@test
def first_start_is_the_empty_page():
    with App() as app:
        app.find("label", "Add Your First Account")
        for name in ("Paste Link", "Enter by Hand", "Add Account", "Main Menu", "Search"):
            app.find("push button|toggle button".split("|", maxsplit=1)[0]
                     if name != "Search" else None, name)
        assert app.rows() == []
        app.screenshot("empty")


@test
def every_control_has_a_name():
    roles = ("push button", "toggle button", "entry", "text", "password text", "spin button",
             "combo box", "list item", "progress bar")

    def unnamed(app):
        return [(node.role, node.name) for node in app.root.walk() if node.role in roles
                and (not node.name.strip() or node.name.startswith(("Gtk", "Adw", "Fob")))
                and node.extents[2] > 0]

    with App("--demo") as app:
        app.row("GitHub")
        assert unnamed(app) == [], unnamed(app)
    with App() as app:
        app.find("label", "Add Your First Account")
        assert unnamed(app) == [], unnamed(app)


@test
def a_pasted_link_fills_the_dialog():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.paste(LINKS["Plain"][0])
        app.dialog()
        app.find("push button", "Add")
        wait_for(lambda: agrees(lambda: preview(app), "Plain"), "the preview")
        app.screenshot("dialog")
        app.key("Escape")
        app.gone("push button", "Cancel")
        assert app.rows() == []


def preview(app):
    for node in app.root.walk():
        digits = node.name.replace("\u2009", "")
        if node.role == "label" and digits.isdigit() and len(digits) >= 6:
            return digits
    return ""


@test
def codes_are_those_of_oathtool():
    with App() as app:
        app.find("label", "Add Your First Account")
        for title, (uri, _) in LINKS.items():
            app.add(uri)
            assert agrees(lambda title=title: app.code(title), title), title
        for title in LINKS:
            assert agrees(lambda title=title: app.code(title), title), title
        app.screenshot("list")


@test
def the_ring_falls():
    with App() as app:
        ring = app.row("Minute").find("progress bar", "Time left")
        first = ring.value
        # The step of a minute may end between two looks: one of two falls shows in any case.
        wait_for(lambda: ring.value < first or first < 0.1, "the ring to fall", 5)
        second = ring.value
        wait_for(lambda: ring.value < second or second < 0.1, "the ring to go on falling", 5)


@test
def a_click_copies_the_code():
    with App() as app:
        set_clipboard("something else")
        before = expected_code("Plain")
        app.click(app.row("Plain"))
        app.message("Code for Plain copied")
        wait_for(lambda: get_clipboard() in (before, expected_code("Plain")), "the code", 5)
        targets = get_clipboard("TARGETS").split()
        assert "x-kde-passwordManagerHint" in targets, targets
        app.screenshot("copied")


@test
def enter_copies_the_code():
    with App() as app:
        app.row("Plain")
        set_clipboard("something else")
        # Every try may land in the next time step, or read while the clipboard changes hands.
        before = expected_code("Plain")
        wait_for(lambda: app.key("Home", "Return")
                 or get_clipboard() in (before, expected_code("Plain")), "the code", 5)


def write_settings(seconds):
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
        file.write(f"[io/github/keyfob/Keyfob]\nclipboard-clear-seconds=uint32 {seconds}\n")


@test
def the_clipboard_is_cleared():
    write_settings(1)
    with App() as app:
        app.click(app.row("Plain"))
        wait_for(lambda: get_clipboard().isdigit(), "the code on the clipboard", 5)
        wait_for(lambda: get_clipboard() == "", "an empty clipboard", 5)


@test
def the_clipboard_of_others_stays():
    write_settings(1)
    with App() as app:
        app.click(app.row("Plain"))
        wait_for(lambda: get_clipboard().isdigit(), "the code on the clipboard", 5)
        set_clipboard("mine")
        start = time.monotonic()
        wait_for(lambda: get_clipboard() != "mine" or time.monotonic() > start + 2, "two seconds", 5)
        assert get_clipboard() == "mine"
    write_settings(30)


@test
def quitting_clears_the_clipboard():
    with App() as app:
        app.click(app.row("Plain"))
        wait_for(lambda: get_clipboard().isdigit(), "the code on the clipboard", 5)
        app.quit()
        assert not get_clipboard().isdigit()


@test
def a_restart_keeps_the_accounts():
    with App() as app:
        for title in LINKS:
            app.row(title)
        app.quit()
    with App() as app:
        for title in LINKS:
            assert agrees(lambda title=title: app.code(title), title), title
        assert len(app.rows()) == len(LINKS)


@test
def a_late_paste_gets_the_code_of_then():
    with App() as app:
        app.add(f"otpauth://totp/Late:alice?secret={SECRET}&issuer=Late&period=4")
        set_clipboard("of others", "primary")
        app.click(app.row("Late"))
        wait_for(lambda: get_clipboard().isdigit(), "the code on the clipboard", 5)
        copied = get_clipboard()
        wait_for(lambda: get_clipboard() != copied, "another code", 10)

        def pasted_is_valid():
            before, pasted, after = (oathtool("--totp", "-s4s"), get_clipboard(),
                                     oathtool("--totp", "-s4s"))
            return before == pasted == after

        wait_for(pasted_is_valid, "the code of this moment", 10)
        assert get_clipboard(selection="primary") == "of others"


@test
def two_instances_become_one():
    environment = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, "data"),
                       GSETTINGS_BACKEND="keyfile")
    with App() as app:
        app.row("Plain")
        assert subprocess.run([KEYFOB], env=environment, timeout=20, check=False).returncode == 0
        assert len(windows()) == 1, windows()
        uri = f"otpauth://totp/Second:bob?secret={SECRET}&issuer=Second"
        assert subprocess.run([KEYFOB, uri], env=environment, timeout=20, check=False).returncode == 0
        app.dialog()
        wait_for(lambda: app.sensitive_button("Add"), "the filled dialog").press()
        app.row("Second")


@test
def the_desktop_opens_links():
    with App() as app:
        app.row("Plain")
        uri = f"otpauth://totp/Desktop%20link:bob?secret={SECRET}&issuer=Desktop%20link"
        run("gdbus", "call", "--session", "--dest", "io.github.keyfob.Keyfob", "--object-path",
            "/io/github/keyfob/Keyfob", "--method", "org.freedesktop.Application.Open",
            f"['{uri}']", "{}")
        app.dialog()
        wait_for(lambda: app.sensitive_button("Add"), "the filled dialog").press()
        app.row("Desktop link")


main()
