# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Pictures of accounts: from icon packs by the name of the service, by hand from there or from an image file."""

import base64
import json
import os
import stat
import subprocess
import time
import zipfile

from keyfob_ui import BUILD, SECRET, App, main, test, wait_for, wait_for_focus

FOB = os.path.join(BUILD, "src/cli/fob")
HOME = os.environ["HOME"]
ICONS = os.path.join(os.environ["XDG_DATA_HOME"], "keyfob", "icons")
PACK_ID = "0f3a9c52-7e1b-4c55-9c4e-7b5a2f60d311"
PINK = "#ff00aa"
TEAL = "#00bb99"
GOLD = "#ddaa00"


def svg(colour):
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'>" \
           f"<rect width='64' height='64' fill='{colour}'/></svg>"


def write_pack():
    path = os.path.join(HOME, "pack.zip")
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("pack.json", json.dumps({"uuid": PACK_ID.upper(), "name": "Made <up>", "version": 1, "icons": [
            {"filename": "services/Shop.svg", "category": "x", "issuer": ["Great Shop"]},
            {"filename": "services/Teal.svg", "category": "x", "issuer": ["Teal"]}]}))
        pack.writestr("services/Shop.svg", svg(PINK))
        pack.writestr("services/Teal.svg", svg(TEAL))
    return path


def add(issuer, secret):
    subprocess.run([FOB, "add", "-"], text=True, check=True, capture_output=True,
                   input=f"otpauth://totp/{issuer}:ada?secret={secret}&issuer={issuer}\n")


def pixels(colour):
    """How many there are of a colour on the screen."""
    done = subprocess.run(["import", "-window", "root", "png:-"], capture_output=True, check=True)
    done = subprocess.run(["convert", "png:-", "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour,
                           "-format", "%[fx:round(mean*w*h)]", "info:"], input=done.stdout, capture_output=True,
                          check=True)
    return int(float(done.stdout))


def stored_icon(issuer):
    """The image in an Aegis export, decoded."""
    path = os.path.join(HOME, "aegis.json")
    subprocess.run([FOB, "export", "--format", "aegis", "--yes", path], check=True, capture_output=True)
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)["db"]["entries"]
    os.unlink(path)
    entry = next(entry for entry in entries if entry["issuer"] == issuer)
    return base64.b64decode(entry["icon"]) if entry.get("icon") else None


def edit(app, title):
    app.click(app.row(title), button=3)
    app.press("Edit…", role="menu item")
    app.find("push button", "Save")


def choose_icon(app):
    app.click(app.find("list item", "Icon.*"))
    app.find("label", "Choose Icon")
    wait_for_focus("Choose Icon")


def choose_file(app, button, path):
    app.find("push button", button)
    time.sleep(0.5)
    app.key("ctrl+l", "ctrl+a")
    app.type(path)
    for _ in range(5):
        # It looks at the folder first.
        time.sleep(0.5)
        if not app.has("push button", button):
            break
        app.key("Return")
    app.gone("push button", button)


def save(app):
    wait_for(lambda: app.sensitive_button("Save"), "something to save").press()
    app.gone("push button", "Save")


@test
def a_pack_that_is_opened_gives_services_their_pictures():
    add("Great%20Shop", SECRET)
    add("Teal", SECRET[::-1])
    add("Other", "AB" + SECRET)
    with App() as app:
        app.row("Great Shop")
        assert pixels(PINK) == 0
    with App(write_pack()) as app:
        app.row("Great Shop")
        app.message("Made <up> added, with 2 icons")
        wait_for(lambda: pixels(PINK) > 500 and pixels(TEAL) > 500, "the pictures")
        app.screenshot("list")
        path = os.path.join(ICONS, PACK_ID + ".zip")
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        # Nothing of it is written into the accounts.
        assert stored_icon("Great Shop") is None
    with App() as app:
        app.row("Great Shop")
        wait_for(lambda: pixels(PINK) > 500, "the picture, after a restart")


@test
def one_is_chosen_from_the_pack():
    with App() as app:
        app.row("Other")
        edit(app, "Other")
        choose_icon(app)
        app.find("label", "Shop")
        app.screenshot("chooser")
        app.type("nothing")
        app.find("label", "No Such Icon")
        app.key("ctrl+a", "BackSpace")
        app.type("teal")
        app.gone("label", "Shop")
        app.find("label", "Teal")
        app.key("Return")
        app.gone("label", "Choose Icon")
        app.find("label", "Chosen by hand")
        app.screenshot("dialog")
        save(app)
        assert stored_icon("Other") == svg(TEAL).encode()
        # Teal of its own, and that of the account with the name.
        wait_for(lambda: pixels(TEAL) > 2000, "two pictures")


@test
def one_comes_from_an_image_file():
    picture = os.path.join(HOME, "gold.png")
    subprocess.run(["convert", "-size", "600x600", f"plasma:{GOLD}-{GOLD}", "-attenuate", "0.4", "+noise", "Random",
                    picture], check=True)
    assert os.path.getsize(picture) > 64 * 1024
    with App() as app:
        app.row("Other")
        edit(app, "Other")
        choose_icon(app)
        app.press("From Image File.*")
        choose_file(app, "Choose", picture)
        app.gone("label", "Choose Icon")
        save(app)
    icon = stored_icon("Other")
    assert icon.startswith(b"\x89PNG") and len(icon) > 1000
    size = subprocess.run(["identify", "-format", "%w %h", "png:-"], input=icon, capture_output=True, check=True)
    assert size.stdout == b"256 256", size.stdout


@test
def what_is_no_image_is_refused_and_the_icon_can_be_removed():
    broken = os.path.join(HOME, "broken.png")
    with open(broken, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\nnothing")
    with App() as app:
        app.row("Other")
        edit(app, "Other")
        choose_icon(app)
        app.press("From Image File.*")
        choose_file(app, "Choose", broken)
        app.message("The image cannot be read.*")
        app.press("Remove Icon.*")
        app.gone("label", "Choose Icon")
        app.find("label", "By the name of the service")
        save(app)
    assert stored_icon("Other") is None


@test
def a_pack_is_removed_in_the_preferences():
    with App() as app:
        app.row("Great Shop")
        wait_for(lambda: pixels(PINK) > 500, "the picture")
        app.key("ctrl+comma")
        app.find("label", "Icon Packs")
        app.find("label", "2 icons")
        app.screenshot("preferences")
        app.press("Remove Made <up>")
        app.gone("label", "2 icons")
        assert os.listdir(ICONS) == []
        app.key("Escape")
        app.gone("label", "Icon Packs")
        wait_for(lambda: pixels(PINK) == 0, "the initials")
        # Without a pack the chooser says what one is.
        edit(app, "Other")
        choose_icon(app)
        app.find("label", "No Icon Packs")
        app.screenshot("no-packs")
        app.press("Add Icon Pack.*")
        choose_file(app, "Add", os.path.join(HOME, "pack.zip"))
        app.find("label", "Shop")


main()
