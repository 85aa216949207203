# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""A backup made by Keyfob, opened by a reader that knows nothing but docs/FORMAT.md."""

import base64
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

WRITER = os.environ["FOB_TEST_WRITE_BACKUP"]
PASSPHRASE = "korrekt Pferd 🐴 Bücher"
SECRET = "GEZDGNBVGY3TQOJQ"


class WrongPassphrase(Exception):
    pass


# The reader


def decrypt(key, params, text):
    nonce, tag = bytes.fromhex(params["nonce"]), bytes.fromhex(params["tag"])
    assert len(nonce) == 12 and len(tag) == 16
    return AESGCM(key).decrypt(nonce, text + tag, None)


def open_slots(slots, passphrase):
    for slot in slots:
        if slot["type"] != 1:
            continue
        salt = bytes.fromhex(slot["salt"])
        key = hashlib.scrypt(passphrase.encode(), salt=salt, n=slot["n"], r=slot["r"], p=slot["p"],
                             maxmem=2**30, dklen=32)
        try:
            return decrypt(key, slot["key_params"], bytes.fromhex(slot["key"]))
        except InvalidTag:
            pass
    raise WrongPassphrase


def open_backup(text, passphrase):
    file = json.loads(text)
    assert file["version"] == 1
    master_key = open_slots(file["header"]["slots"], passphrase)
    return decrypt(master_key, file["header"]["params"], base64.b64decode(file["db"], validate=True))


def list_accounts(content):
    assert content["version"] == 3
    groups = {group["uuid"]: group["name"] for group in content["groups"]}
    accounts = list(content["entries"])
    for entry in content["keyfob"]["entries"]:
        accounts.insert(entry["position"], entry)
    for account in accounts:
        account["tags"] = [groups[uuid] for uuid in account["groups"]]
    return accounts


# The tests


def write_backup(folder):
    vault = subprocess.run([WRITER, folder, PASSPHRASE], check=True, capture_output=True,
                           text=True).stdout.strip()
    files = glob.glob(folder + "/*")
    assert len(files) == 1, files
    with open(files[0], encoding="ascii") as file:
        return vault, os.path.basename(files[0]), file.read()


def check_outside(vault, name, text):
    file = json.loads(text)
    assert name == f"keyfob-{vault[:8]}-20261123T092032Z-42.json", name
    assert file["keyfob"]["generation"] == 42
    assert re.fullmatch(r"[ -~]+", text)
    slot, = file["header"]["slots"]
    assert slot["n"] >= 32768 and slot["r"] == 8 and slot["p"] >= 3
    # Nothing can be read without the passphrase.
    for word in ("GitHub", "alice", SECRET, vault, "abcd-1234"):
        assert word not in text


def check_content(vault, text):
    assert re.fullmatch(rb"[ -~]+", text)
    content = json.loads(text)
    ours = content["keyfob"]
    assert ours["version"] == 1 and ours["vault"] == vault
    assert "trash" not in ours
    assert list(ours["deletions"].values()) == [1795425111]


EXPECTED = [
    ("totp", "GitHub", "alice",
     {"secret": SECRET * 2, "algo": "SHA1", "digits": 6, "period": 30}),
    ("totp", "Bücher 本", "bob@example.org",
     {"secret": "MFRGG", "algo": "SHA512", "digits": 6, "period": 30}),
    ("ocra", "Insurance", "grace",
     {"secret": SECRET * 2, "algo": "SHA1", "digits": 6, "counter": 0, "suite": "OCRA-1:HOTP-SHA1-6:QN08"}),
    ("hotp", "Bank", "carol",
     {"secret": SECRET, "algo": "SHA1", "digits": 6, "counter": 41}),
    ("steam", "Steam", "dave",
     {"secret": SECRET, "algo": "SHA1", "digits": 5, "period": 30}),
    ("motp", "Router", "erin",
     {"secret": base64.b32encode(bytes.fromhex("0123456789abcdef")).decode().rstrip("="), "algo": "MD5",
      "digits": 6, "period": 10}),
    ("hotp", "Big", "frank",
     {"secret": SECRET, "algo": "SHA1", "digits": 6, "counter": 2**63 - 1}),
]


def check_accounts(accounts):
    found = [(a["type"], a["issuer"], a["name"], a["info"]) for a in accounts]
    for one, expected in zip(found, EXPECTED, strict=True):
        assert one == expected, f"{one} is not {expected}"
    first = accounts[0]
    assert first["note"] == "first line\nsecond “line”"
    assert first["favorite"] is True
    assert first["tags"] == ["Work", "Überall"]
    assert base64.b64decode(first["icon"]) == b"<svg/>" and first["icon_mime"] == "image/svg+xml"
    assert first["keyfob"]["modified"] == 1795425000
    assert first["keyfob"]["recovery"] == [{"code": "abcd-1234"},
                                           {"code": "5678 9012", "used": True}]
    assert accounts[-1]["keyfob"]["counter"] == str(2**64 - 1)
    for account in accounts[1:]:
        assert account["note"] == "" and account["favorite"] is False and account["icon"] is None
        assert account["tags"] == []
    assert len({a["uuid"] for a in accounts}) == len(accounts)


def check_refused(text):
    try:
        open_backup(text, "another passphrase")
    except WrongPassphrase:
        pass
    else:
        raise AssertionError("opened with a wrong passphrase")
    file = json.loads(text)
    content = bytearray(base64.b64decode(file["db"]))
    content[len(content) // 2] ^= 1
    file["db"] = base64.b64encode(content).decode()
    try:
        open_backup(json.dumps(file), PASSPHRASE)
    except InvalidTag:
        pass
    else:
        raise AssertionError("a changed file passed for whole")


def main():
    with tempfile.TemporaryDirectory() as folder:
        vault, name, text = write_backup(folder)
    content = open_backup(text, PASSPHRASE)
    checks = {
        "outside": lambda: check_outside(vault, name, text),
        "content": lambda: check_content(vault, content),
        "accounts": lambda: check_accounts(list_accounts(json.loads(content))),
        "refused": lambda: check_refused(text),
    }
    failed = 0
    print(f"1..{len(checks)}")
    for number, (what, check) in enumerate(checks.items(), 1):
        try:
            check()
            print(f"ok {number} /vault/format/{what}")
        except AssertionError as error:
            failed += 1
            print(f"not ok {number} /vault/format/{what}")
            print(f"# {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
