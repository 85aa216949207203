# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What happens to the keyring behind the back of the running window."""

import subprocess
import time

from keyfob_ui import SECRET, WRITER, App, main, os, test, wait_for

CONTROL = os.path.join(os.environ["FOB_TEST_HARNESS"], "keyring-ctl")


def control(command):
    subprocess.run([CONTROL, command], check=True, timeout=30, stdout=subprocess.DEVNULL)


@test
def another_program_writes():
    with App() as app:
        app.find("label", "Add Your First Account")
        subprocess.run([WRITER, "From elsewhere"], check=True, timeout=30)
        start = time.monotonic()
        app.row("From elsewhere")
        assert time.monotonic() - start < 1, "seen too late"


@test
def the_daemon_dies_and_comes_back():
    with App() as app:
        app.row("From elsewhere")
        app.add(f"otpauth://totp/Before:x?secret={SECRET}&issuer=Before")
        control("kill")
        assert len(app.rows()) == 2
        app.open_dialog(f"otpauth://totp/Meanwhile:x?secret={SECRET}&issuer=Meanwhile")
        wait_for(lambda: app.sensitive_button("Add"), "a valid link").press()
        app.message(".*keyring service is not running.*")
        app.screenshot("no-daemon")
        # Nothing that was typed is lost: the same dialog adds it when the service is back.
        control("start")
        wait_for(lambda: app.sensitive_button("Add"), "another try").press()
        app.gone("push button", "Cancel")
        app.row("Meanwhile")
        assert len(app.rows()) == 3
        app.quit()
    with App() as app:
        for title in ("From elsewhere", "Before", "Meanwhile"):
            app.row(title)


@test
def the_keyring_comes_after_the_window():
    control("kill")
    with App() as app:
        app.find("label", "No Keyring Service")
        control("start")
        app.row("Before")


@test
def lesson_5_without_its_settings_schema_it_finds_the_accounts():
    nowhere = {"GSETTINGS_SCHEMA_DIR": "/nowhere/at/all"}
    with App(environment=nowhere) as app:
        app.row("Before")
        app.key("ctrl+comma")
        app.find("label", "Codes")
        app.key("Escape")
        app.gone("label", "Codes")
        app.quit()
    with App(environment=nowhere) as app:
        app.row("Before")


@test
def a_keyring_that_lost_the_accounts_is_not_taken_for_a_new_one():
    control("kill")
    os.remove(os.path.join(os.environ["XDG_DATA_HOME"], "keyrings", "login.keyring"))
    control("start")
    with App() as app:
        app.find("label", "Your Accounts Could Not Be Opened")
        app.message(".*no accounts any more where Keyfob last saw 3.*")
        app.screenshot("lost")
        app.press("Continue With What Is There")
        app.find("label", "Add Your First Account")
    with App() as app:
        app.find("label", "Add Your First Account")


main()
