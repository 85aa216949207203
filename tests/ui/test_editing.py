# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Adding by hand, counters, editing, deleting, searching: by mouse and by keyboard."""

from keyfob_ui import (HOTP_CODES, SECRET, App, get_clipboard, main, oathtool, set_clipboard, test,
                       wait_for)


def add_by_hand(app, issuer, account, secret):
    """Tabs through the dialog: link, paste button, service, account name, secret."""
    app.press("Add Account")
    app.dialog()
    app.key("Tab", "Tab")
    app.type(issuer)
    app.key("Tab")
    app.type(account)
    app.key("Tab")
    app.type(secret)


@test
def by_hand_with_live_validation():
    with App() as app:
        app.find("label", "Add Your First Account")
        add_by_hand(app, "Typed", "carol", "nope1")
        app.message(".*secret.*base32.*")
        assert app.sensitive_button("Add") is None
        app.screenshot("invalid")
        for _ in range(5):
            app.key("BackSpace")
        app.type("gezd gnbv gy3t qojq-gezdgnbvgy3tqojq")
        wait_for(lambda: app.sensitive_button("Add"), "a valid secret")
        app.key("Return")
        app.gone("push button", "Cancel")
        code = oathtool("--totp")
        assert app.code("Typed") in (code, oathtool("--totp"))


@test
def cancel_adds_nothing():
    with App() as app:
        app.row("Typed")
        add_by_hand(app, "Nothing", "x", SECRET)
        wait_for(lambda: app.sensitive_button("Add"), "a valid secret")
        app.press("Cancel")
        app.gone("push button", "Cancel")
        assert len(app.rows()) == 1


@test
def counters_advance_and_are_kept():
    with App() as app:
        app.row("Typed")
        app.add(f"otpauth://hotp/Bank:bob?secret={SECRET}&issuer=Bank&counter=0")
        assert app.code("Bank") is None
        for code in HOTP_CODES[:3]:
            app.row("Bank").find("push button", "Next Code").press()
            wait_for(lambda code=code: app.code("Bank") == code, f"code {code}")
        # Killed at once after a code was shown: it is never shown again.
        app.kill()
    with App() as app:
        assert wait_for(lambda: app.row("Bank"), "the account") and app.code("Bank") is None
        app.row("Bank").find("push button", "Next Code").press()
        wait_for(lambda: app.code("Bank") == HOTP_CODES[3], "the following code")


@test
def editing_and_undo():
    with App() as app:
        app.row("Typed")
        app.key("Home", "F2")
        app.find("push button", "Save")
        app.key("ctrl+a")
        app.type("Renamed")
        wait_for(lambda: app.sensitive_button("Save"), "a valid account")
        app.key("Return")
        app.gone("push button", "Cancel")
        app.row("Renamed")
        app.message("Renamed changed")
        before = oathtool("--totp")
        assert app.code("Renamed") in (before, oathtool("--totp"))
        app.press("Undo")
        app.row("Typed")


@test
def deleting_and_undo():
    with App() as app:
        app.row("Typed")
        n = len(app.rows())
        app.key("Home", "Delete")
        app.message("Typed deleted")
        wait_for(lambda: len(app.rows()) == n - 1, "one row less")
        app.press("Undo")
        app.row("Typed")
        assert len(app.rows()) == n
        app.key("Home", "Delete")
        wait_for(lambda: len(app.rows()) == n - 1, "one row less")
        app.key("ctrl+z")
        app.row("Typed")
    with App() as app:
        app.row("Typed")
        assert len(app.rows()) == n


@test
def searching():
    with App() as app:
        app.row("Typed")
        app.type("ban")
        wait_for(lambda: len(app.rows()) == 1 and app.row("Bank"), "one row")
        app.screenshot("search")
        app.type("xyz")
        app.find("label", "No Accounts Found")
        app.key("Escape")
        wait_for(lambda: len(app.rows()) == 2, "all rows")
        set_clipboard("something else")
        app.type("car")
        wait_for(lambda: len(app.rows()) == 1, "one row")
        before = oathtool("--totp")
        app.key("Return")
        wait_for(lambda: get_clipboard() in (before, oathtool("--totp")), "the code")


@test
def the_menu_by_keyboard():
    with App() as app:
        app.row("Typed")
        app.key("Home", "shift+F10")
        app.find("menu item", "Pin to Top")
        app.screenshot("menu")
        app.key("Escape")


@test
def the_menu_by_right_click():
    with App() as app:
        app.click(app.row("Typed"), button=3)
        app.find("menu item", "Delete")
        app.key("Escape")


@test
def the_main_job_by_keyboard_alone():
    with App() as app:
        app.row("Typed")
        set_clipboard(f"otpauth://totp/Keys:dan?secret={SECRET}&issuer=Keys")
        app.key("ctrl+v")
        wait_for(lambda: app.sensitive_button("Add"), "a valid link")
        app.key("Return")
        app.row("Keys")
        set_clipboard("something else")
        before = oathtool("--totp")
        wait_for(lambda: app.key("End", "Return")
                 or get_clipboard() in (before, oathtool("--totp")), "the code", 5)
        app.quit()


@test
def names_cannot_fake_other_rows():
    with App() as app:
        app.row("Typed")
        app.add("otpauth://totp/Evil%0ABank%E2%80%AE:x?secret=" + SECRET)
        row = wait_for(lambda: next((row for row in app.rows() if "Evil" in row.name), None), "row")
        assert "Evil\\u{000A}Bank\\u{202E}" in row.name, row.name
        app.screenshot("escaped")


@test
def about_and_shortcuts():
    with App() as app:
        app.row("Typed")
        app.key("ctrl+question")
        app.find("label", "Add account from the clipboard")
        app.screenshot("shortcuts")
        app.key("Escape")
        app.gone("label", "Add account from the clipboard")


main()
