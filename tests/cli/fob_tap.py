# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Tests that print TAP, for the command line."""

import os
import sys
import time
import traceback

TESTS = []


class Skip(Exception):
    """What a test needs is not on this machine."""


def test(function):
    TESTS.append(function)
    return function


def wait_for(condition, what, seconds=10):
    """Returns what the condition gives as soon as that is true. @what: a text, or what gives one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.01)
    raise AssertionError(f"waited in vain for {what() if callable(what) else what}")


def main():
    # With names as arguments only those tests run.
    tests = [test for test in TESTS if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]]
    unit = os.path.splitext(os.path.basename(sys.argv[0]))[0].removeprefix("test_")
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, function in enumerate(tests, 1):
        path = f"/cli/{unit}/{function.__name__}"
        try:
            function()
            print(f"ok {number} {path}", flush=True)
        except Skip as reason:
            print(f"ok {number} {path} # SKIP {reason}", flush=True)
        except Exception:  # one test must not take the others with it
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
            print(f"not ok {number} {path}", flush=True)
    sys.exit(1 if failed else 0)
