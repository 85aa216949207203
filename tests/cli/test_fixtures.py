# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Real files of other apps, where they are at hand: every entry is read exactly, or the file is refused whole."""

import json
import os
import subprocess

from fob_run import FOB
from fob_tap import Skip, main, test

FIXTURES = os.environ["FOB_TEST_FIXTURES"]
# What is known to be read: none of these may fall back to being unknown.
KNOWN = {"aegis.unencrypted.json": "aegis", "aegis.encrypted.json": "aegis", "urilist.txt": "uri-list",
         "ente.unencrypted.txt": "uri-list", "andotp.unencrypted.json": "andotp",
         "backup.unencrypted.authpro": "stratum", "bitwarden.unencrypted.json": "bitwarden",
         "bitwardenauthenticator.json": "bitwarden-authenticator", "freeotpplus.json": "freeotp-plus",
         "lastpass.json": "lastpass", "twofas.unencrypted.2fas": "2fas", "twofas.encrypted.2fas": "2fas",
         "andotp.encrypted.bin": "andotp", "backup.legacy.authpro": "stratum", "backup.strong.authpro": "stratum",
         "bitwarden.encrypted.pbkdf2.json": "bitwarden", "bitwarden.encrypted.argon2id.json": "bitwarden",
         "ente.encrypted.json": "ente", "winauth.zip": "winauth", "authplus.db": "authenticator-plus",
         "totpauthenticator.encrypted.bin": "totp-authenticator", "freeotp.bin": "freeotp", "googleauthenticator.txt": "google-migration"}


def read(name, password):
    path = os.path.join(os.environ["HOME"], "password")
    with open(path, "w", encoding="utf-8") as file:
        file.write((password or "none") + "\n")
    return subprocess.run([FOB, "import", "--dry-run", "--json", "--show-secrets", "--passphrase-file", path,
                           os.path.join(FIXTURES, name)], capture_output=True, text=True, check=False,
                          timeout=60)


def normal(entry):
    """What both sides say of an account."""
    kind = entry["type"]
    result = {"type": kind, "issuer": entry.get("issuer") or "", "secret": entry["secret"],
              "name": entry.get("account", entry.get("name")) or "", "digits": entry.get("digits"),
              "tags": sorted(entry.get("tags", entry.get("groups")) or [])}
    if kind in ("totp", "hotp"):
        result["algorithm"] = entry.get("algorithm")
    if kind == "totp":
        result["period"] = entry.get("period")
    if kind == "hotp":
        result["counter"] = entry.get("counter")
    return result


def expect(name, told):
    """What is told, with what we do better."""
    entries = [dict(entry) for entry in told["entries"] if not entry.get("invalid_hex")]
    for entry in entries:
        if name == "freeotpplus.json" and entry["type"] == "hotp":
            entry["counter"] += 1  # stored is the last one that was used
    return entries + told.get("optional_entries", [])


@test
def every_entry_of_every_file_that_is_known():
    if not os.path.isdir(FIXTURES):
        raise Skip("the files are not here")
    with open(os.path.join(FIXTURES, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    for name, told in expected.items():
        if name.startswith("_") or not os.path.exists(os.path.join(FIXTURES, name)):
            continue
        result = read(name, told.get("password"))
        if result.returncode == 1 and name not in KNOWN:
            print(f"# {name}: not read", flush=True)
            continue
        assert result.returncode in (0, 3), (name, result.stderr)
        answer = json.loads(result.stdout)
        if name in KNOWN:
            assert answer["format"] == KNOWN[name], (name, answer["format"])
        read_entries = sorted((normal(entry) for entry in answer["accounts"]), key=json.dumps)
        wanted = sorted((normal(entry) for entry in expect(name, told)), key=json.dumps)
        right = sum(entry in wanted for entry in read_entries)
        print(f"# {name}: {answer['format']}, {len(wanted)} expected, {right} right", flush=True)
        assert read_entries == wanted, (name, [e for e in read_entries if e not in wanted],
                                        [e for e in wanted if e not in read_entries])


main()
