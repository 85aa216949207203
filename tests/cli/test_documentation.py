# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""What is written about fob, against what fob is. And every command, asked wrongly."""

import json
import os
import re
import subprocess
import tempfile

from fob_tap import main, test

FOB = os.environ["FOB"]
SOURCE = os.environ["FOB_TEST_SOURCE"]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
HOME = os.environ["HOME"]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings"}


def run(*arguments, **options):
    return subprocess.run([FOB, *arguments], capture_output=True, check=False, timeout=60,
                          env={**ENVIRONMENT, **options.pop("env", {})},
                          input=options.pop("input", b""), **options)


def help_of(*command):
    return run(*command, "--help").stdout.decode()


COMMANDS = re.findall(r"^  ([a-z][a-z-]*) ", help_of(), re.M)


def options_of(command):
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", help_of(command), re.M)) - {"--help"}


def read(*names):
    with open(os.path.join(SOURCE, *names), encoding="utf-8") as file:
        return file.read()


def man_text():
    """The page without what makes it look good."""
    text = read("data", "man", "fob.1")
    text = re.sub(r"^\.\\\".*\n", "", text, flags=re.M)
    text = re.sub(r"\\f[A-Z]", "", text).replace(r"\-", "-").replace(r"\(dq", '"')
    text = text.replace(r"\(aq", "'").replace(r"\e", "\\").replace(r"\&", "")
    return re.sub(r"^\.(?!S[HS] )[A-Z]*[a-z]* ?", "", text, flags=re.M)


def section(text, kind, name):
    found = re.search(rf"^\.{kind} {re.escape(name)}\n(.*?)(?=^\.S[HS] |\Z)", text, re.M | re.S)
    assert found, f"no section {name}"
    return found[1]


def words_with_options(text):
    # An option may be glued from pieces: "-t, " "--tag=" TAG
    return set(re.findall(r"--[a-z][a-z-]+", text))


@test
def every_option_stands_in_the_manual():
    text = man_text()
    common = words_with_options(section(text, "SH", "COMMON OPTIONS"))
    for command in COMMANDS:
        own = section(text, "SS", command)
        known = words_with_options(own)
        # “It takes the options of add …”, “… are explained at generate”
        for other in re.findall(r"(?:options of|explained at|like)\s+([a-z-]+)", own):
            known |= words_with_options(section(text, "SS", other))
        if command not in ("generate", "verify", "help"):
            known |= common
        assert f"fob {command}" in re.sub(r"\s+", " ", own), command
        if command != "help":
            missing = options_of(command) - known
            assert not missing, (command, missing)


@test
def the_manual_promises_nothing_else():
    text = man_text()
    # Those of other programs stand in the examples.
    promised = words_with_options(text[:text.index(".SH EXAMPLES")])
    there = set.union(*(options_of(command) for command in COMMANDS if command != "help"))
    assert promised - there <= {"--help", "--version"}, promised - there
    headings = re.findall(r"^\.SS ([a-z-]+)$", section_range(text, "COMMANDS"), re.M)
    assert headings and set(headings) == set(COMMANDS)


def section_range(text, name):
    return re.search(rf"^\.SH {name}\n(.*?)(?=^\.SH |\Z)", text, re.M | re.S)[1]


@test
def answers_in_json_have_the_members_that_are_promised():
    promised = set(re.findall(r"[a-z_]+", section(man_text(), "SH", "JSON")))
    added = run("add", "--issuer=Bank", "--account=ada", "--tag=t", "--json", input=SECRET.encode())
    assert added.returncode == 0, added.stderr
    link = f"otpauth://hotp/Counter?secret={SECRET}".encode()
    run("add", "-", input=link)
    for command in (["list"], ["show", "bank", "--show-secret"], ["code", "bank"], ["tags"],
                    ["code", "counter"], ["vault"], ["uri", "bank", "--show-secret"], ["doctor"],
                    ["edit", "bank", "--note=x"]):
        done = run(*command, "--json")
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout.count(b"\n") == 1, command
        members = set()

        def collect(value):
            if isinstance(value, dict):
                members.update(value)
                value = list(value.values())
            if isinstance(value, list):
                for part in value:
                    collect(part)

        collect(json.loads(done.stdout))
        assert members <= promised, (command, members - promised)


def documented_command_lines():
    """Everything that somebody could copy to a shell."""
    for command in COMMANDS:
        for line in help_of(command).splitlines():
            if re.match(r"\s+fob ", line):
                yield line
    for line in man_text().splitlines():
        if re.match(r"(\$ )?fob ", line) or "| fob" in line:
            yield line
    for name in ("README.md", "CONTRIBUTING.md"):
        for line in read(name).splitlines():
            if re.search(r"\bfob [a-z]", line):
                yield line


@test
def no_documented_form_has_a_secret_among_its_arguments():
    lines = list(documented_command_lines())
    assert len(lines) > 30
    for line in lines:
        # What is piped in is not an argument.
        arguments = line.rpartition("| fob")[2] if "| fob" in line else line
        assert not re.search(r"\b[A-Z2-7]{16,}\b", arguments), line
        assert "secret=" not in arguments and "otpauth:" not in arguments, line
        assert not re.search(r"\bURI\b", arguments), line
        assert not re.search(r"--(secret|pin|passphrase|password|key)[= ][A-Z$\"']", arguments), line
    # And no option takes one: what takes a value says where to read it.
    for command in COMMANDS:
        if command == "help":
            continue
        for option, value in re.findall(r"(--[a-z-]+)=(\S+)", help_of(command)):
            assert not re.fullmatch(r"--(secret|pin|passphrase|password|uri|link)", option), command
            if "passphrase" in option or "pin" in option:
                assert value in ("FILE", "FILE|-"), (command, option)


@test
def no_secret_comes_from_the_environment():
    text = section(man_text(), "SH", "ENVIRONMENT")
    assert not re.search(r"^[A-Z_]*(SECRET|PASS|PIN|KEY\b)[A-Z_]*$", text, re.M)
    done = run("code", "bank", env={"KEYFOB_VAULT": os.path.join(HOME, "none.json"),
                                    "KEYFOB_PASSPHRASE": "x", "KEYFOB_PASSWORD": "x"})
    assert done.returncode != 0


@test
def a_full_disk_behind_the_output_is_told():
    for command in (["list"], ["vault"], ["doctor"], ["code", "bank"], ["help"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([FOB, *command], stdout=full, stderr=subprocess.PIPE,
                                  env=ENVIRONMENT, timeout=60, check=False)
        assert done.returncode == 1, (command, done.returncode, done.stderr)


# Last of all: locking works whatever else is wrong.
BAD = {
    "an unknown option": ["--no-such-option"],
    "bytes that are no text": [b"\xff\xfe\x80"],
    "a very long query": ["long " * 20000] * 10,
    "an option without its value": ["--vault"],
    "a vault that is a folder": ["--vault", "/"],
    "a vault that is no file": ["--vault", "/dev/null"],
    "a vault in a folder that is not there": ["--vault", "/nonexistent/v.json"],
    "an empty argument": [""],
    "a line break": ["a\nb"],
    "a passphrase file that is not there": ["--passphrase-file", "/nonexistent"],
}


@test
def bad_input_is_met_with_a_sentence():
    for command in COMMANDS:
        for what, arguments in BAD.items():
            done = run(command, *arguments)
            label = (command, what, done.returncode, done.stderr[:300])
            # Never by a signal.
            assert done.returncode in (0, 1, 2, 3, 4, 5), label
            if done.returncode == 1 and command == "doctor":
                continue
            if done.returncode != 0:
                # A check that finds nothing to say is an answer as well.
                answered = done.stdout == b"no match\n" or command in ("list",)
                assert re.search(rb"^fob: ", done.stderr, re.M) or answered, label
            assert SECRET.encode() not in done.stderr, label
            if what in ("an unknown option", "an option without its value"):
                assert done.returncode == 2, label


@test
def every_format_is_in_the_page():
    text = man_text()
    written = section(text, "SS", "Read and written")
    text = written + section(text, "SS", "Only read")
    for kind, part in (("import", text), ("export", written)):
        names = run("__complete", f"{kind}-formats").stdout.decode().split()
        assert len(names) > 5
        listed = set(re.findall(r"^([a-z0-9-]+)$", part, re.M))
        assert listed == set(names), listed ^ set(names)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
