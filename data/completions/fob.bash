# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
# shellcheck shell=bash
#
# Completions of fob(1) for bash. What there is to complete fob says itself, so that this stays in step with it.

# The options of a command, one a line.
_fob_options ()
{
  fob "$1" --help 2>/dev/null |
    sed -n 's/^  \(-[[:alnum:]], \)\{0,1\}\(--[a-z][a-z-]*\).*/\2/p'
}

# Offers the lines of the standard input that begin like the word. Names of accounts come from strangers: they are
# quoted, and never given to anything that would expand them.
_fob_offer ()
{
  local line word=$1 quoted
  # What has been typed may be quoted already.
  word=${word#[\"\']}
  word=${word//\\/}
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    [[ ${line,,} == "${word,,}"* ]] || continue
    if [[ $1 == [\"\']* ]]; then
      quoted=$line
    else
      printf -v quoted %q "$line"
    fi
    COMPREPLY+=("$quoted")
  done
}

_fob_files ()
{
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# The value of an option. Returns whether it takes one.
_fob_value ()
{
  case $1 in
    --vault)
      _fob_files "$2"
      [[ keyring == "$2"* ]] && COMPREPLY+=(keyring)
      return 0
      ;;
    --*-file) _fob_files "$2" ;;
    -t | --tag | --untag) _fob_offer "$2" < <(fob __complete tags 2>/dev/null) ;;
    -f | --format) _fob_offer "$2" < <(fob __complete "$3-formats" 2>/dev/null) ;;
    --type) _fob_offer "$2" < <(printf '%s\n' totp hotp steam motp yandex ocra) ;;
    --algorithm) _fob_offer "$2" < <(printf '%s\n' SHA1 SHA256 SHA512) ;;
    -a | --account)
      [[ $3 == export ]] && _fob_offer "$2" < <(fob __complete accounts 2>/dev/null)
      ;;
    -i | --issuer | --digits | --period | --counter | --suite | --note | --at | --challenge | --session | \
      --count | --window | --last | --drift) ;;
    *) return 1 ;;
  esac
  return 0
}

# What stands for itself.
_fob_argument ()
{
  case $1 in
    list | code | show | edit | remove | uri | qr)
      _fob_offer "$2" < <(fob __complete accounts 2>/dev/null)
      ;;
    restore-account) _fob_offer "$2" < <(fob __complete trash 2>/dev/null) ;;
    tags)
      case $3 in
        tags) _fob_offer "$2" < <(printf '%s\n' list rename delete) ;;
        rename | delete) _fob_offer "$2" < <(fob __complete tags 2>/dev/null) ;;
      esac
      ;;
    vault) _fob_offer "$2" < <(printf '%s\n' passphrase move) ;;
    import | export | backup | restore) _fob_files "$2" ;;
    help) _fob_offer "$2" < <(fob __complete commands 2>/dev/null) ;;
  esac
}

_fob ()
{
  # A word is what the shell calls one: a name with a colon in it is one too.
  local cur prev words cword command option
  COMPREPLY=()
  if declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref -n := cur prev words cword
  else
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  fi

  if ((cword == 1)); then
    _fob_offer "$cur" < <(
      fob __complete commands 2>/dev/null
      printf '%s\n' --help --version
    )
    return
  fi
  command=${words[1]}
  if [[ $cur == --*=* ]]; then
    option=${cur%%=*}
    _fob_value "$option" "${cur#*=}" "$command"
  elif [[ $cur == -* ]]; then
    _fob_offer "$cur" < <(_fob_options "$command")
  elif ! _fob_value "$prev" "$cur" "$command"; then
    _fob_argument "$command" "$cur" "$prev"
  fi

  # Readline replaces what comes after the last colon only.
  if [[ $cur == *:* && $cur != --*=* && $COMP_WORDBREAKS == *:* ]] && ((${#COMPREPLY[@]} > 0)); then
    local i begin=${cur%"${cur##*:}"}
    for i in "${!COMPREPLY[@]}"; do
      COMPREPLY[i]=${COMPREPLY[i]:${#begin}}
    done
  fi
}

complete -F _fob fob
