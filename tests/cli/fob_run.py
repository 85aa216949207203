# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Runs the real fob on a vault of its own."""

import contextlib
import json
import os
import subprocess
import tempfile

FOB = os.environ["FOB"]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSPHRASE = "correct horse battery staple"


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout.decode("utf-8", "replace")
        self.err = process.stderr.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.out)


class Vault:
    """@place: "keyring", or the path of a file."""

    def __init__(self, place, folder):
        self.place = place
        self.folder = folder
        self.passphrase_file = os.path.join(folder, "passphrase")
        self.has_passphrase = place != "keyring"
        with open(self.passphrase_file, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")

    @property
    def is_file(self):
        return self.place != "keyring"

    def environment(self):
        return {**os.environ, "KEYFOB_VAULT": self.place, "LC_ALL": "C.UTF-8", "TERM": "xterm",
                "G_DEBUG": "fatal-warnings"}

    def fob(self, command, *arguments, text=b"", passphrase=True, option="--passphrase-file"):
        if isinstance(text, str):
            text = text.encode()
        if self.has_passphrase and passphrase:
            if command in ("import", "export"):
                option = "--vault-passphrase-file"
            arguments = (*arguments, option, self.passphrase_file)
        process = subprocess.run([FOB, command, *arguments], input=text, capture_output=True,
                                 env=self.environment(), timeout=60, check=False)
        return Result(process)

    def ok(self, command, *arguments, text=b""):
        """It works, and says nothing on the standard error."""
        result = self.fob(command, *arguments, text=text)
        assert result.status == 0, (command, arguments, result.status, result.err)
        assert result.err == "", result.err
        return result

    def fails(self, status, command, *arguments, text=b"", passphrase=True):
        """It fails with this status, says why, and never says a secret."""
        result = self.fob(command, *arguments, text=text, passphrase=passphrase)
        assert result.status == status, (command, arguments, result.status, result.out, result.err)
        assert result.err.startswith("fob: "), result.err
        assert len(result.err) > 15, result.err
        assert SECRET not in result.err and "secret=" not in result.err, result.err
        return result

    def add(self, issuer, name="ada", **parameters):
        kind = parameters.pop("type", "totp")
        extra = "".join(f"&{key}={value}" for key, value in parameters.items())
        uri = f"otpauth://{kind}/{issuer}:{name}?secret={SECRET}&issuer={issuer}{extra}"
        return self.ok("add", "-", "--again", text=uri + "\n").out.strip()

    def accounts(self):
        return self.ok("list", "--json").json["accounts"]

    def clear(self):
        for account in self.accounts():
            self.ok("remove", "--yes", account["id"])


@contextlib.contextmanager
def file_vault():
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        yield Vault(os.path.join(folder, "vault.json"), folder)


@contextlib.contextmanager
def keyring_vault():
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        vault = Vault("keyring", folder)
        vault.clear()
        yield vault
        vault.clear()


def on_both(function):
    """A test of every kind of vault."""
    def run():
        for make in (file_vault, keyring_vault):
            with make() as vault:
                function(vault)
    run.__name__ = function.__name__
    return run
