# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Every command that works on the vault: on a file and on a real keyring, with good and with bad input."""

import json
import os
import re
import stat
import subprocess
import time

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

from fob_run import FOB, PASSPHRASE, SECRET, file_vault, keyring_vault, on_both
from fob_tap import main, test

VAULT_COMMANDS = ("list", "code", "show", "add", "edit", "remove", "restore-account", "tags", "uri", "qr",
                  "import", "export", "vault", "lock", "unlock")


def oathtool(*options):
    return subprocess.run(["oathtool", "-b", *options, SECRET], capture_output=True, text=True,
                          check=True).stdout.strip()


@test
@on_both
def list_shows_names_and_no_secret(vault):
    assert vault.fob("add", "-", text=f"otpauth://totp/A:x?secret={SECRET}").status == 0
    vault.add("Bücher", "bob", digits=8)
    result = vault.ok("list")
    assert [line.split("\t")[1:4] for line in result.out.splitlines()] == \
        [["A", "x", "totp"], ["Bücher", "bob", "totp"]], result.out
    assert SECRET not in result.out
    account = vault.ok("list", "--json", "BUCHER").json["accounts"]
    assert len(account) == 1 and "secret" not in account[0] and account[0]["digits"] == 8
    assert account[0] == {**account[0], "issuer": "Bücher", "account": "bob", "type": "totp",
                          "algorithm": "SHA1", "period": 30, "tags": [], "note": "",
                          "favourite": False}
    assert vault.fob("list", "nothing-like-it").status == 1


@test
@on_both
def an_empty_vault_is_no_error(vault):
    vault.add("A")
    vault.clear()
    assert vault.ok("list").out == ""
    assert vault.ok("list", "--json").json == {"accounts": []}
    assert vault.ok("tags").out == ""
    for command in ("code", "show", "qr", "remove"):
        options = ("--yes",) if command == "remove" else ()
        vault.fails(1, command, "x", *options)
    vault.fails(1, "export", os.path.join(vault.folder, "out"), "--format", "uri-list")
    assert not os.path.exists(os.path.join(vault.folder, "out"))


@test
@on_both
def code_agrees_with_another_program(vault):
    vault.add("Time", digits=8, period=60, algorithm="SHA256")
    code = vault.ok("code", "time", "--at", "1111111111").out.strip()
    assert code == oathtool("--totp=SHA256", "-d8", "-s60s", "--now=2005-03-18 01:58:31 UTC"), code
    following = vault.ok("code", "time", "--at", "1111111111", "--next").out.strip()
    assert following == oathtool("--totp=SHA256", "-d8", "-s60s", "--now=2005-03-18 01:59:31 UTC")
    answer = vault.ok("code", "time", "--json").json
    assert re.fullmatch(r"\d{8}", answer["code"]) and 1 <= answer["seconds_left"] <= 60
    assert "secret" not in answer


@test
@on_both
def a_counter_is_never_used_twice(vault):
    vault.add("Count", type="hotp", counter=3)
    codes = [vault.ok("code", "count").out.strip() for _ in range(3)]
    assert codes == [oathtool(f"-c{counter}") for counter in (3, 4, 5)]
    assert vault.ok("show", "count", "--json").json["counter"] == 6
    vault.fails(2, "code", "count", "--next")


@test
@on_both
def an_ambiguous_query_lists_the_candidates(vault):
    first = vault.add("Same", "ada")
    second = vault.add("Same", "bob")
    result = vault.fails(2, "code", "same")
    assert first in result.err and second in result.err
    assert vault.fob("code", "same", "bob").status == 0
    assert vault.fob("code", second).status == 0
    assert vault.fob("code", "same:ada").status == 0
    vault.fails(1, "code", "nobody")


@test
@on_both
def add_takes_fields_and_the_secret_from_standard_input(vault):
    account = vault.ok("add", "--issuer", "I", "--account", "ada", "--type", "hotp", "--digits", "7",
                       "--counter", "9", "--tag", "Work", "--note", "n", text=SECRET + "\n").out.strip()
    shown = vault.ok("show", account, "--json", "--show-secret").json
    assert shown == {"id": account, "issuer": "I", "account": "ada", "type": "hotp",
                     "algorithm": "SHA1", "digits": 7, "counter": 9, "secret": SECRET,
                     "tags": ["Work"], "note": "n", "favourite": False}, shown
    # The same once more only when asked for.
    vault.fails(1, "add", "--issuer", "J", "--type", "hotp", "--digits", "7", "--counter", "9",
                text=SECRET)
    assert vault.fob("add", "--issuer", "J", "--again", text=SECRET).status == 0


@test
@on_both
def recovery_codes_are_counted_and_not_printed(vault):
    content = {"version": 3, "groups": [], "entries": [
        {"type": "totp", "uuid": "01234567-89ab-4def-8123-456789abcdef", "issuer": "Safe", "name": "ada",
         "note": "", "favorite": False, "icon": None, "groups": [],
         "info": {"secret": SECRET, "algo": "SHA1", "digits": 6, "period": 30},
         "keyfob": {"recovery": [{"code": "abcd-1234"}, {"code": "efgh-5678", "used": True}]}}]}
    file = {"version": 1, "header": {"slots": None, "params": None}, "db": content}
    assert vault.fob("import", "-", text=json.dumps(file)).status == 0
    vault.add("Plain")
    for options in ((), ("--show-secret",)):
        shown = vault.ok("show", "safe", *options)
        assert "Recovery codes: 1 of 2 left" in shown.out, shown.out
        listed = vault.ok("show", "safe", "--json", *options)
        assert listed.json["recovery_codes"] == 2 and listed.json["recovery_codes_left"] == 1
        assert "1234" not in shown.out + listed.out and "5678" not in shown.out + listed.out
    assert "Recovery" not in vault.ok("show", "plain").out
    assert "recovery_codes" not in vault.ok("show", "plain", "--json").json


@test
@on_both
def add_takes_nothing_that_is_wrong(vault):
    vault.add("A")
    for arguments, text, status in (
            (("-",), "", 1), (("-",), "https://example.org\n", 1),
            (("-",), f"otpauth://totp/x?secret={SECRET}\notpauth://totp/y?secret=1!\n", 1),
            (("--issuer", "x"), "", 1), (("--issuer", "x"), "not base32!", 1),
            ((), SECRET, 2), (("--issuer", "x", "--digits", "many"), SECRET, 2),
            (("--issuer", "x", "--digits", "99"), SECRET, 1),
            (("--issuer", "x", "--type", "abacus"), SECRET, 2),
            (("--issuer", "x", "--algorithm", "ROT13"), SECRET, 2),
            (("a", "b"), "", 2), (("--no-such-option",), "", 2)):
        vault.fails(status, "add", *arguments, text=text)
    assert len(vault.accounts()) == 1


@test
def a_link_as_an_argument_is_warned_of():
    with file_vault() as vault:
        result = vault.fob("add", f"otpauth://totp/A:x?secret={SECRET}")
        assert result.status == 0 and "fob add -" in result.err and SECRET not in result.err


@test
@on_both
def edit_changes_what_is_said_and_nothing_else(vault):
    account = vault.add("Old", "ada", period=60)
    vault.ok("edit", account, "--issuer", "New", "--tag", "a", "--tag", "b", "--favourite")
    vault.ok("edit", account, "--untag", "a", "--note", "hello", "--digits", "8")
    shown = vault.ok("show", account, "--json", "--show-secret").json
    assert (shown["issuer"], shown["account"], shown["tags"], shown["note"], shown["digits"],
            shown["period"], shown["favourite"], shown["secret"]) == \
        ("New", "ada", ["b"], "hello", 8, 60, True, SECRET)
    vault.ok("edit", account, "--no-favourite", "--secret", text="MFRGGZDFMZTWQ2LK\n")
    shown = vault.ok("show", account, "--json", "--show-secret").json
    assert shown["secret"] == "MFRGGZDFMZTWQ2LK" and not shown["favourite"]
    vault.fails(2, "edit", account)
    vault.fails(2, "edit", account, "--favourite", "--no-favourite")
    vault.fails(1, "edit", account, "--period", "0")
    vault.fails(1, "edit", "nobody", "--note", "x")
    assert vault.ok("show", account, "--json", "--show-secret").json == shown


@test
@on_both
def what_is_removed_comes_back_from_the_trash(vault):
    first = vault.add("One")
    vault.add("Two")
    vault.fails(2, "remove", "one")
    vault.ok("remove", "--yes", "one")
    assert [account["issuer"] for account in vault.accounts()] == ["Two"]
    assert first in [a["id"] for a in vault.ok("list", "--trash", "--json").json["accounts"]]
    vault.ok("restore-account", first)
    assert [account["id"] for account in vault.accounts()][-1] == first
    vault.fails(1, "restore-account", first)
    vault.fails(2, "restore-account")
    vault.fails(1, "remove", "--yes", "nobody")


@test
@on_both
def tags_are_listed_renamed_and_deleted(vault):
    vault.ok("edit", vault.add("A"), "--tag", "Work", "--tag", "Bank")
    vault.ok("edit", vault.add("B"), "--tag", "Work")
    assert vault.ok("tags").out == "Bank\t1\nWork\t2\n"
    vault.ok("tags", "rename", "Work", "Office")
    assert vault.ok("tags", "--json").json == \
        {"tags": [{"tag": "Bank", "accounts": 1}, {"tag": "Office", "accounts": 2}]}
    assert len(vault.ok("list", "--tag", "Office", "--json").json["accounts"]) == 2
    vault.ok("tags", "delete", "Office")
    assert vault.ok("tags").out == "Bank\t1\n"
    vault.fails(1, "tags", "delete", "Office")
    vault.fails(2, "tags", "rename", "Bank")
    vault.fails(2, "tags", "fly")


@test
@on_both
def a_secret_is_shown_only_when_asked_for(vault):
    vault.add("A")
    assert SECRET not in vault.ok("show", "a").out
    assert SECRET in vault.ok("show", "a", "--show-secret").out
    vault.fails(2, "uri", "a")
    uri = vault.ok("uri", "a", "--show-secret").out.strip()
    assert uri.startswith("otpauth://totp/A:ada?secret=" + SECRET)
    assert vault.ok("uri", "a", "--show-secret", "--json").json["uri"] == uri


@test
@on_both
def a_qr_code_holds_the_link(vault):
    vault.add("Bücher & Söhne".replace(" ", "%20").replace("&", "%26"))
    uri = vault.ok("uri", "ada", "--show-secret").out.strip()
    png, svg = (os.path.join(vault.folder, name) for name in ("code.png", "code.svg"))
    vault.ok("qr", "ada", "--png", png)
    vault.ok("qr", "ada", "--svg", svg)
    assert all(stat.S_IMODE(os.stat(path).st_mode) == 0o600 for path in (png, svg))
    for path in (png, svg):
        image = path + ".large.png"
        GdkPixbuf.Pixbuf.new_from_file_at_scale(path, 800, 800, True).savev(image, "png", [], [])
        seen = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", image],
                              capture_output=True, text=True, check=False).stdout.rstrip("\n")
        assert seen == uri, (path, seen)
    blocks = vault.ok("qr", "ada").out
    assert set(blocks) <= set("█▀▄ \n") and len(blocks.splitlines()) > 15
    vault.fails(2, "qr", "ada", "--png", png, "--svg", svg)
    vault.fails(2, "qr")
    vault.fails(1, "qr", "ada", "--png", "/nowhere/at/all.png")


@test
@on_both
def vault_tells_where_it_is(vault):
    vault.add("A")
    told = vault.ok("vault", "--json").json
    assert told["place"] == vault.place and told["accounts"] == 1 and told["generation"] >= 1
    assert told["place"] in vault.ok("vault").out
    vault.fails(2, "vault", "fly")


@test
def the_passphrase_of_a_file_changes():
    with file_vault() as vault:
        vault.add("A")
        vault.add("B")
        new = os.path.join(vault.folder, "new")
        with open(new, "w", encoding="utf-8") as file:
            file.write("another passphrase\n")
        vault.fails(4, "vault", "passphrase", "--new-passphrase-file", "/nowhere/at/all", passphrase=False)
        vault.fails(1, "vault", "passphrase", "--new-passphrase-file", "/nowhere/at/all")
        assert len(vault.accounts()) == 2
        vault.ok("vault", "passphrase", "--new-passphrase-file", new)
        vault.fails(4, "list")
        assert not os.path.exists(vault.place + "~"), "a copy that the old passphrase opens"
        vault.passphrase_file = new
        assert len(vault.accounts()) == 2
        vault.add("C")
        assert len(vault.accounts()) == 3
        vault.fails(1, "vault", "passphrase", "--none")
        vault.fails(2, "vault", "passphrase", "--none", "--new-passphrase-file", new)
        vault.fails(2, "vault", "--new-passphrase-file", new)
        assert len(vault.accounts()) == 3


@test
@on_both
def what_is_exported_comes_back(vault):
    vault.add("A", "ada")
    vault.add("B", "bob", type="hotp", counter=4)
    path = os.path.join(vault.folder, "out.txt")
    result = vault.fob("export", path, "--format", "uri-list")
    assert result.status == 0 and "secrets of 2 accounts" in result.err
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    vault.fails(2, "export", path, "--format", "uri-list")
    vault.fails(2, "export", path + "2", "--format", "stone-tablet")
    read = vault.ok("import", "--dry-run", "--json", "--show-secrets", path).json
    assert read["format"] == "uri-list" and read["skipped"] == []
    assert [(a["issuer"], a["secret"]) for a in read["accounts"]] == [("A", SECRET), ("B", SECRET)]
    # All of it is there already.
    assert vault.fob("import", path).status == 0
    assert len(vault.accounts()) == 2
    vault.clear()
    assert vault.fob("import", path).status == 0
    assert [(a["issuer"], a.get("counter")) for a in vault.accounts()] == [("A", None), ("B", 4)]


@test
@on_both
def every_format_that_is_written_is_read(vault):
    vault.ok("edit", vault.add("A", "ada@home"), "--tag", "Work", "--note", "n", "--favourite")
    vault.add("B", "bob", type="hotp", counter=4)
    vault.add("C", "cid", type="steam")
    vault.add("D", "dan", digits=8, period=60)
    formats = vault.ok("__complete", "export-formats").out.split()
    assert set(formats) == {"keyfob", "aegis", "uri-list", "2fas", "stratum", "bitwarden-authenticator",
                            "keepassxc-csv", "freeotp-plus", "google-migration"}, formats
    hold = {"bitwarden-authenticator": "ACD", "keepassxc-csv": "ACD", "google-migration": "AB"}
    for name in formats:
        path = os.path.join(vault.folder, f"out.{name}")
        options = ("--passphrase-file", vault.passphrase_file) if name == "keyfob" else ()
        result = vault.fob("export", path, "--format", name, *options)
        assert result.status == (3 if name in hold else 0), (name, result)
        assert ("notes are left out" in result.err.lower()) == (name not in ("keyfob", "aegis", "keepassxc-csv")), name
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        read = vault.ok("import", "--dry-run", "--json", "--show-secrets", path, *options).json
        assert read["format"] == name and read["skipped"] == [], (name, read)
        assert "".join(account["issuer"] for account in read["accounts"]) == hold.get(name, "ABCD"), (name, read)
        assert all(account["secret"] == SECRET for account in read["accounts"]), name


@test
@on_both
def parts_in_several_files_are_one(vault):
    for i in range(24):
        vault.add(f"Part {i:02}", "ada")
    path = os.path.join(vault.folder, "codes.txt")
    assert vault.fob("export", path, "--format", "google-migration", "--yes").status == 0
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert len(lines) > 2, lines
    paths = []
    for i, line in enumerate(lines):
        paths.append(os.path.join(vault.folder, f"part-{i}.txt"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(line)
    read = vault.ok("import", "--dry-run", "--json", *reversed(paths)).json
    assert read["format"] == "google-migration" and read["skipped"] == [], read["skipped"]
    assert {account["issuer"] for account in read["accounts"]} == {f"Part {i:02}" for i in range(24)}
    # One that is missing is told.
    result = vault.fob("import", "--dry-run", *paths[1:])
    assert result.status == 3 and f"QR code 1 of {len(lines)} of this export is missing" in result.err, result


@test
@on_both
def an_encrypted_backup_comes_back_whole(vault):
    vault.ok("edit", vault.add("A", "ada@home"), "--tag", "Work", "--note", "n", "--favourite")
    vault.add("B", "bob", type="hotp", counter=4)
    vault.add("C", "cid", type="ocra", ocrasuite="OCRA-1:HOTP-SHA1-6:QN08")
    before = vault.accounts()
    path = os.path.join(vault.folder, "out.json")
    vault.ok("export", path, "--passphrase-file", vault.passphrase_file)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert SECRET not in text and "ada@home" not in text and '"header"' in text
    vault.fails(1, "import", path, "--dry-run")
    wrong = os.path.join(vault.folder, "wrong")
    with open(wrong, "w", encoding="utf-8") as file:
        file.write("wrong\n")
    vault.fails(1, "import", path, "--passphrase-file", wrong)
    vault.clear()
    assert vault.fob("import", path, "--passphrase-file", vault.passphrase_file).status == 0

    def fields(accounts):
        return [{key: value for key, value in account.items() if key != "id"} for account in accounts]

    assert fields(vault.accounts()) == fields(before)
    # Aegis has no word for a challenge: it is said, and the others go.
    plain = os.path.join(vault.folder, "aegis.json")
    result = vault.fob("export", plain, "--format", "aegis")
    assert result.status == 3 and "OCRA" in result.err
    read = vault.ok("import", plain, "--dry-run", "--json").json
    assert read["format"] == "aegis" and fields(read["accounts"]) == fields(before)[:2]


@test
@on_both
def a_partly_broken_file_comes_in_partly(vault):
    vault.add("Z")
    text = f"otpauth://totp/A?secret={SECRET}AA\notpauth://totp/B?secret=1!\n"
    result = vault.fob("import", "-", text=text)
    assert result.status == 3 and "entry 2" in result.err and len(vault.accounts()) == 2
    result = vault.fob("import", "-", "--json", "--dry-run", text=text)
    assert result.status == 3 and result.json["skipped"][0]["index"] == 1
    vault.fails(1, "import", "-", text="this is nothing")
    vault.fails(1, "import", "-", text="")
    vault.fails(1, "import", "/nowhere/at/all")
    vault.fails(2, "import")
    vault.fails(2, "import", "-", "--format", "stone-tablet")
    assert len(vault.accounts()) == 2


@test
def a_file_without_its_passphrase_is_locked():
    with file_vault() as vault:
        vault.add("A")
        for command in VAULT_COMMANDS:
            if command in ("add", "lock"):
                continue
            arguments = {"export": ("/dev/null", "--force", "--format", "uri-list"),
                         "import": ("-",), "remove": ("--yes", "a"), "tags": (), "list": (),
                         "edit": ("a", "--note", "x"), "uri": ("a", "--show-secret"),
                         "vault": (), "unlock": ()}.get(command, ("a",))
            vault.fails(4, command, *arguments, passphrase=False,
                        text=f"otpauth://totp/x?secret={SECRET}" if command == "import" else "")
        with open(vault.passphrase_file, "w", encoding="utf-8") as file:
            file.write("another one\n")
        vault.fails(4, "list")
        vault.fails(4, "unlock")
        with open(vault.passphrase_file, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE)
        assert vault.fob("unlock").status == 0
        vault.passphrase_file = "/nowhere/at/all"
        vault.fails(4, "list")


@test
def a_vault_that_is_not_there_is_not_made_by_looking():
    with file_vault() as vault:
        vault.fails(1, "list")
        vault.fails(1, "code", "x")
        assert not os.path.exists(vault.place)


@test
def lock_and_unlock_the_keyring():
    with keyring_vault() as vault:
        vault.add("A")
        vault.ok("lock")
        vault.fails(4, "list")
        ctl = os.path.join(os.path.dirname(__file__), "..", "harness", "keyring-ctl")
        subprocess.run([ctl, "kill"], check=True, timeout=20)
        subprocess.run([ctl, "start"], check=True, timeout=20)
        assert len(vault.accounts()) == 1


@test
def unknown_words_are_met_with_the_nearest_command():
    with file_vault() as vault:
        for word, nearest in (("lsit", "list"), ("exprot", "export"), ("tag", "tags")):
            assert f"“{nearest}”" in vault.fails(2, word, passphrase=False).err
        vault.fails(2, f"otpauth://totp/x?secret={SECRET}", passphrase=False)
        assert subprocess.run([FOB], capture_output=True, check=False).returncode == 2


@test
def odd_arguments_are_refused():
    with file_vault() as vault:
        vault.add("A")
        vault.fails(1, "code", "x" * 100000)
        vault.fails(2, "code", b"\xff\xfe")
        vault.fails(2, "list", b"\xff")
        vault.fails(2, "code", "a", "--watch", "--json")
        vault.fails(2, "code", "a", "--wait", "--next")
        vault.fails(2, "code", "a", "--copy", "--json")
        vault.fails(2, "code", "a", "--at", "soon")
        vault.fails(1, "code", "a", "--watch")  # no terminal


@test
def a_closed_pipe_is_no_noise():
    with file_vault() as vault:
        for index in range(3):
            vault.add(f"A{index}")
        process = subprocess.run(
            f"{FOB} list --passphrase-file {vault.passphrase_file} | head -n 0", shell=True,
            capture_output=True, env=vault.environment(), check=False, timeout=30)
        assert process.stderr == b"", process.stderr


@test
def ending_a_write_loses_nothing():
    with file_vault() as vault:
        vault.add("Kept")
        for delay in (0.01, 0.05, 0.1, 0.2, 0.3, 0.4):
            process = subprocess.Popen(
                [FOB, "edit", "kept", "--note", f"after {delay}", "--passphrase-file",
                 vault.passphrase_file], env=vault.environment(), stdin=subprocess.DEVNULL)
            time.sleep(delay)
            process.send_signal(2)
            process.wait(20)
        assert [account["issuer"] for account in vault.accounts()] == ["Kept"]


@test
def help_explains_every_command():
    listed = subprocess.run([FOB, "help"], capture_output=True, text=True, check=True).stdout
    for command in VAULT_COMMANDS + ("generate", "verify", "doctor"):
        assert re.search(rf"^  {command} ", listed, re.MULTILINE), command
        text = subprocess.run([FOB, "help", command], capture_output=True, text=True,
                              check=True).stdout
        assert "--help" in text and len(text) > 150, command
    assert subprocess.run([FOB, "help", "fly"], capture_output=True, check=False).returncode == 2


main()
