# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""`fob code --copy` with the window open: the window copies, and takes it back."""

import subprocess

from keyfob_ui import App, BUILD, main, os, test, wait_for

FOB = os.path.join(BUILD, "src", "cli", "fob")
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
# So slow that its code stays the same while the test runs.
SLOW = f"otpauth://totp/Slow:ada?secret={SECRET}&issuer=Slow&period=31000000"
COUNTER = f"otpauth://hotp/Counter:ada?secret={SECRET}&issuer=Counter"


def fob(*arguments, text=None, **environment):
    # Without programs of its own for the clipboard: what is copied, the window has copied.
    env = {**os.environ, "PATH": "/nonexistent", "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run([FOB, *arguments], capture_output=True, text=True, input=text, env=env,
                          timeout=60, check=False)


def clipboard():
    return subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, text=True,
                          timeout=20, check=False).stdout


@test
def the_window_copies():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.add(SLOW)
        app.add(COUNTER)
        code = fob("code", "slow").stdout.strip()
        assert len(code) == 6
        done = fob("code", "slow", "--copy")
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert "30 seconds" in done.stderr and code not in done.stderr
        wait_for(lambda: clipboard() == code, "the code on the clipboard")
        app.message("Code for Slow copied")
        following = fob("code", "slow", "--next").stdout.strip()
        assert fob("code", "slow", "--next", "--copy").returncode == 0
        wait_for(lambda: clipboard() == following, "the next code on the clipboard")
        # RFC 4226, appendix D: each only once.
        for counted in ("755224", "287082"):
            assert fob("code", "counter", "--copy").returncode == 0
            wait_for(lambda: clipboard() == counted, "the code of the counter")
        assert fob("code", "counter").stdout.strip() == "359152"


@test
def without_a_window_there_is_nobody_to_copy():
    assert fob("add", "-", "--again", text=SLOW.replace("Slow", "Alone") + "\n").returncode == 0
    done = fob("code", "alone", "--copy")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("fob: ") and "window" in done.stderr


main()
