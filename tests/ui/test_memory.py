# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What somebody finds who reads the memory of the running window."""

import base64
import hashlib
import json
import os
import re
import secrets
import subprocess
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from keyfob_ui import BUILD, App, Skip, main, test, wait_for

FOB = os.path.join(BUILD, "src/cli/fob")
PASSPHRASE = "zylophon quetzal murmeltier"
ISSUER = "Wolkenkuckucksheim"
NAME = "kassandra@delphi"
KEY = secrets.token_bytes(20)
SECRET = base64.b32encode(KEY).decode()


class Region:
    def __init__(self, first, last, locked):
        self.first, self.last, self.locked = first, last, locked


def regions(pid):
    """What can be written. @locked: kept out of swap and core dumps, as secure heaps are."""
    found = []
    with open(f"/proc/{pid}/smaps", encoding="utf-8", errors="replace") as file:
        for line in file:
            start = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line)
            if start:
                found.append((int(start[1], 16), int(start[2], 16), start[3]))
            elif line.startswith("VmFlags:"):
                first, last, mode = found.pop()
                if "w" in mode:
                    found.append(Region(first, last, " lo " in line + " "))
    return [region for region in found if isinstance(region, Region)]


def scan(app, patterns):
    """Where in ordinary and in locked memory each of the patterns is."""
    ordinary = {name: 0 for name in patterns}
    locked = {name: 0 for name in patterns}
    size = 0
    try:
        memory = open(f"/proc/{app.process.pid}/mem", "rb", buffering=0)
    except PermissionError:
        raise Skip("the memory of other processes is not readable here") from None
    with memory:
        for region in regions(app.process.pid):
            memory.seek(region.first)
            try:
                data = memory.read(region.last - region.first)
            except OSError:
                continue
            size += len(data)
            for name, pattern in patterns.items():
                n = data.count(pattern)
                (locked if region.locked else ordinary)[name] += n
                if n > 0 and not region.locked and os.environ.get("FOB_TEST_VERBOSE"):
                    at = data.find(pattern)
                    print("#", name, hex(region.first + at), data[max(0, at - 48):at + 64], flush=True)
    assert size > 4 * 1024 * 1024, "that is not all of it"
    return ordinary, locked


def master_key():
    """As the keyring's envelope says, from its description alone."""
    text = subprocess.run(["secret-tool", "lookup", "slot", "a"], capture_output=True, text=True, check=True).stdout
    slot = json.loads(text[text.index("sealed ") + 7:])["header"]["slots"][0]
    key = hashlib.scrypt(PASSPHRASE.encode(), salt=bytes.fromhex(slot["salt"]), n=slot["n"], r=slot["r"],
                         p=slot["p"], maxmem=2**30, dklen=32)
    params = slot["key_params"]
    return AESGCM(key).decrypt(bytes.fromhex(params["nonce"]), bytes.fromhex(slot["key"] + params["tag"]), None)


def set_up():
    subprocess.run([FOB, "add", "-"], text=True, check=True, capture_output=True,
                   input=f"otpauth://totp/{ISSUER}:{NAME}?secret={SECRET}&issuer={ISSUER}\n")
    path = os.path.join(os.environ["HOME"], "passphrase")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PASSPHRASE + "\n")
    subprocess.run([FOB, "vault", "passphrase", "--new-passphrase-file", path], check=True, capture_output=True)


def unlock(app):
    app.find("label", "Unlock Your Accounts")
    app.type(PASSPHRASE)
    app.key("Return")
    app.row(ISSUER)
    wait_for(lambda: re.fullmatch(r"\d{6}", app.code(ISSUER)), "a code")


@test
def what_is_open_and_what_is_locked():
    set_up()
    key = master_key()
    patterns = {"secret": KEY, "secret as text": SECRET.encode(), "secret in small": SECRET.lower().encode(),
                "passphrase": PASSPHRASE.encode(), "master key": key, "master key as text": key.hex().encode()}
    names = {"issuer": ISSUER.encode(), "account name": NAME.encode()}
    with App() as app:
        app.secrets += [PASSPHRASE, SECRET]
        unlock(app)
        # The proof that the scan sees what is there: names are on screen.
        found, safe = scan(app, {**patterns, **names})
        assert found["issuer"] > 0 and found["account name"] > 0, found
        assert safe["secret"] > 0 and safe["master key"] > 0, ("not in locked memory", safe)
        assert not any(found[name] for name in patterns), ("open: in ordinary memory", found)

        app.key("slash")
        app.type(ISSUER[:5])
        app.key("Escape")
        app.key("ctrl+l")
        app.find("label", "Unlock Your Accounts")
        time.sleep(1)  # a worker lets go of the keys
        found, safe = scan(app, {**patterns, **names})
        assert not any(safe.values()), ("locked: in locked memory", safe)
        assert not any(found.values()), ("locked: in ordinary memory", found)

        unlock(app)
        app.quit()


main()
