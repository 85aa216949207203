# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts come in from pasted lists and from files: looked at first, then all at once, and back out with Undo."""

import os
import re
import tempfile

from keyfob_ui import SECRET, App, main, oathtool, test, wait_for

LINKS = [
    f"otpauth://totp/First:ada?secret={SECRET}&issuer=First",
    f"otpauth://totp/Second:ada?secret={SECRET}&issuer=Second&digits=8",
    "otpauth://totp/Broken:ada?secret=1!&issuer=Broken",
    f"otpauth://hotp/Third:ada?secret={SECRET}&issuer=Third&counter=4",
]


def shown_codes(app):
    return {re.sub(r"\D", "", node.name) for node in app.root.walk()
            if node.role == "label" and re.fullmatch(r"[\d\u2009]{6,}", node.name)}


def preview_rows(app):
    return [node for node in app.root.walk() if node.role == "list item"
            and re.search(r", will (not )?be imported$", node.name)]


def import_all(app):
    wait_for(lambda: app.sensitive_button("Import"), "the preview").press()
    app.gone("push button", "Cancel")


@test
def a_list_is_looked_at_first():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.paste("\n".join(LINKS))
        wait_for(lambda: len(preview_rows(app)) == 3, "three rows")
        app.find("check box", "3 of 3 accounts will be imported")
        app.find("push button", "1 entry could not be read…")
        expected = [oathtool("--totp"), oathtool("--totp", "-d8"), oathtool("-c4")]
        wait_for(lambda: all(code in shown_codes(app) for code in (
            oathtool("--totp"), oathtool("--totp", "-d8"), oathtool("-c4"))), f"the codes {expected}")
        app.screenshot("preview")
        app.press("Cancel")
        app.gone("push button", "Cancel")
        assert app.rows() == []


@test
def what_is_chosen_comes_in_and_goes_out_again():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.paste("\n".join(LINKS))
        wait_for(lambda: len(preview_rows(app)) == 3, "three rows")
        app.click(app.find("list item", "Second, ada, will be imported"))
        app.find("list item", "Second, ada, will not be imported")
        app.find("check box", "2 of 3 accounts will be imported")
        import_all(app)
        wait_for(lambda: len(app.rows()) == 2, "two accounts")
        wait_for(lambda: app.code("First") == oathtool("--totp"), "its code")
        app.message("2 accounts imported")
        # The same list again: only what was left out is new.
        app.paste("\n".join(LINKS))
        wait_for(lambda: len(preview_rows(app)) == 3, "three rows")
        app.find("check box", "1 of 3 accounts will be imported")
        app.find("list item", "First, ada, will not be imported")
        assert len([n for n in app.root.walk() if n.name == "You have this one already"]) == 2
        app.screenshot("again")
        app.press("Cancel")
        app.gone("push button", "Cancel")
        app.key("ctrl+z")
        app.find("label", "Add Your First Account")


@test
def what_could_not_be_read_is_listed():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.paste("\n".join(LINKS))
        app.press("1 entry could not be read…")
        app.find("label", "Entry 3")
        app.screenshot("skipped")
        app.press("Back")
        app.find("push button", "1 entry could not be read…")
        assert len(preview_rows(app)) == 3


@test
def a_file_comes_in():
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=os.environ["HOME"]) as file:
        file.write("\r\n".join(LINKS))
        file.flush()
        with App(file.name) as app:
            wait_for(lambda: len(preview_rows(app)) == 3, "three rows")
            import_all(app)
            wait_for(lambda: len(app.rows()) == 3, "three accounts")
            app.key("ctrl+z")
            app.find("label", "Add Your First Account")


@test
def a_file_of_something_else_is_no_harm():
    with tempfile.NamedTemporaryFile("wb", suffix=".bin", dir=os.environ["HOME"]) as file:
        file.write(bytes(range(256)) * 16 + b"x")
        file.flush()
        with App(file.name) as app:
            app.find("label", "Nothing to Import")
            app.screenshot("nothing")
            app.press("Cancel")
            app.find("label", "Add Your First Account")


@test
def ten_thousand_do_not_stop_the_window():
    uris = "\n".join(f"otpauth://totp/Many{i}:ada?secret={SECRET}{i:04d}".replace("0", "A")
                     .replace("1", "B").replace("8", "C").replace("9", "D") for i in range(10000))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=os.environ["HOME"]) as file:
        file.write(uris)
        file.flush()
        with App(file.name) as app:
            app.find("check box", r"\d+ of 10000 accounts will be imported", timeout=20)
            app.press("Cancel")
            app.gone("push button", "Cancel")


main()
