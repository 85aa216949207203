# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A locked keyring: the provider's own prompt, dismissed and answered."""

import subprocess

from keyfob_ui import App, main, os, run, test, wait_for


def prompt():
    """The window of the provider's prompter, once it has the focus."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"],
                           capture_output=True, text=True, check=False).stdout.split()
    return found[0] if found else None


def answer(*keys, text=None):
    window = wait_for(prompt, "the prompt")
    run("xdotool", "windowactivate", "--sync", window)
    if text is not None:
        run("xdotool", "type", "--clearmodifiers", "--delay", "10", text)
    run("xdotool", "key", "--clearmodifiers", *keys)
    wait_for(lambda: prompt() is None, "the prompt to go")


@test
def it_ends_while_the_prompt_is_open():
    with App() as app:
        wait_for(prompt, "the prompt")
        subprocess.run(["gapplication", "action", "io.github.keyfob.Keyfob", "quit"], check=True, timeout=20)
        assert app.process.wait(10) == 0, "a prompt that nobody answers keeps it from ending"
    # The provider leaves it open.
    if prompt() is not None:
        answer("Escape")


@test
def the_prompt_can_be_dismissed_and_answered():
    with App() as app:
        wait_for(prompt, "the prompt")
        app.screenshot("prompt")
        answer("Escape")
        app.find("label", "Your Keyring Is Locked")
        app.screenshot("locked")
        assert app.rows() == []
        app.press("Try Again")
        answer("Escape")
        app.find("label", "Your Keyring Is Locked")
        app.press("Try Again")
        answer("Return", text=os.environ["FOB_TEST_KEYRING_PASSWORD"])
        app.find("label", "Add Your First Account")


main()
