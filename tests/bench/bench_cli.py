#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Whole commands of fob beside secret-tool, in one session with a real keyring: medians and their ratios.

Run by tools/bench cli, inside tests/harness/session; FOB is the program.
"""

import json
import os
import statistics
import subprocess
import time

FOB = os.environ["FOB"]
ENVIRONMENT = {**os.environ, "KEYFOB_VAULT": "keyring", "LC_ALL": "C.UTF-8"}
RUNS = 31


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True,
                          env=ENVIRONMENT).stdout


def milliseconds(*command):
    start = time.perf_counter()
    run(*command)
    return (time.perf_counter() - start) * 1000


def secret(number):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "GEZDGNBVGY3TQOJQ" + "".join(letters[number >> shift & 31] for shift in (15, 10, 5, 0))


def fill(first, last):
    links = "".join(f"otpauth://totp/Service{i}:user{i}?secret={secret(i)}&issuer=Service{i}\n"
                    for i in range(first, last))
    subprocess.run([FOB, "import", "-"], input=links, text=True, check=True, capture_output=True,
                   env=ENVIRONMENT)


def medians(commands):
    """Taken in turns, so that a busy moment hits all of them."""
    times = {name: [] for name in commands}
    for name, command in commands.items():
        run(*command)
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(milliseconds(*command))
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    subprocess.run(["secret-tool", "store", "--label=peer", "bench", "peer"], input=secret(0), text=True,
                   check=True, env=ENVIRONMENT)
    peer = ["secret-tool", "lookup", "bench", "peer"]
    results = {}

    fill(0, 100)
    small = medians({"peer": peer, "code": [FOB, "code", "Service42"]})
    results["code_100"] = {**small, "ratio": small["code"] / small["peer"]}
    fill(100, 10000)
    large = medians({"peer": peer, "list": [FOB, "list"], "code": [FOB, "code", "Service4242"]})
    results["list_10000"] = {**large, "beyond_lookup_ms": large["list"] - large["peer"]}

    print(f"{'':28}{'median ms':>12}{'beside secret-tool':>22}")
    print(f"{'secret-tool lookup':28}{small['peer']:12.1f}")
    print(f"{'fob code, 100 accounts':28}{small['code']:12.1f}{results['code_100']['ratio']:21.2f}×")
    print(f"{'fob list, 10,000 accounts':28}{large['list']:12.1f}"
          f"{large['list'] - large['peer']:+19.0f} ms")
    print(f"{'fob code, 10,000 accounts':28}{large['code']:12.1f}"
          f"{large['code'] - large['peer']:+19.0f} ms")
    print(json.dumps(results))


main()
