# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Completions in the real shells: keys are typed into them, and what they start tells what it got.

Run inside tests/harness/session, with a keyring."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import tempfile

from fob_tap import Skip, main, test, wait_for

FOB = os.environ["FOB"]
SOURCE = os.environ["FOB_TEST_COMPLETIONS"]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"

HOME = tempfile.mkdtemp(prefix="fob-completion-")
ARGUMENTS = os.path.join(HOME, "arguments")
ACCOUNTS = ["GitHub:ada", "GitLab:ada", "Debian Salsa:ada lovelace", "lonely", "Ärzte:ö",
            f"$(touch {HOME}/pwned)", "it's \"quoted\" \\ and *", "`touch pwned`;&|"]

# Stands in for fob on the command line: says what it was given, and lets fob complete.
WRAPPER = f"""#!/usr/bin/python3
import json, os, sys
if sys.argv[1:2] == ["__complete"] or "--help" in sys.argv:
    os.execv({FOB!r}, ["fob", *sys.argv[1:]])
with open({ARGUMENTS + "~"!r}, "w") as file:
    json.dump(sys.argv[1:], file)
os.rename({ARGUMENTS + "~"!r}, {ARGUMENTS!r})
"""


def run(*arguments, **options):
    return subprocess.run([FOB, *arguments], capture_output=True, text=True, check=False, **options)


def set_up():
    with open(os.path.join(HOME, "fob"), "w", encoding="utf-8") as file:
        file.write(WRAPPER)
    os.chmod(os.path.join(HOME, "fob"), 0o700)
    os.environ["PATH"] = HOME + ":" + os.environ["PATH"]
    os.environ["LC_ALL"] = "C.UTF-8"
    os.chdir(HOME)
    for name in ACCOUNTS:
        issuer, _, account = name.rpartition(":")
        done = run("add", "--again", f"--issuer={issuer}", f"--account={account}", "--tag=two words",
                   input=SECRET + "\n")
        assert done.returncode == 0, done.stderr
    # Nobody can type these.
    run("add", "--again", "--account=line\nbreak \x1b[31mred", input=SECRET)


class Shell:
    """An interactive shell in a terminal."""

    def __init__(self, *arguments, setup=()):
        if shutil.which(arguments[0]) is None:
            raise Skip(f"{arguments[0]} is not installed")
        self.text = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "dumb" if arguments[0] == "bash" else "xterm",
                   "HOME": HOME, "COLUMNS": "200"}
            os.execvpe(arguments[0], arguments, env)
        self.type("\n".join([*setup, "echo rea''dy"]) + "\n")
        self.expect("ready")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, seconds=0.02):
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                self.text += os.read(self.fd, 65536).decode(errors="replace")
            except OSError:
                pass

    def type(self, text):
        os.write(self.fd, text.encode())

    def settle(self):
        """Until nothing more is written."""
        before = None
        while before != self.text:
            before = self.text
            self.read(0.06)
        return before

    def expect(self, pattern):
        def look():
            self.read()
            return re.search(pattern, self.text)
        return wait_for(look, lambda: f"“{pattern}” in {self.text[-2000:]!r}", 20)

    def arguments(self, line):
        """What the command gets after this has been typed, in which tabs complete."""
        if os.path.exists(ARGUMENTS):
            os.unlink(ARGUMENTS)
        # Keys that come while the shell thinks about the last ones may be lost.
        for part in re.split("(\t)", line):
            before = self.settle()
            self.type(part)
            if part == "\t":
                wait_for(lambda: self.read() or self.text != before, f"the tab in {line!r}", 20)
        self.settle()
        self.type("\n")

        def look():
            self.read()
            return os.path.exists(ARGUMENTS)
        wait_for(look, lambda: f"the command after {line!r}: {self.text[-500:]!r}", 20)
        with open(ARGUMENTS, encoding="utf-8") as file:
            return json.load(file)


def bash(completion=True):
    setup = ["PS1='> '"]
    if completion and os.path.exists(BASH_COMPLETION):
        setup.append(f". {BASH_COMPLETION}")
    return Shell("bash", "--norc", "--noprofile", "-i", setup=[*setup, f". {SOURCE}/fob.bash"])


def zsh():
    return Shell("zsh", "-f", "-i", setup=[
        "PS1='> '", f"fpath=({SOURCE} $fpath)", "autoload -Uz compinit && compinit -u -D",
        "unsetopt zle_bracketed_paste 2>/dev/null; zstyle ':completion:*' list-prompt ''"])


def fish_candidates(line):
    if shutil.which("fish") is None:
        raise Skip("fish is not installed")
    done = subprocess.run(["fish", "--no-config", "-c",
                           f'source {SOURCE}/fob.fish; complete -C "$argv[1]"', line],
                          capture_output=True, text=True, check=True, env={**os.environ, "HOME": HOME})
    assert done.stderr == "", done.stderr
    return [candidate.split("\t")[0] for candidate in done.stdout.splitlines()]


def bash_candidates(*words):
    # Without bash-completion: a word is what follows the last colon there.
    script = f'. {SOURCE}/fob.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fob; ' \
             'printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True,
                          check=True)
    return done.stdout.splitlines()


def zsh_candidates(line):
    with zsh() as shell:
        before = len(shell.text)
        shell.type(line + "\t\t")
        end = None
        while end != shell.text or len(shell.text) == before:
            end = shell.text
            shell.read(1)
        return re.sub("\x1b\\[[0-9;]*[A-Za-z]", " ", shell.text[before:])


def assert_completes(shell):
    assert shell.arguments("fob doc\t") == ["doctor"]
    assert shell.arguments("fob code GitH\t") == ["code", "GitHub:ada"]
    assert shell.arguments("fob show GitHub:a\t") == ["show", "GitHub:ada"]
    assert shell.arguments("fob code --ne\t GitL\t") == ["code", "--next", "GitLab:ada"]
    assert shell.arguments("fob remove --y\t lon\t") == ["remove", "--yes", "lonely"]
    assert shell.arguments("fob uri Deb\t") == ["uri", "Debian Salsa:ada lovelace"]
    assert shell.arguments("fob code Är\t") == ["code", "Ärzte:ö"]
    assert shell.arguments("fob code it\t") == ["code", "it's \"quoted\" \\ and *"]
    assert shell.arguments("fob list --tag two\t") == ["list", "--tag", "two words"]
    assert shell.arguments("fob edit --type hot\t") == ["edit", "--type", "hotp"]
    assert shell.arguments("fob help restore-a\t") == ["help", "restore-account"]
    assert shell.arguments("fob tags ren\t two\t") == ["tags", "rename", "two words"]
    assert not os.path.exists(os.path.join(HOME, "pwned"))


@test
def what_fob_says():
    said = run("__complete", "accounts").stdout.splitlines()
    assert sorted(said) == sorted(ACCOUNTS)
    assert run("__complete", "tags").stdout == "two words\n"
    assert run("__complete", "trash").stdout == ""
    commands = [line.split("\t")[0] for line in run("__complete", "commands").stdout.splitlines()]
    assert "code" in commands and not [name for name in commands if name.startswith("_")]
    assert run("__complete", "import-formats").stdout.split()
    assert run("__complete", "export-formats").stdout.split()
    for odd in ([], ["nonsense"], ["accounts", "more"]):
        done = run("__complete", *odd)
        assert done.returncode == 0 and done.stderr == ""
    # Never a code or a secret.
    assert not re.search(r"\b\d{6}\b", "".join(said)) and SECRET not in "".join(said)


@test
def bash_completes():
    with bash() as shell:
        assert_completes(shell)
        assert shell.arguments("fob list --tag=two\t") == ["list", "--tag=two words"]


@test
def bash_completes_by_itself():
    with bash(completion=False) as shell:
        assert shell.arguments("fob doc\t") == ["doctor"]
        assert shell.arguments("fob code lon\t") == ["code", "lonely"]
        assert shell.arguments("fob code --ne\t Deb\t") == ["code", "--next", "Debian Salsa:ada lovelace"]


@test
def zsh_completes():
    with zsh() as shell:
        assert_completes(shell)


@test
def fish_completes():
    assert fish_candidates("fob doc") == ["doctor"]
    assert sorted(fish_candidates("fob code ")) == sorted(ACCOUNTS)
    assert fish_candidates("fob code GitH") == ["GitHub:ada"]
    assert fish_candidates("fob code --ne") == ["--next"]
    assert fish_candidates("fob list --tag ") == ["two words"]
    assert fish_candidates("fob edit --type hot") == ["hotp"]
    assert fish_candidates("fob help restore-a") == ["restore-account"]
    assert fish_candidates("fob tags rename ") == ["two words"]
    assert not os.path.exists(os.path.join(HOME, "pwned"))


def options_of(command):
    help_text = run(command, "--help").stdout
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", help_text, re.M))


@test
def every_command_and_option_is_offered():
    commands = re.findall(r"^  ([a-z][a-z-]*) ", run("--help").stdout, re.M)
    assert len(commands) > 10
    assert set(bash_candidates("fob", "")) == {*commands, "--help", "--version"}
    assert set(fish_candidates("fob ")) == {*commands, "--help", "--version"}
    shown = zsh_candidates("fob ")
    for command in commands:
        assert re.search(rf"\b{command}\b", shown), (command, shown)
        if command == "help":
            continue
        options = options_of(command)
        assert len(options) >= 2, command
        assert set(bash_candidates("fob", command, "--")) == options, command
        assert set(fish_candidates(f"fob {command} --")) == options, command
    shown = zsh_candidates("fob export --")
    for option in options_of("export"):
        assert option in shown, (option, shown)


@test
def a_locked_vault_is_left_alone():
    subprocess.run([os.path.join(os.environ["FOB_TEST_HARNESS"], "keyring-ctl"), "lock"], check=True)
    done = run("__complete", "accounts", stdin=subprocess.DEVNULL, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert bash_candidates("fob", "code", "") == [""]
    assert fish_candidates("fob code ") == []
    # Commands are offered all the same.
    assert bash_candidates("fob", "gen") == ["generate"]


@test
def without_a_keyring_there_is_nothing_to_say():
    env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    done = run("__complete", "accounts", env=env, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # A file with a passphrase is not asked for it.
    done = run("__complete", "accounts", env={**env, "KEYFOB_VAULT": os.path.join(HOME, "v.json")},
               stdin=subprocess.DEVNULL, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not os.path.exists(os.path.join(HOME, "v.json"))


try:
    set_up()
    main()
finally:
    shutil.rmtree(HOME, ignore_errors=True)
