# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Accounts that answer challenges (RFC 6287); codes from its appendix C."""

import base64
import os
import subprocess
import time

from keyfob_ui import BUILD, App, get_clipboard, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
DIGITS = b"1234567890" * 7
PIN = "1234"


def link(name, suite, size, **fields):
    secret = base64.b32encode(DIGITS[:size]).decode().rstrip("=")
    rest = "".join(f"&{key}={value}" for key, value in fields.items())
    return f"otpauth://ocra/{name}:ada?secret={secret}&issuer={name}&ocrasuite={suite}{rest}\n"


def fill():
    links = link("Plain", "OCRA-1:HOTP-SHA1-6:QN08", 20)
    links += link("Asks", "OCRA-1:HOTP-SHA256-8:QN08-PSHA1", 32)
    links += link("Counts", "OCRA-1:HOTP-SHA512-8:C-QN08", 64, counter=0)
    path = os.path.join(os.environ["HOME"], "links.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(links)
    subprocess.run([FOB, "import", path], check=True, capture_output=True)
    os.remove(path)


def close(app):
    app.key("Escape")
    app.gone("label", "Answer a Challenge")
    wait_for(app.has_focus, "the focus")


@test
def an_answer_is_shown_and_copied():
    fill()
    with App() as app:
        app.click(app.row("Plain"))
        app.find("label", "Answer a Challenge")
        app.find("label", "The service shows a challenge of up to 8 digits.")
        assert not app.find("push button", "Copy Answer").sensitive
        app.type("00000000")
        app.find("label", "237.653")
        app.screenshot("answer")
        app.key("ctrl+a")
        app.type("11111111")
        app.find("label", "243.178")
        app.key("Return")
        app.find("label", "The answer is on the clipboard.")
        wait_for(lambda: get_clipboard() == "243178", "the answer")
        close(app)


@test
def what_is_wrong_is_said_at_once():
    with App() as app:
        app.click(app.row("Plain"))
        app.find("label", "Answer a Challenge")
        app.type("12ab")
        app.find("label", ".*[Cc]hallenge.*digit.*")
        assert not app.find("push button", "Copy Answer").sensitive
        app.screenshot("wrong")
        app.key("ctrl+a")
        app.type("22222222")
        app.find("label", "653.583")
        close(app)


@test
def a_pin_is_asked_for():
    with App() as app:
        app.click(app.row("Asks"))
        app.find("label", "Answer a Challenge")
        app.type("00000000")
        app.find("label", ".*PIN.*")
        assert not app.find("push button", "Copy Answer").sensitive
        app.key("Tab")
        app.type(PIN)
        app.find("label", "8323.8735")
        app.screenshot("pin")
        close(app)


@test
def a_counter_is_taken_when_the_answer_is():
    with App() as app:
        app.click(app.row("Counts"))
        app.find("label", "Answer a Challenge")
        app.type("00000000")
        wait_for(lambda: app.find("push button", "Copy Answer").sensitive, "the button")
        assert not app.has("label", "0701.6083")
        app.key("Return")
        app.find("label", "0701.6083")
        wait_for(lambda: get_clipboard() == "07016083", "the answer")
        # The same answer again, and the next one for the next challenge.
        app.key("Return")
        time.sleep(0.5)
        assert get_clipboard() == "07016083"
        app.key("ctrl+a")
        app.type("11111111")
        assert not app.has("label", "0701.6083")
        app.key("Return")
        app.find("label", "6394.7962")
        wait_for(lambda: get_clipboard() == "63947962", "the next answer")
        app.screenshot("counter")
        close(app)
    shown = subprocess.run([FOB, "show", "Counts", "--json"], check=True, capture_output=True, text=True).stdout
    assert '"counter":2,' in shown, shown


main()
