# What the launcher tells the person at the terminal. All of it goes to stderr: stdout belongs to the command.
# shellcheck shell=bash

say() {
  printf 'titan: %s\n' "$*" >&2
}

die() {
  printf 'titan: %s\n' "$*" >&2
  exit 1
}

# Prints the end of a log, for a failure whose cause is in there.
say_tail() {
  local log=$1 lines=${2:-30}
  printf '%s\n' '----' >&2
  tail -n "$lines" "$log" >&2
  printf '%s\n' "---- all of it: $log" >&2
}

# Runs a command with its output in a log; on failure shows the end of it and returns the command's status.
logged() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >>"$log" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    say_tail "$log"
  fi
  return "$status"
}
