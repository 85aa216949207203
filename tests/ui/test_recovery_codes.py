# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""The recovery codes of an account, and what changes its codes: in the dialog that edits it."""

import os
import re
import time

from keyfob_ui import SECRET, App, Atspi, get_clipboard, main, oathtool, run, set_clipboard, test, wait_for

OTHER = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"
LIST = """SAVE YOUR BACKUP CODES

1. 1234 5678\t3. 3456 7890
2. 2345 6789\t4. 4567 8901

(ada@example.com)
"""
CODES = ["1234 5678", "3456 7890", "2345 6789", "4567 8901"]


def is_focused(node):
    return node is not None and node.has_state(Atspi.StateType.FOCUSED)


def go(app, key, find, what):
    """Presses a key until something has the focus, which also scrolls it into view."""
    for _ in range(40):
        if is_focused(find()):
            return
        app.key(key)
        time.sleep(0.1)
    raise AssertionError(f"{what} never has the focus")


def edit(app, title="Safe"):
    app.row(title)
    go(app, "Tab", lambda: app.row(title), title)
    app.key("F2")
    app.find("push button", "Save")
    wait_for(lambda: expander(app) is not None, "the recovery codes")


def expander(app):
    """Its head, which is the part that takes the focus."""
    return next(reversed([node for node in app.root.walk()
                          if node.role == "list item" and node.name == "Recovery Codes"]), None)


def expand(app):
    """From the service, round over the buttons to the end."""
    go(app, "shift+Tab", lambda: expander(app), "the list")
    app.key("space")
    wait_for(lambda: app.has("push button", "Paste Codes"), "the list to open")


def mark(app, code):
    go(app, "Down", lambda: find_code(app, code), code)
    app.key("space")


def add_field(app):
    """The next after the head of the list."""
    app.key("Tab")


def find_code(app, code):
    return app.root.find("list item", ".*" + re.escape(code) + ".*")


def code_row(app, code):
    return app.find("list item", ".*" + re.escape(code) + ".*")


def left(app, text):
    app.find(name=".*" + re.escape(text) + ".*")


def save(app):
    wait_for(lambda: app.sensitive_button("Save"), "something to save").press()
    app.gone("push button", "Cancel")


@test
def a_pasted_list_is_kept():
    with App() as app:
        app.secrets += [code.replace(" ", "") for code in CODES] + CODES
        app.find("label", "Add Your First Account")
        app.add(f"otpauth://totp/Safe:ada?secret={SECRET}&issuer=Safe")
    with App() as app:
        edit(app)
        expand(app)
        app.screenshot("empty")
        set_clipboard(LIST)
        app.press("Paste Codes")
        left(app, "4 of 4 left")
        for code in CODES:
            code_row(app, code)
        app.screenshot("pasted")
        save(app)
    with App() as app:
        edit(app)
        left(app, "4 of 4 left")
        expand(app)
        for code in CODES:
            code_row(app, code)


@test
def typed_and_pasted_into_the_field():
    with App() as app:
        edit(app)
        expand(app)
        add_field(app)
        app.type("abc")
        app.message("There are no recovery codes in this text.")
        wait_for(lambda: not app.sensitive_button("Save"), "nothing to save")
        app.screenshot("invalid")
        app.type("de-12345")
        wait_for(lambda: app.sensitive_button("Save"), "a valid code")
        app.gone("label", "There are no recovery codes in this text.")
        app.key("Return")
        left(app, "5 of 5 left")
        app.paste("* fghij-67890\n* abcde-12345\n")
        left(app, "6 of 6 left")
        # What was not added yet is not forgotten.
        app.type("klmno-24680")
        wait_for(lambda: app.sensitive_button("Save"), "a valid code")
        save(app)
        edit(app)
        left(app, "7 of 7 left")
        app.press("Cancel")


@test
def used_copied_and_removed():
    with App() as app:
        app.secrets += CODES
        edit(app)
        expand(app)
        for code in CODES[:3]:
            mark(app, code)
        left(app, "4 of 7 left")
        row = code_row(app, "2345 6789")
        set_clipboard("something else")
        code_row(app, "4567 8901").find("push button", "Copy Code").press()
        wait_for(lambda: get_clipboard() == "4567 8901", "the code on the clipboard")
        code_row(app, "4567 8901").find("push button", "Copied")
        assert get_clipboard("x-kde-passwordManagerHint") in ("secret", "")
        row.find("push button", "Remove").press()
        left(app, "4 of 6 left")
        assert not app.has("list item", ".*2345 6789.*")
        app.screenshot("used")
        save(app)
        # The clipboard is taken back with the window.
        app.quit()
    assert "4567" not in get_clipboard()
    with App() as app:
        edit(app)
        left(app, "4 of 6 left")
        expand(app)
        assert wait_for(lambda: code_row(app, "1234 5678").find("check box"), "a box")
        app.press("Cancel")
        app.gone("push button", "Cancel")


@test
def few_are_left_and_undo():
    with App() as app:
        edit(app)
        expand(app)
        for code in ("abcde-12345", "fghij-67890"):
            mark(app, code)
        app.message("Few recovery codes are left.*")
        left(app, "2 of 6 left")
        app.screenshot("few")
        save(app)
        app.press("Undo")
        app.gone("push button", "Undo")
        edit(app)
        left(app, "4 of 6 left")
        assert not app.has(name="Few recovery codes are left.*")
        # Nothing is kept of what was not saved.
        expand(app)
        code_row(app, "1234 5678").find("push button", "Remove").press()
        left(app, "4 of 5 left")
        app.press("Cancel")
        app.gone("push button", "Cancel")
        edit(app)
        left(app, "4 of 6 left")
        app.press("Cancel")


@test
def hidden_until_they_are_shown():
    with App(environment={"GSETTINGS_BACKEND": "memory"}) as app:
        edit(app)
        assert not app.has(None, "Show Codes")
        app.press("Cancel")
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "keyfile")
    before = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    with open(path, "a", encoding="utf-8") as file:
        file.write("\n[io/github/keyfob/Keyfob]\nhide-codes=true\n")
    try:
        with App() as app:
            edit(app)
            expand(app)
            wait_for(lambda: code_row(app, "••••••••"), "dots")
            assert not app.has("list item", ".*4567 8901.*")
            app.screenshot("hidden")
            app.find(None, "Show Codes").press()
            code_row(app, "4567 8901")
            app.press("Cancel")
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(before)


def change_secret(app, secret):
    edit(app)
    app.key("Tab", "Tab")
    app.type(secret)
    wait_for(lambda: app.sensitive_button("Save"), "a valid secret")
    app.key("Return")
    app.find("label", "Change the Secret.*")


@test
def another_secret_is_asked_about():
    with App() as app:
        app.secrets.append(OTHER)
        change_secret(app, OTHER)
        app.screenshot("secret")
        # What Return does is to leave it as it is.
        app.key("Return")
        app.gone("label", "Change the Secret.*")
        assert app.has("push button", "Save")
        app.press("Cancel")
        app.gone("push button", "Save")
        assert app.code("Safe") in (oathtool("--totp"), oathtool("--totp"))
        change_secret(app, OTHER)
        app.press("Change")
        app.gone("push button", "Save")
        wait_for(lambda: app.code("Safe") == oathtool("--totp", secret=OTHER), "the new code")
    with App() as app:
        app.row("Safe")
        wait_for(lambda: app.code("Safe") == oathtool("--totp", secret=OTHER), "the new code")


@test
def what_a_secret_may_not_be():
    with App() as app:
        edit(app)
        app.key("Tab", "Tab")
        app.type("nope1")
        app.message(".*secret.*base32.*")
        wait_for(lambda: not app.sensitive_button("Save"), "nothing to save")
        app.screenshot("wrong-secret")
        for _ in range(5):
            app.key("BackSpace")
        wait_for(lambda: app.sensitive_button("Save"), "the present secret")
        # The note changes no codes: nobody is asked.
        app.key("shift+Tab", "shift+Tab")
        app.key("End")
        app.type(" 2")
        save(app)
        app.row("Safe 2")


@test
def other_digits_are_asked_about():
    with App() as app:
        edit(app, "Safe 2")
        spin = app.find("spin button", "Digits")
        app.click(app.find("label", "Digits"))
        app.key("ctrl+a")
        app.type("8")
        app.key("Tab")
        wait_for(lambda: spin.value == 8, "eight digits")
        app.press("Save")
        app.find("label", "Change How Codes Are Made.*")
        app.screenshot("digits")
        app.press("Change")
        app.gone("push button", "Save")
        wait_for(lambda: len(app.code("Safe 2")) == 8, "a longer code")


ROLES = ("push button", "toggle button", "check box", "label", "list item", "spin button")


def looks(name, **environment):
    """The list in a dialog as narrow as a phone: nothing reaches over its side."""
    with App("--demo", "--at=1700000002", "--size=360x640", environment=environment) as app:
        edit(app, "GitHub")
        expand(app)
        set_clipboard(LIST + "ABCDE-12345-FGHIJ-67890-KLMNO\n")
        app.press("Paste Codes")
        left(app, "5 of 5 left")
        for code in CODES[:3]:
            mark(app, code)
        app.message("Few recovery codes are left.*")
        window = run("xdotool", "getactivewindow").strip()
        run("xdotool", "windowsize", "--sync", window, "360", "640")
        dialog = next(node for node in app.root.children() if node.find(None, "Cancel") is not None)
        wait_for(lambda: 0 < dialog.extents[2] <= 360, "a narrow dialog", 5)
        go(app, "Up", lambda: find_code(app, CODES[0]), CODES[0])
        go(app, "Down", lambda: find_code(app, "KLMNO"), "the long code")
        time.sleep(0.3)
        app.screenshot(name)
        for node in dialog.walk():
            x, _, width, _ = node.extents
            if node.role in ROLES and width > 0:
                assert x >= 0 and x + width <= 360, (node.role, node.name, x, width)
        app.key("Up", "Up", "Up", "Up", "Up", "a", "b")
        app.message("There are no recovery codes in this text.")
        time.sleep(0.3)
        app.screenshot(name + "-invalid")


@test
def narrow():
    looks("narrow", ADW_DEBUG_COLOR_SCHEME="prefer-light")


@test
def narrow_and_dark():
    looks("narrow-dark", ADW_DEBUG_COLOR_SCHEME="prefer-dark")


@test
def narrow_with_large_text():
    run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n")
    try:
        looks("large-text")
    finally:
        run("xprop", "-root", "-remove", "RESOURCE_MANAGER")


main()
