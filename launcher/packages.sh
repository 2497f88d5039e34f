# Installs what is missing where the launcher may: as root on Debian or Ubuntu, after saying what and why. Elsewhere, or
# with --no-install, it prints the one line that does it.
# shellcheck shell=bash

APT_LOG="$TITAN_HOME/logs/apt.log"

on_debian() {
  command -v apt-get >/dev/null && grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

may_install() {
  [[ -z ${TITAN_NO_INSTALL:-} && $(id -u) -eq 0 ]] && on_debian
}

apt_quietly() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 logged "$APT_LOG" apt-get -y -o Dpkg::Use-Pty=0 "$@"
}

# install_packages WHY PACKAGE...: returns 1, with the line to run printed, when it may not or cannot.
install_packages() {
  local why=$1
  shift
  if ! may_install; then
    say "missing: $* ($why). Install with: $(install_line "$@")"
    return 1
  fi
  say "installing $* ($why)"
  # The lists of a fresh machine are empty and those of an old one may name versions that have gone.
  if [[ -z ${TITAN_APT_UPDATED:-} ]]; then
    apt_quietly update || say "the package lists could not be refreshed; trying with what is there"
    TITAN_APT_UPDATED=1
  fi
  apt_quietly install --no-install-recommends "$@"
}

install_line() {
  local sudo=""
  if [[ $(id -u) -ne 0 ]]; then
    sudo="sudo "
  fi
  if command -v apt-get >/dev/null; then
    printf '%sapt-get install -y %s' "$sudo" "$*"
  else
    printf 'your package manager, packages named like %s' "$*"
  fi
}

package_exists() {
  apt-cache show "$1" >/dev/null 2>&1
}
