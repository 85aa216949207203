# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""QR codes before a camera: the desktop's portal is a stand-in, and so is the camera; GStreamer is the real one."""

import base64
import os
import subprocess
import time

import keyfob_ui
from keyfob_ui import BUILD, SECRET, App, main, test, wait_for
from mock_portal import Portal

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
LINK = f"otpauth://totp/Lens%20Bank:ada?secret={SECRET}&issuer=Lens%20Bank"
ALLOWED = (0, {})

keyfob_ui.KEYFOB = os.path.join(BUILD, "tests/ui/keyfob-camera")


def picture(text, name="seen.png"):
    """A code that somebody holds before a camera, not quite straight."""
    path = os.path.join(HOME, name)
    code = os.path.join(HOME, "code.png")
    subprocess.run(["qrencode", "-s", "5", "-o", code, text], check=True)
    subprocess.run(["convert", "-size", "800x600", "-seed", "5", "plasma:grey40-grey60", "(", code, "-background", "grey50",
                    "-rotate", "8", ")", "-gravity", "center", "-composite", "PNG24:" + path], check=True)
    return path


def still(path):
    return f"filesrc location={path} ! pngdec ! imagefreeze"


def camera(source):
    return {"FOB_TEST_CAMERA": source}


def scan(app):
    app.key("F10")
    app.press("Scan QR Code With Camera…", role="menu item")


@test
def a_link_becomes_an_account():
    with Portal(lambda _options: ALLOWED) as portal, App(environment=camera(still(picture(LINK)))) as app:
        app.find("label", "Add Your First Account")
        scan(app)
        wait_for(lambda: app.sensitive_button("Add"), "the link in the dialog").press()
        app.row("Lens Bank")
        assert portal.calls == ["AccessCamera", "OpenPipeWireRemote"], portal.calls


@test
def codes_that_belong_together_are_collected():
    links = os.path.join(HOME, "links.txt")
    with open(links, "w", encoding="utf-8") as file:
        for i in range(24):
            secret = base64.b32encode(bytes([i]) * 20).decode()
            file.write(f"otpauth://totp/Part{i}:ada?secret={secret}&issuer=Part{i}\n")
    subprocess.run([FOB, "import", links], check=True, capture_output=True)
    codes = os.path.join(HOME, "codes.txt")
    subprocess.run([FOB, "export", "--format", "google-migration", "--yes", codes], check=True, capture_output=True)
    with open(codes, encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert len(lines) > 1, lines
    # One after the other: the next one is held up when the one before has been seen. The file is read for each picture.
    held_up = os.path.join(HOME, "held-up.png")
    lines.reverse()
    os.replace(picture(lines[0]), held_up)
    source = f"multifilesrc location={held_up} loop=true caps=image/png,framerate=4/1 ! pngdec"
    with Portal(lambda _options: ALLOWED), App(environment=camera(source)) as app:
        app.row("Lens Bank")
        scan(app)
        for i, line in enumerate(lines[1:], start=1):
            app.find(name=f"{i} of {len(lines)} codes seen. Show the next one.", timeout=30)
            app.screenshot("parts")
            os.replace(picture(line), held_up)
        app.find("check box", "0 of 25 accounts will be imported", timeout=30)


@test
def another_code_is_not_taken():
    with Portal(lambda _options: ALLOWED), App(environment=camera(still(picture("https://example.org/menu")))) as app:
        app.row("Lens Bank")
        scan(app)
        app.find(name="There is no account in this QR code. Show another one.")
        app.screenshot("other")
        app.key("Escape")
        app.gone(name="There is no account in this QR code.*")
        # It can be opened once more.
        scan(app)
        app.find(name="There is no account in this QR code. Show another one.")


@test
def failures_say_what_to_do():
    seen = still(picture(LINK))
    for portal, source, message in ((Portal(lambda _options: (1, {})), seen, "Keyfob may not use the camera.*"),
                                    (Portal(lambda _options: (2, {})), seen, "Keyfob may not use the camera.*"),
                                    (Portal(lambda _options: ALLOWED, camera=False), seen, "There is no camera.*"),
                                    (Portal(lambda _options: ALLOWED), still("/nowhere.png"), "The camera stopped.*"),
                                    (Portal(lambda _options: ALLOWED), "nosuchelement", "A part of GStreamer.*")):
        with portal, App(environment=camera(source)) as app:
            app.row("Lens Bank")
            scan(app)
            app.find("label", message)
            app.screenshot("failed")
    with App(environment=camera(seen)) as app:
        app.row("Lens Bank")
        scan(app)
        app.find("label", "This desktop has no way to the camera.*")


@test
def closing_withdraws_the_question():
    with Portal(lambda _options: None) as portal, App(environment=camera(still(picture(LINK)))) as app:
        app.row("Lens Bank")
        scan(app)
        wait_for(lambda: "AccessCamera" in portal.calls, "the question")
        time.sleep(0.3)
        app.key("Escape")
        wait_for(lambda: "Close" in portal.calls, "the question to be withdrawn")


@test
def the_lock_closes_it():
    with Portal(lambda _options: ALLOWED), App(environment=camera("videotestsrc is-live=true")) as app:
        app.row("Lens Bank")
        scan(app)
        app.find(name="Hold the QR code in front of the camera.")
        app.screenshot("camera")
        subprocess.run([FOB, "lock", "--vault", "/nowhere/at/all"], check=True, timeout=20)
        app.find("label", "Keyfob Is Locked")
        app.gone(name="Hold the QR code.*")


main()
