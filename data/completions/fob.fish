# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
#
# Completions of fob(1) for fish. What there is to complete fob says itself, so that this stays in step with it.

# The command that is being typed, if there is one already.
function __fob_command
    set -l words (commandline -opc)
    test (count $words) -ge 2; and echo $words[2]
end

# The options of the command, each with what it is for. The ones that take a value end in “=”.
function __fob_options
    set -l name (__fob_command)
    test -n "$name"; or return
    fob $name --help 2>/dev/null | string replace -rf '^  (?:-\w, )?(--[a-z][a-z-]*)(?:=\S*)? +(.*)$' '$1\t$2'
end

function __fob_files
    __fish_complete_path (commandline -ct)
end

# Whether the word before takes a value, and then which.
function __fob_value
    set -l name (__fob_command)
    set -l words (commandline -opc)
    switch "$words[-1]"
        case --vault
            printf '%s\n' keyring
            __fob_files
        case '--*-file'
            __fob_files
        case -t --tag --untag
            fob __complete tags 2>/dev/null
        case -f --format
            fob __complete $name-formats 2>/dev/null
        case --type
            printf '%s\n' totp hotp steam motp yandex ocra
        case --algorithm
            printf '%s\n' SHA1 SHA256 SHA512
        case -a --account
            test "$name" = export; and fob __complete accounts 2>/dev/null
        case -i --issuer --digits --period --counter --suite --note --at --challenge --session --count --window --last --drift
        case '*'
            return 1
    end
    return 0
end

# What stands for itself.
function __fob_argument
    set -l words (commandline -opc)
    switch (__fob_command)
        case list code show edit remove uri qr
            fob __complete accounts 2>/dev/null
        case restore-account
            fob __complete trash 2>/dev/null
        case tags
            switch "$words[-1]"
                case tags
                    printf '%s\n' list rename delete
                case rename delete
                    fob __complete tags 2>/dev/null
            end
        case vault
            printf '%s\n' passphrase move
        case import export backup restore
            __fob_files
        case help
            fob __complete commands 2>/dev/null
    end
end

function __fob_complete
    set -l name (__fob_command)
    if test -z "$name"
        fob __complete commands 2>/dev/null
        printf '%s\n' --help --version
    else if string match -q -- '-*' (commandline -ct)
        __fob_options
    else
        __fob_value; or __fob_argument
    end
end

complete -c fob -f -a '(__fob_complete)'
